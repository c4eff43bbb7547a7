"""Each gate, held against a lesson that is right and against one broken in one place."""

from pathlib import Path

import nbformat
import pytest
from example import FIGURE, OPENING, RECORD_LINK, SECTIONS, good_lesson
from gates import (
    alt_texts,
    clean_outputs,
    dates,
    exercises,
    fresh_run,
    header,
    internal_links,
    repeated_definitions,
    sections,
    size,
    table_headers,
)
from lessons import NOTEBOOKS, Lesson
from nbformat.v4 import new_output


@pytest.fixture
def lesson(monkeypatch) -> Lesson:
    declared = {f"11.{number}": None for number in range(1, 5)}
    monkeypatch.setattr("gates.exercises_of", lambda number: declared)
    return good_lesson()


ALL = [
    header,
    sections,
    size,
    fresh_run,
    clean_outputs,
    alt_texts,
    table_headers,
    dates,
    internal_links,
    exercises,
]


@pytest.mark.parametrize("gate", ALL, ids=lambda gate: gate.__name__)
def test_a_good_lesson_passes(lesson, gate):
    assert gate(lesson) == []


def says(problems: list[str], text: str) -> bool:
    return any(text in problem for problem in problems)


def test_metadata_without_a_question_fail(lesson):
    del lesson.notebook.metadata.lesson["question"]
    assert says(header(lesson), "lesson.question is missing")


def test_a_header_that_says_other_minutes_than_the_metadata_fails(lesson):
    lesson.cells[0].source = OPENING.replace("30 in all", "45 in all")
    assert says(header(lesson), "does not say '30 in all, 10")


def test_a_table_that_does_not_exist_fails(lesson):
    lesson.notebook.metadata.lesson["tables"] = ["evnts"]
    assert says(header(lesson), "evnts is no table")


def test_a_table_that_the_header_does_not_name_fails(lesson):
    lesson.code[0].source = 'stays = load("stays")'
    assert says(header(lesson), "does not say that stays is used")


def test_an_empty_section_fails(lesson):
    source = lesson.cells[1].source
    start, end = source.index("A cell is a box"), source.index("## Sources")
    lesson.cells[1].source = source[:start] + source[end:]
    assert says(sections(lesson), "the section 'Words to know' says nothing")


def test_a_missing_section_fails(lesson):
    lesson.cells[1].source = lesson.cells[1].source.replace("## Words to know\n", "")
    assert says(sections(lesson), "expected ['Your turn'")


def test_minutes_that_do_not_add_up_fail(lesson):
    lesson.cells[1].source = lesson.cells[1].source.replace("20 min", "25 min")
    assert says(sections(lesson), "take 35 minutes")


def test_exercise_minutes_that_do_not_add_up_fail(lesson):
    lesson.cells[1].source = (
        lesson.cells[1].source.replace("20 min", "15 min").replace("10 min", "15 min")
    )
    assert says(sections(lesson), "the exercises take 15 minutes")


def test_too_few_and_too_many_words_fail(lesson):
    text = lesson.cells[1].source
    lesson.cells[1].source = SECTIONS.format(words="Short.")
    assert says(size(lesson), "expected 600 to 1,500")
    lesson = good_lesson()
    lesson.cells[1].source = text * 3
    assert says(size(lesson), "expected 600 to 1,500")


def test_too_few_code_cells_fail(lesson):
    del lesson.notebook.cells[-4:]
    assert says(size(lesson), "7 code cells")


def test_a_long_cell_fails(lesson):
    lesson.code[0].source = "1\n" * 26
    assert says(size(lesson), "26 (longest)")


def test_long_cells_in_the_middle_fail(lesson):
    for cell in lesson.code:
        cell.source = "1\n" * 5
    assert says(size(lesson), "5 lines (median)")


def test_code_without_prose_before_it_fails(lesson):
    del lesson.notebook.cells[4]
    assert says(size(lesson), "no Markdown cell before")


@pytest.mark.parametrize("count", [None, 7])
def test_a_cell_that_never_ran_or_ran_out_of_order_fails(lesson, count):
    lesson.code[2].execution_count = count
    assert says(fresh_run(lesson), "execution counts [1, 2, ")


def test_a_warning_in_the_outputs_fails(lesson):
    lesson.code[0].outputs = [new_output("stream", name="stderr", text="FutureWarning")]
    assert says(clean_outputs(lesson), "stderr after")


def test_an_error_needs_its_tag(lesson):
    error = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    lesson.code[0].outputs = [error]
    assert says(clean_outputs(lesson), "without the tag raises-exception")
    lesson.code[0].metadata["tags"] = ["raises-exception"]
    assert clean_outputs(lesson) == []


@pytest.mark.parametrize("tag", ["nbval-skip", "nbval-ignore-output"])
def test_a_tag_that_switches_the_comparison_off_fails(lesson, tag):
    lesson.code[0].metadata["tags"] = [tag]
    assert says(clean_outputs(lesson), f"tag '{tag}' is not allowed")


@pytest.mark.parametrize(
    "line",
    ["# NBVAL_IGNORE_OUTPUT", "# NBVAL_SKIP", "%%capture", "warnings.filterwarnings('ignore')"],
)
def test_code_that_silences_the_comparison_fails(lesson, line):
    lesson.code[0].source = line
    assert says(clean_outputs(lesson), "is not allowed")


@pytest.mark.parametrize("image", ["![](x.png)", "<img src='x.png'>"])
def test_an_image_in_the_text_fails(lesson, image):
    lesson.cells[2].source = image
    assert says(alt_texts(lesson), "an image in the text")


