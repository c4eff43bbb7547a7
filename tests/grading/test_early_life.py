"""The assignment early-life: every variant is solved by its model solution, and by that alone."""

import pytest
import worked

from grading.assignments import early_life
from grading.variants import pick

NAME, LAST_LESSON = "early-life", "14"
QUESTIONS, ESSAYS = early_life.QUESTIONS, early_life.ESSAYS


@pytest.fixture(scope="module")
def variant():
    """The parameters of one course, by grade_id."""
    pools = {key: question.pool() for key, question in QUESTIONS.items()}
    pools |= {key: pool() for key, pool in ESSAYS.items()}
    return {key: pick("history-101-2027", f"{NAME}/{key}", pool) for key, pool in pools.items()}


@pytest.mark.parametrize("key", QUESTIONS)
def test_each_variant_has_one_right_answer_and_a_hint_for_each_mistake(key):
    question = QUESTIONS[key]
    for parameters in question.pool():
        assert worked.faults(NAME, key, question, parameters) == [], parameters


@pytest.mark.parametrize("key", QUESTIONS)
def test_the_pool_is_large_enough_and_even(key):
    question = QUESTIONS[key]
    tasks = {worked.filled(worked.cell(NAME, f"{key}-task").source, one) for one in question.pool()}
    assert len(tasks) == len(question.pool()) >= 12
    assert worked.uneven(question) == ""
    assert len(question.mistakes) >= 3


@pytest.mark.parametrize("key", ESSAYS)
def test_each_variant_of_an_essay_can_be_read(key):
    pool = ESSAYS[key]()
    assert len(pool) >= 6
    for parameters in pool:
        for part in (f"{key}-task", key):
            assert "{{" not in worked.filled(worked.cell(NAME, part).source, parameters)


def test_the_figure_of_the_model_answer_can_be_drawn():
    for parameters in ESSAYS["essay-1"]()[::7]:
        assert len(worked.drawn(NAME, "essay-1", parameters).alt) > 40


def test_points_and_minutes_add_up():
    assert worked.points(NAME) == worked.total(NAME, r"· (\d+) points") == 100
    assert 60 <= worked.total(NAME, r"· (\d+) minutes") <= 120
    assert worked.form_of(NAME) == []


def test_only_names_that_were_taught_are_used(variant):
    assert worked.untaught(NAME, LAST_LESSON, variant) == set()


def test_a_first_year_student_can_read_it(variant):
    assert worked.hard_to_read(NAME, variant) == []
