"""With the real nbgrader: from submissions to gradebook, feedback pages and marks to import."""

import copy
import csv
import os
import shutil
import signal
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import sample
from hand_in import COURSE, cell, hand_in, make_course, release, solved
from second import DYING, call, grades, kept, lost, pages_after, whoever_was_cut_off, words

from grading import grade as module
from grading.grade import main
from grading.isolation import Limits
from grading.leaks import leaks
from grading.marking import Place

SAMPLE = {"GRADING_ASSIGNMENTS": "questions"}
# `make grade`, `make feedback` and `make marks`, one after the other in one process.
ALL_THREE = """
import sys
from grading import export, feedback, grade
folder, assignment, roster = sys.argv[1:]
codes = [grade.main([folder, assignment])]
print("--- given back", flush=True)
codes += [feedback.main([folder, assignment])]
codes += [export.main([folder, assignment, "--roster", roster, "--unread"])]
sys.exit(max(codes))
"""
STUDENTS = ("blank", "broken", "clean", "elsewhere", "essays", "model", "styles", "tampered")


@pytest.fixture(scope="module")
def place(course, tmp_path_factory):
    """A course that nbgrader released, with what eight students handed in."""
    folder = shutil.copytree(course, tmp_path_factory.mktemp("courses") / COURSE)
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
def killed(nbgrader, place):
    """A run that is killed while nbgrader writes: what it said, its marks, and the pages then."""
    found = call(nbgrader, "-c", DYING, place.folder, place.assignment, "writing", 3, **SAMPLE)
    if "cannot shut student code in" in found.stderr and not os.environ.get("CI"):
        pytest.skip(found.stderr)
    assert found.returncode == -signal.SIGKILL, found.stderr
    return found.stdout, kept(place), pages_after(place)


@pytest.fixture(scope="module")
def again(nbgrader, place, killed):
    """The same, begun again, and all given back: what the three commands said.

    Between the two runs, a student whose notebook is graded hands in another one.
    """
    hand_in(place, "blank", release(place))
    roster = place.folder / "roster.csv"
    rows = [f"{student},{student}@uni.example" for student in STUDENTS]
    roster.write_text("\n".join(["student,email", *rows]), encoding="utf-8")
    before = files(place)
    found = call(nbgrader, "-c", ALL_THREE, place.folder, place.assignment, roster, **SAMPLE)
    assert found.returncode == 0, found.stderr
    assert files(place) == before, "grading has changed what a student handed in"
    return found.stdout.split("--- given back\n")


@pytest.fixture(scope="module")
def graded(killed, again):
    """What both runs of grading said."""
    return killed[0], again[0]


@pytest.fixture(scope="module")
def given_back(again):
    """What `make feedback` and `make marks` said."""
    return again[1]


def files(place):
    found = sorted(place.folder.glob("submitted/**/*"))
    return {path: path.read_bytes() for path in found if path.is_file()}


def test_killed_and_begun_again_each_notebook_is_graded_once(graded):
    first, second = graded
    assert "2 of 8 were graded before and have not changed." in second
    lines = [line for line in (first + second).splitlines() if " of 8: " in line]
    assert sorted(line.split(": ")[1] for line in lines) == sorted([*STUDENTS, "blank"])
    assert "1 of 8: blank: 80 of 80 points\n" in first
    assert "blank: 0 of 80 points\n" in second


def test_it_was_killed_while_nbgrader_wrote_and_who_was_cut_off_gets_no_page(killed, graded, place):
    _, (marks, journal), pages = killed
    assert journal, "no commit was cut off"
    recorded = {student for student, found in marks.items() if found["recorded"]}
    assert len(recorded) == 3
    assert whoever_was_cut_off(marks, pages) == marks.keys() - recorded != set()
    last, _ = kept(place)
    for student in marks.keys() - {"blank"}:  # the time that its code took: it was run once
        assert last[student] == marks[student] | {"recorded": True}


