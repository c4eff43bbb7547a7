"""An unsound variant of a question is named (see test_questions.py for those of the course)."""

from dataclasses import replace

import pytest
import sample

from grading import soundness
from grading.question import Mistake

AGAIN = Mistake(lambda parameters: 0, "There are none in no year.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "date"}, "the form 'date' is not known"),
        ({"answer": lambda parameters: ...}, "the answer is empty"),
        ({"answer": lambda parameters: "seven"}, "is not one number"),
        ({"form": "names", "answer": lambda parameters: []}, "the answer is empty"),
        ({"answer": lambda parameters: 0}, "this mistake equals the answer: There are some events"),
        ({"answer": lambda parameters: 1, "tolerance": 1.0}, "this mistake equals the answer"),
        ({"rows": lambda parameters: 0}, "it touches no rows"),
        ({"mistakes": sample.QUESTIONS["q1"].mistakes[:2]}, "fewer than 3 different wrong"),
        ({"mistakes": (*sample.QUESTIONS["q1"].mistakes[:2], AGAIN)}, "fewer than 3 different"),
        ({"mistakes": (Mistake(lambda parameters: "x", "Text."),)}, "is not one number: Text."),
    ],
)
def test_an_unsound_variant_is_named(change, said):
    question = replace(sample.QUESTIONS["q1"], **change)
    assert said in "\n".join(soundness.faults(question, {"year": 1917}))


def test_two_mistakes_may_coincide_while_three_are_left():
    question = replace(sample.QUESTIONS["q1"], mistakes=(*sample.QUESTIONS["q1"].mistakes, AGAIN))
    assert soundness.faults(question, {"year": 1917}) == []
