"""The tables of data/, ready to be looked up thousands of times: plain rows, empty text for gaps.

What is returned is shared: only read it.
"""

from functools import cache
from typing import Any

from helpers.calendars import plain
from helpers.evidence import attestations
from helpers.tables import foreign_keys, key, load, names

Row = dict[str, Any]


@cache
def rows(table: str) -> list[Row]:
    """All rows of a table, in its order; whole numbers as such, gaps as empty text."""
    frame = load(table)
    return frame.astype(object).where(frame.notna(), "").to_dict("records")


@cache
def by_id(table: str) -> dict[str, Row]:
    """The rows of a table by their id."""
    name = key(table)[0]
    return {row[name]: row for row in rows(table)}


@cache
def _grouped(table: str, column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows(table):
        found.setdefault(row[column], []).append(row)
    return found


def where(table: str, column: str, value: str) -> list[Row]:
    """The rows of a table that have a value in a column, in the order of the table."""
    return _grouped(table, column).get(value, [])


@cache
def _attested() -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for table in {row["table"] for row in rows("attestations")}:
        for one in attestations(table).fillna("").itertuples():
            found.setdefault((table, one.row_id), []).append(one)
    return found


def attested(table: str, row_id: str) -> list[Any]:
    """What each source says of a row: a row of `attestations`, as a named tuple."""
    return _attested().get((table, row_id), [])


@cache
def pointing(table: str) -> list[tuple[str, str]]:
    """The tables, and their columns, that point to a table."""
    pairs = [(name, column, to) for name in names() for column, to in foreign_keys(name).items()]
    return [(name, column) for name, column, (target, _) in pairs if target == table]


def when(row: Row, column: str = "date") -> str:
    """The date of a row in plain English, in both calendars where both are known; perhaps empty."""
    return plain(row[column], row.get(f"{column}_os", "")) if row[column] else ""


def span(row: Row) -> str:
    """From when to when, in plain English; one date where the two are equal."""
    start, end = when(row, "start"), when(row, "end")
    if start == end:
        return start
    if not start or not end:
        return start or (end and f"until {end}")
    return f"{start} \N{EN DASH} {end}" if " to " in start + end else f"{start} to {end}"


def in_time(found: list[Row], column: str = "date") -> list[Row]:
    """Rows in order of their dates; those without a date last."""
    return sorted(
        found, key=lambda row: (str(row[f"{column}_earliest"]) or "9", str(row[f"{column}_latest"]))
    )
