"""What a lesson of the four parts holds beyond what every lesson is: the gates on its teaching.

Figures chosen for questions, exercises with an open one among them, a question for the class,
sources that are named, historians who disagree, and a note before violence is told.
"""

import re

import pandas as pd
from lessons import Lesson, plain_text

from helpers.tables import load

LEAST_FIGURES = 4
LEAST_KINDS = 2
LEAST_EXERCISES = 4
LEAST_SOURCES = 8
LEAST_HISTORIANS = 3
CLASS_MINUTES = 50
DRAWN_BY = (
    "timeline",
    "spans",
    "bars",
    "columns",
    "panels",
    "dots",
    "points",
    "hours",
    "vote_grid",
    "matrix",
    "heatmap",
    "survival",
    "circle",
    "descent",
    "map_places",
    "map_route",
)
MODEL_ANSWER = re.compile(
    r"<details>\s*<summary>[^<]*model answer[^<]*</summary>\n\n(.+?)\n*</details>",
    flags=re.DOTALL | re.IGNORECASE,
)
VIOLENCE = re.compile(
    r"\b(?:shot|shoots?|executed|executions?|killed|murder(?:s|ed)?|hostages?|flogged)\b"
)


def figures(lesson: Lesson) -> list[str]:
    """Four or more figures of two or more kinds."""
    pictures = len(lesson.pictures())
    code = "\n".join(cell.source for cell in lesson.code)
    kinds = [name for name in DRAWN_BY if re.search(rf"\b{name}\(", code)]
    problems = []
    if pictures < LEAST_FIGURES:
        problems.append(f"{pictures} figures, expected {LEAST_FIGURES} or more")
    if len(kinds) < LEAST_KINDS:
        problems.append(f"figures of the kinds {kinds}, expected {LEAST_KINDS} or more")
    return problems


def open_question(lesson: Lesson) -> list[str]:
    """Four exercises with checks; and one without, its model answer folded away below it."""
    turn = section(lesson, "Your turn")
    checks = len(re.findall(r"\bcheck\(", "\n".join(cell.source for cell in lesson.code)))
    problems = []
    if checks < LEAST_EXERCISES:
        problems.append(f"{checks} exercises with checks, expected {LEAST_EXERCISES} or more")
    if turn.count("**Open question.** ") != 1:
        problems.append("no paragraph '**Open question.** ...' in 'Your turn'")
    answers = MODEL_ANSWER.findall(turn)
    if len(answers) != 1:
        problems.append(f"{len(answers)} model answers folded away in 'Your turn', expected one")
    problems += ["the model answer says nothing" for text in answers if len(text.split()) < 30]
    return problems


def discussion(lesson: Lesson) -> list[str]:
    """'Think like a historian' ends with a question for the class."""
    said = re.findall(
        r"^\*For discussion:\* (.+)$",
        section(lesson, "Think like a historian"),
        flags=re.MULTILINE,
    )
    if len(said) != 1 or "?" not in said[0]:
        return ["no line '*For discussion:* ...?' in 'Think like a historian'"]
    return []


def class_time(lesson: Lesson) -> list[str]:
    """All but the exercises fits one class; the minutes of the sections are its checkpoints."""
    minutes = lesson.about.get("minutes", 0) - lesson.about.get("exercise_minutes", 0)
    if minutes > CLASS_MINUTES:
        return [f"{minutes} minutes without the exercises, expected {CLASS_MINUTES} at most"]
    return []


def cited(lesson: Lesson) -> list[str]:
    """Eight or more sources in the metadata, all known, each named in the section Sources."""
    asked = list(lesson.about.get("sources", []))
    text = plain_text(section(lesson, "Sources"))
    sources = load("sources").set_index("source_id")
    problems = [f"{one} is no source" for one in asked if one not in sources.index]
    if len(set(asked)) < LEAST_SOURCES:
        problems.append(f"{len(set(asked))} sources, expected {LEAST_SOURCES} or more")
    for one in asked:
        if one in sources.index and not _is_named(sources.loc[one], text):
            problems.append(f"the section Sources does not name {one}")
    return problems


def _is_named(source: pd.Series, text: str) -> bool:
    """Whether a text names a source: its author, or part of its title or its publisher."""
    if pd.notna(source["author"]):
        authors = source["author"].split(";")
        return any(author.partition(",")[0].strip() in text for author in authors)
    words = plain_text(f"{source['title']}: {source['publisher']}")
    pieces = [piece.strip() for piece in re.split(r"[:;,()\"]", words)]
    return any(piece in text for piece in pieces if len(piece) > 5)


def historians(lesson: Lesson) -> list[str]:
    """Three or more historians named in the text where they are held against one another."""
    known = load("historians")["name"].drop_duplicates()
    text = section(lesson, "Think like a historian")
    named = [name for name in known if re.search(rf"\b{re.escape(name.split()[-1])}\b", text)]
    if len(named) < LEAST_HISTORIANS:
        return [f"'Think like a historian' names {named}, expected {LEAST_HISTORIANS} or more"]
    return []


def content_note(lesson: Lesson) -> list[str]:
    """Where violence is told, the second cell says so beforehand."""
    told = VIOLENCE.findall(plain_text(lesson.prose))
    if told and "*Content note:" not in lesson.cells[1].source:
        return [f"no '*Content note: ...*' in the second cell, and the lesson tells of {told[0]}"]
    return []


def section(lesson: Lesson, title: str) -> str:
    """The text of a section, without its heading."""
    found = re.search(
        rf"^## {re.escape(title)}[^\n]*\n(.*?)(?=^## |\Z)",
        lesson.prose,
        flags=re.MULTILINE | re.DOTALL,
    )
    return found[1] if found else ""


FORM_GATES = (
    figures,
    open_question,
    discussion,
    class_time,
    cited,
    historians,
    content_note,
)
