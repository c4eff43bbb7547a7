"""A submitted file as cells: read whatever it is, kept to what grading needs, never changed."""

import ast
import json
from typing import Any

LARGEST = 30_000_000  # bytes of a notebook; a longer one holds more than answers
MOST_CELLS = 2_000
Cell = dict[str, Any]


def owner(grade_id: str) -> str:
    """The question or essay that a cell belongs to, such as q3 for q3-test."""
    return grade_id.removesuffix("-test").removesuffix("-task")


def about_cell(cell: Cell) -> dict[str, Any]:
    """What nbgrader's metadata say of a cell; empty for a cell that it does not know."""
    about = cell["metadata"].get("nbgrader")
    return about if isinstance(about, dict) else {}


def is_solution(cell: Cell) -> bool:
    """Whether a student writes in it."""
    return bool(about_cell(cell).get("solution"))


def is_test(cell: Cell) -> bool:
    """Whether it is the test cell of a question."""
    about = about_cell(cell)
    return bool(about.get("grade")) and not about.get("solution")


def sets(source: str, name: str, *, blank: bool = True) -> bool:
    """Whether code gives a value to a name; with blank=False, one that is not ``...``.

    >>> sets("q1 = ...", "q1", blank=False)
    False
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = [line.partition("=") for line in source.splitlines()]
        return any(
            left.strip() == name and (blank or right.strip() != "...") for left, _, right in lines
        )
    targets = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    return any(blank or not _is_stub(tree, target) for target in targets)


def _is_stub(tree: ast.AST, target: ast.Name) -> bool:
    return any(
        isinstance(node, ast.Assign)
        and target in node.targets
        and isinstance(node.value, ast.Constant)
        and node.value.value is ...
        for node in ast.walk(tree)
    )


def read(submitted: bytes) -> tuple[list[Cell], dict[str, Any]]:
    """The cells of a notebook, and what its metadata say of the assignment.

    Raises ValueError in words.
    """
    if len(submitted) > LARGEST:
        raise ValueError(f"it has {len(submitted) // 1_000_000} MB")
    try:
        content = json.loads(submitted.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not a text file") from None
    except RecursionError:
        raise ValueError("it is not a notebook") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        empty = "it is empty" if not submitted.strip() else f"it is not JSON (line {line})"
        raise ValueError(empty) from None
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise ValueError("it is not a notebook of format 4")
    metadata = content.get("metadata")
    about = metadata.get("assignment") if isinstance(metadata, dict) else None
    kept = [_plain(cell) for cell in cells if isinstance(cell, dict)]
    return kept, about if isinstance(about, dict) else {}


def _plain(cell: dict[str, Any]) -> Cell:
    """A cell with nothing but what is needed of it: no outputs, no unknown fields."""
    kind, source = cell.get("cell_type"), cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    made: Cell = {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "source": source if isinstance(source, str) else "",
        "metadata": {"nbgrader": nbgrader} if isinstance(nbgrader, dict) else {},
        "id": cell.get("id"),
    }
    if kind == "markdown" and isinstance(cell.get("attachments"), dict):
        made["attachments"] = cell["attachments"]
    return made
