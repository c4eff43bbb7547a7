"""What the tests of the assignments share: the real nbgrader, and a course that it made."""

import os
from pathlib import Path

import pytest
import sample

from grading.catalogue import Assignment, assignments
from grading.course import derive
from grading.folder import CourseError
from grading.release import nbgrader_python

COURSE = "history-101-2027"


@pytest.fixture(scope="session")
def nbgrader() -> Path:
    """The Python of the environment with nbgrader; without it tests are skipped, or fail in CI."""
    try:
        return nbgrader_python()
    except CourseError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def chosen(tmp_path_factory) -> list[Assignment]:
    """All assignments that exist, and the sample."""
    return [sample.assignment(tmp_path_factory.mktemp("sample")), *assignments()]


@pytest.fixture(scope="session")
def course(nbgrader, chosen, tmp_path_factory) -> Path:
    """A course with all assignments, released by the real nbgrader. Leave it as it is."""
    out = tmp_path_factory.mktemp("courses") / COURSE
    derive(COURSE, out, chosen)
    return out
