"""Mutants of the data: a table with one small fault, of the kinds that people make."""

import csv
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any, NamedTuple

from helpers.calendars import new_style, old_style
from helpers.reading import EDTF, OLD_STYLE_SUFFIX
from helpers.tables import data_path, foreign_keys, key, load, names, path_of, schemas

SEED = 1879
# Each kind of fault in a table is tried this often: tables of figures are many and small.
OF_A_TABLE, OF_STATISTICS = 2, 1
# A packed table of 211,000 words, whose sums a test holds to the word, and names of other files.
LEFT_OUT = ("word_counts",)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_POINT = ("lat", "lon")
# The New Style was that of Russia from then on: older days are often written in the other one.
_CHANGE = "1918-02-14"

Row = dict[str, str]


class Fault(NamedTuple):
    """A fault in one row: its table, kind, column, row, and the cell before and after.

    row counts from 0. values is the row with the fault, None where it was dropped.
    """

    table: str
    kind: str
    column: str
    row: int
    row_id: str
    before: str
    after: str
    values: Row | None


def rows_of(table: str) -> list[Row]:
    """The rows of a table as they stand in its file."""
    text = data_path(path_of(table)).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))


def csv_of(table: str, rows: list[Row]) -> str:
    """A table as its file would have it."""
    text = StringIO()
    header = [field["name"] for field in schemas()[table]["fields"]]
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def faults() -> list[Fault]:
    """The sample: some faults of each kind in each table, the same each time."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    found = []
    for table in names():
        if table in LEFT_OUT:
            continue
        by_kind: dict[tuple[str, str], list[Fault]] = {}
        for one in _faults_of(table, chance):
            by_kind.setdefault((one.kind, one.column), []).append(one)
        often = OF_STATISTICS if path_of(table).startswith("statistics/") else OF_A_TABLE
        for several in by_kind.values():
            found += chance.sample(several, min(often, len(several)))
    return found


def _faults_of(table: str, chance: random.Random) -> Iterator[Fault]:
    """All faults of a table: one of each kind for each cell that can have it."""
    rows, fields = rows_of(table), schemas()[table]["fields"]
    pointers = {
        column: sorted(set(load(target)[name].dropna().astype(str)))
        for column, (target, name) in foreign_keys(table).items()
    }
    for number, row in enumerate(rows):
        row_id = "+".join(row[name] for name in key(table))
        yield Fault(table, "a row dropped", "", number, row_id, "", "", None)
        for kind, column, changed in _changes(table, row, fields, pointers, chance):
            if changed != row:
                cells = row[column], changed[column]
                yield Fault(table, kind, column, number, row_id, *cells, changed)


def _changes(
    table: str,
    row: Row,
    fields: list[dict[str, Any]],
    pointers: dict[str, list[str]],
    chance: random.Random,
) -> Iterator[tuple[str, str, Row]]:
    """Kind, column and changed row of each fault that a row can have."""
    for field in fields:
        name, text = field["name"], row[field["name"]]
        words = field.get("constraints", {}).get("enum")
        if not text:
            continue
        if field.get("rdfType") == EDTF or (name == "stated" and row.get("calendar")):
            yield "a day or a year moved", name, {**row, name: moved(text)}
            if name != "stated" and (other := _other_calendar(name, text)):
                yield "the other calendar", name, {**row, name: other}
        elif name in pointers:
            yield "another id", name, {**row, name: chance.choice(pointers[name])}
        elif name == "calendar":
            yield "the other calendar", name, {**row, name: {"os": "ns", "ns": "os"}[text]}
        elif name in _POINT:
            yield "a point moved", name, {**row, name: f"{float(text) - 3:.5f}"}
            yield "coordinates swapped", name, {**row, "lat": row["lon"], "lon": row["lat"]}
        elif words:
            yield "another word", name, {**row, name: chance.choice(words)}
        elif re.fullmatch(r"\d+(\.\d+)?", text) and name not in key(table):
            yield "a count changed", name, {**row, name: miscounted(text)}
        elif name in ("stated", "asserted"):
            yield "another value stated", name, {**row, name: other_statement(text)}


def moved(text: str) -> str:
    """An EDTF text whose first day is a day later, or whose first year is the next.

    >>> moved("1917-11-07"), moved("1902-08/1902-09"), moved("1899~")
    ('1917-11-08', '1903-08/1902-09', '1900~')
    """
    if day := _DAY.search(text):
        try:
            later = str(date.fromisoformat(day[0]) + timedelta(days=1))
        except ValueError:  # 29 February 1900, which only the Old Style has
            later = day[0][:8] + "28"
        return text.replace(day[0], later, 1)
    return re.sub(r"\d{4}|\d{3}(?=X)", lambda year: str(int(year[0]) + 1), text, count=1)


def miscounted(text: str) -> str:
    """A number with its last digit one higher.

    >>> miscounted("28"), miscounted("19"), miscounted("0.5")
    ('29', '10', '0.6')
    """
    return text[:-1] + str((int(text[-1]) + 1) % 10)


def other_statement(text: str) -> str:
    """A stated value that is another: its first digit one higher, or a letter too many.

    >>> other_statement("60"), other_statement("before october-rising-1917")
    ('70', 'after october-rising-1917')
    """
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return moved(text)
    if text.startswith("before "):
        return text.replace("before", "after", 1)
    number = re.search(r"\d", text)
    if number:
        place = number.start()
        return text[:place] + miscounted(text[place]) + text[place + 1 :]
    return f"{text}x"


def _other_calendar(column: str, text: str) -> str:
    """A day before the change of calendar as the other calendar has it; "" for any other date."""
    if not _DAY.fullmatch(text) or text >= _CHANGE:
        return ""
    return new_style(text) if column.endswith(OLD_STYLE_SUFFIX) else old_style(text)
