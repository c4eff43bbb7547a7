"""What an exercise is, and when two answers are the same.

An exercise is declared once: how the right answer is computed from the data, and a bank of
plausible wrong answers, each with the slip that it betrays. `helpers.checks` speaks to the student;
the modules in `helpers.exercises` hold the exercises, one module for each lesson.
"""

import datetime
import numbers
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

FORMS = {
    "number": "one number",
    "text": 'one piece of text, in "quotes"',
    "names": "a list of names, in any order",
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

    form: number, text or names (see FORMS). finding: what the right answer shows, said to the
    student who found it. tolerance: how far a number may lie off, for answers that are rounded.
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
        return given == wanted


def is_blank(answer: Any) -> bool:
    """Whether an answer is still the blank of the lesson: ``...``, None or empty text."""
    return answer is ... or answer is None or (isinstance(answer, str) and not answer.strip())


def normal(answer: Any, form: str) -> Any:
    """An answer in the one shape in which it is compared; None when it has another form.

    Python and numpy scalars, and a Series or list of one value, count as that value. Text is read
    without regard to capitals and stray blanks, a date as its ISO text. Names may come as a list,
    set, Series, Index or array, in any order.

    >>> normal("  Max  Eastman ", "text")
    'max eastman'
    >>> normal(np.int64(3), "number")
    3.0
    """
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


def _only_value(answer: Any) -> Any:
    """The one value in a holder of one; anything else as it is."""
    values = _values(answer)
    return values[0] if values is not None and len(values) == 1 else answer


def _plain_value(value: Any) -> Hashable:
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.strftime("%Y-%m-%d")
    return " ".join(value.split()).casefold() if isinstance(value, str) else str(value)
