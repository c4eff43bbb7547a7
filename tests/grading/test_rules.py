"""The rules for source notebooks: the sample passes, and each fault is named."""

from collections.abc import Callable

import pytest
import sample
from nbformat import NotebookNode

from grading import rules
from grading.catalogue import Assignment, assignments
from grading.question import Question


def faults(change: Callable[[NotebookNode], object] = lambda made: None, **parts) -> str:
    """The faults of the sample after a change."""
    made = sample.notebook()
    change(made)
    about = {"questions": sample.QUESTIONS, "essays": sample.ESSAYS} | parts
    return "\n".join(rules.faults(made, Assignment("sample", sample.Path("none"), **about)))


def cell(made: NotebookNode, grade_id: str) -> NotebookNode:
    return next(one for one in made.cells if one.metadata.nbgrader.grade_id == grade_id)


def about(made: NotebookNode, name: str, **change) -> None:
    cell(made, name).metadata.nbgrader.update(change)


def reword(made: NotebookNode, grade_id: str, old: str, new: str) -> None:
    one = cell(made, grade_id)
    assert old in one.source
    one.source = one.source.replace(old, new)


def remove(made: NotebookNode, *grade_ids: str) -> None:
    for grade_id in grade_ids:
        made.cells.remove(cell(made, grade_id))


def test_the_sample_has_no_fault():
    assert faults() == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: about(made, "q2-test", points=11), "the points add to 101, expected 100"),
        (lambda made: about(made, "q2-test", points=0), "q2-test has no points"),
        (lambda made: remove(made, "q8-task", "q8", "q8-test"), "7 auto-graded cells, expected 8"),
        (lambda made: remove(made, "essay-2"), "1 essay cells, expected 2"),
        (lambda made: remove(made, "q3-task"), "q3 has the cells"),
        (lambda made: made.cells.append(made.cells.pop(2)), "q1 has the cells"),
        (lambda made: about(made, "q3", grade_id="q9"), "the grade_id 'q9' is unknown"),
        (lambda made: about(made, "q3-test", grade_id="test"), "the grade_id 'test' is unknown"),
        (lambda made: about(made, "q3-task", grade_id="q1-task"), "2 cells have the grade_id"),
        (lambda made: reword(made, "q3-task", "{{year}}", "{{yaer}}"), "the placeholder {{yaer}}"),
        (lambda made: reword(made, "cover", "A sample", "{{year}}"), "cover: nothing fills"),
        (lambda made: reword(made, "essay-2-task", "Trotsky", "{{person}}"), "essay-2-task: noth"),
        (lambda made: reword(made, "q3-task", "{{year}}", "1917"), "only 1 different tasks"),
        (lambda made: reword(made, "q3", "q3 =", "answer ="), "set the variable q3"),
        (lambda made: reword(made, "q3", "### END SOLUTION", ""), "set the variable q3"),
        (lambda made: reword(made, "q3", "### BEGIN", "x = 1\n### BEGIN"), "Move them inside"),
        (lambda made: reword(made, "q3-test", '"number"', '"text"'), "its first line must be"),
        (lambda made: reword(made, "q3-test", "raise", "#"), "q3-test: between"),
        (lambda made: reword(made, "q3-test", "### END", "###"), "q3-test: between"),
        (lambda made: remove(made, "essay-1-task"), "the cell before it must be read-only"),
        (lambda made: reword(made, "essay-1-task", "Rubric", "Note"), "the rubric is missing"),
        (lambda made: about(made, "essay-1", grade_id="essay-7"), "ESSAYS has 'essay-1'"),
        (lambda made: cell(made, "essay-2").update(source=" "), "holds the model answer"),
    ],
)
def test_a_fault_is_named(change, said):
    assert said in faults(change)


def test_a_question_without_cells_and_one_without_variants_are_named():
    empty = sample.QUESTIONS["q1"].__dict__ | {"pool": list}
    assert "q9 has the cells []" in faults(
        questions=sample.QUESTIONS | {"q9": sample.QUESTIONS["q1"]}
    )
    assert "its pool is empty" in faults(questions=sample.QUESTIONS | {"q1": Question(**empty)})


@pytest.mark.parametrize("assignment", assignments(), ids=lambda one: one.name)
def test_every_assignment_obeys_the_rules(assignment):
    made = sample.nbformat.read(assignment.source, as_version=4)
    assert rules.faults(made, assignment) == []
