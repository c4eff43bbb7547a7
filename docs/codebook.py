"""Write docs/codebook.csv: what each column of each table holds, as archives print it.

For every column: its rows, how many cells are filled, how many different values they hold, the
first and the last of them, and how often each value comes where there are few. ``measure`` is the
total of numbers, the mean of dates (of the middle of the days that each can mean, New Style), and
the length of texts, with the sum of the digits in them.

    python docs/codebook.py
"""

import csv
import re
from datetime import date
from io import StringIO
from math import fsum
from pathlib import Path

import pandas as pd

from helpers.calendars import new_style
from helpers.dates import parse
from helpers.reading import EDTF, OLD_STYLE_SUFFIX
from helpers.tables import load, names, schemas
from helpers.writing import write_whole

FILE = Path(__file__).with_name("codebook.csv")
HEADER = ("table", "column", "rows", "filled", "different", "first", "last", "measure", "values")
FEW = 12  # different values, up to which each is listed
_LONG = 60  # characters: of longer texts only the length is told


def codebook() -> str:
    """The text of docs/codebook.csv, made from the tables of data/."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for name in names():
        table = load(name)
        for field in schemas()[name]["fields"]:
            writer.writerow((name, field["name"], len(table), *about(table, field)))
    return text.getvalue()


def about(table: pd.DataFrame, field: dict[str, str]) -> tuple[object, ...]:
    """Filled cells, different values, first, last, measure and frequencies of one column."""
    column = table[field["name"]].dropna()
    if column.empty:
        return 0, 0, "", "", "", ""
    counted = column.value_counts().sort_index()
    few = "; ".join(f"{value} {count}" for value, count in counted.items())
    is_text = field["type"] == "string" and column.str.len().max() > _LONG
    ends = ("", "") if is_text else (counted.index[0], counted.index[-1])
    return (
        *(len(column), len(counted), *ends, _measure(column, field)),
        few if len(counted) <= FEW and not is_text else "",
    )


def _measure(column: pd.Series, field: dict[str, str]) -> str:
    """The total of numbers, the mean of dates, or length and sum of digits of texts."""
    if field.get("rdfType") == EDTF:
        is_old = field["name"].endswith(OLD_STYLE_SUFFIX)
        dates = [parse(new_style(text) if is_old else text) for text in column]
        days = [one.earliest.toordinal() + one.latest.toordinal() for one in dates]
        whole, rest = divmod(sum(days) / len(days) / 2, 1)
        return f"mean {date.fromordinal(int(whole))} and {rest:.4f} days"
    if field["type"] == "string":
        text = "".join(column)
        return f"{len(text)} characters, digits {sum(map(int, re.findall('[0-9]', text)))}"
    return f"total {fsum(column):.15g}"


if __name__ == "__main__":
    write_whole(FILE, codebook().encode("utf-8"))
