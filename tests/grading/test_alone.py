"""The whole proof of grading, with the real nbgrader: each known mistake stands alone.

`make prove` runs it. It takes minutes, so `make test` leaves it out and proves the same with
submissions in which several answers are wrong (see test_proof.py). Here a student makes one mistake
and answers all else rightly, once for each mistake of each assignment, in two courses that share
no variant of any question. In one of them nbgrader also grades the model, the untouched release,
and right answers in all known styles.

The mark is all points but those of the one question. The page of feedback gives the hint of this
mistake and no other one.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from conftest import COURSE
from hand_in import hand_in
from proof import Proof
from second import GRADE, call, grades, kept, lost, words, worth_of

from grading.catalogue import NAMES, assignments
from grading.course import derive
from grading.leaks import leaks, texts
from grading.marking import Place

pytestmark = pytest.mark.proof
# Two names of which no question has the same parameters, as the first test makes sure.
COURSES = (COURSE, "history-108-2027")


@pytest.fixture(scope="module", params=COURSES)
def proofs(request, nbgrader, tmp_path_factory) -> dict[str, Proof]:
    """A course in which every student has made one mistake, graded, with all pages written."""
    folder = tmp_path_factory.mktemp("alone") / request.param
    derive(request.param, folder, assignments())
    found = {name: Proof(Place(folder, name)) for name in NAMES}
    for proof in found.values():
        handed = dict(proof.alone())
        if request.param == COURSE:
            handed |= proof.notebooks()
        for student, notebook in handed.items():
            hand_in(proof.place, student, notebook)
    students = {name: list(proof.mistakes) for name, proof in found.items()}
    run = call(nbgrader, "-c", GRADE, folder, json.dumps(students))
    assert run.returncode == 0, run.stderr
    yield found
    shutil.rmtree(folder)


def test_no_question_is_the_same_in_both_courses():
    for assignment in assignments():
        one, other = map(assignment.parameters, COURSES)
        assert [name for name in assignment.questions if one[name] == other[name]] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_costs_the_points_of_its_question_and_no_others(proofs, name):
    proof = proofs[name]
    found = lost(proof.place)
    alone = {student: {one} for student, (one, _) in proof.mistakes.items()}
    assert {student: found.pop(student) for student in alone} == alone
    if found:
        mixed = {student: set(proof.wrong(student)) for student in proof.plan}
        assert found == mixed | {"model": set(), "untouched": set(proof.questions)}
    marks, worth = grades(proof.place), worth_of(proof.place)
    for student, (one, _) in proof.mistakes.items():
        cells = marks[student]
        mark = sum(cells[f"{question}-test"]["auto"] for question in worth)
        assert mark == sum(worth.values()) - worth[one]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_gives_the_hint_of_the_mistake_and_no_other(proofs, name):
    proof = proofs[name]
    hints = {
        (one, number): proof.hint(one, number)
        for one, question in proof.questions.items()
        for number in range(len(question.mistakes))
    }
    for student, mistake in proof.mistakes.items():
        assert given_in(page_of(proof, student), hints) == {mistake}, student


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_grading_is_a_line_of_a_solution(proofs, name):
    source = nbformat.read(proofs[name].source, as_version=4)
    marks, _ = kept(proofs[name].place)
    said = [text for one in marks.values() for text in texts([one["notes"], one["answers"]])]
    assert len(marks) >= len(proofs[name].mistakes)
    assert leaks(source, said) == []


def page_of(proof: Proof, student: str) -> str:
    """The words of a student's page."""
    name = proof.place.assignment
    path: Path = proof.place.folder / "feedback" / student / name / f"{name}.html"
    return words(path)


def given_in(page: str, hints: Mapping[tuple[str, int], str]) -> set[tuple[str, int]]:
    """The mistakes whose hints a page gives; a hint comes after the name of its question."""
    return {
        (one, number)
        for (one, number), hint in hints.items()
        if " ".join(f"{one}: not right. {hint[:1].upper()}{hint[1:]}".split()) in page
    }
