"""Anything as an answer: `check` never fails, and never calls right what is not."""

import datetime
import decimal
import fractions
import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import answers
from helpers import checks as check_module
from helpers.checks import check, check_form, verdict
from helpers.exercise import FORMS, Exercise, Slip

NAMES = ["Ziv", "Lenin", "Trotsky"]
COUNTS = {"Odessa": 7.0, "Kiev": 2.0}
RIGHT = {"number": 18, "text": "Max Eastman", "names": NAMES, "counts": COUNTS}
DECLARED = {
    form: Exercise("Do it.", form, lambda form=form: RIGHT[form], "Yes.", (Slip(lambda: 1, "No."),))
    for form in FORMS
}


class Broken:
    """An object that fails however it is read."""

    def _fail(self, *_):
        raise RuntimeError("broken")

    __eq__ = __hash__ = __repr__ = __str__ = __len__ = __iter__ = __float__ = __bool__ = _fail


class AlwaysEqual:
    """An object that claims to be the answer, whatever it is."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("x")

    def __repr__(self):
        return "anything"


class FullOfBreaks(list):
    """A list that cannot be gone through."""

    def __iter__(self):
        raise RuntimeError("broken")


def recursive():
    held = ["Ziv"]
    held.append(held)
    return held


def deep():
    held = []
    for _ in range(100_000):
        held = [held]
    return held


ODD = {
    "nan": lambda: math.nan,
    "infinity": lambda: math.inf,
    "huge": lambda: 10**5000,
    "a little more": lambda: 18 + 1e-9,
    "true": lambda: True,
    "complex": lambda: 18 + 0j,
    "decimal": lambda: decimal.Decimal("19"),
    "fraction": lambda: fractions.Fraction(37, 2),
    "nothing known": lambda: pd.NA,
    "no time": lambda: pd.NaT,
    "no times": lambda: [pd.NaT, pd.NaT],
    "date": lambda: datetime.date(1, 1, 1),
    "bytes": lambda: b"Max Eastman",
    "surrogate": lambda: "Max \ud800 Eastman",
    "nul": lambda: "Max\0Eastman",
    "long": lambda: "Max Eastman " * 100_000,
    "turkish": lambda: "MAX EASTMAN".replace("A", "\u0130"),
    "no dimension": lambda: np.array(19),
    "two dimensions": lambda: np.ones((2, 2)),
    "no values": lambda: np.array([]),
    "records": lambda: np.zeros(2, dtype=[("a", int), ("b", float)]),
    "recursive": recursive,
    "deep": deep,
    "broken": Broken,
    "broken list": FullOfBreaks,
    "broken inside": lambda: [Broken(), Broken()],
    "broken key": lambda: {"Odessa": Broken(), "Kiev": 2},
    "equal": AlwaysEqual,
    "equals": lambda: [AlwaysEqual()] * 3,
    "equal counts": lambda: {"Odessa": AlwaysEqual(), "Kiev": AlwaysEqual()},
    "generator": lambda: (name for name in NAMES),
    "class": lambda: Broken,
    "module": lambda: np,
    "many indexes": lambda: pd.Series(
        [7, 2], index=pd.MultiIndex.from_tuples([("Odessa", 1), ("Kiev", 2)])
    ),
    "same names": lambda: pd.Series([7, 2, 2], index=["Odessa", "Kiev", "Kiev"]),
    "no names": lambda: pd.Series([7, 2], index=[math.nan, None]),
    "times": lambda: pd.Series([7, 2], index=pd.to_datetime(["1917-11-07", "1917-11-08"])),
    "same columns": lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "no columns": lambda: pd.DataFrame(index=[1, 2]),
    "no table": lambda: pd.DataFrame(),
    "categories": lambda: pd.Series(pd.Categorical(["Ziv", None])),
    "objects": lambda: pd.Series([Broken(), 2], dtype=object),
    "grouped": lambda: pd.DataFrame({"a": [1], "b": [2]}).groupby("a"),
}


@pytest.fixture(autouse=True)
def invented(monkeypatch):
    """One exercise of each form, with a known answer."""
    monkeypatch.setattr(check_module, "exercises_of", lambda _: DECLARED)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ODD)
def test_odd_answers_are_not_right_and_stop_nothing(form, kind, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("TROTSKY_ANSWERS", str(tmp_path / "my-answers.csv"))
    answer = ODD[kind]()
    check(form, answer)
    said = capsys.readouterr().out
    assert said.startswith(f"{form}: not yet. ")
    assert "could not be kept" not in said
    rows = answers._rows((tmp_path / "my-answers.csv").read_text(encoding="utf-8"))
    assert len(rows) == 2
    assert rows[1][3] == "not yet"
    assert len(rows[1][2]) <= 200
    check_form("q1", answer, form)
    assert capsys.readouterr().out.startswith("q1: ")


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(17, 19),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=8),
    st.sampled_from([*NAMES, "max  EASTMAN", "Odessa", "kiev", "18", 7, 2]),
    st.binary(max_size=4),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.decimals(),
)
KEYS = st.text(max_size=3) | st.integers() | st.sampled_from(list(COUNTS))
ANSWERS = st.recursive(
    VALUES,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(KEYS, inside, max_size=3)
        | st.lists(inside, max_size=4).map(tuple)
        | st.lists(inside, max_size=4).map(lambda values: pd.Series(values, dtype=object))
    ),
    max_leaves=6,
)


def is_right(answer, form):
    """The rule of each form, written a second time and as narrowly as it can be."""
    if form in _SINGLE and isinstance(answer, (list, tuple, pd.Series)) and len(answer) == 1:
        answer = next(iter(answer))
    if form == "number":
        return type(answer) in (int, float) and answer == 18
    if form == "text":
        return type(answer) is str and answer.split() and _small(answer) == "max eastman"
    if form == "names":
        return isinstance(answer, (list, tuple, pd.Series)) and Counter(
            map(_small, map(str, answer))
        ) == Counter(map(_small, NAMES))
    if not isinstance(answer, (dict, pd.Series)):
        return False
    pairs = sorted((_small(str(name)), count) for name, count in answer.items())
    return pairs == [("kiev", 2), ("odessa", 7)]


_SINGLE = ("number", "text")


def _small(text):
    return " ".join(text.split()).lower()


@settings(max_examples=120)
@given(ANSWERS)
def test_only_the_right_answer_is_right(answer):
    for form in FORMS:
        said = verdict(form, answer)
        if said.startswith(f"{form}: right."):
            assert is_right(answer, form), answer


@given(st.permutations(NAMES), st.sampled_from([list, tuple, set, pd.Series, pd.Index, np.array]))
def test_the_right_answer_is_right_in_any_order(names, holder):
    assert verdict("names", holder(names)).startswith("names: right.")


def test_an_accent_written_apart_is_the_same_letter(monkeypatch):
    one = Exercise("Where?", "text", lambda: "Coyoac\u00e1n", "Yes.", ())
    monkeypatch.setattr(check_module, "exercises_of", lambda _: {"t": one})
    assert verdict("t", "Coyoaca\u0301n").startswith("t: right.")
    assert verdict("t", "Coyoacan").startswith("t: not yet.")


@settings(max_examples=40)
@given(st.text(max_size=8) | VALUES)
def test_any_number_of_an_exercise_is_answered(number):
    if number in FORMS:
        return
    with pytest.raises(KeyError, match="exercise"):
        check(number, 1)


@pytest.mark.parametrize("number", [11.2, None, [1], "11", "..\\x", "1/../2.1", "\0.1", "\ud800.1"])
def test_a_number_that_is_none_is_answered(number, monkeypatch):
    monkeypatch.undo()
    with pytest.raises(KeyError, match="exercise"):
        check(number, 1)
