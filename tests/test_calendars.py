"""Old Style and New Style, held against a second way of counting, and dates in plain English."""

import calendar
import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.calendars import new_style, old_style, plain
from helpers.dates import parse

DAYS = st.dates(date(1700, 1, 1), date(2100, 12, 31))


def days_apart(day: date) -> int:
    """The oracle: the gap grows by a day in each century year that only the Old Style leaps."""
    gap = 10
    for century in range(1700, 2101, 100):
        leaps_in_both = century % 400 == 0
        # The 29 February Old Style of such a year falls 11 to 14 days into the New Style year.
        if not leaps_in_both and day > date(century, 2, 28) + timedelta(days=gap):
            gap += 1
    return gap


@given(DAYS)
@example(date(1900, 3, 12))
@example(date(1900, 3, 13))
@example(date(1900, 3, 14))
@example(date(1917, 11, 7))
def test_old_style_is_the_new_style_less_the_gap(day):
    year, month, day_of_month = (int(part) for part in old_style(str(day)).split("-"))
    if (month, day_of_month) == (2, 29):  # only Old Style has this day in 1700, 1800, 1900, 2100
        day, day_of_month = day - timedelta(days=1), 28
    assert date(year, month, day_of_month) == day - timedelta(days=days_apart(day))


@given(DAYS)
def test_old_style_and_back_is_the_same_day(day):
    assert new_style(old_style(str(day))) == str(day)


@given(DAYS)
def test_the_day_after_in_one_calendar_is_the_day_after_in_the_other(day):
    assert old_style(str(day)) < old_style(str(day + timedelta(days=1)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1900-02-28", "1900-03-12"),  # the gap is still 12 days
        ("1900-02-29", "1900-03-13"),  # a day that the New Style of 1900 does not have
        ("1900-03-01", "1900-03-14"),  # now it is 13
        ("1700-02-29", "1700-03-11"),
        ("1800-02-29", "1800-03-12"),
        ("2100-02-29", "2100-03-14"),
        ("1879-10-26", "1879-11-07"),
        ("1917-10-25", "1917-11-07"),
        ("1918-01-31", "1918-02-13"),  # the last day of the Old Style in Russia
        ("1898-01", "1898-01-13/1898-02-12"),
        ("1900-02", "1900-02-13/1900-03-13"),
        ("1898-01/1898-03", "1898-01-13/1898-04-12"),
        ("1898-01-28~", "1898-02-09~"),
        ("[1898-01-27,1898-01-28]", "[1898-02-08,1898-02-09]"),
        ("1897-21", "1897-21"),
        ("1897~", "1897~"),
    ],
)
def test_known_pairs(old, new):
    assert new_style(old) == new
    parse(new)


def test_a_day_that_is_in_neither_calendar_is_refused():
    with pytest.raises(ValueError, match="does not exist in the Old Style calendar"):
        new_style("1901-02-29")
    with pytest.raises(ValueError, match="does not exist in the Old Style calendar"):
        new_style("1901-13-05")
    with pytest.raises(ValueError, match="is not in the calendar"):
        old_style("1900-02-29")


def test_each_month_of_the_old_style_has_its_length():
    lengths = {
        1: 31,
        2: 28,
        3: 31,
        4: 30,
        5: 31,
        6: 30,
        7: 31,
        8: 31,
        9: 30,
        10: 31,
        11: 30,
        12: 31,
    }
    for month, length in lengths.items():
        assert new_style(f"1901-{month:02}").endswith(new_style(f"1901-{month:02}-{length}"))
        with pytest.raises(ValueError, match="does not exist in the Old Style calendar"):
            new_style(f"1901-{month:02}-{length + 1}")


@pytest.mark.parametrize("text", ["7 Nov 1917", "1917/", "[1917", "1917]", "1917-00", "", "/1917"])
def test_what_is_no_date_is_refused(text):
    for convert in (new_style, old_style, plain):
        with pytest.raises(ValueError, match="is not"):
            convert(text)


@pytest.mark.parametrize("convert", [new_style, old_style])
@pytest.mark.parametrize("text", ["1918/1917", "1906-11/1905-01", "1917-11-08/1917-11-07"])
def test_a_span_that_runs_backwards_is_refused(convert, text):
    with pytest.raises(ValueError, match="runs backwards"):
        convert(text)


def test_a_month_among_choices_is_refused():
    with pytest.raises(ValueError, match="write it as days"):
        new_style("[1898-01,1898-03]")


@pytest.mark.parametrize(
    ("text", "text_os", "words"),
    [
        ("1902-22", "", "summer 1902"),
        ("1917-11-07", "1917-10-25", "25 October (7 November) 1917"),
        ("1905-10-26", "1905-10-13", "13 (26) October 1905"),
        ("1899~", "", "about 1899"),
        ("1905-01-09?", "", "perhaps 9 January 1905"),
        ("1899%", "1899%", "perhaps about 1899"),
        ("1900-01-07", "1899-12-26", "26 December 1899 (7 January 1900)"),
        ("1900-03-13", "1900-02-29", "29 February (13 March) 1900"),
        ("1898-01-13/1898-02-12", "1898-01", "January 1898 (Old Style)"),
        ("1898-03-13/1898-03-15", "1898-03-01/1898-03-03", "1 to 3 (13 to 15) March 1898"),
        ("1906-11/1907-01", "", "November 1906 to January 1907"),
        ("1902-08-21/1902-09-03", "", "21 August to 3 September 1902"),
        ("1936-09-02/1936-12-19", "", "2 September to 19 December 1936"),
        ("[1917-09-15,1917-09-17]", "", "15 or 17 September 1917"),
        ("1898-03-03?/1898-03-04~", "", "perhaps 3 to about 4 March 1898"),
        ("1898-03-03?/1898-03-03~", "", "perhaps 3 to about 3 March 1898"),
        ("1898-03-03?/1898-03-03", "", "perhaps 3 to 3 March 1898"),
        ("[1896,1897,1899]", "", "1896, 1897 or 1899"),
        ("190X", "", "the 1900s"),
        ("1900-02-29", "", "29 February 1900"),  # as an Old Style source states it
        ("[1917]", "", "1917"),
        (
            "1902-09-03/1902-10-31",
            "1902-08-21/1902-10-18",
            "21 August to 18 October (3 September to 31 October) 1902",
        ),
    ],
)
def test_dates_in_plain_english(text, text_os, words):
    assert plain(text, text_os) == words


@given(DAYS)
def test_plain_english_names_the_day_in_both_calendars(day):
    old = old_style(str(day))
    words = plain(str(day), old)
    assert re.findall(r"\d+", words)[0] == str(int(old[-2:]))
    assert re.findall(r"\d+", words.replace(str(day.year), ""))[-1] == str(day.day)
    assert f"{day:%B}" in words
    assert str(day.year) in words


def test_each_month_and_season_has_its_english_name():
    for number in range(1, 13):
        assert plain(f"1917-{number:02}-05") == f"5 {calendar.month_name[number]} 1917"
    seasons = [plain(f"1917-{number}") for number in range(21, 25)]
    assert seasons == ["spring 1917", "summer 1917", "autumn 1917", "winter 1917"]
