"""Historical dates: what a source says, and the first and last day that it can mean.

Dates are written in EDTF, the Extended Date/Time Format of the Library of Congress:
``1917-11-07`` a day, ``1902-09`` a month, ``1902-22`` a season (21 spring to 24 winter),
``1899~`` about 1899, ``1899?`` perhaps 1899, ``A/B`` from A to B, ``[A,B]`` one of the two.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# The month in which each season starts, by its EDTF number: spring, summer, autumn, winter.
SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}

# How far "about" reaches on each side, in days. EDTF leaves this open: it is our reading.
ABOUT = {"day": 3, "month": 31, "season": 62, "year": 366, "decade": 3653}

_FORM = re.compile(
    r"(?P<decade>\d{3})X|(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?", re.ASCII
)


class HistoricalDate(NamedTuple):
    """A date as it is written, with the first and the last day that it can mean.

    ``precision`` is day, month, season, year, decade, span (from one date to another) or
    choice (one of several). ``approximate`` stands for "about", ``uncertain`` for "perhaps".
    """

    text: str
    earliest: date
    latest: date
    precision: str
    approximate: bool = False
    uncertain: bool = False


def parse(text: str) -> HistoricalDate:
    """The date that an EDTF text means.

    Read here and not by the ``edtf`` library, which takes 7 to 46 milliseconds a date and
    would double the start of a lesson; the tests hold the two against each other.

    Raises TypeError for anything but text, ValueError when it is no EDTF date or a span that
    runs backwards.

    >>> parse("1902-22").earliest, parse("1902-22").latest
    (datetime.date(1902, 6, 1), datetime.date(1902, 8, 31))
    >>> parse("1899~").approximate
    True
    """
    if not isinstance(text, str):
        raise TypeError(
            f"a date is text such as '1917-11-07', not {type(text).__name__}: take one value out "
            "of a column with .item()"
        )
    return _parse(text)


@cache
def _parse(text: str) -> HistoricalDate:
    if "/" in text:
        return _join(text, text.split("/"), "span")
    if text.startswith("[") and text.endswith("]"):
        return _join(text, text[1:-1].split(","), "choice")
    return _single(text)


def _single(text: str) -> HistoricalDate:
    """A date that is neither a span nor a choice."""
    bare = text.rstrip("~?%")
    sign = text[len(bare) :]
    if len(sign) > 1:
        raise ValueError(f"{text!r} has more than one sign: write % for both ~ and ?")
    earliest, latest, precision = _bounds(bare, text)
    return HistoricalDate(text, earliest, latest, precision, sign in ("~", "%"), sign in ("?", "%"))


def parts(text: str) -> list[str]:
    """The single dates of which an EDTF text is made.

    >>> parts("1906-11/1907-01")
    ['1906-11', '1907-01']
    """
    return [part.strip() for part in text.strip("[]").replace("/", ",").split(",")]


def _join(text: str, pieces: list[str], precision: str) -> HistoricalDate:
    """A span or a choice, made of the dates on either side of its slash or commas."""
    dates = [_single(piece.strip()) for piece in pieces]
    if precision == "span" and len(dates) != 2:
        raise ValueError(f"{text!r} has more than one slash: a span is written first/last")
    if precision == "span" and dates[0].earliest > dates[1].latest:
        raise ValueError(f"{text!r} runs backwards: write the earlier date before the slash")
    return HistoricalDate(
        text,
        min(one.earliest for one in dates),
        max(one.latest for one in dates),
        precision,
        any(one.approximate for one in dates),
        any(one.uncertain for one in dates),
    )


def _bounds(bare: str, text: str) -> tuple[date, date, str]:
    """First day, last day and precision of one date without its sign."""
    if bare[4:5] == bare[7:8] == "-":  # a day, as nearly all dates are: the quick way
        try:
            return (day := date.fromisoformat(bare)), day, "day"
        except ValueError:
            pass  # the long way finds the words for what is wrong
    form = _FORM.fullmatch(bare)
    if form is None:
        raise ValueError(
            f"{text!r} is not an EDTF date: write 1917, 1917-11, 1917-11-07, 1917-23 (autumn), "
            "1917~ (about), 1917? (perhaps), 1917-11/1918-01 (span) or [1917,1918] (one of)"
        )
    try:
        return _days_of(form)
    except ValueError as error:
        raise ValueError(f"{text!r} is not in the calendar: {error}") from None


def _days_of(form: re.Match[str]) -> tuple[date, date, str]:
    """The same of the parts of a date; raises ValueError for what no calendar has."""
    if form["decade"]:
        first_year = int(form["decade"]) * 10
        return date(first_year, 1, 1), date(first_year + 9, 12, 31), "decade"
    year = int(form["year"])
    if form["month"] is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    month = int(form["month"])
    if month in SEASON_STARTS:
        return *_season(year, SEASON_STARTS[month]), "season"
    if form["day"] is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    day = date(year, month, int(form["day"]))
    return day, day, "day"


def _season(year: int, first_month: int) -> tuple[date, date]:
    """The three months of a season; a winter is named after the year in which it begins."""
    last_year, last_month = (year, first_month + 2) if first_month < 11 else (year + 1, 2)
    last_day = monthrange(last_year, last_month)[1]
    return date(year, first_month, 1), date(last_year, last_month, last_day)


def loose_bounds(text: str) -> tuple[date, date]:
    """Earliest and latest day of an EDTF text, widened where it says "about" (see ABOUT).

    >>> loose_bounds("1917-11-07~")
    (datetime.date(1917, 11, 4), datetime.date(1917, 11, 10))
    """
    reach = []
    for part in parts(text):
        one = parse(part)
        margin = timedelta(days=ABOUT[one.precision] if one.approximate else 0)
        reach += [_shifted(one.earliest, -margin), _shifted(one.latest, margin)]
    return min(reach), max(reach)


def _shifted(day: date, margin: timedelta) -> date:
    """A day some days later or earlier, but within the years 1 to 9999."""
    try:
        return day + margin
    except OverflowError:
        return date.min if margin < timedelta() else date.max


def overlap(first: str, second: str) -> bool:
    """Whether two EDTF texts can mean the same day: then two sources agree on a date.

    >>> overlap("1897", "1897-03-15"), overlap("1896", "1897-03-15")
    (True, False)
    """
    return any(
        one_start <= other_end and other_start <= one_end
        for one_start, one_end in _possible(first)
        for other_start, other_end in _possible(second)
    )


@cache
def _possible(text: str) -> list[tuple[date, date]]:
    """The loose bounds of a date; of a choice, those of each of its dates."""
    is_choice = parse(text).precision == "choice"
    return [loose_bounds(part) for part in (parts(text) if is_choice else [text])]


def days_between(start: str, end: str) -> tuple[int, int]:
    """Fewest and most days from one EDTF date to another: the difference of the days.

    A date with "about" is widened first (see ABOUT).

    Raises ValueError when the end can only lie before the start.

    >>> days_between("1902-08-21", "1902-10")
    (41, 71)
    """
    (start_earliest, start_latest), (end_earliest, end_latest) = map(loose_bounds, (start, end))
    most = (end_latest - start_earliest).days
    if most < 0:
        raise ValueError(f"{end} ends before {start} begins: give the earlier date first")
    return max((end_earliest - start_latest).days, 0), most


def age(born: str, on: str) -> tuple[int, int]:
    """Least and greatest age, in completed years, on an EDTF date.

    A date with "about" is widened first (see ABOUT).

    Raises ValueError when the date can only lie before the birth.

    >>> age("1879-11-07", "1898-02-09")
    (18, 18)
    >>> age("1879-11-07", "1898")
    (18, 19)
    """
    (born_earliest, born_latest), (on_earliest, on_latest) = map(loose_bounds, (born, on))
    if on_latest < born_earliest:
        raise ValueError(f"{on} lies before the birth on {born}: give the birth first")
    youngest = _completed_years(born_latest, on_earliest)
    return max(youngest, 0), _completed_years(born_earliest, on_latest)


def _completed_years(start: date, end: date) -> int:
    before_birthday = (end.month, end.day) < (start.month, start.day)
    return end.year - start.year - before_birthday


def weekday(text: str) -> str:
    """The day of the week of a New Style day.

    Raises ValueError when the date is not one certain day.

    >>> weekday("1917-11-07")
    'Wednesday'
    """
    one = parse(text)
    if one.precision != "day" or one.approximate or one.uncertain:
        kind = "an uncertain day" if one.precision == "day" else f"a {one.precision}"
        raise ValueError(f"{text!r} is {kind}: only a single certain day has a weekday")
    return WEEKDAYS[one.earliest.weekday()]
