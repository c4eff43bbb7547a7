"""nbgrader's gradebook of a course, spoken to without its command line."""

import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grading.submission import about_cell, is_test


class GradebookError(RuntimeError):
    """A gradebook that cannot be used; the message says what to do."""


class Gradebook:
    """The gradebook of one course."""

    def __init__(self, api: Any, folder: Path) -> None:
        self._api, self._folder = api, folder

    def autograde(self, assignment: str, student: str) -> str:
        """Have nbgrader take over the marks of a student; what went wrong, "" when nothing did.

        What a person gave stays. nbgrader asks for all of it to be read again; we ask only where
        the student's work has changed since.
        """
        before = self._work(assignment, student)
        read = self._read(assignment, student) if before else set()
        trouble = _trouble(self._api.autograde(assignment, student, force=True))
        if read and not trouble:
            after = self._work(assignment, student)
            same = {name for name in read if before.get(name) == after.get(name)}
            with self._api.gradebook as book:
                for grade in _grades(book, assignment, student):
                    if grade.name in same:
                        grade.needs_manual_grade = False
                book.db.commit()
        return trouble

    def _work(self, assignment: str, student: str) -> dict[str, str]:
        """What each mark of a graded notebook is for: an essay's text, or all code for a test."""
        path = self._folder / "autograded" / student / assignment / f"{assignment}.ipynb"
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            return {}
        texts = {about_cell(cell).get("grade_id", ""): "".join(cell["source"]) for cell in cells}
        code = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
        tests = {about_cell(cell)["grade_id"]: code for cell in cells if is_test(cell)}
        return texts | tests

    def _read(self, assignment: str, student: str) -> set[str]:
        """The cells to which a person gave a mark that needs no second look."""
        with self._api.gradebook as book:
            return {
                grade.name
                for grade in _grades(book, assignment, student)
                if grade.manual_score is not None and not grade.needs_manual_grade
            }

    def feedback(self, assignment: str, student: str) -> str:
        """Write the page with a student's feedback; what went wrong, "" when nothing did."""
        return _trouble(self._api.generate_feedback(assignment, student, force=True))

    def scores(self, assignment: str) -> dict[str, dict[str, Any]]:
        """For each student: score, max_score, and whether a person must still read something."""
        found = {}
        for one in self._api.get_submissions(assignment):
            if one["autograded"]:
                keys = ("score", "max_score", "needs_manual_grade")
                found[one["student"]] = {key: one[key] for key in keys}
        return found

    def comments(self, assignment: str, student: str) -> list[str]:
        """What the person who graded wrote to a student, in the order of the notebook."""
        with self._api.gradebook as book:
            submission = book.find_submission(assignment, student)
            return [
                comment.comment
                for notebook in submission.notebooks
                for comment in notebook.comments
                if comment.manual_comment
            ]


def open_course(folder: Path) -> Gradebook:
    """The gradebook of the course in a folder.

    Raises GradebookError where nbgrader or the course's settings are missing.
    """
    try:
        from nbgrader.apps.api import NbGraderAPI
    except ModuleNotFoundError:
        raise GradebookError(
            "nbgrader is not installed here: use make, which calls .venv/grading/bin/python"
        ) from None
    from nbgrader import api as database
    from traitlets.config import Config, PyFileConfigLoader

    database.create_engine = _engine
    settings = folder / "nbgrader_config.py"
    if not settings.is_file():
        raise GradebookError(f"{settings} is missing: make the course with make assignments")
    # nbgrader calls the program alembic by its name when it begins a gradebook
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    config = Config(PyFileConfigLoader(settings.name, path=str(folder)).load_config())
    config.CourseDirectory.root = str(folder)
    api = NbGraderAPI(config=config)
    warnings.filterwarnings("ignore", module="nbgrader")  # it speaks to a newer SQLAlchemy
    quiet = logging.getLogger("grading.nbgrader")
    quiet.propagate = False
    quiet.addHandler(logging.NullHandler())
    api.log = quiet
    return Gradebook(api, folder)


@cache
def _engine(address: str, **settings: Any) -> Any:
    """One engine for each gradebook, in place of SQLAlchemy's create_engine.

    nbgrader makes an engine for each step of each submission, some ten in all, and each prepares
    all its queries anew. One that is kept remembers them; its connections are closed as before.
    """
    from sqlalchemy import create_engine

    return create_engine(address, **settings)


def write_feedback(folder: Path, assignment: str, students: Sequence[str]) -> list[str]:
    """Write the pages of all students, with a line of progress for each; what went wrong."""
    gradebook, troubles = open_course(folder), []
    for number, student in enumerate(students, 1):
        trouble = gradebook.feedback(assignment, student)
        page = f"feedback/{student}/{assignment}/{assignment}.html"
        print(f"{number} of {len(students)}: {trouble or page}", flush=True)
        if trouble:
            troubles.append(f"{student}: {trouble}")
    return troubles


def _grades(book: Any, assignment: str, student: str) -> list[Any]:
    from nbgrader.api import MissingEntry

    try:
        notebooks = book.find_submission(assignment, student).notebooks
    except MissingEntry:
        return []
    return [grade for notebook in notebooks for grade in notebook.grades]


def _trouble(result: dict[str, Any]) -> str:
    if result["success"]:
        return ""
    lines = [line.strip() for line in result.get("log", "").splitlines()]
    causes = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Missing\w+)\b", line)]
    said = [line.removeprefix("[ERROR]").strip() for line in lines if line.startswith("[ERROR]")]
    said = [line for line in said if not line.startswith(_NO_REASON)]
    return ([*causes, *said] or ["it gave no reason"])[0]


_NO_REASON = ("There was an error", "Please see", "Traceback")
