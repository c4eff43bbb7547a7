"""With the real nbgrader, for each assignment: who gets which points, killed or not, read twice.

One course with all assignments is graded once for all tests of this module. The grading of the
first assignment is killed three times: between two students, while nbgrader writes into the
gradebook, and before it is noted that it did.

nbgrader takes longer than the student's code. So of the other assignments it grades a few
submissions here, and the rest are marked without it, by the marker that nbgrader itself calls.
`make prove` has nbgrader grade them all (see test_alone.py).
"""

import json
import os
import shutil
import signal
import subprocess
from itertools import chain, permutations

import nbformat
import pytest
from hand_in import cell, hand_in, walls
from proof import Proof, shown
from second import GRADE, call, command, grades, lost, words

from grading import feedback
from grading.catalogue import NAMES
from grading.isolation import Limits
from grading.leaks import leaks, texts
from grading.marking import Marker, Place

KILLED, READ = NAMES[0], NAMES[-1]
FEW = ("mixed-01", "mixed-02")
# The first grading, ended at a place of its own: in the middle of a commit, or before it is noted.
DYING = """
import os, signal, sys
from grading import grade
from nbgrader.preprocessors import SaveAutoGrades
from sqlalchemy import event
from sqlalchemy.engine import Engine

def die(*_):
    os.killpg(0, signal.SIGKILL)

def dying(self, cell, resources, add=SaveAutoGrades._add_score):
    if cell.metadata.nbgrader["grade_id"] == "q4-test":
        event.listen(Engine, "commit", die)
    add(self, cell, resources)

if sys.argv[3] == "writing":
    SaveAutoGrades._add_score = dying
else:
    grade.store = die
grade.main([sys.argv[1], sys.argv[2], "--jobs", "1"])
"""
# What formgrader does when a person gives points and writes a comment; then all is graded again.
READING = """
import shutil, sys
from pathlib import Path
from grading.grade import main
from grading.gradebook import open_course
folder, assignment, *students = sys.argv[1:]
with open_course(Path(folder))._api.gradebook as book:
    for student in students:
        grade = book.find_grade("essay-1", assignment, assignment, student)
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        comment = book.find_comment("essay-1", assignment, assignment, student)
        comment.manual_comment = "Well argued."
        grade = book.find_grade("q2-test", assignment, assignment, student)
        grade.manual_score, grade.needs_manual_grade = 0.5, False
    book.db.commit()
shutil.copy(Path(folder) / "gradebook.db", Path(folder) / "before.db")
sys.exit(main([folder, assignment, "--jobs", "1"]))
"""


@pytest.fixture(scope="module")
def proofs(course, tmp_path_factory):
    """All assignments of one course, with everything handed in that proves something."""
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
    chosen = {"model", *with_page(proof)}
    if proof.place.assignment in (KILLED, READ):
        chosen |= {"untouched", *FEW}
    if proof.place.assignment == KILLED:
        chosen |= set(list(proof.plan)[:5])
    return chosen


@pytest.fixture(scope="module")
def killed(nbgrader, proofs):
    """What each killed run said, and what it left behind: the marks of each student."""
    place, runs = proofs[KILLED].place, {}
    how = command(nbgrader, "-c", GRADE, place.folder, json.dumps({KILLED: []}))
    said = ""
    with subprocess.Popen(**how, stdout=subprocess.PIPE) as first:
        for line in first.stdout:
            said += line
            if line.startswith("3 of "):
                os.killpg(first.pid, signal.SIGKILL)
    if not said and not os.environ.get("CI"):
        pytest.skip("student code cannot be shut in here")
    runs["between"] = said, kept(place), pages_after(place)
    for moment in ("writing", "noting"):
        found = call(nbgrader, "-c", DYING, place.folder, KILLED, moment)
        assert found.returncode == -signal.SIGKILL, found.stderr
        runs[moment] = found.stdout, kept(place), pages_after(place)
    return runs


@pytest.fixture(scope="module")
def graded(nbgrader, proofs, killed):
    """What the last run said, in which every submission of all assignments is graded."""
    wanted = {name: with_page(proof) for name, proof in proofs.items()}
    found = call(nbgrader, "-c", GRADE, proofs[KILLED].place.folder, json.dumps(wanted))
    assert found.returncode == 0, found.stderr
    return found.stdout


def with_page(proof):
    """The student with most mistakes, and for one assignment the one whose notebook is blank."""
    blank = ["untouched"] if proof.place.assignment == KILLED else []
    return [*blank, max(proof.plan, key=lambda student: len(proof.wrong(student)))]


def pages_after(place):
    """What `make feedback` would do now: for whom it writes a page, and what it says of others."""
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedback, "print", said.append, raising=False)
        patch.setattr(feedback, "write_feedback", lambda *given: written.extend(given[2]) or [])
        written = []
        feedback.main([str(place.folder), place.assignment])
    return written, said


