"""EDTF dates: what they can mean, held against the edtf library as a second reading."""

from datetime import date, timedelta

import pandas as pd
import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import dates

DAYS = st.dates(date(1700, 1, 1), date(2100, 12, 31))
SIGNS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def single_dates(draw: st.DrawFn) -> str:
    """A day, month or year, with or without a sign, or a season other than winter.

    The library takes no sign on a season, and lets a winter end in December.
    """
    day = draw(DAYS)
    if draw(st.booleans()):
        return f"{day:%Y}-{draw(st.sampled_from(['21', '22', '23']))}"
    return draw(st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"])) + draw(SIGNS)


@settings(max_examples=50)
@given(single_dates())
def test_bounds_and_signs_are_those_of_the_edtf_library(text):
    ours, theirs = dates.parse(text), parse_edtf(text)
    assert ours.earliest == date(*theirs.lower_strict()[:3])
    assert ours.latest == date(*theirs.upper_strict()[:3])
    if text[-1] in "~?%":
        assert ours.approximate == bool(theirs.ua.is_approximate or text[-1] == "%")
        assert ours.uncertain == bool(theirs.ua.is_uncertain or text[-1] == "%")


@settings(max_examples=20)
@given(DAYS, DAYS)
def test_a_span_reaches_from_its_first_to_its_last_day(one, other):
    first, last = sorted([one, other])
    for text in (f"{first}/{last}", f"[{first},{last}]"):
        parsed = dates.parse(text)
        assert (parsed.earliest, parsed.latest) == (first, last)
        theirs = parse_edtf(text)
        assert date(*theirs.lower_strict()[:3]) == first
        assert date(*theirs.upper_strict()[:3]) == last


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1917-11-07", date(1917, 11, 7), date(1917, 11, 7), "day"),
        ("1902-22", date(1902, 6, 1), date(1902, 8, 31), "season"),
        ("1899-24", date(1899, 12, 1), date(1900, 2, 28), "season"),
        ("190X", date(1900, 1, 1), date(1909, 12, 31), "decade"),
        ("1906-11/1907-01", date(1906, 11, 1), date(1907, 1, 31), "span"),
        ("[1917-09-15,1917-09-17]", date(1917, 9, 15), date(1917, 9, 17), "choice"),
    ],
)
def test_each_form_has_its_bounds_and_precision(text, earliest, latest, precision):
    parsed = dates.parse(text)
    assert (parsed.earliest, parsed.latest, parsed.precision) == (earliest, latest, precision)
    assert parsed.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not an EDTF date"),
        ("7 Nov 1917", "is not an EDTF date"),
        ("1917-1-1", "is not an EDTF date"),
        ("1917-XX", "is not an EDTF date"),
        ("1917/..", "is not an EDTF date"),
        ("1917-13", "is not in the calendar"),
        ("1917-25", "is not in the calendar"),
        ("1917-02-29", "is not in the calendar"),
        ("1900-02-29", "is not in the calendar"),
        ("1918/1917", "runs backwards"),
        ("1916/1917/1918", "more than one slash"),
        ("1917~?", "more than one sign"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, message):
    with pytest.raises(ValueError, match=message):
        dates.parse(text)


@given(DAYS, DAYS)
def test_days_between_two_days_is_their_difference(one, other):
    first, last = sorted([one, other])
    assert dates.days_between(str(first), str(last)) == ((last - first).days,) * 2


def test_days_between_wide_dates_has_bounds():
    assert dates.days_between("1902-08-21", "1902-10") == (41, 71)
    assert dates.days_between("1900", "1900") == (0, 364)
    assert dates.days_between("1898-02-09~", "1898-02-10") == (0, 4)


def test_days_between_refuses_an_end_before_the_start():
    with pytest.raises(ValueError, match="give the earlier date first"):
        dates.days_between("1902", "1901")


