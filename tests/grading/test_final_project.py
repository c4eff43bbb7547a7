"""The final project: the project weighs more than the questions, and its model runs."""

import re

import matplotlib.pyplot as plt
import worked

from grading.assignments.final_project import ESSAYS
from grading.template import kind, points

NAME = "final-project"


def test_project_weighs_more_than_the_questions():
    cells = worked.notebook(NAME).cells
    assert sum(points(one) for one in cells if kind(one) == "essay") > 50


def test_model_project_says_in_every_frame_what_its_figure_shows():
    """The model answer says that a minority came back: its code must find so for all courses."""
    model = worked.cell(NAME, "essay-1").source
    code = "\n".join(re.findall(r"```python\n(.*?)```", model, re.DOTALL))
    frames = ESSAYS["essay-1"]()
    assert len(frames) >= 12
    for frame in frames[:: -(-len(frames) // 12)]:
        names = worked.given(NAME)
        exec(worked.filled(code, frame), names)  # noqa: S102 - our own code
        plt.close("all")
        assert 2 * names["again"] < len(names["times"])
        stand = names["carried"]["event_id"].map(names["standings"]("events")).value_counts()
        assert stand.index[0] == "well attested", frame