@pytest.mark.parametrize(
    "alt", ["", "png", "A chart", "A line that goes up and then goes down again"]
)
def test_an_alt_text_that_says_nothing_fails(lesson, alt):
    html = FIGURE.replace("A finding. Timeline of 9 events from birth to London.", alt)
    lesson.code[-1].outputs = [new_output("display_data", {"text/html": html})]
    assert says(alt_texts(lesson), f"alt text {alt!r}")


def test_a_missing_caption_fails(lesson):
    html = FIGURE.replace("Look at the open markers here.", "")
    lesson.code[-1].outputs = [new_output("display_data", {"text/html": html})]
    assert says(alt_texts(lesson), "caption '' says too little")


@pytest.mark.parametrize("header", ["<th>year</th>", '<th scope="col"></th>', "<th></th>"])
def test_a_table_header_that_cannot_be_read_out_fails(lesson, header):
    good = '<table><tr><td></td><th scope="col">year</th></tr></table>'
    lesson.code[-1].outputs = [new_output("display_data", {"text/html": good})]
    assert table_headers(lesson) == []
    bad = good.replace('<th scope="col">year</th>', header)
    lesson.code[-1].outputs = [new_output("display_data", {"text/html": bad})]
    assert says(table_headers(lesson), "a table without headers that can be read out")


def test_a_bare_image_fails(lesson):
    lesson.code[-1].outputs = [new_output("display_data", {"image/png": "AA=="})]
    assert says(alt_texts(lesson), "a bare image")


@pytest.mark.parametrize(
    "date", ["7 November 1879", "26 October (7 November) 1879", "13 (26) October 1905"]
)
def test_a_full_date_without_a_link_fails(lesson, date):
    lesson.cells[2].source = f"He was born on {date}."
    assert says(dates(lesson), f"{date} is not linked")


@pytest.mark.parametrize(
    ("text", "anchor"), [("8 November 1879", "birth-1879"), ("7 November 1879", "brith-1879")]
)
def test_a_date_that_the_data_do_not_say_fails(lesson, text, anchor):
    lesson.cells[2].source = f"Born on [{text}]({RECORD_LINK}#{anchor})."
    assert says(dates(lesson), f"'{text}' links to '{anchor}'")


@pytest.mark.parametrize(
    "date",
    [
        "7\nNovember 1879",
        "7\u00a0November 1879",
        "**7** November 1879",
        "November 7, 1879",
        "7th of November 1879",
        "7 Nov 1879",
        "1879-11-07",
    ],
)
def test_a_date_in_another_form_fails_too(lesson, date):
    lesson.cells[2].source = f"He was born on {date}."
    assert len(dates(lesson)) == 1


@pytest.mark.parametrize(
    "code", ['show(ax, title="Born on 7 November 1879")', 'show(ax, caption="1879-11-07")']
)
def test_a_date_typed_in_a_title_fails(lesson, code):
    lesson.code[0].source = code
    assert says(dates(lesson), "take it from the data")


def test_a_dissenting_date_needs_the_name_of_its_source(lesson):
    link = f"[25 October 1879]({RECORD_LINK}#birth-1879)"
    lesson.cells[2].source = f"Born on {link}."
    assert says(dates(lesson), "name the source, one of ['Broué'")
    lesson.cells[2].source = f"Broué has {link}."
    assert dates(lesson) == []


@pytest.mark.parametrize("text", ["26 October 1879, Old Style", "26 October (7 November) 1879"])
def test_a_date_may_stand_in_either_calendar(lesson, text):
    lesson.cells[2].source = f"Born on [{text}]({RECORD_LINK}#birth-1879)."
    assert dates(lesson) == []


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("../9-the-record/99-nothing.md", "no such file"),
        (f"{RECORD_LINK}#no-such-event", "no such heading"),
        ("#No-heading", "no such heading"),
        ("../../../elsewhere.md", "leads out of the course"),
        ("/etc/hostname", "leads out of the course"),
    ],
)
def test_a_link_that_leads_nowhere_fails(lesson, target, problem):
    lesson.cells[2].source = f"See [there]({target})."
    lesson = Lesson(_stored(lesson), lesson.notebook) if target.startswith("#") else lesson
    assert says(internal_links(lesson), problem)


def _stored(lesson: Lesson) -> Path:
    """A lesson that stands on the disk, for links into the notebook itself."""
    return next(NOTEBOOKS.glob("00-*.ipynb"))


def test_too_few_exercises_fail(lesson):
    for cell in lesson.code[2:]:
        cell.source = "events"
    assert says(exercises(lesson), "2 checks, expected 3 or more")


def test_a_solution_left_in_a_lesson_fails(lesson):
    lesson.code[0].outputs = [new_output("stream", text="11.1: right. Well done.\n")]
    assert says(exercises(lesson), "11.1 is stored with an answer")


def test_a_check_in_a_comment_is_no_check(lesson):
    lesson.code[0].source = '# check("11.1", ...)'
    assert says(exercises(lesson), "the exercises declared are")


def test_an_exercise_that_is_declared_but_not_asked_fails(lesson):
    lesson.code[3].source = "events"
    assert says(exercises(lesson), "the exercises declared are")


def test_one_function_in_two_notebooks_fails():
    pair = [good_lesson(), good_lesson()]
    for one in pair:
        one.code[0].source = "def count(table):\n    return len(table)"
    assert says(repeated_definitions(pair), "count is defined in")
    assert repeated_definitions(pair[:1]) == []
    pair[0].code[0].source = "def timeline(table):\n    return table"
    assert says(repeated_definitions(pair[:1]), "timeline is defined in ['helpers'")


def test_the_good_lesson_is_a_valid_notebook():
    nbformat.validate(good_lesson().notebook)
