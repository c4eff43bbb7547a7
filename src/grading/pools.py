"""Pools of variants: of the candidates for a question, those that are clear and of like size.

A candidate is clear when its right answer and its known mistakes all differ from one another, so
that each wrong answer earns its own hint and nobody is right by accident.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from grading.question import Mistake, Parameters, Question
from helpers.calendars import plain
from helpers.exercise import Exercise, is_blank, normal

WIDEST = 2.5  # the most rows of a variant, divided by the least
LARGEST = 40  # variants of a pool; more would only cost time
TRIED = 150  # candidates that are looked at, for the same reason
ALIKE = 4  # variants with one and the same answer


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

    @cache
    def kept() -> tuple[Parameters, ...]:
        return tuple(fair(candidates(), draft))

    draft = Question(form, lambda: list(kept()), answer, rows, known, retry, tolerance)
    return draft


def fair(candidates: Iterable[Parameters], asked: Question) -> list[Parameters]:
    """The clear candidates within the band of rows that holds the most of them, in their order.

    At most LARGEST are kept, and at most ALIKE of them with one answer. Where there are many
    candidates, those that are looked at are spread over all of them, always the same ones.
    """
    listed = list(candidates)
    clear: dict[int, int] = {}
    answers: Counter[str] = Counter()
    for place in sorted(range(len(listed)), key=lambda place: _digest(listed[place]))[:TRIED]:
        one = listed[place]
        if len(clear) == LARGEST:
            break
        if not is_clear(asked, one):
            continue
        answer = repr(normal(asked.answer(one), asked.form))
        answers[answer] += 1
        if answers[answer] <= ALIKE and asked.rows(one):
            clear[place] = asked.rows(one)
    if not clear:
        return []
    sizes = clear.values()
    low = max(
        sorted(sizes), key=lambda start: sum(start <= size <= WIDEST * start for size in sizes)
    )
    return [listed[place] for place in sorted(clear) if low <= clear[place] <= WIDEST * low]


def _digest(parameters: Parameters) -> bytes:
    return hashlib.sha256(repr(sorted(parameters.items())).encode()).digest()


def is_clear(asked: Question, parameters: Parameters) -> bool:
    """Whether the answer and the mistakes are pairwise different, and none is empty.

    Numbers count as different only when they are more than twice the tolerance apart.
    """
    strict = Exercise("", asked.form, lambda: None, "", (), 2 * asked.tolerance + 1e-9)
    earlier: list[Any] = []
    for compute in (asked.answer, *(one.answer for one in asked.mistakes)):
        given = compute(parameters)
        if normal(given, asked.form) is None or _is_empty(given):
            return False
        if any(strict.matches(given, other) for other in earlier):
            return False
        earlier.append(given)
    return True


def _is_empty(answer: Any) -> bool:
    return is_blank(answer) or (hasattr(answer, "__len__") and len(answer) == 0)


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
