"""The tables of data/, as typed pandas DataFrames.

What a table's columns are, which values they allow and which table they point to stands once, in
data/datapackage.json (a Frictionless Data Package with Table Schema), and is read from there. So
do the checksums: a file that has not changed since it was checked is not checked again.
"""

import warnings
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.checksums import OTHERS, PACKAGE, ChangedTable, checksum, is_sealed
from helpers.dates import parse
from helpers.reading import EDTF, OLD_STYLE_SUFFIX, TableError, bytes_of, json_of, read_columns
from helpers.released import read_released

_HERE = Path(__file__).resolve().parent
_TEXT = pd.StringDtype(na_value=np.nan)  # what pandas calls "str"
_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = np.datetime64("NaT").astype("int64")


def load(name: str) -> pd.DataFrame:
    """The table of that name: a row for each line of its file, with typed columns.

    Text is text, numbers are numbers, an empty cell is missing. Each date column keeps its EDTF
    text and brings three more: ``_earliest`` and ``_latest`` (timestamps, the first and the last
    day that it can mean) and ``_precision`` (day, month, season, year, decade, span or choice).
    Old Style columns (``_os``) bring none: they say the same in the other calendar. Each call
    returns a table of your own, which you may change.

    Warns with ChangedTable where the file is not the one that `make data` has checked.

    Raises KeyError for an unknown name, TableError for a file that breaks its schema.

    >>> load("places").query("place_id == 'nikolaev'")["name_now"].item()
    'Mykolaiv'
    """
    if name not in schemas():
        raise KeyError(f"there is no table {name!r}; choose one of {', '.join(names())}")
    table, changed = _read(data_path(path_of(name)), name)
    if changed:
        warnings.warn(ChangedTable(path_of(name)), stacklevel=2)
    return table.copy()


def load_checked(name: str) -> pd.DataFrame:
    """The table of that name, each cell held against its schema, whatever its checksum is.

    Raises TableError for a file that breaks its schema.
    """
    schema = schemas()[name]
    file = path_of(name)
    return _typed(read_columns(data_path(file), schema, file), schema)


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


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The Table Schema of each table, by name."""
    return {name: resource["schema"] for name, resource in _resources().items()}


def data_path(name: str) -> Path:
    """The path of a file of data/, in the checkout or in the installed package.

    Raises FileNotFoundError when the file is in neither.
    """
    for folder in (_HERE / "data", _HERE.parents[1] / "data"):
        if (path := folder / name).exists():
            return path
    raise FileNotFoundError(f"data/{name} is missing: restore it, or install the course again")


def path_of(name: str) -> str:
    """The path of a table's file inside data/.

    >>> path_of("strikes_quarterly")
    'statistics/strikes_quarterly.csv'
    """
    return _resources()[name]["path"]


@cache
def _resources() -> dict[str, dict[str, Any]]:
    """What data/datapackage.json says of each table, by name."""
    return {resource["name"]: resource for resource in _package()["resources"]}


@cache
def _package() -> dict[str, Any]:
    """data/datapackage.json; raises TableError unless it is as `make data` wrote it."""
    raw = bytes_of(data_path(PACKAGE), PACKAGE)
    package = json_of(raw, PACKAGE)
    if not is_sealed(raw, package):
        problem = "is not the file that was checked last: its checksum differs"
        mend = f"If you changed it on purpose, run `make data`. If not: git restore data/{PACKAGE}"
        raise TableError(PACKAGE, problem, mend)
    return package


def read_json(name: str) -> dict[str, Any]:
    """A JSON file of data/ other than datapackage.json.

    Warns with ChangedTable where it is not the one that `make data` has checked.

    Raises TableError where it cannot be read.
    """
    raw = bytes_of(data_path(name), name)
    found = json_of(raw, name)
    if _package()[OTHERS].get(name) != checksum(raw):
        warnings.warn(ChangedTable(name), stacklevel=2)
    return found


@cache
def _read(path: Path, name: str) -> tuple[pd.DataFrame, bool]:
    """The table, and whether its file has changed since it was checked last."""
    file, schema = path_of(name), schemas()[name]
    raw = bytes_of(path, file)
    changed = _resources()[name].get("hash") != checksum(raw)
    columns = read_columns(path, schema, file) if changed else read_released(raw, schema)
    return _typed(columns, schema), changed


def _typed(columns: dict[str, Any], schema: dict[str, Any]) -> pd.DataFrame:
    """The columns as a table, with the bounds of each date to its right."""
    made: dict[str, Any] = {}
    for field in schema["fields"]:
        name, values = field["name"], columns[field["name"]]
        made[name] = _text(values) if field["type"] == "string" else values
        if field.get("rdfType") == EDTF and not name.endswith(OLD_STYLE_SUFFIX):
            made |= {f"{name}_{bound}": days for bound, days in _bounds(values).items()}
    return pd.DataFrame(made)


def _text(values: Any) -> Any:
    """Values as a column of text; made from an array, which is far faster than from a list."""
    return pd.array(np.array(values, dtype=object), _TEXT) if isinstance(values, list) else values


def _bounds(column: Any) -> dict[str, Any]:
    """Earliest day, latest day and precision of each date of a column."""
    dates = [parse(text) if isinstance(text, str) else None for text in column]
    return {
        "earliest": _days([one and one.earliest for one in dates]),
        "latest": _days([one and one.latest for one in dates]),
        "precision": _text([one and one.precision for one in dates]),
    }


def _days(days: list[date | None]) -> np.ndarray:
    """Days as timestamps, by their numbers: from dates numpy takes six times as long."""
    numbers = [_NO_DAY if day is None else day.toordinal() - _EPOCH for day in days]
    return np.array(numbers, dtype="int64").view("datetime64[D]").astype("datetime64[s]")
