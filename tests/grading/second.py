"""The second environment, with nbgrader, as tests call it, and what its gradebook then holds."""

import os
import sqlite3
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from grading.catalogue import ROOT
from grading.marking import Place

HERE = Path(__file__).parent
# All assignments, one after the other, with one process for student code, and then some pages.
GRADE = """
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
start().__exit__()
troubles = [write_feedback(folder, name, students) for name, students in wanted.items()]
sys.exit(max(codes) or any(troubles))
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
