"""What the sources say of a fact, and how the fact stands: the factoid approach.

A fact is not simply true: it is what a source says (Bradley and Short 2005, "Texts into
databases: the evolving field of new-style prosopography"). Each attestation is what one source
says of one field of one row. Two attestations are independent only when their lineages differ:
a book that retells *My Life* is no second witness. How a fact stands is computed here, never
stored.
"""

from functools import cache

import pandas as pd

from helpers.calendars import new_style
from helpers.dates import overlap
from helpers.tables import key, load, names

STANDINGS = ("well attested", "attested", "contested", "unattested")


def attestations(table: str, row_id: str, field: str = "") -> pd.DataFrame:
    """What each source says of a row, or of one field of it, with the source beside it.

    Columns: those of the attestations table, then author, title, year, kind and standpoint of the
    source. ``lineage`` is that of the passage, where it has one of its own, else the source's.

    Raises KeyError for an unknown table or row.

    >>> attestations("events", "birth-1879", "date")["lineage"].nunique() > 1
    True
    """
    _require_row(table, row_id)
    chosen = _all_attestations().query("table == @table and row_id == @row_id")
    if field:
        chosen = chosen[chosen["field"] == field]
    return chosen.reset_index(drop=True)


def standing(table: str, row_id: str, field: str = "") -> str:
    """How a row stands, or one field of it.

    - *well attested*: two or more lineages support it, and none disagrees
    - *attested*: one lineage supports it, and none disagrees
    - *contested*: two lineages give values that cannot both be right
    - *unattested*: no source is named for it

    Dates agree when they can mean the same day, whatever the calendar; other values when they are
    equal. A source that tells of the event without a date or a place neither agrees nor disagrees
    on it, but it does support the event.

    Raises KeyError for an unknown table or row.
    """
    found = attestations(table, row_id, field)
    if found.empty:
        return "unattested"
    if any(_disagree(group, table) for _, group in found.groupby("field")):
        return "contested"
    return "well attested" if found["lineage"].nunique() > 1 else "attested"


def standings(table: str, field: str = "") -> pd.Series:
    """How every row of a table stands, by row id: the values that `standing` gives.

    >>> standings("events")["birth-1879"] in STANDINGS
    True
    """
    row_ids = load(table)[_id_column(table)]
    values = [standing(table, row_id, field) for row_id in row_ids]
    return pd.Series(values, index=pd.Index(row_ids, name=_id_column(table)), name="standing")


def _id_column(table: str) -> str:
    return key(table)[0]


def _require_row(table: str, row_id: str) -> None:
    if table not in names():
        raise KeyError(f"there is no table {table!r}; choose one of {', '.join(names())}")
    if row_id not in _row_ids(table):
        raise KeyError(f"the table {table} has no row {row_id!r}; look in load({table!r})")


@cache
def _row_ids(table: str) -> frozenset[str]:
    return frozenset(load(table)[_id_column(table)])


@cache
def _all_attestations() -> pd.DataFrame:
    """All attestations with their sources; a passage without lineage takes its source's."""
    columns = ["source_id", "author", "title", "year", "kind", "standpoint", "lineage"]
    sources = load("sources")[columns].rename(columns={"lineage": "source_lineage"})
    joined = load("attestations").merge(sources, on="source_id", how="left", validate="many_to_one")
    joined["lineage"] = joined["lineage"].fillna(joined["source_lineage"])
    return joined.drop(columns="source_lineage")


def _disagree(found: pd.DataFrame, table: str) -> bool:
    """Whether two lineages give values of one field that cannot both be right."""
    stated = found.dropna(subset="stated")
    values = [
        (row.lineage, new_style(row.stated) if row.calendar == "os" else row.stated, row.calendar)
        for row in stated.itertuples()
    ]
    return any(
        lineage != other_lineage
        and not (overlap(value, other) if isinstance(calendar, str) else value == other)
        for lineage, value, calendar in values
        for other_lineage, other, _ in values
    )
