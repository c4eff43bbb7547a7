"""For 200 courses: every variant can be solved, has one right answer, and is of like size."""

import json
from dataclasses import replace
from functools import cache
from math import exp, log
from statistics import fmean

import pytest
import sample

from grading import soundness
from grading.catalogue import Assignment, assignments
from grading.question import Mistake
from grading.variants import pick

NAMES = [f"history-{number}-{year}" for number in range(101, 121) for year in range(2026, 2036)]

# Code costs the same for eight rows and for twenty, and either can be checked by eye on one screen.
# So one variant of a question may touch two and a half times the rows of another. Over the whole
# assignment, small and large questions even out, and less is allowed.
WIDEST_QUESTION, WIDEST_ASSIGNMENT = 2.5, 2.0

AGAIN = Mistake(lambda parameters: 0, "There are none in no year.")
SAMPLE = Assignment("sample", sample.Path("none"), sample.QUESTIONS, sample.ESSAYS)
ALL = [SAMPLE, *assignments()]
EACH = [(one, grade_id) for one in ALL for grade_id in one.questions]
IDS = [f"{one.name}/{grade_id}" for one, grade_id in EACH]


@cache
def pools(name: str) -> dict:
    return next(one for one in ALL if one.name == name).pools()


@cache
def sizes(name: str, grade_id: str) -> list[int]:
    """The rows that a question touches in each of the 200 courses."""
    question = next(one for one in ALL if one.name == name).questions[grade_id]
    pool = pools(name)[grade_id]
    rows = [question.rows(parameters) for parameters in pool]
    places = [pick(course, f"{name}/{grade_id}", range(len(pool))) for course in NAMES]
    return [rows[place] for place in places]


def test_there_are_200_names():
    assert len(set(NAMES)) == 200


@pytest.mark.parametrize(("assignment", "grade_id"), EACH, ids=IDS)
def test_every_variant_is_solvable_unambiguous_and_of_like_size(assignment, grade_id):
    question, pool = assignment.questions[grade_id], pools(assignment.name)[grade_id]
    places = {pick(course, f"{assignment.name}/{grade_id}", range(len(pool))) for course in NAMES}
    found = {
        str(pool[place]): faults
        for place in sorted(places)
        if (faults := soundness.faults(question, pool[place]))
    }
    assert found == {}
    rows = sizes(assignment.name, grade_id)
    assert max(rows) / min(rows) <= WIDEST_QUESTION


@pytest.mark.parametrize("assignment", ALL, ids=lambda one: one.name)
def test_no_release_is_easier_than_another(assignment):
    columns = [sizes(assignment.name, grade_id) for grade_id in assignment.questions]
    middle = [exp(fmean(map(log, rows))) for rows in zip(*columns, strict=True)]
    assert max(middle) / min(middle) <= WIDEST_ASSIGNMENT


@pytest.mark.parametrize("assignment", ALL, ids=lambda one: one.name)
def test_no_two_of_200_courses_share_a_variant(assignment):
    variants = {json.dumps(assignment.parameters(course)) for course in NAMES}
    assert len(variants) == len(NAMES)


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
