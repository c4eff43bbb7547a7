"""The tables of data/, as typed pandas DataFrames.

What a table's columns are, which values they allow and which table they point to stands once, in
data/datapackage.json (a Frictionless Data Package with Table Schema), and is read from there.
"""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.dates import parse
from helpers.reading import EDTF, OLD_STYLE_SUFFIX, read_columns

_HERE = Path(__file__).resolve().parent


def load(name: str) -> pd.DataFrame:
    """The table of that name: a row for each line of its file, with typed columns.

    Text is text, numbers are numbers, an empty cell is missing. Each date column keeps its EDTF
    text and brings three more: ``_earliest`` and ``_latest`` (timestamps, the first and the last
    day that it can mean) and ``_precision`` (day, month, season, year, decade, span or choice).
    Old Style columns (``_os``) bring none: they say the same in the other calendar. Each call
    returns a table of your own, which you may change.

    Raises KeyError for an unknown name, TableError for a file that breaks its schema.

    >>> load("places").query("place_id == 'nikolaev'")["name_now"].item()
    'Mykolaiv'
    """
    if name not in schemas():
        raise KeyError(f"there is no table {name!r}; choose one of {', '.join(names())}")
    return _read(data_path(path_of(name)), name).copy()


def names() -> list[str]:
    """The names that `load` knows, in the order of data/datapackage.json."""
    return list(schemas())


def key(name: str) -> list[str]:
    """The columns that together name one row of a table."""
    return list(schemas()[name]["primaryKey"])


def foreign_keys(name: str) -> dict[str, tuple[str, str]]:
    """For each column of a table that points elsewhere: the table and the column it points to.

    >>> foreign_keys("events")
    {'place_id': ('places', 'place_id')}
    """
    return {
        pointer["fields"][0]: (
            pointer["reference"]["resource"] or name,  # Table Schema: empty is the table itself
            pointer["reference"]["fields"][0],
        )
        for pointer in schemas()[name].get("foreignKeys", [])
    }


def schemas() -> dict[str, dict[str, Any]]:
    """The Table Schema of each table, by name."""
    return {name: resource["schema"] for name, resource in _resources().items()}


def data_path(name: str) -> Path:
    """The path of a file of data/, in the checkout or in the installed package.

    Raises FileNotFoundError when the file is in neither.
    """
    for folder in (_HERE / "data", _HERE.parents[1] / "data"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"data/{name} is missing: restore it, or install the course again")


def path_of(name: str) -> str:
    """The path of a table's file inside data/.

    >>> path_of("strikes_quarterly")
    'statistics/strikes_quarterly.csv'
    """
    return _resources()[name]["path"]


@lru_cache(maxsize=1)
def _resources() -> dict[str, dict[str, Any]]:
    """What data/datapackage.json says of each table, by name."""
    package = json.loads(data_path("datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


@cache
def _read(path: Path, name: str) -> pd.DataFrame:
    if path.suffix == ".gz":
        return _read_counts(path, name)
    table = pd.DataFrame(read_columns(path, schemas()[name]))
    for field in schemas()[name]["fields"]:
        if field.get("rdfType") == EDTF and not field["name"].endswith(OLD_STYLE_SUFFIX):
            table = _with_bounds(table, field["name"])
    return table


def _read_counts(path: Path, name: str) -> pd.DataFrame:
    """A packed table of counts: too long to be checked cell by cell each time it is opened.

    The tests check it whole. No text counts as missing here: "null" is a word like any other.
    """
    kinds = {"string": "str", "integer": "int64"}
    types = {field["name"]: kinds[field["type"]] for field in schemas()[name]["fields"]}
    return pd.read_csv(path, dtype=types, keep_default_na=False)


def _with_bounds(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The table with earliest day, latest day and precision to the right of a date column."""
    dates = [parse(text) if isinstance(text, str) else None for text in table[column]]
    bounds = {
        "earliest": pd.to_datetime([one.earliest if one else None for one in dates]),
        "latest": pd.to_datetime([one.latest if one else None for one in dates]),
        "precision": [one.precision if one else None for one in dates],
    }
    position = table.columns.get_loc(column)
    for offset, (name, values) in enumerate(bounds.items(), 1):
        table.insert(position + offset, f"{column}_{name}", values)
    return table
