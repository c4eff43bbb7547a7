"""The second environment, with nbgrader, as tests call it, and what its gradebook then holds."""

import json
import os
import sqlite3
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grading import feedback
from grading.catalogue import ROOT
from grading.marking import Place

HERE = Path(__file__).parent
# All assignments, one after the other, with one process for student code, and then some pages.
GRADING = """
import json, sys
from pathlib import Path
from functools import cache
from grading import grade
from grading.gradebook import write_feedback
start = cache(grade.Sandbox(grade.Limits()).__enter__)
stop = lambda *_: None
class Kept:
    __init__, __exit__ = stop, stop
    def __enter__(self): return self
    def run(self, *code): return start().run(*code)
grade.Sandbox = lambda *_, **__: Kept()
folder, wanted = Path(sys.argv[1]), json.loads(sys.argv[2])
codes = [grade.main([str(folder), name, "--jobs", "1"]) for name in wanted]
troubles = [write_feedback(folder, name, students) for name, students in wanted.items()]
"""
END = """
start().__exit__()
sys.exit(max(codes) or any(troubles))
"""
GRADE = GRADING + END
# A grading, ended at a place of its own: in the middle of a commit when so many students are done,
# or before it is noted that one is.
DYING = """
import os, signal, sys
from grading import grade
from nbgrader.preprocessors import SaveAutoGrades
from sqlalchemy import event
from sqlalchemy.engine import Engine

folder, assignment, moment, left = *sys.argv[1:4], [None] * int(sys.argv[4])

def die(*_):
    os.killpg(0, signal.SIGKILL)

def dying(self, cell, resources, add=SaveAutoGrades._add_score):
    if cell.metadata.nbgrader["grade_id"] == "q4-test":
        if not left:
            event.listen(Engine, "commit", die)
        left[:] = left[1:]
    add(self, cell, resources)

if moment == "writing":
    SaveAutoGrades._add_score = dying
else:
    grade.store = die
grade.main([folder, assignment, "--jobs", "1"])
"""


def command(nbgrader, *arguments, **settings):
    """How to call Python there, in a group of processes of its own."""
    paths = [str(ROOT / "src"), str(HERE)]
    found = [str(nbgrader.parent), os.environ["PATH"]]
    settings |= {"PYTHONPATH": os.pathsep.join(paths), "PATH": os.pathsep.join(found)}
    return {
        "args": [str(nbgrader), *map(str, arguments)],
        "env": os.environ | settings,
        "start_new_session": True,
        "text": True,
    }


def call(nbgrader, *arguments, cwd=ROOT, **settings):
    """Call it, and keep what it says."""
    how = command(nbgrader, *arguments, **settings)
    return subprocess.run(**how, cwd=cwd, capture_output=True, check=False)


def kept(place: Place) -> tuple[dict[str, dict], bool]:
    """The marks that are noted so far, by student, and whether a commit was cut off."""
    files = (place.folder / "marks" / place.assignment).glob("*.json")
    journal = place.folder / "gradebook.db-journal"
    marks = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
    return marks, journal.exists()


def pages_after(place: Place) -> tuple[list[str], list[str]]:
    """What `make feedback` would do now: for whom it writes a page, and what it says of others."""
    written, said = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedback, "print", said.append, raising=False)
        patch.setattr(feedback, "write_feedback", lambda *given: written.extend(given[2]) or [])
        feedback.main([str(place.folder), place.assignment])
    return written, said


def whoever_was_cut_off(marks: dict[str, dict], pages: tuple[list[str], list[str]]) -> set[str]:
    """Those of whom feedback says so; everybody else has a page, and nobody is forgotten."""
    written, said = pages
    done = {student for student, found in marks.items() if found["recorded"]}
    cut_off = {line.split(": no page")[0] for line in said}
    assert done <= set(written) <= set(marks)
    assert cut_off == set(marks) - set(written)
    assert all(line.endswith("cut off: run make grade again") for line in said)
    return cut_off


def grades(place: Place, name: str = "gradebook.db") -> dict[str, dict[str, dict]]:
    """What the gradebook holds of an assignment: by student and cell, the marks and their state."""
    query = """
        select submitted_assignment.student_id as student, base_cell.name as cell,
               grade.auto_score as auto, grade.manual_score as manual,
               grade.needs_manual_grade as unread, comment.manual_comment as comment
        from grade join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        join assignment on submitted_assignment.assignment_id = assignment.id
        left join (select comment.*, base_cell.name from comment
                   join base_cell on comment.cell_id = base_cell.id) as comment
             on comment.name = base_cell.name and comment.notebook_id = submitted_notebook.id
        where assignment.name = ?"""
    book = sqlite3.connect(place.folder / name)
    book.row_factory = sqlite3.Row
    found: dict[str, dict[str, dict]] = {}
    for row in book.execute(query, [place.assignment]):
        found.setdefault(row["student"], {})[row["cell"]] = dict(row)
    book.close()
    return found


def lost(place: Place) -> dict[str, set[str]]:
    """For each student, the questions that have no points; every other one has all of its own."""
    worth = worth_of(place)
    found = {}
    for student, cells in grades(place).items():
        points = {name: cells[f"{name}-test"]["auto"] for name in worth}
        assert all(points[name] in (0, worth[name]) for name in worth), (student, points)
        found[student] = {name for name in worth if not points[name]}
    return found


def worth_of(place: Place) -> dict[str, float]:
    """What each question is worth."""
    import nbformat

    cells = nbformat.read(place.release, as_version=4).cells
    tests = [one.metadata.nbgrader for one in cells if one.get("id", "").endswith("-test")]
    return {one.grade_id.removesuffix("-test"): one.points for one in tests}


class Words(HTMLParser):
    """The words of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        """Keep the text between two tags."""
        self.found.append(data)


def words(path):
    """The words of a page of HTML, with single blanks."""
    reader = Words()
    reader.feed(path.read_text(encoding="utf-8"))
    return " ".join("".join(reader.found).split())
