"""Every lesson passes every gate."""

import pytest
from form import FORM_GATES
from gates import LESSON_GATES, repeated_definitions
from lessons import Lesson, lesson_paths
from skills import new_names, not_needed, reading_level, untaught

EVERY_LESSON = [*LESSON_GATES, reading_level, new_names]


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    return [Lesson.read(path) for path in lesson_paths()]


@pytest.mark.parametrize("place", range(len(lesson_paths())), ids=[p.stem for p in lesson_paths()])
def test_lesson_passes_every_gate(lessons, place):
    lesson = lessons[place]
    gates = EVERY_LESSON if lesson.path.name.startswith("00") else [*EVERY_LESSON, *FORM_GATES]
    problems = [f"{gate.__name__}: {problem}" for gate in gates for problem in gate(lesson)]
    assert not problems, "\n".join(problems)


def test_there_are_lessons_and_their_numbers_are_those_of_their_files(lessons):
    assert len(lessons) >= 3
    for lesson in lessons:
        assert lesson.about["number"] == lesson.path.name[:2]


def test_no_name_is_defined_in_two_notebooks(lessons):
    assert repeated_definitions(lessons) == []


def test_no_lesson_uses_what_none_before_it_has_taught(lessons):
    assert untaught(lessons) == []


def test_no_lesson_uses_what_a_lesson_taught_that_it_does_not_need(lessons):
    assert not_needed(lessons) == []
