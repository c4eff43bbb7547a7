"""A course as students get it, made without nbgrader, and notebooks as students hand them in."""

import copy
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
import sample
from nbformat import NotebookNode

from grading.folder import write_record
from grading.isolation import Limits
from grading.marking import Place
from grading.sandbox import Sandbox, SandboxError
from grading.template import fill, kind

COURSE = "history-101-2027"


def make_course(folder: Path, course: str = COURSE) -> Place:
    """The folder of a course with source, release and record of the sample."""
    assignment = sample.assignment(folder)
    parameters = assignment.parameters(course)
    source = fill(sample.notebook(), course, sample.NAME, parameters)
    release = copy.deepcopy(source)
    for cell in release.cells:
        if kind(cell) == "solution":
            cell.source = cell.source.splitlines()[0]
        elif kind(cell) == "essay":
            cell.source = "*Write your answer here.*"
        elif kind(cell) == "test":
            cell.source = cell.source.splitlines()[0]
    for step, notebook in (("source", source), ("release", release)):
        path = folder / step / sample.NAME / f"{sample.NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    write_record(folder, course, {sample.NAME: parameters})
    return Place(folder, sample.NAME)


def release(place: Place) -> NotebookNode:
    """The notebook that students get."""
    return nbformat.read(place.release, as_version=4)


def solved(place: Place, **answers: str) -> NotebookNode:
    """The model solution in the release, with other code in some cells, by question."""
    made = release(place)
    name = f"{sample.NAME}.ipynb"
    source = nbformat.read(place.folder / "source" / sample.NAME / name, as_version=4)
    right = {cell.id: cell.source for cell in source.cells if kind(cell) in ("solution", "essay")}
    for cell in made.cells:
        cell.source = answers.get(cell.id, right.get(cell.id, cell.source))
    return made


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    """The cell with that id."""
    return next(one for one in notebook.cells if one.id == name)


def hand_in(place: Place, student: str, notebook: NotebookNode | str | bytes) -> Path:
    """Put a notebook, or any other file, where submissions stand."""
    path = place.submitted(student)
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(notebook, NotebookNode):
        notebook = json.dumps(notebook)
    path.write_bytes(notebook if isinstance(notebook, bytes) else notebook.encode())
    return path


@contextmanager
def walls(limits: Limits) -> Iterator[Sandbox]:
    """A sandbox; where the machine cannot have one, the tests are skipped, or fail in CI."""
    sandbox = Sandbox(limits)
    try:
        sandbox.__enter__()
    except SandboxError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    try:
        yield sandbox
    finally:
        sandbox.__exit__()
