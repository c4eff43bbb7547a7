"""What an exercise is, and when two answers are the same.

An exercise is declared once: how the right answer is computed from the data, and a bank of
plausible wrong answers, each with the slip that it betrays. `helpers.checks` speaks to the student;
the modules in `helpers.exercises` hold the exercises, one module for each lesson.
"""

import datetime
import numbers
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

FORMS = {
    "number": "one number",
    "text": 'one piece of text, in "quotes"',
    "names": "a list of names, in any order",
    "counts": "a number for each name, as value_counts() gives them",
}

# numpy counts its lengths of time among the whole numbers, and Python its truth values.
_NOT_NUMBERS = (bool, np.bool_, datetime.timedelta, np.timedelta64)


@dataclass(frozen=True)
class Slip:
    """A plausible wrong answer, computed from the data, and the hint that it earns."""

    answer: Callable[[], Any]
    hint: str


@dataclass(frozen=True)
class Exercise:
    """A task, its answer computed from the data, and its bank of slips.

    form: number, text, names or counts (see FORMS). finding: what the right answer shows, said to
    the student who found it. tolerance: how far a number may lie off, where answers are rounded.
    """

    task: str
    form: str
    answer: Callable[[], Any]
    finding: str
    slips: tuple[Slip, ...]
    tolerance: float = 0.0

    def matches(self, given: Any, wanted: Any) -> bool:
        """Whether two answers are the same, read as this exercise's form asks."""
        given, wanted = normal(given, self.form), normal(wanted, self.form)
        if given is None or wanted is None:
            return False
        if self.form == "number":
            return abs(given - wanted) <= self.tolerance
        if self.form == "counts":
            return given.keys() == wanted.keys() and all(
                abs(given[name] - wanted[name]) <= self.tolerance for name in wanted
            )
        return given == wanted


def is_blank(answer: Any) -> bool:
    """Whether an answer is still the blank of the lesson: ``...``, None or empty text."""
    return answer is ... or answer is None or (isinstance(answer, str) and not answer.strip())


def normal(answer: Any, form: str) -> Any:
    """An answer in the one shape in which it is compared; None when it has another form.

    Python and numpy scalars, and a Series or list of one value, count as that value. Text is read
    without regard to capitals and stray blanks, a date as its ISO text. Names may come as a list,
    set, Series, Index or array, in any order. Counts may come as a Series, a dictionary or a table
    of two columns, names and numbers, in any order.

    >>> normal("  Max  Eastman ", "text")
    'max eastman'
    >>> normal(np.int64(3), "number")
    3.0
    """
    try:
        return _normal(answer, form)
    except Exception:  # any object may be an answer, and objects can fail in any way when read
        return None


def _normal(answer: Any, form: str) -> Any:
    """The same; an answer that cannot be read raises what it likes."""
    if form == "counts":
        return _counts(answer)
    if form == "names":
        values = _values(answer)
        return None if values is None else Counter(_plain_value(value) for value in values)
    single = _only_value(answer)
    if form == "number":
        is_number = isinstance(single, numbers.Real) and not isinstance(single, _NOT_NUMBERS)
        return float(single) if is_number and isfinite(single) else None
    is_text = isinstance(single, (str, datetime.date, np.datetime64)) and not pd.isna(single)
    return _plain_value(single) if is_text else None


def _values(answer: Any) -> list[Any] | None:
    """The values of anything that holds several; None for a single one or a table."""
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        return list(answer)
    return list(answer) if isinstance(answer, (list, tuple, set, frozenset)) else None


def _counts(answer: Any) -> dict[Hashable, float] | None:
    """The number of each name; None for anything else, or where a name stands twice."""
    if isinstance(answer, pd.DataFrame):
        named = [name for name in answer.columns if not is_numeric_dtype(answer[name])]
        named = named or [name for name in answer.columns if name != "count"][:1]
        if answer.shape[1] == 2 and len(named) == 1:
            answer = answer.set_index(named[0])
        if answer.shape[1] != 1:
            return None
        answer = answer.iloc[:, 0]
    if not isinstance(answer, (pd.Series, dict)):
        return None
    pairs = [(_plain_value(name), normal(count, "number")) for name, count in answer.items()]
    counts = dict(pairs)
    return None if len(counts) < len(pairs) or None in counts.values() else counts


def _only_value(answer: Any) -> Any:
    """The one value in a holder of one; anything else as it is."""
    values = _values(answer)
    return values[0] if values is not None and len(values) == 1 else answer


def _plain_value(value: Any) -> Hashable:
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    if not isinstance(value, str):
        return str(value)
    # A Mac may write an accent as a letter of its own.
    return unicodedata.normalize("NFC", " ".join(value.split()).casefold())
