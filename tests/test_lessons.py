"""Every lesson passes every gate."""

import pytest
from gates import LESSON_GATES, repeated_definitions
from lessons import Lesson, lesson_paths

PATHS = lesson_paths()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.parametrize("gate", LESSON_GATES, ids=lambda gate: gate.__name__)
def test_lesson(path, gate):
    assert gate(Lesson.read(path)) == []


def test_there_are_lessons_and_their_numbers_are_those_of_their_files():
    assert len(PATHS) >= 3
    for path in PATHS:
        assert Lesson.read(path).about["number"] == path.name[:2]


def test_no_name_is_defined_in_two_notebooks():
    assert repeated_definitions(Lesson.read(path) for path in PATHS) == []
