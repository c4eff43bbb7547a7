"""Every lesson passes every gate."""

import pytest
from form import FORM_GATES
from gates import LESSON_GATES, repeated_definitions
from lessons import Lesson, lesson_paths
from skills import new_names, not_needed, reading_level, untaught

PATHS = lesson_paths()
OF_THE_PARTS = [path for path in PATHS if not path.name.startswith("00")]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "gate", [*LESSON_GATES, reading_level, new_names], ids=lambda gate: gate.__name__
)
def test_lesson(path, gate):
    assert gate(Lesson.read(path)) == []


@pytest.mark.parametrize("path", OF_THE_PARTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("gate", FORM_GATES, ids=lambda gate: gate.__name__)
def test_lesson_of_a_part(path, gate):
    assert gate(Lesson.read(path)) == []


def test_there_are_lessons_and_their_numbers_are_those_of_their_files():
    assert len(PATHS) >= 3
    for path in PATHS:
        assert Lesson.read(path).about["number"] == path.name[:2]


def test_no_name_is_defined_in_two_notebooks():
    assert repeated_definitions(Lesson.read(path) for path in PATHS) == []


def test_no_lesson_uses_what_none_before_it_has_taught():
    assert untaught(Lesson.read(path) for path in PATHS) == []


def test_no_lesson_uses_what_a_lesson_taught_that_it_does_not_need():
    assert not_needed(Lesson.read(path) for path in PATHS) == []
