"""What the sources say of a fact, and how the fact stands: the factoid approach.

A fact is not simply true: it is what a source says (Bradley and Short 2005, "Texts into
Databases: The Evolving Field of New-style Prosopography"). An attestation is what one source
says of one field of one row. Two attestations are independent only when their lineages differ:
a book that retells *My Life* is no second witness. How a fact stands is computed here, never
stored.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from helpers.calendars import new_style
from helpers.dates import overlap
from helpers.tables import key, load, schemas

STANDINGS = ("well attested", "attested", "contested", "unattested")


class Witness(NamedTuple):
    """One attestation, ready to be compared: dates in New Style, empty text for no value."""

    field: str
    lineage: str
    value: str
    is_date: bool


def attestations(table: str, row_id: str = "", field: str = "") -> pd.DataFrame:
    """What each source says of a table, of one row of it, or of one field of that row.

    Columns: those of the attestations table, then author, title, year, kind and standpoint of the
    source. ``lineage`` is that of the passage where it has one of its own, else the source's.

    Raises KeyError for an unknown table, row or field.

    >>> attestations("events", "birth-1879", "date")["lineage"].nunique() > 1
    True
    """
    _require(table, row_id, field)
    rows = _all_attestations()
    if row_id:
        rows = rows.take(_positions().get((table, row_id), []))
    else:
        rows = rows[rows["table"] == table]
    if field:
        rows = rows[rows["field"] == field]
    return rows.reset_index(drop=True)


def standing(table: str, row_id: str, field: str = "") -> str:
    """How a row stands, or one field of it.

    - *well attested*: two or more lineages support it, and none disagrees
    - *attested*: one lineage supports it, and none disagrees
    - *contested*: two lineages give values that cannot both be right
    - *unattested*: no source is named for it

    Dates agree when they can mean the same day, whatever the calendar; places when they are the
    same or one lies within the other; other values when they are equal. A source that tells of the
    event without a date or a place neither agrees nor disagrees on it, but it does support the
    event. What a source states under ``summary`` it states against the row.

    Raises KeyError for an unknown table, row or field.
    """
    found = testimony(table, row_id, field)
    if not found:
        return "unattested"
    several = len({one.lineage for one in found}) > 1
    contradicted = any(one.field == "summary" and one.value for one in found)
    if (several and contradicted) or any(_disagree(*pair) for pair in combinations(set(found), 2)):
        return "contested"
    return "well attested" if several else "attested"


def standings(table: str, field: str = "") -> pd.Series:
    """How every row of a table stands, by row id: the words that `standing` gives.

    Raises KeyError for an unknown table or field.

    >>> standings("events")["birth-1879"] in STANDINGS
    True
    """
    row_ids = pd.Index(load(table)[key(table)[0]])
    return pd.Series([standing(table, one, field) for one in row_ids], row_ids, name="standing")


def witnesses(table: str, field: str = "") -> pd.Series:
    """How many independent lineages speak of every row of a table, by row id.

    Raises KeyError for an unknown table or field.

    >>> int(witnesses("events")["birth-1879"]) > 2
    True
    """
    row_ids = pd.Index(load(table)[key(table)[0]])
    counts = [len({one.lineage for one in testimony(table, row, field)}) for row in row_ids]
    return pd.Series(counts, row_ids, name="witnesses")


def testimony(table: str, row_id: str, field: str = "") -> list[Witness]:
    """What each attestation of a row says, ready to be compared: dates in New Style.

    Raises KeyError for an unknown table, row or field.
    """
    _require(table, row_id, field)
    found = _witnesses_by_row().get((table, row_id), [])
    return [one for one in found if not field or one.field == field]


def _disagree(one: Witness, other: Witness) -> bool:
    """Whether two lineages give values of one field that cannot both be right."""
    if one.field != other.field or one.lineage == other.lineage:
        return False
    if not one.value or not other.value:
        return False
    if one.is_date:
        return not overlap(one.value, other.value)
    spans = span_of_numbers(one.value), span_of_numbers(other.value)
    if all(spans):
        return spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0]
    return not (contains(one.value, other.value) or contains(other.value, one.value))


def contains(place_id: str, other: str) -> bool:
    """Whether a place is another, or the town or area that holds it.

    >>> contains("odessa", "odessa-prison"), contains("odessa-prison", "odessa")
    (True, False)
    """
    within = _within()
    while other != place_id and other in within:
        other = within[other]
    return other == place_id


def span_of_numbers(text: str) -> tuple[float, float] | None:
    """The least and the greatest number that a text such as 60 or 21/30 gives; else None.

    >>> span_of_numbers("21/30"), span_of_numbers("escape")
    ((21.0, 30.0), None)
    """
    if not re.fullmatch(r"\d+(\.\d+)?(/\d+(\.\d+)?)?", text):
        return None
    least, _, most = text.partition("/")
    return float(least), float(most or least)


def _require(table: str, row_id: str, field: str) -> None:
    """Raise KeyError unless attestations can speak of that table, row and field."""
    if table not in _attested_tables():
        known = ", ".join(_attested_tables())
        raise KeyError(f"{table!r} is no table with attestations; choose one of {known}")
    if row_id and row_id not in _row_ids(table):
        raise KeyError(f"the table {table} has no row {row_id!r}; look in load({table!r})")
    if field and field not in _fields(table):
        raise KeyError(f"{table} has no field {field!r}; choose one of {', '.join(_fields(table))}")


@cache
def _attested_tables() -> list[str]:
    fields = {one["name"]: one for one in schemas()["attestations"]["fields"]}
    return fields["table"]["constraints"]["enum"]


@cache
def _fields(table: str) -> list[str]:
    return [one["name"] for one in schemas()[table]["fields"]]


@cache
def _within() -> dict[str, str]:
    """For each place that lies within another: that other."""
    return load("places").dropna(subset="within").set_index("place_id")["within"].to_dict()


@cache
def _row_ids(table: str) -> frozenset[str]:
    return frozenset(load(table)[key(table)[0]])


@cache
def _all_attestations() -> pd.DataFrame:
    """All attestations with their sources; a passage without lineage takes its source's."""
    columns = ["author", "title", "year", "kind", "standpoint", "lineage"]
    rows, sources = load("attestations"), load("sources").set_index("source_id")[columns]
    found = sources.reindex(rows["source_id"]).reset_index(drop=True)  # half the time of a merge
    lineage = rows["lineage"].fillna(found.pop("lineage"))
    return pd.concat([rows.assign(lineage=lineage), found], axis=1)


@cache
def _positions() -> dict[tuple[str, str], Sequence[int]]:
    """Where the attestations of each row stand, by table and row."""
    return _all_attestations().groupby(["table", "row_id"]).indices


@cache
def _witnesses_by_row() -> dict[tuple[str, str], list[Witness]]:
    rows = _all_attestations()
    columns = ["table", "row_id", "field", "lineage", "stated", "calendar"]
    cells = (rows[name].fillna("").tolist() for name in columns)  # far faster than row by row
    found: dict[tuple[str, str], list[Witness]] = {}
    for table, row_id, field, lineage, stated, calendar in zip(*cells, strict=True):
        value = new_style(stated) if calendar == "os" and stated else stated
        witness = Witness(field, lineage, value, is_date=bool(calendar))
        found.setdefault((table, row_id), []).append(witness)
    return found
