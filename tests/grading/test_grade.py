"""With the real nbgrader: from submissions to gradebook, feedback pages and marks to import."""

import copy
import csv
import os
import signal
import sqlite3
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
import sample
from hand_in import COURSE, cell, hand_in, make_course, release, solved

from grading.catalogue import ROOT
from grading.course import derive
from grading.grade import main
from grading.leaks import leaks
from grading.marking import Place

HERE = Path(__file__).parent
STUDENTS = ("blank", "broken", "clean", "elsewhere", "essays", "model", "styles", "tampered")


def command(nbgrader, *arguments):
    """How to call a program of the second environment, with the sample as its questions."""
    paths = [str(ROOT / "src"), str(HERE)]
    settings = {
        "PYTHONPATH": os.pathsep.join(paths),
        "PATH": os.pathsep.join([str(nbgrader.parent), os.environ["PATH"]]),
        "GRADING_ASSIGNMENTS": "questions",
    }
    return {"args": [str(nbgrader), "-m", *arguments], "env": os.environ | settings}


def call(nbgrader, *arguments, cwd=ROOT):
    how = command(nbgrader, *map(str, arguments))
    return subprocess.run(**how, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def place(nbgrader, tmp_path_factory):
    """A course that nbgrader released, with what eight students handed in."""
    folder = tmp_path_factory.mktemp("courses") / COURSE
    derive(COURSE, folder, [sample.assignment(tmp_path_factory.mktemp("sample"))])
    place = Place(folder, sample.NAME)
    hand_in(place, "model", solved(place))
    hand_in(place, "blank", solved(place))  # replaced by a newer one, see below
    hand_in(place, "broken", "{oops")
    hand_in(place, "elsewhere", solved(make_course(tmp_path_factory.mktemp("other"), "other")))
    essay = release(place)
    cell(essay, "essay-1").source = "He was a good speaker."
    hand_in(place, "essays", essay)
    styles = {f"q{n}": f"{solution(place, n)}\nq{n} = float(q{n})" for n in range(1, 9)}
    hand_in(place, "styles", solved(place, **styles))
    tampered = solved(place, q1="q1 = 0", q2="import os\nos._exit(0)")
    tampered.cells.remove(cell(tampered, "q3-test"))
    tampered.cells += [copy.deepcopy(one) for one in tampered.cells if one.id.endswith("-test")]
    cell(tampered, "q4-test").source = "pass"
    hand_in(place, "tampered", tampered)
    hand_in(place, "clean", solved(place, q8="import shutil\nshutil.rmtree('/')\nq8 = 0"))
    return place


def solution(place, number):
    return cell(solved(place), f"q{number}").source.replace("### ", "# ")


@pytest.fixture(scope="module")
def graded(nbgrader, place):
    """The same, graded: killed half way, and begun again. What both runs said.

    Between the two, a student whose notebook is graded hands in another one.
    """
    arguments = ["grading.grade", str(place.folder), place.assignment]
    how = command(nbgrader, *arguments, "--jobs", "1")
    said = []
    with subprocess.Popen(**how, stdout=subprocess.PIPE, text=True) as first:
        for line in first.stdout:
            said.append(line)
            if line.startswith("3 of 8"):
                first.send_signal(signal.SIGKILL)
                break
    hand_in(place, "blank", release(place))
    before = files(place)
    second = call(nbgrader, *arguments)
    if "cannot shut student code in" in second.stderr and not os.environ.get("CI"):
        pytest.skip(second.stderr)
    assert files(place) == before, "grading has changed what a student handed in"
    return "".join(said), second


def files(place):
    found = sorted(place.folder.glob("submitted/**/*"))
    return {path: path.read_bytes() for path in found if path.is_file()}


def scores(place):
    """What nbgrader's gradebook holds: points by student and cell."""
    query = """
        select submitted_assignment.student_id, base_cell.name, grade.auto_score
        from grade join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id"""
    book = sqlite3.connect(place.folder / "gradebook.db")
    found = {}
    for student, name, score in book.execute(query):
        found.setdefault(student, {})[name] = score
    book.close()
    return found


def lost(scores, student):
    tests = {name: score for name, score in scores[student].items() if name.endswith("-test")}
    assert len(tests) == 8
    assert set(tests.values()) <= {0, 10}
    return {name.removesuffix("-test") for name, score in tests.items() if score == 0}


def test_killed_and_begun_again_each_notebook_is_graded_once(graded):
    first, second = graded
    assert second.returncode == 1, second.stderr  # two notebooks could not be graded
    assert "2 of 8 were graded before and have not changed." in second.stdout
    lines = [line for line in (first + second.stdout).splitlines() if " of 8: " in line]
    assert sorted(line.split(": ")[1] for line in lines) == sorted([*STUDENTS, "blank"])
    assert "1 of 8: blank: 80 of 80 points\n" in first
    assert "blank: 0 of 80 points\n" in second.stdout


def test_the_gradebook_has_each_mark(graded, place):
    every = {f"q{number}" for number in range(1, 9)}
    costs = {
        "model": set(),
        "styles": set(),
        "blank": every,
        "essays": every,
        "broken": every,
        "elsewhere": every,
        "tampered": {"q1", "q2"},
        "clean": {"q8"},
    }
    found = scores(place)
    assert {student: lost(found, student) for student in found} == costs


def test_essays_wait_for_a_person_and_blank_ones_do_not(graded, place):
    found = scores(place)
    assert found["essays"]["essay-1"] is None
    assert found["essays"]["essay-2"] == 0
    assert found["elsewhere"]["essay-1"] is None


def test_the_report_says_what_was_found(graded, place):
    with (place.folder / "reports" / f"{sample.NAME}.csv").open(encoding="utf-8") as stream:
        found = {row["student"]: row for row in csv.DictReader(stream)}
    assert sorted(found) == sorted(STUDENTS)
    assert found["model"]["found"] == ""
    assert "it is not JSON" in found["broken"]["found"]
    assert "the course 'other'" in found["elsewhere"]["found"]
    for said in ("q3-test: deleted", "q4-test: changed", "more than once", "q2: it was left out"):
        assert said in found["tampered"]["found"]


def test_nbgraders_own_command_gives_the_same_marks(nbgrader, graded, place):
    before = scores(place)["tampered"]
    place.marks("tampered").unlink()
    arguments = ["nbgrader", "autograde", place.assignment, "--student", "tampered", "--force"]
    found = call(nbgrader, *arguments, cwd=place.folder)
    assert found.returncode == 0, found.stderr
    assert scores(place)["tampered"] == before
    assert "tampered: q4-test: changed; the original was put back." in found.stderr


class Words(HTMLParser):
    """The words of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        """Keep the text between two tags."""
        self.found.append(data)


def words(path):
    reader = Words()
    reader.feed(path.read_text(encoding="utf-8"))
    return " ".join("".join(reader.found).split())


def test_feedback_gives_hints_and_hides_tests_and_solutions(nbgrader, graded, place):
    found = call(nbgrader, "grading.feedback", place.folder, place.assignment)
    assert found.returncode == 0, found.stderr
    source = place.folder / "source" / place.assignment / f"{place.assignment}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    pages = {path.parents[1].name: words(path) for path in place.folder.glob("feedback/*/*/*.html")}
    assert sorted(pages) == sorted(STUDENTS)
    for student in ("blank", "broken"):
        assert leaks(notebook, [pages[student]]) == []
    for page in pages.values():
        assert "HIDDEN TESTS" not in page
        assert "grade this with" not in page
    hint = sample.QUESTIONS["q1"].mistakes[0].hint.partition("{")[0].strip()
    assert hint in pages["tampered"]
    assert "q4-test: changed; the original was put back." in pages["tampered"]


def test_hidden_tests_are_not_in_what_is_kept(graded, place):
    for path in place.folder.glob("autograded/*/*/*.ipynb"):
        assert "HIDDEN TESTS" not in path.read_text(encoding="utf-8")


def test_marks_are_exported(nbgrader, graded, place, tmp_path):
    roster = tmp_path / "roster.csv"
    rows = [f"{student},{student}@uni.example" for student in STUDENTS]
    roster.write_text("\n".join(["student,email", *rows]), encoding="utf-8")
    arguments = ["grading.export", place.folder, place.assignment, "--roster", roster, "--unread"]
    found = call(nbgrader, *arguments)
    assert found.returncode == 1
    assert "broken: left out" in found.stderr
    table = place.folder / "reports" / f"{place.assignment}-moodle.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        marks = {row["Email address"]: row for row in csv.DictReader(stream)}
    assert marks["model@uni.example"][place.assignment] == "80"
    assert marks["clean@uni.example"][f"{place.assignment} feedback"].startswith("q8: not right.")
    assert "broken@uni.example" not in marks


def test_a_course_that_is_not_there_is_named(capsys):
    assert main(["no-such-course", "exile"]) == 2
    said = capsys.readouterr().err
    assert "make assignments" in said
    assert said.count("\n") == 1
