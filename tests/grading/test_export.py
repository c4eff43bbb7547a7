"""Marks as Moodle and Canvas import them."""

import csv
import io

import importers
import pytest

from grading.export import (
    RosterError,
    canvas,
    known_to_moodle,
    moodle,
    read_roster,
    ready_scores,
)
from grading.report import safe

SCORES = {
    "anna": {"score": 75.0, "max_score": 100.0, "needs_manual_grade": False},
    "boris": {"score": 20.0, "max_score": 60.0, "needs_manual_grade": True},
}
TABLE = (
    "student,name,email,id_number,canvas_id,sis_user_id,sis_login_id,section\n"
    'anna,"Sedova, Anna",Anna@uni.example,007,4711,s-1,+anna,Group A\n'
    "boris,=Borís,b@uni.example,,4712,s-2,boris,Group B\n"
)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("\ufeff" + TABLE, encoding="utf-8")
    return read_roster(path)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_moodle_knows_every_row_by_columns_that_are_filled(roster):
    """Moodle gives a row without its first column to the student of the row before."""
    known = known_to_moodle(SCORES, roster)
    found = rows(moodle(SCORES, known, {"anna": "=q1: wrong", "boris": ""}, "exile"))
    assert found == [
        ["Email address", "exile", "exile feedback"],
        ["Anna@uni.example", "75", "'=q1: wrong"],
        ["b@uni.example", "33.33", ""],
    ]


def test_whoever_moodle_cannot_know_is_left_out(roster):
    for field in ("email", "username"):
        roster["boris"][field] = ""
    assert known_to_moodle(SCORES, roster) == {
        "anna": {"ID number": "007", "Email address": "Anna@uni.example"}
    }
    assert known_to_moodle([], roster) == {}


def test_canvas_has_its_own_columns_and_what_identifies_is_not_changed(roster):
    found = rows(canvas(SCORES, roster, "Exile (4711)"))
    assert found == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Exile (4711)"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Sedova, Anna", "4711", "s-1", "+anna", "Group A", "75"],
        ["'=Borís", "4712", "s-2", "boris", "Group B", "33.33"],
    ]


def test_a_mark_is_a_number_with_a_point_and_the_file_plain_utf_8(roster):
    """Both platforms read commas between columns, a point in numbers, and UTF-8."""
    text = canvas(SCORES, roster, "exile")
    assert text.startswith("Student,")
    assert text.endswith(",33.33\r\n")
    assert '"Sedova, Anna",4711' in text


def test_without_a_roster_the_folder_names_stand_for_the_students():
    known = known_to_moodle(SCORES, {})
    found = rows(moodle(SCORES, known, {"anna": "", "boris": ""}, "exile"))
    assert found[0] == ["ID number", "exile", "exile feedback"]
    assert [row[0] for row in found[1:]] == ["anna", "boris"]
    assert rows(canvas(SCORES, {}, "exile"))[2][3] == "anna"


def test_unread_essays_keep_a_mark_back():
    ready, left = ready_scores(SCORES, {}, unread=False)
    assert list(ready) == ["anna"]
    assert left == ["boris: left out, an essay has still to be read"]
    assert list(ready_scores(SCORES, {}, unread=True)[0]) == ["anna", "boris"]


def test_what_could_not_be_graded_is_no_mark_of_zero():
    ready, left = ready_scores(SCORES, {"anna": "unreadable"}, unread=True)
    assert list(ready) == ["boris"]
    assert left == ["anna: left out, the notebook could not be graded (unreadable)"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a column 'student'"),
        ("name,email\nAnna,a@b\n", "needs a column 'student'"),
        ("student\nanna\nanna\n", "'anna' twice"),
        ("student,email\nanna,a@b\nboris,a@b\n", "'anna' and 'boris' have the same email"),
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


USERS = {"a": {"Email address": "Anna@uni.example"}, "b": {"Email address": "b@uni.example"}}
IN_CANVAS = {
    "4711": {"Student": "Sedova, Anna", "SIS User ID": "s-1", "SIS Login ID": "+anna"},
    "4712": {"Student": "Borís", "SIS User ID": "s-2", "SIS Login ID": "boris"},
}
WORDS = {"anna": 'q1: not right. "Two"; see\nlesson 14, Łódź.', "boris": ""}


@pytest.mark.parametrize("comma", [False, True])
def test_moodle_reads_marks_and_feedback_in_any_language(roster, comma):
    text = moodle(SCORES, known_to_moodle(SCORES, roster), WORDS, "exile")
    found = importers.moodle(text.encode(), USERS, "exile", comma=comma)
    assert found == {"a": (75, WORDS["anna"]), "b": (33.33, "")}


def test_moodle_would_give_a_row_without_a_name_to_the_student_before(roster):
    """So a number 0, which it takes for none, is no name, and that student is left out."""
    for field in ("email", "username"):
        roster["boris"][field] = ""
    roster["boris"]["id_number"] = "0"
    assert list(known_to_moodle(SCORES, roster)) == ["anna"]
    bad = moodle(SCORES, {"anna": {"ID number": "7"}, "boris": {"ID number": "0"}}, WORDS, "exile")
    assert importers.moodle(bad.encode(), {"a": {"ID number": "7"}}, "exile") == {"a": (33.33, "")}


@pytest.mark.parametrize(("score", "said"), [(120.0, "more than 100"), (75.0, "no one user")])
def test_what_moodle_refuses_is_refused(score, said):
    marks = {"anna": SCORES["anna"] | {"score": score}}
    text = moodle(marks, known_to_moodle(marks, {}), WORDS, "exile")
    users = {"a": {"ID number": "anna" if score > 100 else "other"}}
    with pytest.raises(ValueError, match=said):
        importers.moodle(text.encode(), users, "exile")


@pytest.mark.parametrize("known", ["canvas_id", "sis_user_id", "sis_login_id"])
def test_canvas_knows_students_by_any_one_identifier_and_the_assignment_by_its_number(
    roster, known
):
    for row in roster.values():
        row.update(dict.fromkeys({"canvas_id", "sis_user_id", "sis_login_id"} - {known}, ""))
    text = canvas(SCORES, roster, "Exile (99)").encode()
    assert importers.canvas(text, IN_CANVAS, {99: "Exile"}) == {
        "Exile": {"4711": (75, 100), "4712": (33.33, 100)}
    }
    assert list(importers.canvas(text, IN_CANVAS, {})) == ["new: Exile (99)"]


def test_canvas_takes_points_possible_and_refuses_another_header(roster):
    text = canvas(SCORES, {}, "exile")
    found = importers.canvas(text.encode(), IN_CANVAS, {7: "exile"})
    assert found == {"exile": {"new: anna": (75, 100), "4712": (33.33, 100)}}
    with pytest.raises(ValueError, match="Section"):
        importers.canvas(text.replace("Section", "Group").encode(), IN_CANVAS, {})
