"""What every lesson must be. Each gate returns the problems it finds, in words."""

import ast
import re
from collections.abc import Iterable
from statistics import median

from lessons import FULL_DATE, LINK, Lesson, anchors, text_of

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
    return problems


def sections(lesson: Lesson) -> list[str]:
    """The fixed sections are there, in order, and the minutes of all sections add up."""
    headings = re.findall(r"^## (.+?)(?: · (\d+) min)?$", lesson.prose, flags=re.MULTILINE)
    fixed = [title for title, _ in headings if title in SECTIONS]
    problems = [] if fixed == list(SECTIONS) else [f"sections {fixed}, expected {list(SECTIONS)}"]
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
    tags = {tag for cell in lesson.cells for tag in cell.metadata.get("tags", [])}
    return problems + [f"tag {tag!r} is not allowed" for tag in sorted(tags - ALLOWED_TAGS)]


def alt_texts(lesson: Lesson) -> list[str]:
    """Each figure has a caption and an alt text of 8 words with a number or a name of the data."""
    problems = []
    for _, output in lesson.outputs():
        if "image/png" in output.get("data", {}) or "image/svg+xml" in output.get("data", {}):
            problems.append("a bare image: end the cell with show(ax, ...)")
    known = [*load("places")["name_then"], *load("people")["name"]]
    for picture in lesson.pictures():
        says_something = re.search(r"\d", picture.alt) or any(name in picture.alt for name in known)
        if len(picture.alt.split()) < 8 or not says_something:
            problems.append(f"alt text {picture.alt!r} has no number or name, or under 8 words")
        if len(picture.caption.split()) < 5:
            problems.append(f"caption {picture.caption!r} says too little")
    return problems


def dates(lesson: Lesson) -> list[str]:
    """Each full date in the prose is a link to the record, and the data say the same date."""
    unlinked = LINK.sub("", lesson.prose)
    problems = [f"{date} is not linked to the record" for date in FULL_DATE.findall(unlinked)]
    for text, target in lesson.links:
        if not FULL_DATE.search(text):
            continue
        event_id = target.partition("#")[2]
        known = _dates_of(event_id)
        if text not in known:
            problems.append(f"{text!r} links to {event_id!r}, whose dates are {sorted(known)}")
    return problems


def _dates_of(event_id: str) -> set[str]:
    """The date of an event as it may stand in prose, and the dates that sources state for it."""
    events = load("events").set_index("event_id").fillna({"date_os": ""})
    if event_id not in events.index:
        return set()
    event = events.loc[event_id]
    stated = attestations("events", event_id, "date")["stated"].dropna()
    return {
        plain(event["date"]),
        plain(event["date"], event["date_os"]),
        *(plain(text) for text in stated),
    }


def internal_links(lesson: Lesson) -> list[str]:
    """Each link inside the course leads to a file, and to a heading in it."""
    problems = []
    for _, target in lesson.links:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (lesson.path.parent / file).resolve() if file else lesson.path
        if not path.exists():
            problems.append(f"{target}: there is no such file")
        elif anchor and anchor not in anchors(text_of(path)):
            problems.append(f"{target}: there is no such heading")
    return problems


def exercises(lesson: Lesson) -> list[str]:
    """Three or more exercises, each with its check, and all that are declared for the lesson."""
    calls = re.findall(r'check\("([\d.]+)", ', "\n".join(cell.source for cell in lesson.code))
    declared = list(exercises_of(str(lesson.about.get("number"))))
    problems = [] if len(calls) >= 3 else [f"{len(calls)} checks, expected 3 or more"]
    if calls != declared:
        problems.append(f"checks {calls}, but the exercises declared are {declared}")
    return problems


def repeated_definitions(lessons: Iterable[Lesson]) -> list[str]:
    """No function or class is defined in two notebooks: it belongs in helpers."""
    homes: dict[str, list[str]] = {}
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
    dates,
    internal_links,
    exercises,
)