def kept(place):
    """The marks that are noted so far, by student, and the journal of an unfinished commit."""
    files = (place.folder / "marks" / place.assignment).glob("*.json")
    journal = place.folder / "gradebook.db-journal"
    marks = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
    return marks, journal.exists()


@pytest.mark.parametrize("name", NAMES)
def test_each_submission_loses_the_points_of_its_own_mistakes_alone(graded, proofs, name):
    proof = proofs[name]
    found = lost(proof.place)
    known = {"model": set(), "untouched": set(proof.questions)}
    known |= {student: set(proof.wrong(student)) for student in proof.plan}
    assert found == {student: known[student] for student in by_nbgrader(proof)}


@pytest.fixture(scope="module")
def marked(graded, proofs, tmp_path_factory):
    """The marks of every submission with mistakes: those that nbgrader has, and all others."""
    found = {}
    with walls(Limits()) as sandbox:
        for name, proof in proofs.items():
            found[name], _ = kept(proof.place)
            folder = shutil.copytree(proof.place.folder, tmp_path_factory.mktemp("more") / name)
            marker = Marker(Place(folder, name))
            made = proof.notebooks()
            for student in made.keys() - found[name].keys():
                hand_in(marker.place, student, made[student])
                found[name][student] = marker.mark(student, sandbox)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_each_known_way_to_answer_is_told_right_from_wrong(marked, proofs, name):
    proof = proofs[name]
    wrong = {
        student: {one for one, answer in marks["answers"].items() if not answer["right"]}
        for student, marks in marked[name].items()
    }
    assert wrong.pop("model") == set()
    assert wrong.pop("untouched") == set(proof.questions)
    assert wrong == {student: set(proof.wrong(student)) for student in proof.plan}


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
    for student in proof.plan:
        for one, number in proof.wrong(student).items():
            assert proof.hint(one, number)[1:] in marks[student]["answers"][one]["words"]


def test_however_it_is_killed_nobody_is_graded_twice(killed, graded, proofs):
    proof = proofs[KILLED]
    students = sorted(by_nbgrader(proof))
    said = "".join(run for run, *_ in killed.values()) + graded.partition("The report:")[0]
    graded_lines = [line for line in said.splitlines() if f" of {len(students)}: " in line]
    assert sorted(line.split(": ")[1] for line in graded_lines) == students
    assert all(line.endswith(" points") for line in graded_lines)
    last, _ = kept(proof.place)
    for _, (marks, _), _ in killed.values():
        for student, found in marks.items():  # the time that its code took: it was run once
            assert last[student] == found | {"recorded": True}


def test_it_was_killed_in_the_middle(killed, proofs):
    begun = killed["between"][1][0]
    everybody = by_nbgrader(proofs[KILLED])
    assert 3 <= sum(marks["recorded"] for marks in begun.values()) < len(everybody)
    marks, journal = killed["writing"][1]
    assert journal, "no commit was cut off"
    assert not all(one["recorded"] for one in marks.values())
    assert not all(one["recorded"] for one in killed["noting"][1][0].values())


@pytest.mark.parametrize("moment", ["between", "writing", "noting"])
def test_whoever_was_cut_off_gets_no_page(killed, moment):
    _, (marks, _), (written, said) = killed[moment]
    done = {student for student, found in marks.items() if found["recorded"]}
    cut_off = {line.split(": no page")[0] for line in said}
    assert done <= set(written) <= set(marks)
    assert cut_off == set(marks) - set(written)
    assert all(line.endswith("cut off: run make grade again") for line in said)
    if moment == "writing":
        assert set(written) == done < set(marks)


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
def read_again(nbgrader, graded, proofs):
    """Essays read by a person, and then graded once more; the gradebook before and after.

    One student hands in other code, one another essay; of one the file is as it was.
    """
    proof = proofs[READ]
    place, made = proof.place, proof.notebooks()
    cell(made["model"], "q1").source = "q1 = 0"
    cell(made["mixed-02"], "essay-1").source = "I have changed my mind."
    for student in ("model", "mixed-02"):
        hand_in(place, student, made[student])
    place.marks("mixed-01").unlink()
    found = call(nbgrader, "-c", READING, place.folder, READ, "model", "mixed-01", "mixed-02")
    assert found.returncode == 0, found.stderr
    handed = len(by_nbgrader(proof))
    assert f"{handed - 3} of {handed} were graded before" in found.stdout
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
    students = ("model", "mixed-01", "mixed-02")
    unread = {
        (student, name)
        for student in students
        for name, grade in after[student].items()
        if grade["unread"]
    }
    assert unread == {("model", "q2-test"), ("mixed-02", "essay-1")}
