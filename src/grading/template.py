"""A source notebook of an assignment: whose each cell is, and what stands for its placeholders."""

import ast
import hashlib
import json
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode

from grading.question import Parameters

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"

_GRADE_ID = re.compile(r"(q\d+|essay-\d+)(?:-(task|test))?")


def grade_id(cell: NotebookNode) -> str:
    """The name that nbgrader knows a cell by; empty for a cell that it does not know."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def owner(cell: NotebookNode) -> str:
    """The question or essay that a cell belongs to, such as q3 for q3-task; empty for none."""
    found = _GRADE_ID.fullmatch(grade_id(cell))
    return found[1] if found else ""


def kind(cell: NotebookNode) -> str:
    """What a cell is to nbgrader: solution, test, essay, read-only, or plain."""
    about = cell.metadata.get("nbgrader", {})
    if about.get("grade"):
        return "essay" if about.get("solution") else "test"
    if about.get("solution"):
        return "solution"
    return "read-only" if about.get("locked") else "plain"


def points(cell: NotebookNode) -> float:
    """The points of a graded cell; 0 for any other."""
    about = cell.metadata.get("nbgrader", {})
    return about.get("points", 0) if about.get("grade") else 0


def placeholders(cell: NotebookNode) -> set[str]:
    """The names of the placeholders in a cell."""
    return set(PLACEHOLDER.findall(cell.source))


def filled(cell: NotebookNode, parameters: Parameters) -> str:
    """The source of a cell with its placeholders filled.

    In code, text stands as it is, because it stands in quotes, and all else as Python writes it.
    In prose, the members of a list stand in a row with commas.

    Raises KeyError for a placeholder without a parameter.
    """
    write = _in_code if cell.cell_type == "code" else _in_prose
    return PLACEHOLDER.sub(lambda found: write(parameters[found[1]]), cell.source)


def fill(
    notebook: NotebookNode, course: str, name: str, parameters: Mapping[str, Parameters]
) -> NotebookNode:
    """A course's own source notebook, from the common one and the parameters by grade_id.

    Every solution cell begins with the stub that stays when nbgrader takes the solution out. Ids of
    cells come from their grade_id or their place, so that each run gives the same bytes. The
    metadata `assignment` names the course, the assignment and the variant.

    Raises SyntaxError, with the cell, when the filled code is not Python.
    """
    made = deepcopy(notebook)
    made.nbformat, made.nbformat_minor = 4, 5
    about = {"course": course, "name": name, "variant": variant(parameters)}
    made.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    made.metadata["assignment"] = about
    for place, cell in enumerate(made.cells):
        cell.source = filled(cell, {"course": course, **parameters.get(owner(cell), {})})
        cell.id = grade_id(cell) or f"cell-{place:02}"
        if cell.cell_type == "code":
            _check_code(cell)
            cell.outputs, cell.execution_count = [], None
        if kind(cell) == "solution":
            cell.source = f"{grade_id(cell)} = ...\n{cell.source}"
    return made


def variant(parameters: Mapping[str, Parameters]) -> str:
    """A short name for a choice of parameters: the same parameters, the same name."""
    text = json.dumps(parameters, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def region(source: str, begin: str, end: str) -> list[str] | None:
    """The lines between two marks that stand alone on their lines; None where a mark is missing."""
    lines = [line.strip() for line in source.splitlines()]
    if lines.count(begin) != 1 or lines.count(end) != 1 or lines.index(end) < lines.index(begin):
        return None
    return source.splitlines()[lines.index(begin) + 1 : lines.index(end)]


def _check_code(cell: NotebookNode) -> None:
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        where = f"{grade_id(cell) or cell.id}: not Python when its placeholders are filled"
        raise SyntaxError(f"{where}: {error}") from error


def _in_code(value: Any) -> str:
    if isinstance(value, str) and re.search(r"[\"\\\n]", value):
        raise ValueError(f"the parameter {value!r} would break out of its quotes in code")
    return value if isinstance(value, str) else repr(value)


def _in_prose(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
