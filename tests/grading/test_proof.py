"""With the real nbgrader, for each assignment: who gets which points, and what a person gave stays.

One course with all assignments is graded once for all tests of this module: of each assignment the
model, the submission with most mistakes, and a few more. Every other known way to answer is judged
here without nbgrader and without walls. `make prove` has nbgrader grade them all, see
test_alone.py, and kills the grading, see test_killed.py.
"""

import json
import os
import shutil
from itertools import chain, permutations

import nbformat
import pytest
import worked
from hand_in import cell, hand_in
from proof import Proof, shown
from second import END, GRADING, call, grades, kept, lost, words

from grading.catalogue import NAMES
from grading.compare import Judge
from grading.leaks import leaks, texts
from grading.marking import Place
from grading.values import encode

BLANK, READ = NAMES[0], NAMES[-1]
FEW = ("untouched", "mixed-01", "mixed-02")
LATER = ("model", "mixed-01", "mixed-02")  # what a person reads
# Then, in a copy of the course: what formgrader does when a person gives points and writes a
# comment. Some hand in something else, of one it is forgotten that it was graded; all is graded
# again.
READING = """
import shutil
from grading.gradebook import open_course
print("--- read", flush=True)
again, later, assignment, *students = sys.argv[3:]
shutil.copytree(folder, again)
shutil.copytree(later, again, dirs_exist_ok=True)
(Path(again) / "marks" / assignment / "mixed-01.json").unlink()
with open_course(Path(again))._api.gradebook as book:
    for student in students:
        found = book.find_grade("essay-1", assignment, assignment, student)
        found.manual_score, found.needs_manual_grade = 4.5, False
        comment = book.find_comment("essay-1", assignment, assignment, student)
        comment.manual_comment = "Well argued."
        found = book.find_grade("q2-test", assignment, assignment, student)
        found.manual_score, found.needs_manual_grade = 0.5, False
    book.db.commit()
shutil.copy(Path(again) / "gradebook.db", Path(again) / "before.db")
codes.append(grade.main([again, assignment, "--jobs", "1"]))
"""


@pytest.fixture(scope="module")
def proofs(course, tmp_path_factory):
    """All assignments of one course, with something handed in of each."""
    folder = shutil.copytree(course, tmp_path_factory.mktemp("proofs") / course.name)
    found = {name: Proof(Place(folder, name)) for name in NAMES}
    for proof in found.values():
        chosen = by_nbgrader(proof)
        for student, notebook in proof.notebooks().items():
            if student in chosen:
                hand_in(proof.place, student, notebook)
    return found


def by_nbgrader(proof):
    """The students whose submissions the real nbgrader grades in this module."""
    more = FEW if proof.place.assignment == READ else ()
    return {"model", *with_page(proof), *more}


@pytest.fixture(scope="module")
def changed(proofs, tmp_path_factory):
    """Where one student hands in other code, and one another essay: after all are graded."""
    place, made = Place(tmp_path_factory.mktemp("later"), READ), proofs[READ].notebooks()
    cell(made["model"], "q1").source = "q1 = 0"
    cell(made["mixed-02"], "essay-1").source = "I have changed my mind."
    for student in ("model", "mixed-02"):
        hand_in(place, student, made[student])
    return place.folder


@pytest.fixture(scope="module")
def both(nbgrader, proofs, changed):
    """What was said when all submissions were graded, and in a copy some of them once more."""
    folder = proofs[BLANK].place.folder
    wanted = {name: with_page(proof) for name, proof in proofs.items()}
    again = folder.with_name("again")
    arguments = [folder, json.dumps(wanted), again, changed, READ, *LATER]
    found = call(nbgrader, "-c", GRADING + READING + END, *arguments)
    if "cannot shut student code in" in found.stderr and not os.environ.get("CI"):
        pytest.skip(found.stderr)
    assert found.returncode == 0, found.stderr
    return [*found.stdout.split("--- read\n"), Place(again, READ)]


@pytest.fixture(scope="module")
def graded(both):
    """What the run said in which every submission of all assignments is graded."""
    return both[0]


def with_page(proof):
    """The student with most mistakes, and for one assignment the one whose notebook is blank."""
    blank = ["untouched"] if proof.place.assignment == BLANK else []
    return [*blank, max(proof.plan, key=lambda student: len(proof.wrong(student)))]


