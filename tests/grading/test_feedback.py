"""Whose pages of feedback are written, taken away, and never touched."""

import pytest
from hand_in import hand_in

from grading import feedback
from grading.folder import write_record
from grading.marking import Place

PAGE = "feedback/anna/exile/exile.html"
TESTED = {"nbgrader": {"grade": True, "solution": False, "grade_id": "q1-test"}}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A course of two students who are graded, and nbgrader's pages without nbgrader."""
    write_record(tmp_path, "history-101", {})
    place = Place(tmp_path, "exile")
    for student in ("anna", "boris"):
        hand_in(place, student, "{}")
        graded(place, student)

    def pages(folder, assignment, students):
        for student in students:  # nbgrader empties the folder before it writes
            page = folder / "feedback" / student / assignment / f"{assignment}.html"
            for old in page.parent.glob("*"):
                old.unlink()
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"The page of {student}", encoding="utf-8")
        return []

    monkeypatch.setattr(feedback, "write_feedback", pages)
    return place


def graded(place, student, *, cut_off=False):
    """A graded copy; when grading was cut off, its test has no result."""
    path = place.folder / "autograded" / student / "exile" / "exile.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    outputs = "[]" if cut_off else "[{}]"
    about = str(TESTED).replace("'", '"').replace("True", "true").replace("False", "false")
    path.write_text(f'{{"cells": [{{"metadata": {about}, "outputs": {outputs}}}]}}')


def run(place):
    return feedback.main([str(place.folder), "exile"])


def test_whoever_was_cut_off_later_has_no_old_page_left(place, capsys):
    assert run(place) == 0
    graded(place, "anna", cut_off=True)
    assert run(place) == 1
    assert not (place.folder / PAGE).exists()
    assert (place.folder / "feedback/boris/exile/exile.html").is_file()
    assert f"{PAGE} was removed: it was older" in capsys.readouterr().out


@pytest.mark.parametrize("written_before", [True, False])
def test_a_page_of_the_teachers_own_is_left(place, capsys, written_before):
    if written_before:
        run(place)
    (place.folder / PAGE).parent.mkdir(parents=True, exist_ok=True)
    (place.folder / PAGE).write_text("My own words", encoding="utf-8")
    graded(place, "anna", cut_off=True)
    assert run(place) == 1
    assert (place.folder / PAGE).read_text(encoding="utf-8") == "My own words"
    assert f"{PAGE} was left" in capsys.readouterr().out


def test_what_a_teacher_put_beside_or_into_a_page_outlives_a_new_one(place, capsys):
    run(place)
    page = place.folder / PAGE
    (page.parent / "letter.txt").write_text("Dear Anna", encoding="utf-8")
    page.write_text("My own words", encoding="utf-8")
    for _ in range(2):
        run(place)
        assert page.read_text(encoding="utf-8") == "The page of anna"
        assert (page.parent / "letter.txt").read_text(encoding="utf-8") == "Dear Anna"
        before = page.with_name("exile-before-1.html")
        assert before.read_text(encoding="utf-8") == "My own words"
    page.write_text("My second thoughts", encoding="utf-8")
    run(place)
    assert capsys.readouterr().out.count("changed by hand") == 2
    assert before.read_text(encoding="utf-8") == "My own words"
    assert sorted(path.name for path in page.parent.iterdir()) == [
        "exile-before-1.html",
        "exile-before-2.html",
        "exile.html",
        "letter.txt",
    ]


def test_pages_that_are_our_own_are_written_anew_without_a_word(place, capsys):
    assert run(place) == run(place) == 0
    assert capsys.readouterr().out == ""
    assert [path.name for path in (place.folder / PAGE).parent.iterdir()] == ["exile.html"]
