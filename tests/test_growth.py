"""The generator of larger data, and the exponent that is fitted to what was measured."""

import csv
import json

import pytest
from bench import growth
from lessons import ROOT

from helpers.dates import parse

MOST = 1.15  # n log n is 1.09 between the first two sizes; the rest is chance


@pytest.fixture(scope="module")
def schemas():
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return {one["name"]: one["schema"] for one in package["resources"]}


def some(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[:300]


def test_the_first_copy_is_the_data(schemas):
    rows = some("events")
    assert list(growth.copies(rows, schemas["events"], 0)) == rows


@pytest.mark.parametrize("name", growth.GROWN)
def test_a_copy_has_names_of_its_own_and_dates_that_are_dates(name, schemas):
    rows = [row for row in some(name) if row.get("table", "") in ("", *growth.GROWN)]
    schema = schemas[name]
    made = list(growth.copies(rows, schema, 3))
    keys = [
        {tuple(row[one] for one in schema["primaryKey"]) for row in one} for one in (rows, made)
    ]
    assert not keys[0] & keys[1]
    assert len(keys[0]) == len(keys[1])
    dates = [one["name"] for one in schema["fields"] if "EDTF" in one.get("rdfType", "")]
    for old, new in zip(rows, made, strict=True):
        for column in dates:
            assert bool(new[column]) == bool(old[column])
            if new[column] and not column.endswith("_os"):
                assert parse(new[column]).earliest.year - parse(old[column]).earliest.year == 84


def test_a_copy_of_an_attestation_speaks_of_the_copy_of_its_row(schemas):
    row = next(one for one in some("attestations") if one["calendar"] == "os" and one["stated"])
    (made,) = growth.copies([row], schemas["attestations"], 2)
    assert (made["table"], made["field"]) == (row["table"], row["field"])
    assert made["row_id"] == f"{row['row_id']}-copy2"
    assert made["source_id"] == f"{row['source_id']}-copy2"
    assert made["stated"] == growth.later(row["stated"], 2) != row["stated"]


def test_what_speaks_of_a_row_that_stands_once_is_not_copied(schemas):
    rows = [row | {"table": "offices"} for row in some("attestations")[:3]]
    assert list(growth.copies(rows, schemas["attestations"], 1)) == []


def test_dates_move_by_whole_cycles_and_never_past_2262():
    assert growth.later("1917-11-07/1917-11-09", 999) == "2057-11-07/2057-11-09"
    assert growth.later("1916-02-29", 1) == "1944-02-28"


def test_exponents():
    assert growth.exponents([10, 100, 1000], [2.0, 20.0, 2000.0]) == [1.0, 2.0]


def test_a_size_that_was_stopped_has_only_what_was_done():
    found = {1: {"a": (100, 1.0), "b": (100, 1.0)}, 10: {"a": (1000, 10.0)}}
    rows = growth.table(found)
    assert [(row["what"], row["times"], row["exponent"]) for row in rows] == [
        ("a", 1, None),
        ("a", 10, 1.0),
        ("b", 1, None),
    ]


def test_what_is_stored_can_be_read_again(tmp_path):
    found = {1: {"a": (100, 1.0)}, 10: {"a": (1000, 10.0), "b": (50, 2.0)}}
    growth.write(found, tmp_path / "growth.csv")
    assert growth.stored(tmp_path / "growth.csv") == found
    assert growth.stored(tmp_path / "nothing.csv") == {}


def test_nothing_that_was_measured_grows_faster_than_n_log_n():
    rows = growth.table(growth.stored())
    assert {row["times"] for row in rows} >= {1, 10, 100}
    for row in rows:
        power = row["exponent"] or 0
        assert power <= MOST, f"{row['what']} at {row['times']} times the rows: {power}"
