"""Every exercise: the right answer passes, each slip earns its own hint, the blank is not tried."""

import datetime
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from lessons import lesson_paths

from helpers import checks as check_module
from helpers.checks import check, exercises_of, find, verdict
from helpers.exercise import Exercise, Slip, normal
from helpers.tables import load

LESSONS = [path.name[:2] for path in lesson_paths()]
NUMBERS = [number for lesson in LESSONS for number in exercises_of(lesson)]


@cache
def remembered(lesson: str) -> dict[str, Exercise]:
    """The exercises of a lesson, which compute each answer once however often they are asked.

    A verdict computes the right answer and the slips before its own, so that the verdicts on all
    slips of an exercise would compute each of them again and again from the data.
    """

    def once(one: Exercise | Slip) -> Exercise | Slip:
        return replace(one, answer=cache(one.answer))

    return {
        number: replace(once(exercise), slips=tuple(once(slip) for slip in exercise.slips))
        for number, exercise in exercises_of(lesson).items()
    }


@pytest.fixture(autouse=True)
def compute_once(monkeypatch):
    monkeypatch.setattr(check_module, "exercises_of", remembered)


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_three_exercises_numbered_after_it(lesson):
    numbers = list(exercises_of(lesson))
    assert numbers == [f"{lesson}.{count}" for count in range(1, len(numbers) + 1)]
    assert len(numbers) >= 3


@pytest.mark.parametrize("number", NUMBERS)
def test_the_right_answer_passes(number):
    assert verdict(number, find(number).answer()).startswith(f"{number}: right. ")


@pytest.mark.parametrize("number", NUMBERS)
def test_each_slip_is_refused_with_a_hint_of_its_own(number):
    exercise = find(number)
    hints = [verdict(number, slip.answer()) for slip in exercise.slips]
    assert hints == [f"{number}: not yet. {slip.hint}" for slip in exercise.slips]
    assert len(set(hints)) == len(hints) >= 3


@pytest.mark.parametrize("number", NUMBERS)
def test_the_blank_stub_is_not_tried_yet(number):
    for blank in (..., None, "", "  "):
        assert verdict(number, blank).startswith(f"{number}: not tried yet.")


@pytest.mark.parametrize("number", NUMBERS)
def test_no_hint_gives_the_answer_away(number):
    exercise = find(number)
    answer = exercise.answer()
    values = answer if isinstance(answer, (list, tuple, set, pd.Series)) else [answer]
    shown = [f"{value:g}" if isinstance(value, float) else str(value) for value in values]
    hints = [exercise.task, *(slip.hint for slip in exercise.slips)]
    for hint in hints:
        given_away = [text for text in shown if re.search(rf"\b{re.escape(text)}\b", hint)]
        assert len(given_away) < len(shown), hint


@pytest.mark.parametrize("number", NUMBERS)
def test_answers_of_the_wrong_kind_are_told_what_is_asked_for(number):
    for answer in (pd.DataFrame({"a": [1]}), len):
        assert "The answer should be" in verdict(number, answer)


def test_a_wrong_answer_that_no_slip_foresaw_is_sent_back_to_the_task():
    number = next(number for number in NUMBERS if find(number).form == "number")
    assert find(number).task in verdict(number, -12345)


def test_an_unknown_number_is_answered_with_those_of_the_lesson():
    with pytest.raises(KeyError, match=r"no exercise '11.99'; exercises of lesson 11: 11.1, 11.2"):
        check("11.99", 1)
    with pytest.raises(KeyError, match="exercises of lesson 99: none"):
        check("99.1", 1)


@pytest.mark.parametrize("number", ["\0.1", "\ud800.1", "../11.1", "\u0661\u0661.1", ""])
def test_a_strange_number_is_answered_like_any_unknown_one(number):
    with pytest.raises(KeyError, match="there is no exercise"):
        find(number)


def test_check_prints_the_verdict(capsys):
    check(NUMBERS[0], ...)
    assert capsys.readouterr().out == verdict(NUMBERS[0], ...) + "\n"


