"""What nbgrader does with our marks: its own steps, with ours in place of running the tests.

`nbgrader_config.py` of a course names these classes, so that the command line and formgrader both
use them. nbgrader itself writes the marks into its gradebook: from the outputs that we give to the
test cells, an error with the words for the student, or a line that says that it is right.
"""

import atexit
import textwrap
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from traitlets import Bool

from grading.marking import Marker, Marks, Place, read_submission
from grading.sandbox import Sandbox
from grading.submission import is_test, owner

_WIDTH = 88
NOTES = "grading-notes"


class SubmissionExporter(NotebookExporter):
    """Reads what was handed in, whatever it is, as a notebook that nbgrader can take."""

    def from_filename(
        self, filename: str, resources: dict | None = None, **_: Any
    ) -> tuple[str, dict]:
        """The notebook of a submission, repaired; one that was repaired before, as it is."""
        path, course = Path(filename), self.parent.coursedir
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources)
        place = _place(course, resources["nbgrader"]["assignment"])
        found = _marker(place).repaired(read_submission(path))
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(nbformat.from_dict(found.notebook), resources=resources)


class GradeAnswers(NbGraderPreprocessor):
    """Puts outputs and marks into a notebook; stands where nbgrader's Execute would stand."""

    unsafe = Bool(
        False, help="Whether to run student code without walls, where they cannot be raised."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """The notebook with the outputs of the student's cells and the result of each test."""
        about = resources["nbgrader"]
        marker = _marker(_place(self.parent.parent.coursedir, about["assignment"]))
        submitted = read_submission(marker.place.submitted(about["student"]))
        marks = marker.known(about["student"], marker.digest(submitted))
        marks = marks or marker.mark(about["student"], _sandbox(self.unsafe))
        for cell in nb.cells:
            if cell.cell_type == "code":
                shown = _result(cell, marks) if is_test(cell) else marks["outputs"].get(cell.id, [])
                cell.outputs = [nbformat.from_dict(output) for output in shown]
        if marks["notes"]:
            nb.cells.insert(0, _notes(marks))
        for note in marks["notes"]:
            self.log.warning("%s: %s", about["student"], note)
        return nb, resources


class HideTests(ClearHiddenTests):
    """Takes hidden tests out of what is shown after grading (jupyter/nbgrader #917, #1363)."""

    enforce_metadata = False

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, cell_index: int
    ) -> tuple[NotebookNode, dict]:
        """A test cell without its hidden lines; a student's cell as it is."""
        if is_test(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


def _result(cell: NotebookNode, marks: Marks) -> list[dict[str, Any]]:
    """The output of a test cell, from which nbgrader reads the mark."""
    answer = marks["answers"][owner(cell.metadata.nbgrader["grade_id"])]
    words = textwrap.fill(answer["words"], _WIDTH)
    if answer["right"]:
        return [{"output_type": "stream", "name": "stdout", "text": words}]
    lines = words.splitlines()
    return [
        {"output_type": "error", "ename": "NotRight", "evalue": lines[0], "traceback": lines},
    ]


def _notes(marks: Marks) -> NotebookNode:
    lines = "\n".join(f"- {note}" for note in marks["notes"])
    text = f"**What was found when this notebook was graded**\n\n{lines}"
    cell = nbformat.v4.new_markdown_cell(text)
    cell.id = NOTES
    return cell


def _place(course: Any, assignment: str) -> Place:
    return Place(Path(course.root), assignment)


@lru_cache(maxsize=8)
def _marker_of(place: Place, _changed: float) -> Marker:
    return Marker(place)


def _marker(place: Place) -> Marker:
    """The marker of an assignment, made anew when its release has changed."""
    changed = place.release.stat().st_mtime if place.release.exists() else 0.0
    return _marker_of(place, changed)


@lru_cache(maxsize=1)
def _sandbox(unsafe: bool) -> Sandbox:
    """One server of student code for as long as this program runs."""
    sandbox = Sandbox(unsafe=unsafe).__enter__()
    atexit.register(sandbox.__exit__)
    return sandbox
