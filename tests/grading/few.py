"""Pools of few variants and all that is computed of them, to be compared between processes."""

import json
from collections.abc import Iterator
from typing import Any

from grading.catalogue import assignments
from grading.question import Parameters, Question
from helpers.exercise import normal

FEW = 4


def variants() -> Iterator[list[Any]]:
    """For each question its name, all variants that are proposed, and what is known of a few."""
    for assignment in assignments():
        for name, question in assignment.questions.items():
            proposed = _text(question.pool.proposed)
            chosen = [_all_of(question, one) for one in question.pool.choose(FEW)]
            yield [f"{assignment.name}/{name}", proposed, chosen]


def _all_of(question: Question, parameters: Parameters) -> list[str]:
    """The variant, its rows, its answer and its wrong answers, as they are compared."""
    exercise = question.exercise(parameters)
    answers = [exercise.answer(), *(slip.answer() for slip in exercise.slips)]
    shapes = [normal(answer, question.form) for answer in answers]
    values = [sorted(one.items()) if isinstance(one, dict) else one for one in shapes]
    return [_text(parameters), str(question.rows(parameters)), *map(_text, values)]


def _text(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=True)
