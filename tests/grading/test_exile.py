"""The assignment on exile: every variant solvable, one right answer, each mistake its own hint."""

import pytest
import solutions

from grading.assignments.exile import ESSAYS, QUESTIONS

NAME = "exile"


@pytest.mark.parametrize("grade_id", QUESTIONS)
def test_question_is_sound_in_its_variants(grade_id):
    assert not list(solutions.wrong_in(NAME, grade_id, QUESTIONS[grade_id]))


def test_notebook_is_sound():
    assert not list(solutions.wrong_with(NAME, QUESTIONS, ESSAYS, last_lesson=34))
