"""From a submitted file to marks: each trouble ends in a line, and costs no other mark."""

import copy
import json
import os

import nbformat
import pytest
import sample
from hand_in import cell, hand_in, make_course, release, solved, walls

from grading.isolation import Limits
from grading.marking import ASSIGNMENTS, Marker, NoSuchAssignmentError, Place
from grading.report import one_line, write_report

LIMITS = Limits(cell_seconds=1.5, seconds=5, memory=300_000_000)
POINTS = 10


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def sandbox():
    with walls(LIMITS) as made:
        yield made


@pytest.fixture(scope="module")
def marker(place):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ASSIGNMENTS, "questions")
        return Marker(place)


@pytest.fixture
def graded(marker, sandbox, place, request):
    """How a notebook is graded; the file that was handed in must not change."""

    def grade(notebook):
        student = f"student-{abs(hash(request.node.name))}"
        path = hand_in(place, student, notebook)
        before = path.read_bytes(), path.stat().st_mtime_ns
        marks = marker.mark(student, sandbox)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
        json.dumps(marks, allow_nan=False)
        return marks

    return grade


def lost(marks):
    return {name for name, answer in marks["answers"].items() if not answer["right"]}


def test_the_model_solution_gets_all_points(graded, place):
    marks = graded(solved(place))
    assert (marks["status"], marks["points"], marks["of"]) == ("fit", 80, 80)
    assert marks["notes"] == []


def test_the_untouched_release_gets_none(graded, place):
    marks = graded(release(place))
    assert (marks["status"], marks["points"]) == ("fit", 0)


@pytest.mark.parametrize("number", range(3))
def test_a_wrong_answer_costs_its_question_alone_and_earns_its_hint(graded, place, marker, number):
    parameters = marker._parameters["q5"]
    mistake = sample.QUESTIONS["q5"].mistakes[number]
    marks = graded(solved(place, q5=f"q5 = {mistake.answer(parameters)}"))
    assert lost(marks) == {"q5"}
    assert marks["points"] == marks["of"] - POINTS
    assert mistake.hint.format(**parameters) in marks["answers"]["q5"]["words"]


@pytest.mark.parametrize(
    "style",
    [
        "n = 0\nfor one in events.date_earliest:\n    if one.year == {year}: n += 1\nq5 = n + 5",
        "q5 = float((events.date_earliest.dt.year == {year}).sum() + 5)",
        "import numpy as np\nq5 = np.array([(events.date_earliest.dt.year == {year}).sum() + 5])",
        "events5 = events[events.date_latest.dt.year == {year}]\n"
        "q5 = events.assign(y=events.date_earliest.dt.year).groupby('y').size().loc[{year}] + 5",
    ],
)
def test_other_styles_get_all_points(graded, place, marker, style):
    code = style.format(**marker._parameters["q5"])
    assert lost(graded(solved(place, q5=code))) == set()


@pytest.mark.parametrize(
    ("code", "costs", "said"),
    [
        ("while True: pass", {"q5"}, "q5: it was stopped after 1.5 seconds"),
        ("x = [0] * 10**9", {"q5"}, "more memory than a submission may use"),
        ("for _ in range(100): print('x' * 10**6)", {"q5"}, ""),
        ("import sys\nsys.exit()", {"q5"}, "the next ones were run"),
        ("import os\nos._exit(0)", {"q5"}, "q5: it was left out, because it ended the Python"),
        ("import shutil\nfrom helpers.tables import data_path\n"
         "shutil.rmtree(data_path('events.csv').parent)", {"q5"},
         "nothing outside its own folder can be changed"),
        ("open('/etc/passwd', 'a')", {"q5"}, "nothing outside its own folder can be changed"),
        ("import urllib.request\nurllib.request.urlopen('http://192.0.2.1/')", {"q5"},
         "there is no network while grading"),
        ("q5 = undefined", {"q5"}, "q5: it stopped with NameError"),
        ("del events", {"q5", "q6", "q7", "q8"}, "NameError"),
        ("get_ipython().showtraceback = lambda *a, **k: None\n1 / 0", {"q5"}, "ZeroDivisionError"),
        ("import helpers\ncheck_form = helpers.check_form = print\nq5 = 'right'", {"q5"}, ""),
        ("class Yes(int):\n    __eq__ = lambda *_: True\n    __hash__ = int.__hash__\nq5 = Yes(1)",
         {"q5"}, ""),
        ("import grading.compare as c\nc.Judge = None", {"q5"}, "ModuleNotFoundError"),
        ("import os\nos.write(3, b'{\"points\": 100}\\n')", {"q5"}, ""),
    ],
)  # fmt: skip
def test_code_that_misbehaves_costs_what_it_breaks(graded, place, code, costs, said):
    marks = graded(solved(place, q5=code))
    assert lost(marks) == costs
    assert said in one_line(marks)
    assert "\n" not in one_line(marks)


