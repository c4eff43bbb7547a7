"""Answers as JSON: what goes in comes out as the same answer, and nothing else gets through."""

import datetime
import json

import numpy as np
import pandas as pd
import pytest

from grading.values import MOST_ITEMS, decode, encode
from helpers.exercise import FORMS, normal

STRANGE = type("Strange", (), {})

ANSWERS = [
    ("number", 3),
    ("number", 3.5),
    ("number", np.int64(3)),
    ("number", np.float32(0.5)),
    ("number", [7]),
    ("number", pd.Series([7])),
    ("number", True),
    ("number", float("nan")),
    ("number", float("inf")),
    ("number", datetime.timedelta(days=3)),
    ("number", np.timedelta64(3, "D")),
    ("text", "  Max  Eastman "),
    ("text", datetime.date(1917, 11, 7)),
    ("text", pd.Timestamp("1917-11-07")),
    ("text", np.datetime64("1917-11-07")),
    ("text", pd.Series(["Odessa"])),
    ("text", pd.NaT),
    ("names", ["b", "a", "a"]),
    ("names", {"a", "b"}),
    ("names", ("a", 1)),
    ("names", pd.Series(["a", None])),
    ("names", pd.Index(["a", "b"])),
    ("names", np.array([1, 2])),
    ("names", pd.Series(pd.to_datetime(["1917-11-07", "1940-08-21"]))),
    ("counts", {"a": 1, "b": 2}),
    ("counts", pd.Series({"a": 1, "b": 2})),
    ("counts", pd.Series(["a", "a", "b"]).value_counts()),
    ("counts", pd.Series([1, 1, 2]).value_counts()),
    ("counts", pd.DataFrame({"name": ["a", "b"], "count": [1, 2]})),
    ("counts", pd.DataFrame({"count": [1, 2], "name": ["a", "b"]})),
    ("counts", pd.DataFrame({"year": [1917, 1918], "count": [1, 2]})),
    ("counts", pd.DataFrame({"n": [1.0, 2.0]}, index=["a", "b"])),
    ("counts", {"a": "many"}),
    ("counts", pd.Series({pd.Timestamp("1917-11-07"): 1})),
]


def through_json(value):
    return decode(json.loads(json.dumps(encode(value), allow_nan=False)))


@pytest.mark.parametrize(("form", "answer"), ANSWERS)
def test_an_answer_means_the_same_afterwards(form, answer):
    assert normal(through_json(answer), form) == normal(answer, form)


@pytest.mark.parametrize(
    "value", [print, STRANGE(), 10**400, pd.DataFrame(np.zeros((9, 9))), range(MOST_ITEMS + 1), 1j]
)
def test_what_is_no_answer_has_no_form(value):
    assert all(normal(through_json(value), form) is None for form in FORMS)


def test_blanks_stay_blank():
    assert through_json(...) is ...
    assert through_json(None) is None


def test_long_answers_are_cut_or_refused():
    assert len(through_json("x" * 1_000_000)) == 10_000
    assert encode(list(range(MOST_ITEMS + 1)))["kind"] == "other"


def test_an_object_that_raises_when_it_is_looked_at_is_refused():
    class Trap(list):
        def __iter__(self):
            raise RuntimeError

    assert encode(Trap())["kind"] == "other"


@pytest.mark.parametrize("text", ["{}", "[]", '{"kind": "code"}', '{"kind": "list", "items": 3}'])
def test_forged_values_are_refused(text):
    with pytest.raises(ValueError, match="not an answer"):
        decode(json.loads(text))
