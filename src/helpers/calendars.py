"""Two calendars, Old Style (Julian) and New Style (Gregorian), and dates in plain English.

Russia kept the Old Style until 31 January 1918; the next day was 14 February, New Style. The two
lie 12 days apart until 28 February 1900 Old Style, and 13 days apart from 1 March 1900 on.
Days are converted by way of the Julian Day Number, a plain count of days; the arithmetic is the
one of Hatcher (1984) as given in the Explanatory Supplement to the Astronomical Almanac (2013).
"""

import re
from collections.abc import Callable
from datetime import date

from helpers.dates import parse

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The Julian Day Number of the day before 1 January of the year 1, New Style.
_DAY_ZERO = 1721425


def new_style(text: str) -> str:
    """The New Style form of an Old Style EDTF date.

    A day becomes a day, and a month becomes the span of its days. Years and seasons stay as
    they are: twelve days do not matter at that width.

    Raises ValueError when a day does not exist in the Old Style calendar, or a span runs backwards.

    >>> new_style("1917-10-25")
    '1917-11-07'
    >>> new_style("1898-01")
    '1898-01-13/1898-02-12'
    """
    converted = _convert(text, _new_style_day, _julian_month_length)
    if "/" in text:
        parse(converted)  # raises where the span runs backwards
    return converted


def old_style(text: str) -> str:
    """The Old Style form of a New Style EDTF date, by the same rules as `new_style`.

    Raises ValueError when a day does not exist in the New Style calendar.

    >>> old_style("1900-03-13")
    '1900-02-29'
    """
    if "/" in text:
        parse(text)
    return _convert(text, _old_style_day, _gregorian_month_length)


def _convert(
    text: str, convert_day: Callable[[str], str], month_length: Callable[[int, int], int]
) -> str:
    """An EDTF text with each of its days and months written in the other calendar."""
    if not text.isascii() or "[" in text[1:]:
        parse(text)  # raises: other scripts have digits of their own, and no choice holds another
    if _DAY.fullmatch(text):
        return convert_day(text)  # most dates are days: the quick way
    if text.startswith("[") and text.endswith("]"):
        pieces = [
            _convert(piece.strip(), convert_day, month_length) for piece in text[1:-1].split(",")
        ]
        if any("/" in piece for piece in pieces):
            raise ValueError(f"{text!r} has a month among its choices: write it as days")
        return f"[{','.join(pieces)}]"
    first, slash, last = text.partition("/")
    first_days = _days_of(first, month_length)
    last_days = _days_of(last, month_length) if slash else first_days
    start, end = first_days[0], last_days[-1]
    ends = [
        re.sub(r"\d{4}-\d{2}-\d{2}", lambda day: convert_day(day[0]), one) for one in (start, end)
    ]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def _days_of(text: str, month_length: Callable[[int, int], int]) -> list[str]:
    """First and last day of a month, with its sign; anything else as it stands.

    A day is left unread, because only its own calendar can tell whether it exists.
    """
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])([~?%]?)", text)
    if month is None and not re.fullmatch(r"\d{4}-\d\d-\d\d[~?%]?", text):
        parse(text)
    if month is None:
        return [text]
    length = month_length(int(month[1]), int(month[2]))
    return [f"{month[1]}-{month[2]}-{day:02}{month[3]}" for day in (1, length)]


def _new_style_day(text: str) -> str:
    year, month, day = (int(number) for number in text.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= _julian_month_length(year, month)):
        raise ValueError(f"{text} does not exist in the Old Style calendar: check month and day")
    years = year + 4800 - (month < 3)
    months_from_march = (month - 3) % 12
    days_from_march = (153 * months_from_march + 2) // 5 + day - 1
    julian_day_number = days_from_march + 365 * years + years // 4 - 32082
    try:
        return date.fromordinal(julian_day_number - _DAY_ZERO).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(f"{text} lies outside the years 1 to 9999 of the New Style") from None


def _old_style_day(text: str) -> str:
    day_count = parse(text).earliest.toordinal() + _DAY_ZERO + 32082
    years, rest = divmod(4 * day_count + 3, 1461)
    days_from_march = rest // 4
    months_from_march, rest = divmod(5 * days_from_march + 2, 153)
    month = (months_from_march + 2) % 12 + 1
    return f"{years - 4800 + (month < 3):04}-{month:02}-{rest // 5 + 1:02}"


def _julian_month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _gregorian_month_length(year: int, month: int) -> int:
    return parse(f"{year:04}-{month:02}").latest.day


def plain(text: str, text_os: str = "") -> str:
    """A date in plain English; with its Old Style form, Old Style first and New in brackets.

    Raises ValueError when the text is no EDTF date in either calendar.

    >>> plain("1902-22"), plain("1899~")
    ('summer 1902', 'about 1899')
    >>> plain("1917-11-07", "1917-10-25")
    '25 October (7 November) 1917'
    """
    _require_date(text)
    new = _in_words(text)
    if not text_os or text_os == text:
        return new
    old = _in_words(text_os)
    if re.fullmatch(r"\d{4}-\d{2}[~?%]?", text_os):
        return f"{old} (Old Style)"
    for shared in _tails(new):
        heads = [words.removesuffix(shared) for words in (old, new)]
        names_a_month = any(month in head for month in MONTHS for head in heads)
        if old.endswith(shared) and (shared.count(" ") == 1 or not names_a_month):
            return f"{heads[0]} ({heads[1]}){shared}"
    return f"{old} ({new})"


def _require_date(text: str) -> None:
    """Raise ValueError unless one of the calendars has the date: 29 February 1900 is Old Style."""
    try:
        parse(text)
    except ValueError as no_new_style_date:
        try:
            new_style(text)
        except ValueError:
            raise no_new_style_date from None


def _in_words(text: str) -> str:
    if text.startswith("["):
        choices = [_in_words(piece.strip()) for piece in text[1:-1].split(",")]
        listed = [", ".join(choices[:-1])] if choices[1:] else []
        return _drop_repeats(" or ".join([*listed, choices[-1]]), " or ")
    if "/" in text:
        return _drop_repeats(" to ".join(_in_words(piece) for piece in text.split("/")), " to ")
    bare = text.rstrip("~?%")
    lead = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(text[len(bare) :], "")
    return lead + _one_in_words(bare)


def _one_in_words(bare: str) -> str:
    year, *rest = bare.split("-")
    if year.endswith("X"):
        return f"the {year.replace('X', '0')}s"
    if not rest:
        return year
    number = int(rest[0])
    if number in SEASONS:
        return f"{SEASONS[number]} {year}"
    words = f"{MONTHS[number - 1]} {year}"
    return words if len(rest) == 1 else f"{int(rest[1])} {words}"


def _drop_repeats(words: str, link: str) -> str:
    """Linked dates without what the last one says again, as in 1 to 3 March 1898."""
    *firsts, last = words.split(link)
    shared = (tail for tail in _tails(last) if all(one.endswith(tail) for one in firsts))
    repeat = next(shared, "")
    return link.join([*(one.removesuffix(repeat) for one in firsts), last])


def _tails(words: str) -> list[str]:
    """What two dates can share at their end: month and year, or the year; the longest first."""
    parts = words.rsplit(" ", 2)
    return [f" {' '.join(parts[count:])}" for count in range(1, len(parts))]