@pytest.fixture(scope="module")
def marked(graded, proofs):
    """The marks of all whom nbgrader graded, by assignment and student."""
    return {name: kept(proof.place)[0] for name, proof in proofs.items()}


@pytest.mark.parametrize("name", NAMES)
def test_each_submission_loses_the_points_of_its_own_mistakes_alone(graded, proofs, name):
    proof = proofs[name]
    found = lost(proof.place)
    known = {"model": set(), "untouched": set(proof.questions)}
    known |= {student: set(proof.wrong(student)) for student in proof.plan}
    assert found == {student: known[student] for student in by_nbgrader(proof)}


@pytest.mark.parametrize("name", NAMES)
def test_each_known_way_to_answer_is_told_right_from_wrong(proofs, name):
    proof = proofs[name]
    for one, ways in proof.ways.items():
        judge = Judge(one, proof.questions[one], proof.parameters[one])
        for way in ways:
            names = worked.given(name)
            exec(proof.code(one, way), names)  # noqa: S102 - our own code
            verdict = judge.verdict(json.loads(json.dumps(encode(names[one]))))
            assert verdict.right is isinstance(way, str), (one, way, verdict.words)
            assert isinstance(way, str) or proof.hint(one, way)[1:] in verdict.words


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_and_style_is_there_and_every_two_questions_are_told_apart(proofs, name):
    proof = proofs[name]
    for one, question in proof.questions.items():
        assert len(question.mistakes) >= 3
        assert {design[one] for design in proof.plan.values()} == set(proof.ways[one])
    beside = shown(list(proof.plan.values()))
    assert {(one, other) for one, _, other in beside} == set(permutations(proof.questions, 2))


@pytest.mark.parametrize("name", NAMES)
def test_each_mistake_earns_its_own_hint(marked, proofs, name):
    proof, marks = proofs[name], marked[name]
    students = by_nbgrader(proof) & set(proof.plan)
    assert students
    for student in students:
        for one, number in proof.wrong(student).items():
            assert proof.hint(one, number)[1:] in marks[student]["answers"][one]["words"]


@pytest.mark.parametrize("name", NAMES)
def test_feedback_shows_no_solution_but_the_students_own(graded, proofs, name):
    """Neither a line of a model solution or of a hidden test, nor a sentence of a model answer."""
    proof = proofs[name]
    source = nbformat.read(proof.source, as_version=4)
    for student in with_page(proof):
        page = words(proof.place.folder / "feedback" / student / name / f"{name}.html")
        own = nbformat.read(proof.place.submitted(student), as_version=4)
        assert set(leaks(source, [page])) <= set(leaks(source, texts(own)))
        assert "HIDDEN TESTS" not in page
        if student == "untouched":
            assert leaks(source, texts(own)) == []
        else:
            for one, number in proof.wrong(student).items():
                assert " ".join(proof.hint(one, number)[1:].split()) in page


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_grading_is_a_line_of_a_solution(marked, proofs, name):
    source = nbformat.read(proofs[name].source, as_version=4)
    said = [texts([one["notes"], one["answers"]]) for one in marked[name].values()]
    assert leaks(source, chain.from_iterable(said)) == []


@pytest.fixture(scope="module")
def read_again(both, proofs):
    """Essays read by a person, and then graded once more; the gradebook before and after."""
    _, said, place = both
    handed = len(by_nbgrader(proofs[READ]))
    assert f"{handed - 3} of {handed} were graded before" in said
    return grades(place, "before.db"), grades(place)


def test_what_a_person_gave_stays_when_a_notebook_is_graded_again(read_again):
    before, after = read_again
    assert after["model"].pop("q1-test") == before["model"].pop("q1-test") | {"auto": 0}
    for student in before:
        for name, grade in before[student].items():
            assert after[student][name] | {"unread": 0} == grade | {"unread": 0}
    assert after["model"]["essay-1"]["manual"] == 4.5
    assert after["model"]["essay-1"]["comment"] == "Well argued."
    assert after["mixed-02"]["q2-test"]["manual"] == 0.5


def test_only_what_has_changed_is_to_be_read_again(read_again):
    _, after = read_again
    unread = {
        (student, name)
        for student in LATER
        for name, grade in after[student].items()
        if grade["unread"]
    }
    assert unread == {("model", "q2-test"), ("mixed-02", "essay-1")}
