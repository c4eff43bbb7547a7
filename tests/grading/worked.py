"""An assignment's source notebook read as a student or a marker reads it, one variant at a time."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from lessons import ROOT, Lesson, lesson_paths
from nbformat import NotebookNode
from skills import names_used, reading_level

from grading import soundness
from grading.catalogue import Assignment, assignments
from grading.pools import gives_away
from grading.question import Parameters, Question
from grading.template import PLACEHOLDER, grade_id, kind, points

SOURCE = ROOT / "notebooks" / "assignments" / "source"
LAST_LESSON = {
    "early-life": "14",
    "revolution": "24",
    "exile": "34",
    "legacy": "44",
    "final-project": "44",
}
# What the code uses and no lesson teaches. The exercises of lesson 11 teach .index before lesson
# 22 lists it.
GIVEN = {"check_form", "RuntimeError", "display", "index"}


@cache
def assignment(name: str) -> Assignment:
    return next(one for one in assignments() if one.name == name)


@cache
def notebook(name: str) -> NotebookNode:
    return nbformat.read(path(name), as_version=4)


def path(name: str) -> Path:
    return SOURCE / name / f"{name}.ipynb"


def cell(name: str, wanted: str) -> NotebookNode:
    return next(one for one in notebook(name).cells if grade_id(one) == wanted)


def filled(text: str, parameters: Parameters) -> str:
    """A text with its placeholders filled. KeyError for one that no parameter fills."""
    return PLACEHOLDER.sub(lambda found: str(parameters[found[1]]), text)


@cache
def pool(name: str, key: str) -> list[Parameters]:
    """All variants of a question, worked out once for all tests."""
    return assignment(name).variants(key, assignment(name).questions[key].pool)


@cache
def _given(name: str) -> Mapping[str, Any]:
    """What the cells leave behind that are run before any answer is written."""
    names: dict[str, Any] = {}
    for one in notebook(name).cells:
        if one.cell_type == "code" and kind(one) in ("plain", "read-only"):
            exec(one.source, names)  # noqa: S102 - our own code
    slow = {one: cache(names[one]) for one in ("load", "standings", "witnesses") if one in names}
    return names | slow  # a model solution adds columns to its tables, and changes none


def given(name: str) -> dict[str, Any]:
    """The names that stand ready for an answer."""
    return dict(_given(name))


def solved(name: str, question: str, parameters: Parameters) -> Any:
    """What the model solution of a question gives in a variant, run in plain Python."""
    names = given(name)
    exec(filled(cell(name, question).source, parameters), names)  # noqa: S102
    return names[question]


def drawn(name: str, essay: str, parameters: Parameters) -> Any:
    """The figure of a model answer: what its block of code gives to show()."""
    block = re.search(r"```python\n(.*?)```", cell(name, essay).source, re.DOTALL)[1]
    code, _, last = filled(block, parameters).partition("\nshow(")
    names = given(name)
    exec(code + "\nfigure = show(" + last, names)  # noqa: S102
    return names["figure"]


def faults(name: str, key: str, question: Question, parameters: Parameters) -> list[str]:
    """What is wrong with one variant of a question."""
    exercise = question.exercise(parameters)
    right, own = exercise.answer(), solved(name, key, parameters)
    found = soundness.faults(question, parameters)
    found += [f"gives the answer away: {hint}" for hint in gives_away(exercise)]
    if not exercise.matches(own, right):
        found.append(f"the model solution gives {own}, not {right}")
    wrong = [(slip.answer(), slip.hint) for slip in exercise.slips]
    for answer, hint in wrong:
        hints = [other for one, other in wrong if exercise.matches(answer, one)]
        if hints != [hint]:
            found.append(f"{answer} is not refused with {hint!r} alone, but with {hints}")
    words = [exercise.task, *(slip.hint for slip in exercise.slips)]
    parts = (f"{key}-task", key, f"{key}-test")
    words += [filled(cell(name, part).source, parameters) for part in parts]
    return found + [f"unfilled: {text[:60]}" for text in words if re.search(r"[{}]{2}", text)]


def form_of(name: str) -> Iterator[str]:
    """What the tasks say of their points, minutes and reasons that does not fit."""
    for one in notebook(name).cells:
        if points(one):
            own = grade_id(one).removesuffix("-test")
            task = cell(name, f"{own}-task").source
            if f"· {points(one)} points ·" not in task:
                yield f"{own}: the task begins {task[:50]!r}"
            if "*Why we ask:*" not in task and "| Excellent |" not in task:
                yield f"{own}: no word why it is asked, and no rubric"
            criteria = re.findall(r"^\| [^|]+ \((\d+)\) \|", task, re.MULTILINE)
            if criteria and sum(map(int, criteria)) != points(one):
                yield f"{own}: its criteria add to {sum(map(int, criteria))}, not {points(one)}"
        if one.get("outputs") or one.get("execution_count"):
            yield f"{grade_id(one)} has outputs"


def minutes(name: str) -> tuple[int, int]:
    """The minutes that the cover says, and the sum of those of all tasks."""
    heads = [one.source for one in notebook(name).cells if grade_id(one).endswith("-task")]
    cover = re.search(r"\| \| together \| 100 \| (\d+) \|", notebook(name).cells[0].source)
    return int(cover[1]), sum(int(re.search(r"· (\d+) minutes", head)[1]) for head in heads)


def untaught(name: str, parameters: Mapping[str, Parameters]) -> set[str]:
    """Names of Python that the code uses and no lesson teaches that comes before."""
    lessons = [Lesson.read(one) for one in lesson_paths() if one.name[:2] <= LAST_LESSON[name]]
    taught = set().union(*(lesson.about.get("teaches", []) for lesson in lessons))
    return names_used(_variant(name, parameters)) - taught - GIVEN


def hard_to_read(name: str, parameters: Mapping[str, Parameters]) -> list[str]:
    """Sentences that are too long for a first-year student."""
    return reading_level(_variant(name, parameters))


def _variant(name: str, parameters: Mapping[str, Parameters]) -> Lesson:
    """What a student reads and a solver runs in one variant, as the rules for lessons read it."""
    cells = []
    for one in notebook(name).cells:
        own = re.sub(r"-(task|test)$", "", grade_id(one))
        if one.cell_type == "code" or kind(one) != "essay":
            text = filled(one.source, parameters.get(own, {}))
            lines = [line for line in text.splitlines() if not line.startswith("|")]
            cells.append(
                NotebookNode(cell_type=one.cell_type, source="\n".join(lines), metadata={})
            )
    return Lesson(path(name), nbformat.from_dict({"cells": cells, "metadata": {}}))
