"""Grade every submission of an assignment: `make grade COURSE=… ASSIGNMENT=…`.

Student code runs on all cores, one walled-in process each; the marks go into nbgrader's gradebook
one after the other. What is done is not done again: stop it at any time, and start it again.
"""

import argparse
import os
import queue
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from grading.catalogue import ROOT
from grading.folder import CourseError
from grading.gradebook import GradebookError, open_course
from grading.marking import Marker, Marks, NoSuchAssignmentError, Place, read_submission, store
from grading.report import one_line, write_report
from grading.sandbox import Limits, Sandbox, SandboxError

try:
    import fcntl
except ModuleNotFoundError:  # Windows: main says so
    fcntl = None

# The exit code. A notebook that nobody could grade is no fault of the command, which then says who
# was left out and why: only marks that are not in the gradebook, though they could be, are one.
DONE, AGAIN, NONE = 0, 1, 2
NEEDS = "grading needs Linux, whose means shut student code in (on Windows: start it in WSL)"
_NOT_GRADED = ("unreadable", "other course", "missing")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when it is done, 1 when it should be run again, 2 when it could not begin."""
    parser = argparse.ArgumentParser(prog="grading.grade", description=__doc__.splitlines()[0])
    parser.add_argument("course", help="the name of the course, or its folder")
    parser.add_argument("assignment", help="such as early-life")
    parser.add_argument("--jobs", type=int, default=cores(), help="how many at a time")
    parser.add_argument("--cell-seconds", type=float, default=Limits.cell_seconds)
    parser.add_argument("--unsafe", action="store_true", help="run student code without walls")
    given = parser.parse_args(arguments)
    if fcntl is None:
        print(f"{NEEDS}. Nothing was graded.", file=sys.stderr)
        return NONE
    try:
        place = Place(course_folder(given.course), given.assignment)
        limits = Limits(cell_seconds=given.cell_seconds)
        with _alone(place.folder):
            return grade(place, given.jobs, limits, unsafe=given.unsafe)
    except (CourseError, NoSuchAssignmentError, SandboxError, GradebookError) as error:
        print(error, file=sys.stderr)
        return NONE


def grade(place: Place, jobs: int, limits: Limits, *, unsafe: bool = False) -> int:
    """Grade all that is new, and write the report on all."""
    marker, students = Marker(place), place.students()
    if not students:
        raise NoSuchAssignmentError(
            f"nobody has handed in {place.assignment}: put each notebook into "
            f"{place.submitted('STUDENT')}"
        )
    done = {student: marks for student in students if (marks := _done(marker, student))}
    left = [student for student in students if student not in done]
    if done:
        print(f"{len(done)} of {len(students)} were graded before and have not changed.")
    begun = time.monotonic()
    for marks in _graded(marker, left, jobs, limits, unsafe):
        done[marks["student"]] = marks
        print(f"{len(done)} of {len(students)}: {one_line(marks)}", flush=True)
    report = write_report(place, [done[student] for student in students])
    if left:
        print(f"{len(left)} graded in {time.monotonic() - begun:.0f} seconds.")
    print(f"The report: {report}")
    for line in left_out([done[student] for student in students]):
        print(line)
    return DONE if all(marks["recorded"] for marks in done.values()) else AGAIN


def left_out(all_marks: Sequence[Marks]) -> list[str]:
    """Who was not graded and why, in lines; none when everybody was."""
    lines = []
    failed = [marks for marks in all_marks if marks["status"] in _NOT_GRADED and marks["recorded"]]
    if failed:
        lines.append(
            f"Left out: {len(failed)} of {len(all_marks)}. All others are graded. Ask for a new "
            "file, put it in the place of the old one, and start again:"
        )
        lines += [f"  {marks['student']}: {' '.join(marks['notes'])}" for marks in failed]
    if again := [marks for marks in all_marks if not marks["recorded"]]:
        lines.append(f"Not in the gradebook: {len(again)} of {len(all_marks)}. Start again:")
        lines += [f"  {marks['student']}: {marks['notes'][-1]}" for marks in again]
    return lines


def course_folder(name: str) -> Path:
    """The folder of a course, by its name or its path.

    Raises CourseError when there is none.
    """
    for folder in (ROOT / "courses" / name, Path(name)):
        if name and (folder / "course.json").is_file():
            return folder.resolve()
    raise CourseError(
        f"there is no course {name!r} in {ROOT / 'courses'}: make it with make assignments"
    )


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _done(marker: Marker, student: str) -> Marks | None:
    digest = marker.digest(read_submission(marker.place.submitted(student)))
    marks = marker.known(student, digest)
    return marks if marks and marks["recorded"] else None


def _graded(
    marker: Marker, students: list[str], jobs: int, limits: Limits, unsafe: bool
) -> Iterator[Marks]:
    """The marks of each student, as soon as they are in the gradebook."""
    if not students:
        return
    gradebook = open_course(marker.place.folder)
    jobs = max(1, min(jobs, len(students)))
    with ExitStack() as stack, ThreadPoolExecutor(jobs) as pool:
        free: queue.Queue[Sandbox] = queue.Queue()
        starts = [pool.submit(Sandbox(limits, unsafe=unsafe).__enter__) for _ in range(jobs)]
        for start in starts:
            free.put(stack.push(start.result()))
        marks = [pool.submit(_mark, marker, student, free) for student in students]
        try:
            for one in as_completed(marks):
                yield _record(gradebook, marker.place, one.result())
        finally:
            pool.shutdown(cancel_futures=True)


def _mark(marker: Marker, student: str, free: "queue.Queue[Sandbox]") -> Marks:
    sandbox = free.get()
    try:
        return marker.mark(student, sandbox)
    finally:
        free.put(sandbox)


def _record(gradebook: Any, place: Place, marks: Marks) -> Marks:
    """Let nbgrader take over the marks, and note that it did."""
    if read_submission(place.submitted(marks["student"])) is None:
        marks["status"] = "missing"
    else:
        trouble = gradebook.autograde(place.assignment, marks["student"])
        if trouble:
            marks["notes"].append(f"nbgrader did not take the marks: {trouble}")
            marks["status"] = "unreadable"
            return marks
    marks["recorded"] = True
    store(place.marks(marks["student"]), marks)
    return marks


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one program grades a course at a time.

    Raises CourseError while another one does.
    """
    with (folder / ".grading").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(f"{folder.name} is being graded already: wait for it") from None
        yield


if __name__ == "__main__":
    sys.exit(main())
