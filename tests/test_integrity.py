"""Faults that only two cells or two files can show: each is answered in one line."""

import pandas as pd
import pytest

from helpers import integrity
from helpers.tables import load


def test_the_data_have_no_faults():
    assert integrity.faults() == []


def broken(name: str, row_id: str, cells: dict[str, str | None]) -> list[str]:
    """The faults of the tables named, when some cells of one row are changed."""
    needed = ("places", "people", "events", "stays", "offices", "attestations", "sources")
    tables = {one: load(one) for one in needed}
    # Thousands of attestations without a fault, which the test above reads, say nothing here.
    told = tables["attestations"]
    tables["attestations"] = told[told["row_id"] == row_id].copy()
    table = tables[name]
    chosen = table[table.columns[0]] == row_id
    if name == "attestations":
        chosen = (table["row_id"] == row_id) & (table["field"] == "date")
        chosen &= ~chosen.duplicated()
    assert chosen.sum() == 1
    for column, value in cells.items():
        table.loc[chosen, column] = value
    return integrity.faults(tables)


@pytest.mark.parametrize(
    ("name", "row_id", "cells", "message"),
    [
        (
            *("events", "birth-1879", {"place_id": "yanowka"}),
            "column 'place_id': 'yanowka' found, expected a row of places.csv .place_id.. Correct",
        ),
        (
            *("people", "lenin", {"death_place_id": "gorky"}),
            "column 'death_place_id': 'gorky' found, expected a row of places.csv",
        ),
        (
            *("places", "coyoacan", {"within": "mexico"}),
            "column 'within': 'mexico' found, expected a row of places.csv",
        ),
        (
            *("events", "october-rising-1917", {"date": "1917-11-06"}),
            "'1917-11-06' found, expected 1917-11-07. One of the two is wrong: 1917-10-25 Old",
        ),
        (
            *("events", "birth-1879", {"date_os": "1879-10-25"}),
            "'1879-11-07' found, expected 1879-11-06. One of the two is wrong",
        ),
        (
            *("events", "death-lenin-1924", {"date_os": "1924-01-08"}),
            "column 'date_os': '1924-01-08' found, expected nothing. Russia had the New Style",
        ),
        (
            *("attestations", "birth-1879", {"row_id": "brith-1879"}),
            "column 'row_id': 'brith-1879' found, expected a row of events.csv",
        ),
        (
            *("attestations", "birth-1879", {"field": "day"}),
            "column 'field': 'day' found, expected a column of events.csv: event_id, date",
        ),
        (
            *("attestations", "birth-1879", {"source_id": "nobody-1900"}),
            "column 'source_id': 'nobody-1900' found, expected a row of sources.csv",
        ),
        (
            *("attestations", "birth-1879", {"stated": "26 October"}),
            "column 'stated': '26 October' found, expected an EDTF date",
        ),
        (
            *("attestations", "birth-1879", {"calendar": None}),
            "column 'calendar': '' found, expected os or ns. Say in which calendar",
        ),
        (
            *("attestations", "birth-1879", {"field": "title"}),
            "column 'calendar': '[on]s' found, expected nothing. Only a stated date has",
        ),
        (
            *(
                "attestations",
                "birth-1879",
                {"field": "place_id", "stated": "yanowka", "calendar": None},
            ),
            "column 'stated': 'yanowka' found, expected a row of places.csv",
        ),
    ],
)
def test_a_fault_is_answered_with_place_value_and_mend(name, row_id, cells, message):
    found = broken(name, row_id, cells)
    assert len(found) == 1
    place, _, rest = found[0].partition(", ")
    assert place == f"data/{name}.csv"
    assert rest.startswith("row ")
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(rest)


def test_dates_that_run_backwards_are_answered():
    tables = {"people": load("people")}
    chosen = tables["people"]["person_id"] == "trotsky"
    tables["people"].loc[chosen, "died_latest"] = pd.Timestamp("1879-01-01")
    (found,) = integrity.faults(tables)
    assert "column 'died': '1940-08-21' found, expected a date not before born" in found


def test_the_row_is_counted_as_an_editor_counts_lines():
    events = load("events")
    position = list(events["event_id"]).index("birth-1879")
    (found,) = broken("events", "birth-1879", {"place_id": "yanowka"})
    assert f"row {position + 2}," in found
