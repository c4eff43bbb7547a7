"""What must not reach students: it is known, and it is found wherever it stands."""

import nbformat
import pytest
import sample

from grading.leaks import leaks, secrets, texts
from grading.template import fill


def course_source() -> nbformat.NotebookNode:
    parameters = {name: {"year": 1917} for name in sample.QUESTIONS}
    return fill(sample.notebook(), "c", "sample", parameters | {"essay-1": {"person": "Zinoviev"}})


def test_solutions_hidden_tests_and_model_answers_are_secrets():
    found = secrets(course_source())
    assert "q3 = (year_of_event == 1917).sum() + 3" in found
    assert "year_of_event = events.date_earliest.dt.year" in found
    assert "Others saw a schemer." in found
    assert any(line.startswith("raise RuntimeError") for line in found)
    assert not any("check_form" in line or line.startswith("q3 = ...") for line in found)


def test_code_that_every_student_sees_is_no_secret():
    source = course_source()
    source.cells[3].source = source.cells[3].source.replace(
        "year_of_event = ", 'events = load("events")\nyear_of_event = '
    )
    assert 'events = load("events")' not in secrets(source)


@pytest.mark.parametrize(
    "text",
    [
        "Hint: `q3 = (year_of_event == 1917).sum() + 3`",
        "Q3  =  (year_of_event==1917).sum()  + 3",
        "They say: others saw\na schemer.",
    ],
)
def test_a_secret_is_found_in_any_text(text):
    assert len(leaks(course_source(), [text])) == 1


def test_a_secret_is_found_in_outputs_and_metadata():
    source = course_source()
    release = nbformat.v4.new_notebook(metadata={"note": ["Others saw a schemer."]})
    printed = nbformat.v4.new_output("stream", text="q2 = (year_of_event == 1917).sum() + 2\n")
    release.cells = [nbformat.v4.new_code_cell("1", outputs=[printed])]
    assert len(leaks(source, texts(release))) == 2
    assert leaks(source, texts(nbformat.v4.new_notebook())) == []
