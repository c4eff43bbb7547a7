"""Write docs/codebook.csv: what each column of each table holds, as archives print it.

For every column: its rows, how many cells are filled, how many different values they hold, the
first and the last of them, the mean of numbers and of dates (the middle of the days that each can
mean, in the calendar of today), and how often each value comes where there are few.

    python docs/codebook.py
"""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.calendars import new_style
from helpers.dates import parse
from helpers.reading import EDTF, OLD_STYLE_SUFFIX
from helpers.tables import load, names, schemas
from helpers.writing import write_whole

FILE = Path(__file__).with_name("codebook.csv")
HEADER = ("table", "column", "rows", "filled", "different", "first", "last", "mean", "values")
FEW = 12  # different values, up to which each is listed
# Running text: only its length is told.
_LONG = 60  # characters


def codebook() -> str:
    """The text of docs/codebook.csv, made from the tables of data/."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for name in names():
        table = load(name)
        for field in schemas()[name]["fields"]:
            writer.writerow((name, field["name"], len(table), *_about(table, field)))
    return text.getvalue()


def _about(table: pd.DataFrame, field: dict[str, str]) -> tuple[object, ...]:
    """Filled cells, different values, first, last, mean and frequencies of one column."""
    column = table[field["name"]].dropna()
    if column.empty:
        return 0, 0, "", "", "", ""
    counted = column.value_counts().sort_index()
    few = "; ".join(f"{value} {count}" for value, count in counted.items())
    is_text = field["type"] == "string" and column.str.len().max() > _LONG
    ends = ("", "") if is_text else (counted.index[0], counted.index[-1])
    return (
        *(len(column), len(counted), *ends, _mean(column, field)),
        few if len(counted) <= FEW and not is_text else "",
    )


def _mean(column: pd.Series, field: dict[str, str]) -> str:
    """The mean of numbers, of dates as a day and its fraction, or of the lengths of texts."""
    if field.get("rdfType") == EDTF:
        is_old = field["name"].endswith(OLD_STYLE_SUFFIX)
        dates = [parse(new_style(text) if is_old else text) for text in column]
        days = [one.earliest.toordinal() + one.latest.toordinal() for one in dates]
        whole, rest = divmod(sum(days) / len(days) / 2, 1)
        return f"{date.fromordinal(int(whole))} + {rest:.4f} days"
    if field["type"] == "string":
        return f"{column.str.len().mean():.4f} characters"
    return f"{column.mean():.8g}"


if __name__ == "__main__":
    write_whole(FILE, codebook().encode("utf-8"))
