"""Each gate on the teaching of a lesson, held against a lesson broken in one place."""

import pytest
from example import good_lesson
from form import (
    FORM_GATES,
    cited,
    class_time,
    content_note,
    discussion,
    figures,
    historians,
    open_question,
)
from lessons import Lesson
from skills import new_names, not_needed, reading_level, untaught


@pytest.fixture
def lesson():
    return good_lesson()


def says(problems: list[str], text: str) -> bool:
    return any(text in problem for problem in problems)


def change(lesson, old, new):
    """Put other words into the second cell, which holds all sections."""
    assert old in lesson.cells[1].source
    lesson.cells[1].source = lesson.cells[1].source.replace(old, new)
    return Lesson(lesson.path, lesson.notebook)


@pytest.mark.parametrize(
    "gate", [*FORM_GATES, reading_level, new_names], ids=lambda gate: gate.__name__
)
def test_a_good_lesson_passes(lesson, gate):
    assert gate(lesson) == []


def test_a_lesson_with_three_figures_fails(lesson):
    for cell in lesson.code[-2:]:
        cell.outputs = []
    assert says(figures(lesson), "3 figures, expected 4")


def test_figures_of_one_kind_fail(lesson):
    for cell in lesson.code[4:]:
        cell.source = "bars(counts)"
    assert says(figures(lesson), "of the kinds ['bars']")


def test_three_exercises_fail(lesson):
    lesson.code[3].source = "events"
    assert says(open_question(lesson), "3 exercises with checks")


def test_an_open_question_that_is_not_called_one_fails(lesson):
    change(lesson, "**Open question.**", "**An open question.**")
    assert says(open_question(lesson), "no paragraph '**Open question.** ...'")


def test_a_model_answer_that_is_not_folded_away_fails(lesson):
    change(change(lesson, "<details>", ""), "</details>", "")
    assert says(open_question(lesson), "0 model answers")


def test_a_model_answer_in_another_section_fails(lesson):
    text = lesson.cells[1].source
    start, end = text.index("<details>"), text.index("</details>") + len("</details>")
    lesson.cells[1].source = text[:start] + text[end:] + text[start:end]
    assert says(open_question(lesson), "0 model answers")


def test_a_model_answer_of_three_words_fails(lesson):
    text = lesson.cells[1].source
    answer = text[text.index("Both witnesses") : text.index("\n\n</details>")]
    change(lesson, answer, "It is open.")
    assert says(open_question(lesson), "the model answer says nothing")


@pytest.mark.parametrize("line", ["*For discussion:* Think of it.", "Who wrote this?"])
def test_a_lesson_without_a_question_for_the_class_fails(lesson, line):
    change(lesson, "*For discussion:* Who wrote this, and for whom?", line)
    assert says(discussion(lesson), "*For discussion:* ...?")


def test_a_lesson_that_is_longer_than_a_class_fails(lesson):
    lesson.about["minutes"] = 61
    assert says(class_time(lesson), "51 minutes without the exercises, expected 50")


def test_a_source_that_does_not_exist_fails(lesson):
    lesson.about["sources"][0] = "my-live"
    assert says(cited(lesson), "my-live is no source")


def test_seven_sources_and_one_of_them_twice_fail(lesson):
    lesson.about["sources"][0] = "ziv-1921"
    assert says(cited(lesson), "7 sources, expected 8")


def test_a_source_that_the_prose_does_not_name_fails(lesson):
    change(lesson, "Eastman; ", "")
    assert says(cited(lesson), "does not name eastman-1925-portrait")


def test_a_source_without_an_author_is_named_by_its_title(lesson):
    lesson.about["sources"][1] = "rsdlp-1903-minutes"
    assert says(cited(lesson), "does not name rsdlp-1903-minutes")
    title = "Russian Social-Democratic Labour Party, Second Congress: minutes"
    lesson = change(lesson, "Ziv; ", f"*{title}*; ")
    assert cited(lesson) == []


def test_two_historians_are_too_few(lesson):
    change(lesson, "Deutscher and Cliff follow", "Deutscher follows")
    assert says(historians(lesson), "names ['Isaac Deutscher', 'Dmitri Volkogonov']")


def test_violence_without_a_note_before_it_fails(lesson):
    change(lesson, "Volkogonov doubts it.", "Volkogonov doubts it. Two men were shot.")
    assert says(content_note(lesson), "the lesson tells of shot")
    noted = change(lesson, "## The story", "*Content note: deaths.*\n\n## The story")
    assert content_note(noted) == []


def test_a_long_sentence_fails(lesson):
    change(lesson, "Deutscher and Cliff follow", "and so on " * 12 + "they follow")
    assert says(reading_level(lesson), "a sentence of 40 words")


def test_sentences_that_are_long_on_the_whole_fail(lesson):
    change(lesson, "A plain sentence of seven short words.", "Word " + "word " * 18 + "end. ")
    assert reading_level(lesson) == ["the median sentence has 20 words"]


def test_a_good_lesson_uses_what_it_teaches(lesson):
    assert untaught([lesson]) == []


def test_a_name_that_no_lesson_taught_fails(lesson):
    lesson.code[0].source = "events.groupby('part')"
    assert says(untaught([lesson]), "11 uses groupby untaught")


def test_a_sign_that_no_lesson_taught_fails(lesson):
    lesson.code[0].source = "events[a & b]"
    assert says(untaught([lesson]), "11 uses & untaught")


def test_a_name_that_is_taught_in_a_later_lesson_fails(lesson):
    later = good_lesson()
    later.about.update(number="12", teaches=["groupby"])
    later.code[0].source = lesson.code[0].source = "events.groupby('part')"
    change(later, "`check`", "`groupby`")
    assert untaught([lesson, later]) == ["11 uses groupby untaught"]


def test_a_name_that_is_taught_twice_or_never_used_fails(lesson):
    assert says(untaught([lesson, good_lesson()]), "11 teaches bars a second time")
    lesson.about["teaches"].append("spans")
    assert says(untaught([lesson]), "11 teaches spans unused")


def test_a_name_that_is_listed_and_not_explained_fails(lesson):
    change(lesson, "`bars`", "others")
    assert says(untaught([lesson]), "11 teaches bars without a word about it")


def test_a_name_of_a_lesson_that_is_not_needed_fails(lesson):
    later = good_lesson()
    later.about.update(number="12", teaches=[])
    assert says(not_needed([lesson, later]), "12 uses bars of lesson 11, which it does not need")
    later.about["needs"].append("lesson 11")
    assert not_needed([lesson, later]) == []


def test_what_a_lesson_defines_itself_need_not_be_taught(lesson):
    lesson.code[0].source = "def count(table):\n    return table\n\ncount(events)"
    assert untaught([lesson]) == ["11 uses def untaught"]


def test_a_new_name_that_the_list_leaves_out_fails(lesson):
    lesson.about["teaches"].append("melt")
    assert new_names(lesson) == ["'New names of Python:' leaves out melt"]


def test_a_list_of_new_names_that_says_too_much_fails(lesson):
    lesson = change(lesson, "`check` answers", "`check` answers and `melt` melts")
    assert says(new_names(lesson), "has melt, which metadata teaches does not name")


def test_a_lesson_without_the_list_fails(lesson):
    lesson = change(lesson, "New names of Python:", "Also:")
    assert len(new_names(lesson)) == len(lesson.about["teaches"])
