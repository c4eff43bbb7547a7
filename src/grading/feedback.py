"""A page for each student, with marks and hints and without tests: `make feedback …`."""

import argparse
import json
import sys
from collections.abc import Sequence

from grading.folder import CourseError
from grading.grade import course_folder
from grading.gradebook import GradebookError, write_feedback
from grading.marking import Place
from grading.submission import is_test


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when every page was written, 1 when some were not, 2 when none was."""
    parser = argparse.ArgumentParser(prog="grading.feedback", description=__doc__.splitlines()[0])
    parser.add_argument("course")
    parser.add_argument("assignment")
    given = parser.parse_args(arguments)
    try:
        place = Place(course_folder(given.course), given.assignment)
        students = graded(place)
        if not students:
            raise CourseError("nobody is graded yet: run make grade first")
        troubles = write_feedback(place.folder, place.assignment, students)
    except (CourseError, GradebookError) as error:
        print(error, file=sys.stderr)
        return 2
    for student in sorted(begun(place) - set(students)):
        troubles.append(f"{student}: no page, because grading was cut off: run make grade again")
        print(troubles[-1])
    return 1 if troubles else 0


def graded(place: Place) -> list[str]:
    """Those whose notebook is graded to its end, so that every test has a result."""
    return [student for student in sorted(begun(place)) if _is_whole(place, student)]


def begun(place: Place) -> set[str]:
    """Those with whom grading has begun, and who had handed in a notebook."""
    marks = (place.folder / "marks" / place.assignment).glob("*.json")
    copies = place.folder.glob(f"autograded/*/{place.assignment}")
    found = {path.stem for path in marks if not path.name.startswith(".")}
    handed_in = {student for student in found if place.submitted(student).is_file()}
    return handed_in | {path.parent.name for path in copies}


def _is_whole(place: Place, student: str) -> bool:
    """Whether the graded copy has its results: nbgrader first writes one that has none."""
    name = f"{place.assignment}.ipynb"
    path = place.folder / "autograded" / student / place.assignment / name
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError):
        return False
    return all(cell["outputs"] for cell in cells if is_test(cell))


if __name__ == "__main__":
    sys.exit(main())
