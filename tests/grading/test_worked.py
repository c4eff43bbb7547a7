"""The assignments early-life and revolution: each variant is solved by its model solution alone."""

import pytest
import worked

from grading.catalogue import assignments

LAST_LESSON = {"early-life": "14", "revolution": "24"}
CHOSEN = {one.name: one for one in assignments() if one.name in LAST_LESSON}
EACH = [(name, key) for name, one in CHOSEN.items() for key in one.questions]
ESSAYS = [(name, key) for name, one in CHOSEN.items() for key in one.essays]
each_question = pytest.mark.parametrize(("name", "key"), EACH)
each_notebook = pytest.mark.parametrize("name", CHOSEN)


@each_question
def test_each_variant_has_one_right_answer_and_a_hint_for_each_mistake(name, key):
    question = CHOSEN[name].questions[key]
    for parameters in worked.pool(name, key):
        assert worked.faults(name, key, question, parameters) == [], parameters


@each_question
def test_the_pool_is_large_enough_and_even(name, key):
    question, pool = CHOSEN[name].questions[key], worked.pool(name, key)
    task = worked.cell(name, f"{key}-task").source
    tasks = {worked.filled(task, one) for one in pool}
    assert len(tasks) == len(pool) >= 12
    assert worked.uneven(question, pool) == ""
    assert len(question.mistakes) >= 3


@pytest.mark.parametrize(("name", "key"), ESSAYS)
def test_each_variant_of_an_essay_can_be_read(name, key):
    pool = CHOSEN[name].essays[key]()
    assert len(pool) >= 6
    for parameters in pool:
        for part in (f"{key}-task", key):
            assert "{{" not in worked.filled(worked.cell(name, part).source, parameters)


@each_notebook
def test_the_figure_of_the_model_answer_can_be_drawn(name):
    for parameters in CHOSEN[name].essays["essay-1"]()[::7]:
        assert len(worked.drawn(name, "essay-1", parameters).alt) > 40


@each_notebook
def test_points_and_minutes_add_up(name):
    assert worked.points(name) == worked.total(name, r"· (\d+) points") == 100
    assert 60 <= worked.total(name, r"· (\d+) minutes") <= 120
    assert worked.form_of(name) == []


@each_notebook
def test_only_names_that_were_taught_are_used(name):
    variant = CHOSEN[name].parameters("history-101-2027")
    assert worked.untaught(name, LAST_LESSON[name], variant) == set()


@each_notebook
def test_a_first_year_student_can_read_it(name):
    variant = CHOSEN[name].parameters("history-101-2027")
    assert worked.hard_to_read(name, variant) == []
