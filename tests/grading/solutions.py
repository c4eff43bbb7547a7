"""The source notebooks of the assignments, and their model solutions run in plain Python."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import nbformat
from lessons import Lesson, lesson_paths
from skills import names_used
from worked import PLACEHOLDER, SOURCE, filled, notebook, pool

from grading.question import Parameters, Question
from helpers.exercise import FORMS, normal

MOST = 60  # variants of a question that are run
# Names of the assignments themselves, and of Python, that no lesson has to teach.
_OURS = {"check_form", "RuntimeError"}


def cells(name: str, grade_id: str) -> list[nbformat.NotebookNode]:
    """The cells whose grade_id is this one, or this one with an ending such as -task."""
    return [
        cell
        for cell in notebook(name).cells
        if re.fullmatch(
            rf"{grade_id}(-[a-z]+)?", cell.metadata.get("nbgrader", {}).get("grade_id", "")
        )
    ]


@cache
def _started(name: str) -> dict[str, Any]:
    """What the setup cells leave behind."""
    names: dict[str, Any] = {}
    for cell in notebook(name).cells:
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata:
            exec(cell.source, names)  # noqa: S102 - our own code
    return names


def start(name: str) -> dict[str, Any]:
    """The names that stand ready when the setup cells have run."""
    return dict(_started(name))


def solve(name: str, grade_id: str, parameters: Parameters) -> Any:
    """What the model solution of a question gives in one variant."""
    names = start(name)
    solution = next(cell for cell in cells(name, grade_id) if cell.metadata.nbgrader.solution)
    exec(filled(solution.source, parameters), names)  # noqa: S102 - our own code
    return names[grade_id]


def some(variants: list[Parameters]) -> list[Parameters]:
    """The pool, or MOST members of it from its whole length."""
    return variants[:: -(-len(variants) // MOST)]


def wrong_in(name: str, grade_id: str, question: Question) -> Iterator[str]:
    """What is wrong with a question, in words: nothing for a sound one."""
    variants = pool(name, grade_id)
    if len(variants) < 6:
        yield f"{grade_id}: only {len(variants)} variants"
    if len({json.dumps(one, sort_keys=True) for one in variants}) < len(variants):
        yield f"{grade_id}: a variant stands in the pool twice"
    sizes = [question.rows(one) for one in variants]
    if not min(sizes) or max(sizes) > 2.5 * min(sizes):
        yield f"{grade_id}: from {min(sizes)} to {max(sizes)} rows"
    if question.form not in FORMS or len(question.mistakes) < 3:
        yield f"{grade_id}: form {question.form}, {len(question.mistakes)} mistakes"
    for parameters in some(variants):
        yield from (
            f"{grade_id} {parameters}: {what}"
            for what in _wrong(name, grade_id, question, parameters)
        )


def _wrong(name: str, grade_id: str, question: Question, parameters: Parameters) -> Iterator[str]:
    exercise = question.exercise(parameters)
    wanted = exercise.answer()
    if normal(wanted, question.form) is None:
        yield f"the answer is no {question.form}: {wanted!r}"
    if not exercise.matches(solve(name, grade_id, parameters), wanted):
        yield f"the model solution gives {solve(name, grade_id, parameters)!r}, not {wanted!r}"
    for slip in exercise.slips:
        if exercise.matches(slip.answer(), wanted):
            yield f"a mistake is right: {slip.hint}"
        hints = [
            other.hint
            for other in exercise.slips
            if exercise.matches(slip.answer(), other.answer())
        ]
        if hints[:1] != [slip.hint]:
            yield f"{slip.hint!r} is answered by {hints[:1]}"
    spoken = [exercise.task, *(slip.hint for slip in exercise.slips)]
    spoken += [filled(cell.source, parameters) for cell in cells(name, grade_id)]
    yield from (f"unfilled: {text[:60]!r}" for text in spoken if PLACEHOLDER.search(text))


def wrong_with(
    name: str,
    questions: Mapping[str, Question],
    essays: Mapping[str, Callable[[], list[Parameters]]],
    last_lesson: int,
) -> Iterator[str]:
    """What is wrong with a notebook as a whole, in words: nothing for a sound one."""
    marks = points(name)
    machine = {grade_id: f"{grade_id}-test" for grade_id in questions}
    written = [mark for mark in marks if mark.startswith("essay-")]
    if sum(marks.values()) != 100 or set(marks) != {*machine.values(), *written}:
        yield f"points: {marks}"
    if not 8 <= len(questions) <= 10 or len(written) < 2 or not set(essays) <= set(written):
        yield f"{len(questions)} questions, {len(written)} essays"
    for grade_id, test in machine.items():
        kinds = [cell.metadata.nbgrader.grade_id for cell in cells(name, grade_id)]
        if kinds != [f"{grade_id}-task", grade_id, test]:
            yield f"{grade_id}: its cells are {kinds}"
        task, solution, check = cells(name, grade_id)
        start = f'check_form("{grade_id}", {grade_id}, "{questions[grade_id].form}")\n'
        if not check.source.startswith(start) or "HIDDEN TESTS\nraise" not in check.source:
            yield f"{grade_id}: its test cell begins {check.source[:40]!r}"
        if not solution.source.startswith("### BEGIN SOLUTION\n"):
            yield f"{grade_id}: its solution is not marked"
        if (
            f"**{grade_id} · {marks[test]} point" not in task.source
            or "*Why we ask:*" not in task.source
        ):
            yield f"{grade_id}: its task does not say its points, or why it is asked"
    for grade_id in written:
        versions = essays[grade_id]() if grade_id in essays else [{}]
        task, model = cells(name, grade_id)
        if f"· {marks[grade_id]} points" not in task.source or "| Excellent |" not in task.source:
            yield f"{grade_id}: its task does not say its points, or has no rubric"
        texts = [filled(cell.source, one) for cell in (task, model) for one in versions]
        yield from (
            f"{grade_id}: unfilled {text[:40]}" for text in texts if PLACEHOLDER.search(text)
        )
        criteria = sum(
            int(number) for number in re.findall(r"^\| [^|]+ \((\d+)\) \|", task.source, re.M)
        )
        if criteria != marks[grade_id]:
            yield f"{grade_id}: its criteria add to {criteria}, not {marks[grade_id]}"
    cover = notebook(name).cells[0].source
    minutes = re.search(r"\| \| together \| 100 \| (\d+) \|", cover)
    if not minutes or not 60 <= int(minutes[1]) <= 120:
        yield "the cover does not say the minutes, 60 to 120"
    else:
        said = re.findall(
            r"· (\d+) minutes", "\n".join(cell.source for cell in notebook(name).cells[1:])
        )
        if sum(map(int, said)) != int(minutes[1]):
            yield f"the cover has {minutes[1]} minutes, the tasks {sum(map(int, said))}"
    yield from (f"{missing} is not taught" for missing in sorted(untaught(name, last_lesson)))
    yield from (
        f"cell {place} has outputs"
        for place, cell in enumerate(notebook(name).cells)
        if cell.get("outputs") or cell.get("execution_count")
    )


def untaught(name: str, last: int) -> set[str]:
    """Names of Python that the code uses and no lesson up to this number teaches."""
    taught = set(_OURS)
    for path in lesson_paths():
        about = Lesson.read(path).about
        if int(about["number"]) <= last:
            taught |= set(about["teaches"])
    return names_used(Lesson(SOURCE / name, notebook(name))) - taught


def points(name: str) -> dict[str, int]:
    """The points of each graded cell."""
    marks = [cell.metadata.get("nbgrader", {}) for cell in notebook(name).cells]
    return {mark["grade_id"]: mark["points"] for mark in marks if mark.get("grade")}
