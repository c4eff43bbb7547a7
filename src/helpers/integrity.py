"""What the tables must be together: pointers that lead somewhere, dates that agree.

`load` refuses a file that breaks its own schema. What only two cells or two files can show is
found here. Each fault is one line that names file, row, column, value and the mend. Where there
is none, the checksums of the files are written into datapackage.json.

    python -m helpers.integrity
"""

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd

from helpers.calendars import new_style
from helpers.checksums import PACKAGE, seal, write_checksums
from helpers.dates import parse
from helpers.reading import EDTF, OLD_STYLE_SUFFIX, TableError
from helpers.tables import data_path, foreign_keys, key, load_checked, names, path_of, schemas

# Dates of which the first must not lie after the second.
IN_ORDER = {
    "people": ("born", "died"),
    "relations": ("start", "end"),
    "stays": ("start", "end"),
    "offices": ("start", "end"),
    "works": ("written", "published"),
    "organisations": ("founded", "ended"),
}

# The first day of the New Style in Russia.
CHANGE_OF_CALENDAR = "1918-02-14"


def faults(tables: dict[str, pd.DataFrame] | None = None) -> list[str]:
    """Every fault of the tables given, or of all of data/, each as one line.

    Raises TableError where a file cannot be read at all.
    """
    tables = tables or {name: load_checked(name) for name in names()}
    found: list[TableError] = []
    for name, table in tables.items():
        found += _lost_pointers(name, table, tables)
        found += _calendars_that_disagree(name, table)
        found += _dates_out_of_order(name, table)
    if "attestations" in tables:
        found += _attestations_of_nothing(tables)
        found += _statements_out_of_form(tables)
    return [str(one) for one in found]


def _lost_pointers(
    name: str, table: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> Iterator[TableError]:
    """Cells that name a row that another table does not have."""
    for column, (target, target_column) in foreign_keys(name).items():
        if target not in tables:
            continue
        known = set(tables[target][target_column])
        for row, value in table[column].dropna().items():
            if value not in known:
                expected = f"a row of {path_of(target)} ({target_column})"
                mend = "Correct it, or add that row."
                yield _fault(name, row, column, value, expected, mend)


def _calendars_that_disagree(name: str, table: pd.DataFrame) -> Iterator[TableError]:
    """Old Style dates that are not the New Style date beside them, or come after the change."""
    for old in [column for column in table if column.endswith(OLD_STYLE_SUFFIX)]:
        new = old.removesuffix(OLD_STYLE_SUFFIX)
        for row, both in table[[old, new]].dropna().iterrows():
            right = new_style(both[old])
            if right != both[new]:
                mend = f"One of the two is wrong: {both[old]} Old Style is {right} New Style."
                yield _fault(name, row, new, both[new], right, mend)
            elif str(parse(both[new]).earliest) >= CHANGE_OF_CALENDAR:
                mend = f"Russia had the New Style from {CHANGE_OF_CALENDAR} on: empty the cell."
                yield _fault(name, row, old, both[old], "nothing", mend)


def _dates_out_of_order(name: str, table: pd.DataFrame) -> Iterator[TableError]:
    """Rows whose end can only lie before their start."""
    if name not in IN_ORDER:
        return
    first, last = IN_ORDER[name]
    backwards = table[table[f"{last}_latest"] < table[f"{first}_earliest"]]
    for row, values in backwards.iterrows():
        expected = f"a date not before {first}, {values[first]}"
        yield _fault(name, row, last, values[last], expected, "Correct one of the two.")


def _attestations_of_nothing(tables: dict[str, pd.DataFrame]) -> Iterator[TableError]:
    """Attestations of a row or a field that does not exist."""
    known = {name: set(table[key(name)[0]]) for name, table in tables.items()}
    for row, one in tables["attestations"].iterrows():
        table, mend = one["table"], "Correct it, or add that row."
        if table not in tables:
            continue
        if one["row_id"] not in known[table]:
            expected = f"a row of {path_of(table)} ({key(table)[0]})"
            yield _fault("attestations", row, "row_id", one["row_id"], expected, mend)
        if one["field"] not in _fields(table):
            expected = f"a column of {path_of(table)}: {', '.join(_fields(table))}"
            yield _fault("attestations", row, "field", one["field"], expected, "Choose one.")


def _statements_out_of_form(tables: dict[str, pd.DataFrame]) -> Iterator[TableError]:
    """Stated dates that are no dates or lack a calendar, and stated places that are unknown."""
    stated = tables["attestations"].dropna(subset="stated")
    places = set(tables["places"]["place_id"]) if "places" in tables else set()
    for row, one in stated.iterrows():
        value, calendar = one["stated"], one["calendar"]
        if one["field"] not in _fields(one["table"]):
            continue
        if one["field"] in _date_fields(one["table"]):
            if pd.isna(calendar):
                mend = "Say in which calendar the source gives the date."
                yield _fault("attestations", row, "calendar", "", "os or ns", mend)
            elif problem := _no_date(value, calendar):
                yield _fault("attestations", row, "stated", value, "an EDTF date", problem)
        elif pd.notna(calendar):
            mend = "Only a stated date has a calendar: empty the cell."
            yield _fault("attestations", row, "calendar", calendar, "nothing", mend)
        elif one["field"].endswith("place_id") and places and value not in places:
            expected, mend = "a row of places.csv (place_id)", "Correct it, or add that row."
            yield _fault("attestations", row, "stated", value, expected, mend)


def _no_date(value: str, calendar: str) -> str:
    """What is wrong with a stated date; empty for a good one."""
    try:
        parse(new_style(value) if calendar == "os" else value)
    except ValueError as error:
        return f"{error}."
    return ""


@cache
def _fields(table: str) -> list[str]:
    return [field["name"] for field in schemas()[table]["fields"]]


@cache
def _date_fields(table: str) -> set[str]:
    return {field["name"] for field in schemas()[table]["fields"] if field.get("rdfType") == EDTF}


def _fault(name: str, row: Any, column: str, value: str, expected: str, mend: str) -> TableError:
    """A fault in one cell; rows are counted as an editor counts lines."""
    return TableError(path_of(name), f"{value!r} found, expected {expected}", mend, row + 2, column)


def main() -> bool:
    """Print each fault of data/, or else write the checksums; whether there was a fault."""
    folder = data_path(PACKAGE).parent
    try:
        seal(folder)
        found = faults()
        changed = [] if found else write_checksums(folder)
    except TableError as error:  # a file that cannot be read at all is the first to be mended
        found, changed = [str(error)], []
    print("\n".join(found) or "No faults found.")
    for path in changed:
        print(f"data/{path} has changed: its new checksum stands in data/{PACKAGE}.")
    return bool(found)


if __name__ == "__main__":
    # A file or an old console may not know every letter: better an escape than an end.
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
