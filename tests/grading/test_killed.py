"""The grading of an assignment is killed three times, and nobody is graded twice.

It ends between two students, while nbgrader writes into the gradebook, and before it is noted that
it did. `make prove` runs it; test_grade.py kills a smaller grading once, for `make test`.
"""

import json
import os
import shutil
import signal
import subprocess

import pytest
from hand_in import hand_in
from proof import Proof
from second import DYING, GRADE, call, command, kept, lost, pages_after, whoever_was_cut_off

from grading.catalogue import NAMES
from grading.marking import Place

pytestmark = pytest.mark.proof
KILLED = NAMES[0]


@pytest.fixture(scope="module")
def proof(course, tmp_path_factory):
    """The model, the untouched release and five with mistakes, handed in."""
    folder = shutil.copytree(course, tmp_path_factory.mktemp("killed") / course.name)
    made = Proof(Place(folder, KILLED))
    for student in ("model", "untouched", *list(made.plan)[:5]):
        hand_in(made.place, student, made.notebooks()[student])
    return made


@pytest.fixture(scope="module")
def killed(nbgrader, proof):
    """What each killed run said, and what it left behind: the marks of each student."""
    place, runs = proof.place, {}
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
        found = call(nbgrader, "-c", DYING, place.folder, KILLED, moment, 0)
        assert found.returncode == -signal.SIGKILL, found.stderr
        runs[moment] = found.stdout, kept(place), pages_after(place)
    return runs


@pytest.fixture(scope="module")
def graded(nbgrader, proof, killed):
    """What the last run said, in which every submission is graded."""
    found = call(nbgrader, "-c", GRADE, proof.place.folder, json.dumps({KILLED: []}))
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_however_it_is_killed_nobody_is_graded_twice(killed, graded, proof):
    students = sorted(proof.place.students())
    said = "".join(run for run, *_ in killed.values()) + graded.partition("The report:")[0]
    graded_lines = [line for line in said.splitlines() if f" of {len(students)}: " in line]
    assert sorted(line.split(": ")[1] for line in graded_lines) == students
    assert all(line.endswith(" points") for line in graded_lines)
    last, _ = kept(proof.place)
    for _, (marks, _), _ in killed.values():
        for student, found in marks.items():  # the time that its code took: it was run once
            assert last[student] == found | {"recorded": True}


def test_it_was_killed_in_the_middle(killed, proof):
    begun = killed["between"][1][0]
    everybody = proof.place.students()
    assert 3 <= sum(marks["recorded"] for marks in begun.values()) < len(everybody)
    marks, journal = killed["writing"][1]
    assert journal, "no commit was cut off"
    assert not all(one["recorded"] for one in marks.values())
    assert not all(one["recorded"] for one in killed["noting"][1][0].values())


def test_each_submission_has_its_points(graded, proof):
    mixed = {student: set(proof.wrong(student)) for student in list(proof.plan)[:5]}
    assert lost(proof.place) == mixed | {"model": set(), "untouched": set(proof.questions)}


@pytest.mark.parametrize("moment", ["between", "writing", "noting"])
def test_whoever_was_cut_off_gets_no_page(killed, moment):
    _, (marks, _), pages = killed[moment]
    cut_off = whoever_was_cut_off(marks, pages)
    if moment == "writing":
        assert cut_off == {student for student in marks if not marks[student]["recorded"]} != set()
