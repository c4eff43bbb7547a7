"""Any text as a date: it is read, with its bounds in order, or refused in words."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.calendars import new_style, old_style, plain
from helpers.dates import age, days_between, loose_bounds, overlap, parse, parts, weekday

VALID = [
    *("1917-11-07", "1902-09", "1902-22", "1899~", "1905-01-09?", "189X", "0001", "9999-12-31~"),
    *("1906-11/1907-01", "[1917-09-15,1917-09-17]", "[1896,1897,1899]", "1899%", "9999-24"),
]
LETTERS = "0123456789-/[],~?%X \u0661\u00b2\n"
OUT = st.integers(0, 1)  # letters that are taken out
WORDS = re.compile(
    r"is not an EDTF date|is not in the calendar|more than one (sign|slash)|runs backwards"
    r"|does not exist in the Old Style calendar|outside the years|write it as days"
)


@st.composite
def spoilt(draw):
    """A date with a few of its letters taken out, put in or changed."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.text(LETTERS, max_size=2)) + text[place + draw(OUT) :]
    return text


TEXTS = spoilt() | st.text(LETTERS, max_size=24) | st.text(max_size=12)
DAYS = st.dates(date(4, 1, 1), date(9999, 10, 1)).map(date.isoformat)


def read(text):
    """The date that a text means; None, once it is seen that the refusal is in words."""
    try:
        return parse(text)
    except ValueError as error:
        assert WORDS.search(str(error)), str(error)
        return None


@settings(max_examples=200)
@given(TEXTS)
@example("0000")
@example("000X")
@example("0000-24")
@example("9999-24")
@example("\u0661\u0669\u0661\u0667")
@example("[" * 5000 + "1917" + "]" * 5000)
@example("[[1917],1918]")
@example("1917/[1918,1919]")
@example("1917-11-07\x00")
def test_any_text_is_read_or_refused_in_words(text):
    one = read(text)
    if one is None:
        return
    assert text.isascii()
    assert one.text == text
    assert one.earliest <= one.latest
    start, end = loose_bounds(text)
    assert start <= one.earliest
    assert one.latest <= end
    assert overlap(text, text)
    assert all(parse(part) for part in parts(text))
    assert days_between(text, text)[0] == 0
    assert age(text, text)[0] == 0
    assert plain(text)


@settings(max_examples=100)
@given(TEXTS)
@example("0001-01-01")
@example("9999-12-31")
@example("0-19-02-09")
@example("0000-01-01")
@example("\u0661\u0669\u0661\u0667-01-01")
@example("[" * 5000 + "1917" + "]" * 5000)
def test_any_text_is_converted_or_refused_in_words(text):
    for convert in (new_style, old_style):
        try:
            converted = convert(text)
        except ValueError as error:
            assert WORDS.search(str(error)), str(error)
        else:
            assert text.isascii()
            assert read(text) or read(converted), "one of the two calendars has it"


@given(DAYS)
@example("0004-01-01")
@example("0004-02-29")
@example("9999-10-01")
def test_there_and_back_is_the_same_day(day):
    assert old_style(new_style(day)) == day
    assert new_style(old_style(day)) == day


@given(DAYS, DAYS)
def test_a_span_keeps_its_ends_and_its_order(first, last):
    first, last = sorted((first, last))
    span = parse(f"{first}/{last}")
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (first, last)
    assert new_style(old_style(f"{first}/{last}")) in (f"{first}/{last}", first)
    if first < last:
        with pytest.raises(ValueError, match="runs backwards"):
            parse(f"{last}/{first}")


@settings(max_examples=50)
@given(TEXTS)
def test_a_weekday_is_of_one_certain_day_only(text):
    try:
        named = weekday(text)
    except ValueError:
        return
    assert named == weekday(parse(text).earliest.isoformat())


@pytest.mark.parametrize("value", [None, 1917, 1917.5, b"1917", date(1917, 11, 7), ["1917"]])
def test_what_is_no_text_is_refused_in_words(value):
    with pytest.raises(TypeError, match="a date is text such as '1917-11-07'"):
        parse(value)
