"""What must stay with the teacher, and where any of it stands in something that students get."""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

from grading.template import BEGIN_HIDDEN, END_HIDDEN, kind, region

TRIVIAL = 8  # letters and digits; a shorter line, such as `q3 = n`, gives nothing away


def secrets(source: NotebookNode) -> list[str]:
    """The lines of solutions and hidden tests, and the sentences of model answers.

    source: a course's own source notebook, with its placeholders filled. A line that also stands
    in code which every student sees, as `events = load("events")` may, is no secret.
    """
    lines, shown = [], set()
    for cell in source.cells:
        if kind(cell) == "solution":
            stub, *solution = cell.source.splitlines()
            shown.add(_bare(stub))
            lines += solution
        elif kind(cell) == "essay":
            lines += re.split(r"(?<=[.!?:;])\s+|\n", cell.source)
        elif cell.cell_type == "code":
            hidden = region(cell.source, BEGIN_HIDDEN, END_HIDDEN) or []
            lines += hidden
            shown |= {_bare(line) for line in cell.source.splitlines() if line not in hidden}
    told = (line.strip() for line in lines if _tells(line) and _bare(line) not in shown)
    return list(dict.fromkeys(told))


def leaks(source: NotebookNode, published: Iterable[str]) -> list[str]:
    """The secrets of a source notebook that stand in texts which students get.

    published: any texts: those of a release (see `texts`), a page of feedback, a file.
    """
    haystack = "\n".join(map(_bare, published))
    return [line for line in secrets(source) if _bare(line) in haystack]


def texts(value: object) -> list[str]:
    """Every text in a notebook or in any other nest of dictionaries and lists, keys included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts(part)]
    return []


def _bare(line: str) -> str:
    """A line without regard to blanks and capitals."""
    return re.sub(r"\s+", "", line).casefold()


def _tells(line: str) -> bool:
    marks = ("BEGIN SOLUTION", "END SOLUTION")
    return len(re.findall(r"\w", line)) >= TRIVIAL and not any(mark in line for mark in marks)
