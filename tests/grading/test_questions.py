"""Every question of every assignment: solvable, one right answer, no variant easier than another.

`make test` looks at the variants that three courses get, `make prove` at those of 200 names.
"""

import json
from functools import cache
from math import exp, log
from statistics import fmean

import pytest
import worked

from grading.catalogue import NAMES, assignments
from grading.variants import pick
from helpers.exercise import normal

COURSES = [f"history-{number}-{year}" for number in range(101, 121) for year in range(2026, 2036)]
THREE = COURSES[::67]
# Code costs the same for eight rows and for twenty, and either can be checked by eye on one screen.
# So one variant of a question may touch two and a half times the rows of another. Over the whole
# assignment, small and large questions even out, and less is allowed.
WIDEST_QUESTION, WIDEST_ASSIGNMENT = 2.5, 2.0
FEWEST_ANSWERS = 12
EACH = [(one.name, key) for one in assignments() for key in one.questions]
ESSAYS = [(one.name, key) for one in assignments() for key in one.essays]
each_question = pytest.mark.parametrize(("name", "key"), EACH)
each_notebook = pytest.mark.parametrize("name", NAMES)


def question(name, key):
    return worked.assignment(name).questions[key]


def places(name, key, courses):
    """The places in the pool of the variants that some courses get."""
    pool = worked.pool(name, key)
    return [pick(course, f"{name}/{key}", range(len(pool))) for course in courses]


def faults(name, key, courses):
    """What is wrong with the variants that some courses get."""
    pool, asked = worked.pool(name, key), question(name, key)
    chosen = sorted(set(places(name, key, courses)))
    found = {str(pool[place]): worked.faults(name, key, asked, pool[place]) for place in chosen}
    return {variant: said for variant, said in found.items() if said}


def test_there_are_200_names():
    assert len(set(COURSES)) == 200
    assert len(THREE) == 3


@each_question
def test_three_courses_get_a_sound_variant(name, key):
    assert faults(name, key, THREE) == {}


@pytest.mark.proof
@each_question
def test_200_courses_get_a_sound_variant(name, key):
    assert faults(name, key, COURSES) == {}


@cache
def sizes(name, key):
    """The rows that each variant of a question touches."""
    return [question(name, key).rows(one) for one in worked.pool(name, key)]


@each_question
def test_a_pool_is_large_and_even(name, key):
    asked, pool = question(name, key), worked.pool(name, key)
    task = worked.cell(name, f"{key}-task").source
    assert len({worked.filled(task, one) for one in pool}) == len(pool) >= 12
    assert max(sizes(name, key)) <= WIDEST_QUESTION * min(sizes(name, key))
    assert len(asked.mistakes) >= 3


@each_question
@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.proof)], ids=["some", "all"])
def test_a_pool_is_rich_in_answers(name, key, step):
    asked, pool = question(name, key), worked.pool(name, key)[::step]
    answers = {repr(normal(asked.exercise(one).answer(), asked.form)) for one in pool}
    assert len(answers) >= FEWEST_ANSWERS / step


@each_notebook
def test_no_release_of_200_is_easier_than_another(name):
    columns = [
        [sizes(name, key)[place] for place in places(name, key, COURSES)]
        for key in worked.assignment(name).questions
    ]
    middle = [exp(fmean(map(log, rows))) for rows in zip(*columns, strict=True)]
    assert max(middle) / min(middle) <= WIDEST_ASSIGNMENT


@each_notebook
def test_no_two_of_200_courses_share_a_variant(name):
    pools = worked.assignment(name).pools()
    variants = {
        json.dumps({key: pick(course, f"{name}/{key}", pool) for key, pool in pools.items()})
        for course in COURSES
    }
    assert len(variants) == len(COURSES)


@pytest.mark.parametrize(("name", "key"), ESSAYS)
def test_each_variant_of_an_essay_can_be_read(name, key):
    pool = worked.assignment(name).essays[key]()
    assert len(pool) >= 6
    for parameters in pool:
        for part in (f"{key}-task", key):
            assert "{{" not in worked.filled(worked.cell(name, part).source, parameters)


@pytest.mark.parametrize("name", ["early-life", "revolution"])
def test_the_figure_of_the_model_answer_can_be_drawn(name):
    for parameters in worked.assignment(name).essays["essay-1"]()[::11]:
        assert len(worked.drawn(name, "essay-1", parameters).alt) > 40


@each_notebook
def test_tasks_say_points_minutes_and_reasons(name):
    assert list(worked.form_of(name)) == []
    said, together = worked.minutes(name)
    assert 60 <= said == together <= 120


@each_notebook
def test_only_names_that_were_taught_are_used(name):
    variant = worked.assignment(name).parameters(COURSES[0])
    assert worked.untaught(name, variant) == set()


@each_notebook
def test_a_first_year_student_can_read_it(name):
    variant = worked.assignment(name).parameters(COURSES[0])
    assert worked.hard_to_read(name, variant) == []
