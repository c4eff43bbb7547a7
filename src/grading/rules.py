"""The rules for a source notebook: each fault in one sentence that says what to do."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

from grading.catalogue import Assignment
from grading.template import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
    filled,
    grade_id,
    kind,
    owner,
    placeholders,
    points,
    region,
)

POINTS = 100
FEWEST_QUESTIONS, FEWEST_ESSAYS = 8, 2
PARTS = (("-task", "read-only"), ("", "solution"), ("-test", "test"))


def faults(notebook: NotebookNode, assignment: Assignment) -> list[str]:
    """Everything in a source notebook that keeps it from being handed out and graded."""
    found = []
    for rule in (_ids, _totals, _questions, _essays, _placeholders):
        found += rule(notebook, assignment)
    return [f"{assignment.name}: {fault}" for fault in found]


def _ids(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """Each grade_id once, and on graded cells only those that are known."""
    for name, count in Counter(filter(None, map(grade_id, notebook.cells))).items():
        if count > 1:
            yield f"{count} cells have the grade_id {name!r}. Give each its own."
    for cell in notebook.cells:
        known = owner(cell) in assignment.questions or owner(cell).startswith("essay-")
        if kind(cell) != "plain" and not known and (kind(cell) != "read-only" or owner(cell)):
            yield (
                f"the grade_id {grade_id(cell)!r} is unknown: use that of a question in QUESTIONS "
                f"({', '.join(assignment.questions)}), with -test for its test, or essay-1, essay-2"
            )
    essays = {grade_id(cell) for cell in notebook.cells if kind(cell) == "essay"}
    for name in assignment.essays:
        if name not in essays:
            yield f"ESSAYS has {name!r}, but no cell has this grade_id. Add it, or take it out."


def _totals(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """Points that add to 100, enough questions and enough essays."""
    kinds = Counter(kind(cell) for cell in notebook.cells)
    total = sum(points(cell) for cell in notebook.cells)
    if total != POINTS:
        yield f"the points add to {total:g}, expected {POINTS}. Change those of the graded cells."
    if kinds["test"] < FEWEST_QUESTIONS:
        yield f"{kinds['test']} auto-graded cells, expected {FEWEST_QUESTIONS} or more"
    if kinds["essay"] < FEWEST_ESSAYS:
        yield f"{kinds['essay']} essay cells, expected {FEWEST_ESSAYS} or more"
    for cell in notebook.cells:
        if kind(cell) in ("test", "essay") and points(cell) <= 0:
            yield f"{grade_id(cell)} has no points. Give it some."


def _questions(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """For each question a task, a solution that sets its variable, and a test, in this order."""
    for name, question in assignment.questions.items():
        cells = [cell for cell in notebook.cells if owner(cell) == name]
        parts = [(grade_id(cell).removeprefix(name), kind(cell)) for cell in cells]
        if parts != list(PARTS):
            yield (
                f"{name} has the cells {parts}, expected {list(PARTS)}: "
                "a read-only task, a solution and a locked test, in this order"
            )
            continue
        _, solution, test = cells
        code = region(solution.source, BEGIN_SOLUTION, END_SOLUTION)
        if code is None or not _sets("\n".join(code), name):
            yield f"{name}: between {BEGIN_SOLUTION} and {END_SOLUTION} set the variable {name}"
        elif len(code) + 2 != len(solution.source.strip().splitlines()):
            yield f"{name}: the solution cell has lines outside the solution. Move them inside."
        shown = f'check_form("{name}", {name}, "{question.form}")'
        if test.source.splitlines()[:1] != [shown]:
            yield f"{name}-test: its first line must be {shown}"
        hidden = region(test.source, BEGIN_HIDDEN, END_HIDDEN)
        if not any(line.strip().startswith("raise ") for line in hidden or []):
            yield f"{name}-test: between {BEGIN_HIDDEN} and {END_HIDDEN} raise an error"


def _essays(notebook: NotebookNode, _: Assignment) -> Iterator[str]:
    """Each essay is prose with a model answer, just after its question and rubric."""
    before = None
    for cell in notebook.cells:
        name = grade_id(cell)
        if kind(cell) == "essay":
            if cell.cell_type != "markdown" or not cell.source.strip():
                yield f"{name}: an essay is a Markdown cell that holds the model answer"
            if before is None or grade_id(before) != f"{name}-task" or kind(before) != "read-only":
                yield f"{name}: the cell before it must be read-only, with grade_id {name}-task"
            elif not re.search(r"rubric|^\|", before.source, re.IGNORECASE | re.MULTILINE):
                yield f"{name}-task: the rubric is missing: a table, or a line that begins Rubric:"
        before = cell


def _placeholders(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """Every placeholder has a parameter in every variant, and each variant reads differently."""
    pools = assignment.pools()
    for cell in notebook.cells:
        for name in sorted(placeholders(cell) - {"course"}):
            if not all(name in variant for variant in pools.get(owner(cell), [{}])):
                where = grade_id(cell) or "a cell that belongs to no question"
                yield (
                    f"{where}: nothing fills the placeholder {{{{{name}}}}}. Add the parameter "
                    f"{name!r} to every variant of its pool, or correct the name."
                )
                return
    for cell in notebook.cells:
        pool = pools.get(owner(cell), [])
        if grade_id(cell).endswith("-task") and pool:
            texts = Counter(filled(cell, {"course": "", **variant}) for variant in pool)
            if texts.total() > len(texts):
                yield (
                    f"{owner(cell)}: {texts.total()} variants, but only {len(texts)} different "
                    "tasks. Name in the task what differs."
                )
        if owner(cell) in assignment.questions and not pool:
            yield f"{owner(cell)}: its pool is empty. Add variants."


def _sets(code: str, name: str) -> bool:
    """Whether a piece of code, with its placeholders, gives a value to a name."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return any(line.startswith(f"{name} = ") for line in code.splitlines())
    targets = [
        target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
    ]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)
