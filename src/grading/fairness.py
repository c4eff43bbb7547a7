"""Fair pools: the variants of a question that are solvable, unambiguous and of like size."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

from grading.question import Parameters, Question
from helpers.exercise import Exercise, normal

FACTOR = 2.5  # the largest variant touches at most so many times the rows of the smallest
MOST = 48  # variants of a pool: more would only cost time
ALIKE = 4  # variants of a pool with one and the same answer


def fair(question: Question) -> Question:
    """The question with a pool of fair variants, chosen from all that its own pool proposes.

    A variant stays when its rows lie within FACTOR of the others, when it is `clear`, and when no
    more than ALIKE variants share its answer. The pool is worked out once, when first asked for.
    """
    return replace(question, pool=cache(lambda: _fair_pool(question)))


def clear(question: Question, parameters: Parameters) -> bool:
    """Whether a variant has one right answer, and mistakes that differ from it and each other.

    Numbers differ when they are more than twice the tolerance apart, so that a rounded mistake is
    still no right answer. No hint may name the answer.
    """
    exercise = question.exercise(parameters)
    strict = replace(exercise, tolerance=2 * exercise.tolerance)
    given = [exercise.answer(), *(slip.answer() for slip in exercise.slips)]
    if any(normal(one, question.form) in (None, {}, Counter()) for one in given):
        return False
    if any(strict.matches(one, other) for one, other in combinations(given, 2)):
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


def _fair_pool(question: Question) -> list[Parameters]:
    proposed = list(question.pool())
    sizes = [question.rows(one) for one in proposed]
    chosen: list[int] = []
    answers: Counter[str] = Counter()
    for place in sorted(_of_like_size(sizes), key=lambda place: _digest(proposed[place])):
        answer = str(normal(question.answer(proposed[place]), question.form))
        if len(chosen) == MOST:
            break
        if answers[answer] < ALIKE and clear(question, proposed[place]):
            answers[answer] += 1
            chosen.append(place)
    return [proposed[place] for place in sorted(chosen)]


def _of_like_size(sizes: Sequence[int]) -> list[int]:
    """The places of the most sizes that lie within FACTOR of each other."""
    bands: list[list[int]] = [[]]
    for least in sorted(set(sizes) - {0}):
        bands.append([at for at, size in enumerate(sizes) if least <= size <= FACTOR * least])
    return max(bands, key=len)


def _digest(parameters: Parameters) -> bytes:
    """What puts variants into an order that no pattern of theirs decides, on every machine."""
    plain: dict[str, Any] = dict(parameters)
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def _stands_in(word: str, hint: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", hint) is not None