@pytest.fixture
def invented(monkeypatch):
    """One exercise of each form, with known answers."""

    def slip(answer):
        return (Slip(lambda: answer, "A slip."),)

    exercises = {
        "n": Exercise("Count.", "number", lambda: 18, "Yes.", slip(19)),
        "r": Exercise("Share.", "number", lambda: 0.333, "Yes.", slip(3), tolerance=0.01),
        "t": Exercise("Name.", "text", lambda: "1898-02-09", "Yes.", slip("1898-01-28")),
        "s": Exercise("Names.", "names", lambda: ["Ziv", "Lenin"], "Yes.", slip(["Ziv"])),
        "c": Exercise("Each.", "counts", lambda: {"Ziv": 2, "Lenin": 1}, "Yes.", slip({"Ziv": 2})),
        "e": Exercise("Each.", "counts", lambda: {"a": 0.5}, "Yes.", slip({"a": 5}), tolerance=0.1),
    }
    monkeypatch.setattr(check_module, "exercises_of", lambda lesson: exercises)


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("n", 18.0),
        ("n", np.int64(18)),
        ("n", np.float32(18)),
        ("n", pd.Series([18])),
        ("n", np.array([18])),
        ("r", 1 / 3),
        ("t", " 1898-02-09 "),
        ("t", datetime.date(1898, 2, 9)),
        ("t", pd.Timestamp("1898-02-09")),
        ("t", np.datetime64("1898-02-09")),
        ("t", pd.Series(["1898-02-09"])),
        ("c", {"Lenin": 1, "Ziv": 2}),
        ("c", pd.Series({"Ziv": 2.0, "Lenin": 1.0})),
        ("e", {"a": 0.45}),
        ("s", ["Lenin", "Ziv"]),
        ("s", ("ziv", " Lenin ")),
        ("s", {"Lenin", "Ziv"}),
        ("s", pd.Series(["Lenin", "Ziv"], index=[7, 3])),
        ("s", pd.Index(["Ziv", "Lenin"])),
        ("s", np.array(["Ziv", "Lenin"])),
    ],
)
@pytest.mark.usefixtures("invented")
def test_sensible_types_are_accepted(number, answer):
    assert verdict(number, answer) == f"{number}: right. Yes."


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("n", True),
        ("n", "18"),
        ("n", [18, 18]),
        ("n", float),
        ("n", float("nan")),
        ("n", pd.NaT),
        ("n", pd.Timedelta(days=18)),
        ("n", np.timedelta64(18, "D")),
        ("n", {"a": 18}),
        ("t", 18),
        ("t", pd.NaT),
        ("s", "Ziv"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_types_of_another_form_are_refused_in_words(number, answer):
    assert verdict(number, answer).startswith(f"{number}: not yet. The answer should be")


@pytest.mark.usefixtures("invented")
def test_an_answer_of_another_form_is_told_what_it_is():
    said = "n: not yet. The answer should be one number; yours is text."
    assert verdict("n", "two") == said


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("s", ["Ziv", "Ziv", "Lenin"]),
        ("r", 0.4),
        ("n", 17),
        ("c", {"Ziv": 2, "Lenin": 2}),
        ("c", {"Ziv": 2, "Lenin": 1, "Stalin": 1}),
        ("e", {"a": 0.35}),
        ("e", {"a": -0.5}),
    ],
)
@pytest.mark.usefixtures("invented")
def test_near_misses_are_refused(number, answer):
    assert verdict(number, answer).startswith(f"{number}: not yet. Read the task once more")


def test_text_is_read_without_capitals_and_stray_blanks():
    assert normal("  Max \n EASTMAN", "text") == "max eastman"


def test_counts_are_the_same_in_any_order_and_any_holder():
    wanted = pd.Series({"Odessa": 7, "Nikolaev": 2})
    for same in (
        {"Nikolaev": 2.0, "odessa": 7},
        wanted.iloc[::-1],
        wanted.to_frame(),
        wanted.rename_axis("town").reset_index(name="events"),
        wanted.rename_axis("town").reset_index(name="events")[["events", "town"]],
    ):
        assert normal(same, "counts") == normal(wanted, "counts")
    for other in ({"Odessa": 7}, {"Odessa": 7, "Nikolaev": 3}, {"Odessa": 7, "Kherson": 2}):
        assert normal(other, "counts") != normal(wanted, "counts")
    years = normal(pd.Series({1917: 3}), "counts")
    assert years == normal({"1917": 3}, "counts")
    assert years == normal(pd.DataFrame({"year": [1917], "count": [3]}), "counts")
    assert years == normal(pd.DataFrame({"count": [3], "year": [1917]}), "counts")
    assert years == normal(pd.DataFrame({"year": [1917], "events": [3]}), "counts")


@pytest.mark.parametrize("nothing", [3, "x", [1, 2], load("stays"), {"a": "b"}, {"a": 1, "A": 1}])
def test_what_is_no_count_is_none(nothing):
    assert normal(nothing, "counts") is None


@pytest.mark.parametrize(
    ("answer", "form", "said"),
    [
        (..., "number", "q1: not answered yet. Put your answer in place of the three dots."),
        ("two", "number", "q1: The answer should be one number; yours is text."),
        (
            7,
            "text",
            'q1: The answer should be one piece of text, in "quotes"; yours is of another '
            "kind (int).",
        ),
        (
            "Sedova",
            "names",
            "q1: The answer should be a list of names, in any order; yours is text.",
        ),
        (2, "number", "q1: this is one number. Whether it is right is graded later."),
        (
            {"a": 1},
            "counts",
            "q1: this is a number for each name, as value_counts() gives them. "
            "Whether it is right is graded later.",
        ),
    ],
)
def test_the_form_of_an_answer_is_all_that_a_release_can_check(capsys, answer, form, said):
    check_module.check_form("q1", answer, form)
    assert capsys.readouterr().out.strip() == said


def test_an_unknown_form_is_named():
    with pytest.raises(ValueError, match="the form 'table' is not known: choose one of number"):
        check_module.check_form("q1", 1, "table")


def test_a_number_without_quotes_is_answered_with_its_kind():
    with pytest.raises(KeyError, match=r'is text in "quotes", not float: check\("11.2"\)'):
        find(11.2)


def test_a_length_of_time_is_told_to_be_turned_into_days():
    for answer in (pd.Timedelta(days=18), np.timedelta64(18, "D")):
        said = check_module.wrong_form(answer, "number")
        assert said == "The answer should be one number; yours is a length of time: add .days."


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (pd.DataFrame({"a": [1]}), "a whole table"),
        (
            pd.Series([1, 2]),
            "a column: count it with len() or .sum(), or take its one value with .item()",
        ),
        ([1, 2], "a list of 2"),
        (len, "a function that was not called: add () after its name"),
    ],
)
def test_what_is_no_number_is_named_with_what_to_do(answer, found):
    said = check_module.wrong_form(answer, "number")
    assert said == f"The answer should be one number; yours is {found}."


def test_a_number_without_end_is_named():
    said = check_module.wrong_form(float("inf"), "number")
    assert said == "The answer should be one number; yours is inf, which is no finite number."