def without(notebook, *names):
    notebook.cells = [one for one in notebook.cells if one.id not in names]


def edit(notebook, name, source):
    cell(notebook, name).source = source


TAMPERING = {
    "deleted tests": lambda book: without(book, *(f"q{n}-test" for n in range(1, 9))),
    "deleted setup": lambda book: without(book, "setup", "cover", "q1-task"),
    "duplicated tests": lambda book: book.cells.extend(copy.deepcopy(book.cells)),
    "reordered": lambda book: book.cells.reverse(),
    "edited tests": lambda book: [edit(book, f"q{n}-test", "pass") for n in range(1, 9)],
    "unlocked": lambda book: [one.metadata.nbgrader.update(locked=False) for one in book.cells],
    "lost metadata": lambda book: [one.metadata.clear() for one in book.cells],
    "tests as text": lambda book: cell(book, "q1-test").update(cell_type="markdown"),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_neither_wins_nor_loses_points(graded, place, how):
    right, wrong = solved(place), release(place)
    for notebook, points in ((right, 80), (wrong, 0)):
        TAMPERING[how](notebook)
        marks = graded(notebook)
        assert marks["points"] == points
        assert marks["status"] == ("repaired" if marks["notes"] else "fit")


@pytest.mark.parametrize("content", ["", "{oops", "<html>", "[]"])
def test_a_file_that_is_no_notebook_is_reported(graded, content):
    marks = graded(content)
    assert (marks["status"], marks["points"], len(marks["notes"])) == ("unreadable", 0, 1)


def test_a_notebook_of_another_course_gets_no_points(graded, tmp_path):
    marks = graded(solved(make_course(tmp_path, "history-202-2028")))
    assert (marks["status"], marks["points"]) == ("other course", 0)
    assert "history-202-2028" in one_line(marks)


def test_a_missing_notebook_and_a_link_are_not_read(marker, sandbox, place, tmp_path):
    place.submitted("nobody").parent.mkdir(parents=True)
    assert marker.mark("nobody", sandbox)["status"] == "unreadable"
    secret = tmp_path / "secret.ipynb"
    secret.write_text(nbformat.writes(solved(place)), encoding="utf-8")
    place.submitted("linked").parent.mkdir(parents=True)
    place.submitted("linked").symlink_to(secret)
    assert marker.mark("linked", sandbox)["points"] == 0


def test_the_same_file_is_not_run_twice_and_a_newer_one_is(marker, sandbox, place):
    hand_in(place, "again", solved(place))
    first = marker.mark("again", sandbox)
    assert marker.mark("again", None) == first
    hand_in(place, "again", release(place))
    assert marker.mark("again", sandbox)["points"] == 0


def test_the_report_has_a_line_for_each_student(marker, sandbox, place):
    for student, notebook in (("=anna", solved(place)), ("boris", "{oops")):
        hand_in(place, student, notebook)
    marks = [marker.mark(student, sandbox) for student in ("=anna", "boris")]
    lines = write_report(place, marks).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "student,status,points,of,q1,q2,q3,q4,q5,q6,q7,q8,found"
    assert lines[1] == "'=anna,graded,80,80,1,1,1,1,1,1,1,1,"
    assert lines[2].startswith("boris,NOT GRADED: cannot be read,0,80,0,0")
    words = (place.folder / "reports" / f"{sample.NAME}.md").read_text(encoding="utf-8")
    assert "1 of 2 submissions graded" in words


def test_without_release_or_questions_nothing_is_graded(place, tmp_path):
    with pytest.raises(NoSuchAssignmentError, match="make assignments"):
        Marker(Place(tmp_path, sample.NAME))
    assert ASSIGNMENTS not in os.environ
