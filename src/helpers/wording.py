"""Values in the words and numbers that readers expect."""

import re

from helpers.calendars import plain

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def plain_name(value: object) -> str:
    """The value as readers want it: an id without its joints, a day in words.

    >>> plain_name("internal-exile"), plain_name("Brest-Litovsk"), plain_name("1917-11-07")
    ('internal exile', 'Brest-Litovsk', '7 November 1917')
    """
    text = str(value).strip()
    if _DAY.fullmatch(text):
        return plain(text)
    return re.sub("[-_]", " ", text) if _ID.fullmatch(text) else text


def sentence_case(value: object) -> str:
    """The plain name with a capital letter at its start, as in a legend or beside an axis.

    >>> sentence_case("no-answer")
    'No answer'
    """
    text = plain_name(value)
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """A number as readers want it: all its digits, in groups of three."""
    return f"{value:,.10g}"
