"""Pools of few variants and all that is computed of them, to be compared between processes."""

import json
from collections.abc import Iterator
from typing import Any

from grading.catalogue import assignments
from grading.question import Parameters, Question
from helpers.exercise import normal

FEW = 4


def variants(step: int = 1) -> Iterator[list[Any]]:
    """For each question its name, all variants that are proposed, and what is known of a few.

    step: 4 for every fourth question only.
    """
    asked = [
        (f"{one.name}/{name}", question)
        for one in assignments()
        for name, question in one.questions.items()
    ]
    for name, question in asked[::step]:
        chosen = [_all_of(question, one) for one in question.pool.choose(FEW)]
        yield [name, _text(question.pool.proposed), chosen]


def _all_of(question: Question, parameters: Parameters) -> list[str]:
    """The variant, its rows, its answer and its wrong answers, as they are compared."""
    exercise = question.exercise(parameters)
    answers = [exercise.answer(), *(slip.answer() for slip in exercise.slips)]
    shapes = [normal(answer, question.form) for answer in answers]
    values = [sorted(one.items()) if isinstance(one, dict) else one for one in shapes]
    return [_text(parameters), str(question.rows(parameters)), *map(_text, values)]


def _text(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=True)