@given(DAYS, st.integers(0, 36_000))
def test_age_changes_on_the_birthday(born, days):
    on = born + timedelta(days=days)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    assert dates.age(str(born), str(on)) == (years, years)


def test_age_has_bounds_when_a_date_is_wide():
    assert dates.age("1879-11-07", "1898") == (18, 19)
    assert dates.age("1879", "1898-02-09") == (18, 19)
    assert dates.age("1879~", "1898-02-09") == (17, 20)
    with pytest.raises(ValueError, match="before the birth"):
        dates.age("1879-11-07", "1878")


@given(DAYS)
def test_weekday_is_that_of_the_calendar(day):
    assert dates.weekday(str(day)) == f"{day:%A}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1917-11-07~", date(1917, 11, 4), date(1917, 11, 10)),
        ("1917-11~", date(1917, 10, 1), date(1917, 12, 31)),
        ("1917-23~", date(1917, 7, 1), date(1918, 1, 31)),
        ("1917~", date(1916, 1, 1), date(1919, 1, 1)),
        ("191X~", date(1899, 12, 31), date(1929, 12, 31)),
        ("1917-11-07", date(1917, 11, 7), date(1917, 11, 7)),
    ],
)
def test_about_reaches_as_far_as_the_table_of_reaches_says(text, first, last):
    assert dates.loose_bounds(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1917-11", "a month"),
        ("1917-11-07~", "an uncertain day"),
        ("1917-11-07?", "an uncertain day"),
        ("[1917-11-07]", "a choice"),
    ],
)
def test_only_a_certain_day_has_a_weekday(text, kind):
    with pytest.raises(ValueError, match="only a single certain day has a weekday") as told:
        dates.weekday(text)
    assert str(told.value).startswith(f"{text!r} is {kind}: ")


def test_about_widens_a_date_and_only_about():
    assert dates.loose_bounds("1917-11-07~") == (date(1917, 11, 4), date(1917, 11, 10))
    assert dates.loose_bounds("1917-11-07?") == (date(1917, 11, 7), date(1917, 11, 7))
    assert dates.loose_bounds("1897/1899~") == (date(1897, 1, 1), date(1901, 1, 1))


def test_about_stays_within_the_years_that_python_knows():
    assert dates.loose_bounds("0001~") == (date.min, date(3, 1, 1))
    assert dates.loose_bounds("9999~") == (date(9997, 12, 31), date.max)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1899~/1900", True, False),
        ("1899/1900?", False, True),
        ("[1899%,1900]", True, True),
        ("1899/1900", False, False),
    ],
)
def test_a_span_or_choice_says_about_or_perhaps_where_one_of_its_dates_does(
    text, approximate, uncertain
):
    one = dates.parse(text)
    assert (one.approximate, one.uncertain) == (approximate, uncertain)


def test_a_choice_means_its_dates_and_nothing_between_them():
    choice = "[1917-09-15,1917-09-17]"
    assert dates.overlap(choice, "1917-09-17")
    assert not dates.overlap(choice, "1917-09-16")
    assert dates.overlap("1917-09-15/1917-09-17", "1917-09-16")


@given(single_dates(), single_dates())
def test_overlap_is_symmetric_and_a_date_overlaps_itself(one, other):
    assert dates.overlap(one, other) == dates.overlap(other, one)
    assert dates.overlap(one, one)


@pytest.mark.parametrize("value", [pd.Series(["1917"]), 1917, None, float("nan")])
def test_anything_but_text_is_answered_with_the_way_to_take_a_value(value):
    with pytest.raises(TypeError, match=r"take one value out of a column with .item\(\)"):
        dates.weekday(value)


def test_a_date_is_certain_and_exact_unless_it_says_otherwise():
    plain = dates.HistoricalDate("1917", date(1917, 1, 1), date(1917, 12, 31), "year")
    assert plain == dates.parse("1917")
    assert plain.approximate is plain.uncertain is False