def test_the_command_ends_with_who_was_left_out_and_why(graded):
    _, second = graded
    said = second.partition("Left out: 2 of 8. All others are graded. ")[2].splitlines()
    assert said[0] == "Ask for a new file, put it in the place of the old one, and start again:"
    assert said[1].startswith("  broken: The notebook cannot be read: it is not JSON (line 1).")
    assert said[2].startswith("  elsewhere: ")
    assert "the course 'other'" in said[2]
    assert len(said) == 3


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
    assert lost(place) == costs


def test_essays_wait_for_a_person_and_blank_ones_do_not(graded, place):
    found = grades(place)
    assert found["essays"]["essay-1"]["unread"]
    assert found["essays"]["essay-2"]["auto"] == 0
    assert found["elsewhere"]["essay-1"]["unread"]


def test_the_report_says_what_was_found(graded, place):
    with (place.folder / "reports" / f"{sample.NAME}.csv").open(encoding="utf-8") as stream:
        found = {row["student"]: row for row in csv.DictReader(stream)}
    assert sorted(found) == sorted(STUDENTS)
    assert found["model"]["found"] == ""
    assert "it is not JSON" in found["broken"]["found"]
    assert "the course 'other'" in found["elsewhere"]["found"]
    for said in ("q3-test: deleted", "q4-test: changed", "more than once", "q2: it was left out"):
        assert said in found["tampered"]["found"]


@pytest.mark.proof
def test_nbgraders_own_command_gives_the_same_marks(nbgrader, graded, place):
    before = grades(place)["tampered"]
    noted = place.marks("tampered").read_bytes()
    place.marks("tampered").unlink()
    arguments = ["-m", "nbgrader", "autograde", place.assignment, "--student=tampered", "--force"]
    found = call(nbgrader, *arguments, cwd=place.folder, **SAMPLE)
    place.marks("tampered").write_bytes(noted)
    assert found.returncode == 0, found.stderr
    assert grades(place)["tampered"] == before
    assert "tampered: q4-test: changed; the original was put back." in found.stderr


def test_feedback_gives_hints_and_hides_tests_and_solutions(given_back, place):
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


def test_marks_are_exported(given_back, place):
    assert "Left out: 2 of 8.\n  broken: left out, the notebook could not be graded" in given_back
    table = place.folder / "reports" / f"{place.assignment}-moodle.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        marks = {row["Email address"]: row for row in csv.DictReader(stream)}
    assert marks["model@uni.example"][place.assignment] == "80"
    assert marks["clean@uni.example"][f"{place.assignment} feedback"].startswith("q8: not right.")
    assert "broken@uni.example" not in marks


def test_each_worker_has_one_process_for_student_code(monkeypatch, tmp_path):
    running = []

    class Server:
        def __init__(self, limits, *, unsafe):
            self.limits, self.unsafe = limits, unsafe

        def __enter__(self):
            running.append(self)
            return self

        def __exit__(self, *_):
            running.remove(self)

    monkeypatch.setattr(module, "Sandbox", Server)
    monkeypatch.setattr(module, "open_course", lambda folder: None)
    monkeypatch.setattr(module, "_mark", lambda marker, student, free: {"student": student})
    monkeypatch.setattr(module, "_record", lambda gradebook, place, marks: marks)
    marker = SimpleNamespace(place=SimpleNamespace(folder=tmp_path))
    graded = module._graded(marker, ["anna", "boris", "clara"], 2, Limits(), False)
    assert [len(running) for _ in graded] == [2, 2, 2]
    assert running == []


def test_a_course_that_is_not_there_is_named(capsys):
    assert main(["no-such-course", "exile"]) == 2
    said = capsys.readouterr().err
    assert "make assignments" in said
    assert said.count("\n") == 1


def test_windows_is_told_that_grading_needs_linux(monkeypatch, capsys):
    for missing in ("fcntl", "resource"):
        monkeypatch.setitem(sys.modules, missing, None)
    for name in ("isolation", "grade"):
        spec = spec_from_file_location(f"{name}_there", Path(module.__file__).with_stem(name))
        there = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, there)  # a dataclass looks its module up
        spec.loader.exec_module(there)
    assert there.main(["history-101", "exile"]) == 2
    said = capsys.readouterr().err
    assert "needs Linux" in said
    assert "WSL" in said
    assert said.count("\n") == 1
