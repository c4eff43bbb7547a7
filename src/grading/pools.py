"""Pools of variants: of all that are proposed for a question, those that are fair to students.

A variant is clear when its right answer and its known mistakes all differ from one another, so
that each wrong answer earns its own hint and nobody is right by accident.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from grading.question import Mistake, Parameters, Question
from helpers.calendars import plain
from helpers.exercise import Exercise, normal

WIDEST = 2.5  # the most rows of a variant, divided by the least
LARGEST = 36  # variants of a pool; more would only cost time
TRIED, ENOUGH = 200, 44  # variants that are looked at, and found clear, for the same reason
ALIKE = 4  # variants of a pool with one and the same answer
_EMPTY = (None, {}, Counter(), "")


def question(
    form: str,
    candidates: Callable[[], Iterable[Parameters]],
    answer: Callable[[Parameters], Any],
    rows: Callable[[Parameters], int],
    mistakes: Mapping[str, Callable[[Parameters], Any]],
    retry: str,
    tolerance: float = 0.0,
) -> Question:
    """A question whose pool is what `fair` keeps of the candidates.

    mistakes: for each hint, how the wrong answer that earns it is computed. The other arguments
    are those of `grading.question.Question`.
    """
    known = tuple(Mistake(wrong, hint) for hint, wrong in mistakes.items())
    return fair(Question(form, lambda: list(candidates()), answer, rows, known, retry, tolerance))


def fair(asked: Question) -> Question:
    """The question with a pool of fair variants, chosen from all that its own pool proposes.

    A variant stays when its rows lie within WIDEST of the others, when it is `clear`, and when no
    more than ALIKE variants share its answer. The pool is worked out once, when first asked for.
    """
    return replace(asked, pool=FairPool(asked))


class FairPool:
    """The fair variants of a question, worked out once."""

    def __init__(self, asked: Question) -> None:
        self._asked = asked

    def __call__(self) -> list[Parameters]:
        """The pool of the question."""
        return list(self._chosen)

    @cached_property
    def proposed(self) -> list[Parameters]:
        """All variants that the question's own pool proposes."""
        return self._asked.pool()

    @cached_property
    def _chosen(self) -> list[Parameters]:
        return self.choose(ENOUGH)

    def choose(self, enough: int) -> list[Parameters]:
        """The pool, when so many clear variants are enough.

        Those that are looked at are spread over all that are proposed, always the same ones.
        """
        asked, proposed = self._asked, self.proposed
        sizes: dict[int, int] = {}
        answers: Counter[str] = Counter()
        order = sorted(range(len(proposed)), key=lambda place: _digest(proposed[place]))
        for place in order[:TRIED]:
            size = asked.rows(proposed[place])
            if not size:
                continue
            exercise = asked.exercise(proposed[place])
            answer = repr(normal(exercise.answer(), exercise.form))
            if answers[answer] < ALIKE and _is_clear(exercise):
                answers[answer] += 1
                sizes[place] = size
            if len(sizes) == enough:
                break
        return [proposed[place] for place in sorted(_of_like_size(sizes)[:LARGEST])]


def clear(asked: Question, parameters: Parameters) -> bool:
    """Whether a variant has one right answer, and mistakes that differ from it and each other.

    Numbers differ when they are more than twice the tolerance apart, so that a rounded mistake is
    still no right answer. No hint may name the answer.
    """
    return _is_clear(asked.exercise(parameters))


def _is_clear(exercise: Exercise) -> bool:
    strict = replace(exercise, tolerance=2 * exercise.tolerance + 1e-9)
    earlier: list[Any] = []
    for compute in (exercise.answer, *(slip.answer for slip in exercise.slips)):
        given = compute()
        if normal(given, exercise.form) in _EMPTY:
            return False
        if any(strict.matches(given, other) for other in earlier):
            return False
        earlier.append(given)
    return not gives_away(exercise)


def gives_away(exercise: Exercise) -> list[str]:
    """The hints that name every part of the answer, in words or in figures."""
    answer = exercise.answer()
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    values = answer.items() if isinstance(answer, dict) else answer
    shown = values if isinstance(answer, (list, dict)) else [answer]
    words = [f"{value:g}" if isinstance(value, float) else str(value) for value in shown]
    hints = [exercise.task, *(slip.hint for slip in exercise.slips)]
    return [hint for hint in hints if all(_stands_in(word, hint) for word in words)]


def _of_like_size(sizes: Mapping[int, int]) -> list[int]:
    """The most places whose sizes lie within WIDEST of each other, in their order."""
    bands: list[list[int]] = [[]]
    for least in sorted(set(sizes.values())):
        bands.append([at for at, size in sizes.items() if least <= size <= WIDEST * least])
    return max(bands, key=len)


def _digest(parameters: Parameters) -> bytes:
    """What puts variants into an order that no pattern of theirs decides, on every machine."""
    text = json.dumps(dict(parameters), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def _stands_in(word: str, hint: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", hint) is not None


def windows(first: str, last: str, *months: int) -> list[dict[str, str]]:
    """Spans of so many whole months, from each month of first to the one that ends by last.

    Each has first and last (ISO days) and span (words).

    >>> windows("1933-07", "1933-08", 2)
    [{'first': '1933-07-01', 'last': '1933-08-31', 'span': '1 July to 31 August 1933'}]
    """
    found = []
    for length in months:
        for start in pd.period_range(first, last, freq="M"):
            end = start + length - 1
            if end <= pd.Period(last, freq="M"):
                days = f"{start.start_time:%Y-%m-%d}", f"{end.end_time:%Y-%m-%d}"
                found.append({"first": days[0], "last": days[1], "span": plain("/".join(days))})
    return found


def spans_of_years(first: int, last: int, *lengths: int) -> list[dict[str, int]]:
    """Spans of so many years, each with its first and last year.

    >>> spans_of_years(1929, 1931, 2)
    [{'first': 1929, 'last': 1930}, {'first': 1930, 'last': 1931}]
    """
    return [
        {"first": start, "last": start + length - 1}
        for length in lengths
        for start in range(first, last - length + 2)
    ]
