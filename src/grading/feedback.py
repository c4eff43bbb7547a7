"""A page for each student, with marks and hints and without tests: `make feedback …`."""

import argparse
import sys
from collections.abc import Sequence

from grading.folder import CourseError
from grading.grade import course_folder
from grading.gradebook import GradebookError, write_feedback
from grading.marking import Place


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when every page was written, 1 when some were not, 2 when none was."""
    parser = argparse.ArgumentParser(prog="grading.feedback", description=__doc__.splitlines()[0])
    parser.add_argument("course")
    parser.add_argument("assignment")
    given = parser.parse_args(arguments)
    try:
        place = Place(course_folder(given.course), given.assignment)
        graded = place.folder.glob(f"autograded/*/{place.assignment}/*.ipynb")
        students = sorted({path.parents[1].name for path in graded})
        if not students:
            raise CourseError("nobody is graded yet: run make grade first")
        troubles = write_feedback(place.folder, place.assignment, students)
    except (CourseError, GradebookError) as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
