"""Grading timed, in the environment of teachers: python graded.py FOLDER SUBMISSIONS.

Makes a course of one assignment, hands in its model solution several times, and grades each by
itself. Each line of the output is a name and two numbers of seconds.
"""

import contextlib
import io
import resource
import shutil
import sys
import time
from pathlib import Path

import nbformat

from grading.catalogue import assignments
from grading.course import derive
from grading.grade import grade
from grading.isolation import Limits
from grading.marking import Place
from grading.template import kind

CHOSEN = "early-life"


def main(folder: Path, submissions: int) -> None:
    """Print the seconds of the course, and of each submission."""
    course = folder / "bench"
    chosen = [one for one in assignments() if one.name == CHOSEN]
    _timed("a course of one assignment", lambda: derive("bench", course, chosen))
    for number in range(submissions):
        place = Place(course, CHOSEN)
        path = place.submitted(f"student-{number}")
        path.parent.mkdir(parents=True)
        nbformat.write(_solved(place), path)
        _timed("one submission graded", lambda place=place: grade(place, 1, Limits(), unsafe=False))
    shutil.rmtree(course)


def _solved(place: Place) -> nbformat.NotebookNode:
    """The release with the model solution in its cells."""
    made = nbformat.read(place.release, as_version=4)
    path = place.folder / "source" / place.assignment / f"{place.assignment}.ipynb"
    source = nbformat.read(path, as_version=4)
    right = {cell.id: cell.source for cell in source.cells if kind(cell) in ("solution", "essay")}
    for cell in made.cells:
        cell.source = right.get(cell.id, cell.source)
    return made


def _timed(name: str, work) -> None:
    def used() -> float:
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in both)

    wall, cpu = time.perf_counter(), used()
    with contextlib.redirect_stdout(io.StringIO()):
        work()
    print(f"{name}\t{time.perf_counter() - wall:.3f}\t{used() - cpu:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
