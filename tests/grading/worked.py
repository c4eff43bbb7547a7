"""An assignment's source notebook read as a student or a marker reads it, one variant at a time."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from lessons import ROOT, Lesson, lesson_paths
from nbformat import NotebookNode
from skills import names_used, reading_level

from grading.catalogue import assignments
from grading.pools import WIDEST, gives_away
from grading.question import Parameters, Question

SOURCE = ROOT / "notebooks" / "assignments" / "source"
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# What the notebooks of an assignment use and no lesson teaches: the check of the form.
GIVEN = {"check_form"}


@cache
def notebook(name: str) -> NotebookNode:
    return nbformat.read(path(name), as_version=4)


def grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def cell(name: str, wanted: str) -> NotebookNode:
    return next(one for one in notebook(name).cells if grade_id(one) == wanted)


def filled(text: str, parameters: Parameters) -> str:
    """A text with its placeholders filled. KeyError for one that no parameter fills."""
    return PLACEHOLDER.sub(lambda found: str(parameters[found[1]]), text)


@cache
def _setup(name: str) -> Mapping[str, Any]:
    names: dict[str, Any] = {}
    exec(cell(name, "setup").source, names)  # noqa: S102
    slow = {one: cache(names[one]) for one in ("load", "standings", "witnesses") if one in names}
    return names | slow  # a model solution adds columns to its tables, and changes none


def solved(name: str, question: str, parameters: Parameters) -> Any:
    """What the model solution of a question gives in a variant, run in plain Python."""
    names = dict(_setup(name))
    exec(filled(cell(name, question).source, parameters), names)  # noqa: S102
    return names[question]


def drawn(name: str, essay: str, parameters: Parameters) -> Any:
    """The figure of a model answer: what its block of code gives to show()."""
    block = re.search(r"```python\n(.*?)```", cell(name, essay).source, re.DOTALL)[1]
    code, _, last = filled(block, parameters).partition("\nshow(")
    names = dict(_setup(name))
    exec(code + "\nfigure = show(" + last, names)  # noqa: S102
    return names["figure"]


def faults(name: str, grade_id: str, question: Question, parameters: Parameters) -> list[str]:
    """What is wrong with one variant of a question."""
    exercise = question.exercise(parameters)
    right = exercise.answer()
    found = [f"gives the answer away: {hint}" for hint in gives_away(exercise)]
    own = solved(name, grade_id, parameters)
    if not exercise.matches(own, right):
        found.append(f"the model solution gives {own}, not {right}")
    wrong = [(slip.answer(), slip.hint) for slip in exercise.slips]
    for given, hint in wrong:
        hints = [other for answer, other in wrong if exercise.matches(given, answer)]
        if exercise.matches(given, right) or hints != [hint]:
            found.append(f"{given} is not refused with {hint!r} alone")
    words = [exercise.task, *(slip.hint for slip in exercise.slips)]
    words += [filled(cell(name, one).source, parameters) for one in cells_of(grade_id)]
    return found + [f"unfilled: {text[:60]}" for text in words if re.search(r"[{}]{2}", text)]


@cache
def pool(name: str, key: str) -> list[Parameters]:
    """All variants of a question, worked out once for all tests."""
    one = next(one for one in assignments() if one.name == name)
    return one.variants(key, one.questions[key].pool)


def cells_of(grade_id: str) -> tuple[str, str, str]:
    return f"{grade_id}-task", grade_id, f"{grade_id}-test"


def uneven(question: Question, pool: list[Parameters]) -> str:
    """The fewest and the most rows of a pool, where they lie too far apart; empty otherwise."""
    rows = [question.rows(one) for one in pool]
    fair = min(rows) > 0 and max(rows) <= WIDEST * min(rows)
    return "" if fair else f"{min(rows)} to {max(rows)} rows"


def form_of(name: str) -> list[str]:
    """What the cells of a notebook say of points, minutes and forms that does not fit."""
    found = []
    for one in notebook(name).cells:
        about = one.metadata.get("nbgrader", {})
        if about.get("grade"):
            own = grade_id(one).removesuffix("-test")
            task = cell(name, f"{own}-task").source
            if not re.match(
                rf"\*\*(Essay )?{own.removeprefix('essay-')} · {about['points']} points · \d+ min",
                task,
            ):
                found.append(f"{own}: the task begins {task[:50]!r}")
            if "*Why we ask:*" not in task and "**Rubric**" not in task:
                found.append(f"{own}: no word why it is asked, and no rubric")
    return found


def total(name: str, pattern: str) -> int:
    """The sum of a number in the heads of all tasks, such as the minutes."""
    tasks = [one.source for one in notebook(name).cells if grade_id(one).endswith("-task")]
    return sum(int(re.search(pattern, task)[1]) for task in tasks)


def points(name: str) -> int:
    return sum(one.metadata.get("nbgrader", {}).get("points", 0) for one in notebook(name).cells)


def untaught(name: str, last: str, parameters: Mapping[str, Parameters]) -> set[str]:
    """Names of Python that the code uses and no lesson up to the last one teaches.

    The exercises of lesson 11 teach .index before lesson 22 lists it.
    """
    lessons = [Lesson.read(path) for path in lesson_paths() if path.name[:2] <= last]
    taught = {"index"}.union(*(lesson.about.get("teaches", []) for lesson in lessons))
    return names_used(_variant(name, parameters)) - taught - GIVEN - {"RuntimeError", "display"}


def hard_to_read(name: str, parameters: Mapping[str, Parameters]) -> list[str]:
    """Sentences that are too long for a first-year student."""
    return reading_level(_variant(name, parameters))


def _variant(name: str, parameters: Mapping[str, Parameters]) -> Lesson:
    """What a student reads and a solver runs in one variant, as the rules for lessons read it."""
    cells = []
    for one in notebook(name).cells:
        own = re.sub(r"-(task|test)$", "", grade_id(one))
        if one.cell_type == "code" or not one.metadata.get("nbgrader", {}).get("grade"):
            text = _without_tables(filled(one.source, parameters.get(own, {})))
            cells.append(NotebookNode(cell_type=one.cell_type, source=text, metadata={}))
    return Lesson(path(name), nbformat.from_dict({"cells": cells, "metadata": {}}))


def _without_tables(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("|"))


def path(name: str) -> Path:
    return SOURCE / name / f"{name}.ipynb"
