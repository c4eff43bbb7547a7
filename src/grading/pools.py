"""Fair pools: of all variants of a question, those that are solvable, unambiguous and of like size."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

from grading.question import Parameters, Question
from helpers.exercise import Exercise, normal

FACTOR = 2.5  # the largest variant touches at most so many times the rows of the smallest
MOST = 48  # more variants than that add nothing but time


def fair(question: Question) -> Question:
    """The question with a pool of fair variants, chosen from all that its own pool proposes.

    A variant stays when it has an answer, when no two of the answer and the mistakes are taken
    for the same, when no hint names the answer, and when its number of rows lies within FACTOR of
    the others. The pool is worked out once, when it is first asked for.
    """
    return replace(question, pool=cache(lambda: _fair_pool(question)))


def clear(question: Question, parameters: Parameters) -> bool:
    """Whether a variant has one right answer, and mistakes that differ from it and each other."""
    exercise = question.exercise(parameters)
    given = [exercise.answer(), *(slip.answer() for slip in exercise.slips)]
    if any(normal(one, question.form) in (None, {}, Counter()) for one in given):
        return False
    if any(exercise.matches(one, other) for one, other in combinations(given, 2)):
        return False
    return not gives_away(exercise)


def gives_away(exercise: Exercise) -> list[str]:
    """The hints that name every part of the answer, in words or in figures."""
    answer = exercise.answer()
    values = answer.items() if isinstance(answer, dict) else answer
    shown = values if isinstance(answer, (list, dict)) else [answer]
    words = [f"{value:g}" if isinstance(value, float) else str(value) for value in shown]
    hints = [exercise.task, *(slip.hint for slip in exercise.slips)]
    return [hint for hint in hints if all(_stands_in(word, hint) for word in words)]


def spread(pool: Sequence[Parameters]) -> list[Parameters]:
    """The same variants in an order that no pattern of theirs decides; the same on each machine."""
    return sorted(pool, key=lambda one: hashlib.sha256(_text(one).encode()).digest())


def _fair_pool(question: Question) -> list[Parameters]:
    proposed = question.pool()
    sizes = {_text(one): question.rows(one) for one in proposed}
    chosen: list[Parameters] = []
    for one in spread(_of_like_size(proposed, lambda one: sizes[_text(one)])):
        if len(chosen) < MOST and clear(question, one):
            chosen.append(one)
    return sorted(chosen, key=proposed.index)


def _of_like_size(
    proposed: Sequence[Parameters], rows: Callable[[Parameters], int]
) -> list[Parameters]:
    """The largest group of variants whose rows lie within FACTOR of each other."""
    groups: list[list[Parameters]] = [[]]
    for least in sorted({rows(one) for one in proposed} - {0}):
        groups.append([one for one in proposed if least <= rows(one) <= FACTOR * least])
    return max(groups, key=len)


def _stands_in(word: str, hint: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", hint) is not None


def _text(parameters: Parameters) -> str:
    plain: dict[str, Any] = dict(parameters)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)
