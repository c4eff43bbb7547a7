"""The final project: every variant solvable, each mistake its own hint, a model that runs."""

import re

import matplotlib.pyplot as plt
import pytest
import solutions

from grading.assignments.final_project import ESSAYS, QUESTIONS

NAME = "final-project"


@pytest.mark.parametrize("grade_id", QUESTIONS)
def test_question_is_sound_in_its_variants(grade_id):
    assert not list(solutions.wrong_in(NAME, grade_id, QUESTIONS[grade_id]))


def test_notebook_is_sound():
    assert not list(solutions.wrong_with(NAME, QUESTIONS, ESSAYS, last_lesson=44))


def test_project_weighs_more_than_the_questions():
    marks = solutions.points(NAME)
    assert sum(points for cell, points in marks.items() if cell.startswith("essay")) > 50


def test_model_project_says_in_every_frame_what_its_figure_shows():
    """The model answer says that a minority came back: its code must find so for all courses."""
    model = solutions.cells(NAME, "essay-1")[1].source
    code = "\n".join(re.findall(r"```python\n(.*?)```", model, re.DOTALL))
    frames = ESSAYS["essay-1"]()
    assert len(frames) >= 12
    for frame in frames[:: -(-len(frames) // 12)]:
        names = solutions.start(NAME)
        exec(solutions.filled(code, frame), names)  # noqa: S102 - our own code
        plt.close("all")
        assert 2 * names["again"] < len(names["times"])
        stand = names["carried"]["event_id"].map(names["standings"]("events")).value_counts()
        assert stand.index[0] == "well attested", frame
