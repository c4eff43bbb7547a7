"""What every lesson must be. Each gate returns the problems it finds, in words."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from statistics import median

import pandas as pd
from lessons import FULL_DATE, LINK, OTHER_DATE, ROOT, Lesson, anchors, plain_text, text_of

import helpers
from helpers.calendars import plain
from helpers.checks import exercises_of
from helpers.evidence import attestations
from helpers.tables import load, names

SECTIONS = (
    "Your turn",
    "Think like a historian",
    "What you found",
    "Words to know",
    "Sources",
    "Where next",
)
ABOUT = (
    "number",
    "title",
    "question",
    "history",
    "data",
    "thinking",
    "minutes",
    "exercise_minutes",
    "needs",
    "tables",
)
HEADER_LABELS = ("History", "Data", "Thinking", "Minutes", "You need", "Data used")
ALLOWED_TAGS = {"raises-exception"}
# What would keep an output from being compared, or a warning from being seen.
SILENCERS = ("NBVAL_", "PYTEST_VALIDATE", "filterwarnings", "%%capture")


def header(lesson: Lesson) -> list[str]:
    """The first cell says what the metadata say: title, question, aims, minutes, needs, tables."""
    missing = [f"metadata lesson.{name} is missing" for name in ABOUT if not lesson.about.get(name)]
    if missing:
        return missing
    about, opening = lesson.about, lesson.cells[0].source
    said = [f"# {about.number} {about.title}", about.question, about.history, about.data]
    said += [
        about.thinking,
        f"{about.minutes} in all, {about.exercise_minutes} of them exercises",
        *about.needs,
        *about.tables,
    ]
    said += [f"**{label}" for label in HEADER_LABELS]
    problems = [f"the header does not say {text!r}" for text in said if text not in opening]
    problems += [f"{name} is no table" for name in about.tables if name not in names()]
    loaded = {name for cell in lesson.code for name in re.findall(r'load\("(\w+)"', cell.source)}
    unsaid = sorted(loaded - set(about.tables))
    return problems + [f"the header does not say that {name} is used" for name in unsaid]


def sections(lesson: Lesson) -> list[str]:
    """The fixed sections are there, in order, and the minutes of all sections add up."""
    headings = re.findall(r"^## (.+?)(?: · (\d+) min)?$", lesson.prose, flags=re.MULTILINE)
    fixed = [title for title, _ in headings if title in SECTIONS]
    problems = [] if fixed == list(SECTIONS) else [f"sections {fixed}, expected {list(SECTIONS)}"]
    texts = re.split(r"^## .+$", lesson.prose, flags=re.MULTILINE)[1:]
    for (title, _), text in zip(headings, texts, strict=True):
        if title in SECTIONS and len(text.split()) < 5:
            problems.append(f"the section {title!r} says nothing")
    minutes = {title: int(number or 0) for title, number in headings}
    total, exercising = sum(minutes.values()), sum(minutes.get(title, 0) for title in SECTIONS)
    if total != lesson.about.get("minutes"):
        problems.append(f"the sections take {total} minutes, the header says otherwise")
    if exercising != lesson.about.get("exercise_minutes"):
        problems.append(f"the exercises take {exercising} minutes, the header says otherwise")
    return problems


def size(lesson: Lesson) -> list[str]:
    """600 to 1,500 words, 8 to 20 code cells, short ones, each with a Markdown cell before it."""
    words = len(re.findall(r"[\w'-]+", LINK.sub(r"\1", lesson.prose)))
    lengths = [len(cell.source.strip().splitlines()) for cell in lesson.code]
    problems = []
    if not 600 <= words <= 1500:
        problems.append(f"{words} words, expected 600 to 1,500")
    if not 8 <= len(lengths) <= 20:
        problems.append(f"{len(lengths)} code cells, expected 8 to 20")
    if lengths and (median(lengths) > 4 or max(lengths) > 25):
        problems.append(f"cells of {median(lengths)} lines (median) and {max(lengths)} (longest)")
    for before, cell in zip([None, *lesson.cells], lesson.cells, strict=False):
        if cell.cell_type == "code" and (before is None or before.cell_type != "markdown"):
            problems.append(f"no Markdown cell before {cell.source.splitlines()[:1]}")
    return problems


def fresh_run(lesson: Lesson) -> list[str]:
    """Stored as one run from top to bottom: nbval does not look at a cell that never ran."""
    counts = [cell.execution_count for cell in lesson.code]
    expected = list(range(1, len(counts) + 1))
    return [] if counts == expected else [f"execution counts {counts}, expected {expected}"]


def clean_outputs(lesson: Lesson) -> list[str]:
    """No warnings, no error without its tag, no tag that switches the comparison off."""
    problems = []
    for cell, output in lesson.outputs():
        first = cell.source.splitlines()[0]
        if output.output_type == "stream" and output.name == "stderr":
            problems.append(f"stderr after {first!r}")
        tags = cell.metadata.get("tags", [])
        if output.output_type == "error" and "raises-exception" not in tags:
            problems.append(f"an error without the tag raises-exception after {first!r}")
    problems += [
        f"{word} is not allowed"
        for word in SILENCERS
        if any(word in cell.source for cell in lesson.code)
    ]
    tags = {tag for cell in lesson.cells for tag in cell.metadata.get("tags", [])}
    return problems + [f"tag {tag!r} is not allowed" for tag in sorted(tags - ALLOWED_TAGS)]


def alt_texts(lesson: Lesson) -> list[str]:
    """Each figure has a caption and an alt text of 8 words with a number or a name of the data."""
    problems = []
    for _, output in lesson.outputs():
        if "image/png" in output.get("data", {}) or "image/svg+xml" in output.get("data", {}):
            problems.append("a bare image: end the cell with show(ax, ...)")
    if re.search(r"!\[[^\]]*\]\(|<img", lesson.prose):
        problems.append("an image in the text: draw it in a cell, and end the cell with show()")
    known = [*load("places")["name_then"], *load("people")["name"]]
    for picture in lesson.pictures():
        says_something = re.search(r"\d", picture.alt) or any(name in picture.alt for name in known)
        if len(picture.alt.split()) < 8 or not says_something:
            problems.append(f"alt text {picture.alt!r} has no number or name, or under 8 words")
        if len(picture.caption.split()) < 5:
            problems.append(f"caption {picture.caption!r} says too little")
    return problems


def table_headers(lesson: Lesson) -> list[str]:
    """Each header of a table says what it is the header of, and none is empty."""
    problems = []
    for cell, output in lesson.outputs():
        headers = re.findall(r"<th\b[^>]*>(?:</th>)?", output.get("data", {}).get("text/html", ""))
        if any(not re.search(" scope=", one) or one.endswith("</th>") for one in headers):
            first = cell.source.splitlines()[0]
            problems.append(f"a table without headers that can be read out, after {first!r}")
    return problems


def dates(lesson: Lesson) -> list[str]:
    """Each full date in the prose is a link to the record, and the data say the same date.

    A date that only some source states, and the table does not follow, may stand where the source
    is named. Titles and captions of figures take their dates from the data.
    """
    problems = []
    for cell in lesson.cells:
        words = plain_text(LINK.sub("", cell.source))
        if cell.cell_type == "markdown":
            problems += [f"{date} is not linked to the record" for date in FULL_DATE.findall(words)]
            other = OTHER_DATE.findall(words)
            problems += [f"{date}: write it as 7 November 1917" for date in other]
            problems += _wrong_links(cell.source)
        else:
            typed = [*FULL_DATE.findall(words), *OTHER_DATE.findall(_titles(cell.source))]
            problems += [f"{date} is typed in code: take it from the data" for date in typed]
    return problems


def _titles(code: str) -> str:
    """The texts of titles and captions in a cell of code."""
    return " ".join(re.findall(r'(?:title|caption)=f?"([^"]*)"', code))


def _wrong_links(source: str) -> list[str]:
    """What is wrong with the links of a cell whose text is a date."""
    problems = []
    for text, target in LINK.findall(source):
        if not FULL_DATE.search(plain_text(text)):
            continue
        event_id = target.partition("#")[2]
        followed, stated = _dates_of(event_id)
        if text in followed:
            continue
        if text not in stated:
            known = sorted(followed | set(stated))
            problems.append(f"{text!r} links to {event_id!r}, whose dates are {known}")
        elif not any(author in source for author in stated[text]):
            problems.append(f"{text!r}: name the source, one of {sorted(stated[text])}")
    return problems


@cache
def _dates_of(event_id: str) -> tuple[set[str], dict[str, set[str]]]:
    """The date of an event as it may stand in prose, and other dates with those who state them."""
    events = load("events").set_index("event_id").fillna({"date_os": ""})
    if event_id not in events.index:
        return set(), {}
    event = events.loc[event_id]
    followed = {plain(event["date"]), plain(event["date"], event["date_os"])}
    if event["date_os"]:
        followed.add(f"{plain(event['date_os'])}, Old Style")
    stated: dict[str, set[str]] = {}
    for one in attestations("events", event_id, "date").dropna(subset="stated").itertuples():
        name = one.title if pd.isna(one.author) else one.author.partition(",")[0]
        stated.setdefault(plain(one.stated), set()).add(name)
    return followed, stated


def internal_links(lesson: Lesson) -> list[str]:
    """Each link inside the course leads to a file, and to a heading in it."""
    problems = []
    for _, target in lesson.links:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (lesson.path.parent / file).resolve() if file else lesson.path
        if not path.is_relative_to(ROOT):
            problems.append(f"{target}: leads out of the course")
        elif not path.exists():
            problems.append(f"{target}: there is no such file")
        elif anchor and anchor not in _anchors_of(path):
            problems.append(f"{target}: there is no such heading")
    return problems


@cache
def _anchors_of(path: Path) -> set[str]:
    return anchors(text_of(path))


def exercises(lesson: Lesson) -> list[str]:
    """Three or more exercises, all that are declared for the lesson, each stored untried."""
    declared = list(exercises_of(str(lesson.about.get("number"))))
    found = [(number, cell) for cell in lesson.code for number in _checks(cell.source)]
    calls = [number for number, _ in found]
    problems = [] if len(calls) >= 3 else [f"{len(calls)} checks, expected 3 or more"]
    if calls != declared:
        problems.append(f"checks {calls}, but the exercises declared are {declared}")
    for number, cell in found:
        said = "".join(output.get("text", "") for output in cell.outputs)
        if not said.startswith(f"{number}: not tried yet"):
            problems.append(f"{number} is stored with an answer: put back the three dots")
    return problems


def _checks(code: str) -> list[str]:
    """The numbers for which a cell calls check."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return [
        ast.literal_eval(call.args[0])
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "check" and call.args
    ]


def repeated_definitions(lessons: Iterable[Lesson]) -> list[str]:
    """No function or class is defined in two notebooks, or beside one of helpers."""
    homes: dict[str, list[str]] = {name: ["helpers"] for name in helpers.__all__}
    for lesson in lessons:
        for name in sorted(_definitions(lesson)):
            homes.setdefault(name, []).append(lesson.path.name)
    return [f"{name} is defined in {found}" for name, found in homes.items() if len(found) > 1]


def _definitions(lesson: Lesson) -> set[str]:
    trees = [ast.parse(cell.source) for cell in lesson.code]
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, kinds)}


LESSON_GATES = (
    header,
    sections,
    size,
    fresh_run,
    clean_outputs,
    alt_texts,
    table_headers,
    dates,
    internal_links,
    exercises,
)
