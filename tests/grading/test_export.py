"""Marks as Moodle and Canvas import them."""

import csv
import io

import pytest

from grading.export import RosterError, canvas, moodle, read_roster, ready_scores, strangers
from grading.report import safe

SCORES = {
    "anna": {"score": 75.0, "max_score": 100.0, "needs_manual_grade": False},
    "boris": {"score": 20.0, "max_score": 60.0, "needs_manual_grade": True},
}
TABLE = (
    "student,name,email,id_number,canvas_id,sis_user_id,sis_login_id,section\n"
    'anna,"Sedova, Anna",anna@uni.example,007,4711,s-1,anna,Group A\n'
    "carla,Carla,c@uni.example,008,4712,s-2,carla,Group B\n"
)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("\ufeff" + TABLE, encoding="utf-8")
    return read_roster(path)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_moodle(roster):
    found = rows(moodle(SCORES, roster, {"anna": "=q1: wrong", "boris": ""}, "exile"))
    assert found == [
        ["ID number", "Email address", "exile", "exile feedback"],
        ["007", "anna@uni.example", "75", "'=q1: wrong"],
        ["", "", "33.33", ""],
    ]


def test_canvas(roster):
    found = rows(canvas(SCORES, roster, "Exile (4711)"))
    assert found == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Exile (4711)"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Sedova, Anna", "4711", "s-1", "anna", "Group A", "75"],
        ["boris", "", "", "", "", "33.33"],
    ]


def test_without_a_roster_the_folder_names_stand_for_the_students():
    assert rows(moodle(SCORES, {}, {"anna": "", "boris": ""}, "exile"))[1][0] == "anna"
    assert rows(canvas(SCORES, {}, "exile"))[2][3] == "anna"


def test_unread_essays_keep_a_mark_back():
    ready, left = ready_scores(SCORES, {}, unread=False)
    assert list(ready) == ["anna"]
    assert left == ["boris: left out, essays are not graded yet"]
    assert list(ready_scores(SCORES, {}, unread=True)[0]) == ["anna", "boris"]


def test_what_could_not_be_graded_is_no_mark_of_zero():
    ready, left = ready_scores(SCORES, {"anna": "unreadable"}, unread=True)
    assert list(ready) == ["boris"]
    assert left == ["anna: left out, the notebook could not be graded (unreadable)"]


def test_students_and_roster_are_held_against_each_other(roster):
    assert [line.partition(":")[0] for line in strangers(SCORES, roster)] == ["boris", "carla"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a column 'student'"),
        ("name,email\nAnna,a@b\n", "needs a column 'student'"),
        ("student\nanna\nanna\n", "'anna' twice"),
    ],
)
def test_a_roster_that_cannot_be_used_is_refused(tmp_path, text, said):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RosterError, match=said):
        read_roster(path)


def test_a_roster_that_is_missing_is_named(tmp_path):
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x"])
def test_no_cell_is_a_formula(text):
    assert safe(text) == f"'{text}"
