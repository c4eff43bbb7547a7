"""A small assignment that every rule lets pass, for tests of what makes and grades a course."""

from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.catalogue import Assignment
from grading.question import Mistake, Question
from helpers import load

NAME = "sample"
HIDDEN = """### BEGIN HIDDEN TESTS
raise RuntimeError("grade this with the course's own nbgrader_config.py: see docs/teaching.md")
### END HIDDEN TESTS"""


@cache
def _years() -> list[dict]:
    """Years with three to seven events, so that all variants are of like size."""
    counts = load("events")["date_earliest"].dt.year.value_counts().sort_index()
    return [{"year": int(year)} for year in counts[counts.between(3, 7)].index]


def _in_year(parameters: dict) -> int:
    return int((load("events")["date_earliest"].dt.year == parameters["year"]).sum())


QUESTIONS = {
    f"q{number}": Question(
        form="number",
        pool=_years,
        answer=lambda parameters, more=number: _in_year(parameters) + more,
        rows=_in_year,
        mistakes=(
            Mistake(lambda parameters: 0, "There are some events in {year}."),
            Mistake(
                lambda parameters, more=number: _in_year(parameters) + more + 1,
                "You counted one too many.",
            ),
            Mistake(lambda parameters: len(load("events")), "Those are the events of all years."),
        ),
        retry="Count the events of {year}, and add the number.",
    )
    for number in range(1, 9)
}
ESSAYS = {"essay-1": [{"person": "Zinoviev"}, {"person": "Kamenev"}]}


def about(grade_id: str, kind: str, points: int = 0) -> dict:
    """The metadata of a cell, as nbgrader writes it."""
    made = {
        "grade": kind in ("test", "essay"),
        "grade_id": grade_id,
        "locked": kind in ("test", "read-only"),
        "schema_version": 3,
        "solution": kind in ("solution", "essay"),
        "task": False,
    }
    return {"nbgrader": made | ({"points": points} if made["grade"] else {})}


def notebook() -> NotebookNode:
    """The source notebook: a cover, a setup, eight questions of ten points, two essays."""
    cells = [
        new_markdown_cell(
            "# A sample\n\n100 points, {{course}}.", metadata=about("cover", "read-only")
        ),
        new_code_cell(
            'from helpers import check_form, load\n\nevents = load("events")',
            metadata=about("setup", "read-only"),
        ),
    ]
    for name in QUESTIONS:
        solution = (
            f"year_of_event = events.date_earliest.dt.year\n{name} = "
            f"(year_of_event == {{{{year}}}}).sum() + {name[1:]}"
        )
        cells += [
            new_markdown_cell(
                f"How many events has {{{{year}}}}? Add {name[1:]}. Call it `{name}`.",
                metadata=about(f"{name}-task", "read-only"),
            ),
            new_code_cell(
                f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION",
                metadata=about(name, "solution"),
            ),
            new_code_cell(
                f'check_form("{name}", {name}, "number")\n{HIDDEN}',
                metadata=about(f"{name}-test", "test", points=10),
            ),
        ]
    for number, person in ((1, "{{person}}"), (2, "Trotsky")):
        cells += [
            new_markdown_cell(
                f"What speaks for {person}, what against?\n\nRubric: 5 points for each side.",
                metadata=about(f"essay-{number}-task", "read-only"),
            ),
            new_markdown_cell(
                f"The best case for {person} is made by those who knew him. Others saw a schemer.",
                metadata=about(f"essay-{number}", "essay", points=10),
            ),
        ]
    return new_notebook(cells=cells)


def assignment(folder: Path, made: NotebookNode | None = None) -> Assignment:
    """The sample with its source notebook, or another one, written to a folder."""
    path = folder / f"{NAME}.ipynb"
    nbformat.write(made or notebook(), path)
    return Assignment(NAME, path, QUESTIONS, ESSAYS)
