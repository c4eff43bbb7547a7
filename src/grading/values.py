"""Answers as JSON: what a student's variable holds, written by one process and read by another.

Only plain data passes: numbers, text, dates, and collections of them. Nothing is ever unpickled, so
reading an answer runs no code of a student. `encode` works where student code runs, `decode` where
answers are compared.
"""

import datetime
import math
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

LONGEST_TEXT = 10_000
MOST_ITEMS = 5_000
MOST_COLUMNS = 5
_LARGEST = 10**300

Encoded = dict[str, Any]


def encode(value: Any) -> Encoded:
    """A value as a dictionary that JSON can hold; what has no such form keeps its type's name.

    >>> encode([1, "Odessa"])
    {'kind': 'list', 'items': [{'kind': 'number', 'value': 1}, {'kind': 'text', 'value': 'Odessa'}]}
    """
    try:
        return _encode_many(value) or _encode_one(value)
    except Exception as error:  # a student's own class can do anything when it is looked at
        return {"kind": "other", "type": type(error).__name__}


def _encode_many(value: Any) -> Encoded | None:
    if isinstance(value, pd.DataFrame):
        return _encode_table(value)
    if isinstance(value, pd.Series):
        index, items = _items(value.index), _items(value.array)
        return {"kind": "series", "index": index, "items": items}
    if isinstance(value, Mapping):
        return {"kind": "dict", "index": _items(value.keys()), "items": _items(value.values())}
    if isinstance(value, (pd.Index, list, tuple, set, frozenset)):
        return {"kind": "list", "items": _items(value)}
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return {"kind": "list", "items": _items(value)}
    return None


def _encode_table(table: pd.DataFrame) -> Encoded:
    """A small table whole, a large one by its shape alone: no question asks for a large one."""
    shape = {"kind": "table", "shape": list(table.shape)}
    if table.shape[0] > MOST_ITEMS or table.shape[1] > MOST_COLUMNS:
        return shape
    columns = [_items(table.iloc[:, position].array) for position in range(table.shape[1])]
    names = _items(table.columns)
    return shape | {"names": names, "index": _items(table.index), "columns": columns}


def _items(values: Iterable[Any]) -> list[Encoded]:
    found = []
    for value in values:
        if len(found) == MOST_ITEMS:
            raise OverflowError
        found.append(_encode_one(value))
    return found


def _encode_one(value: Any) -> Encoded:
    if value is None or value is ... or value is pd.NaT or value is pd.NA:
        return {"kind": "blank", "value": repr(value)}
    if isinstance(value, (bool, np.bool_)):
        return {"kind": "bool", "value": bool(value)}
    if isinstance(value, str):
        return {"kind": "text", "value": str(value)[:LONGEST_TEXT]}
    if isinstance(value, (datetime.timedelta, np.timedelta64)):
        return {"kind": "duration", "value": pd.Timedelta(value).isoformat()}
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime.date):
        return {"kind": "date", "value": value.isoformat()}
    if isinstance(value, numbers.Integral):
        return _encode_number(int(value))
    if isinstance(value, numbers.Real):
        return _encode_number(float(value))
    if isinstance(value, tuple):
        return {"kind": "text", "value": str(value)[:LONGEST_TEXT]}
    if callable(value):
        return {"kind": "function"}
    return {"kind": "other", "type": type(value).__name__}


def _encode_number(value: float) -> Encoded:
    if not math.isfinite(value):
        return {"kind": "number", "value": str(value)}  # JSON knows neither nan nor inf
    if abs(value) > _LARGEST:
        return {"kind": "other", "type": "number of more than 300 digits"}
    return {"kind": "number", "value": value}


def decode(encoded: Encoded) -> Any:
    """The value that was encoded, made of Python's and pandas' own types.

    Raises ValueError for anything that `encode` does not write.
    """
    try:
        return _DECODERS[encoded["kind"]](encoded)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an answer that was encoded: {error!r}") from None


def _decode_number(encoded: Encoded) -> float:
    value = encoded["value"]
    return value if type(value) in (int, float) else float(str(value))


def _decode_series(encoded: Encoded) -> pd.Series:
    items, index = _decode_all(encoded["items"]), _decode_all(encoded["index"])
    return pd.Series(items, index=pd.Index(index, dtype=object), dtype=object)


def _decode_table(encoded: Encoded) -> pd.DataFrame:
    if "columns" not in encoded:
        return pd.DataFrame(np.zeros((2, 3)))  # too large to be an answer: a table, no more
    index = pd.Index(_decode_all(encoded["index"]), dtype=object)
    columns = [pd.Series(_decode_all(items), index=index) for items in encoded["columns"]]
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    table.columns = pd.Index(_decode_all(encoded["names"]), dtype=object)
    return table


def _decode_other(encoded: Encoded) -> Any:
    """A stand-in whose type has the name of the type that a student used."""
    return type(str(encoded["type"])[:60].replace("\0", ""), (), {})()


def _decode_all(items: list[Encoded]) -> list[Any]:
    return [decode(item) for item in items]


_BLANKS = {"Ellipsis": ..., "None": None, "NaT": pd.NaT, "<NA>": pd.NA}
_DECODERS = {
    "blank": lambda encoded: _BLANKS.get(encoded["value"]),
    "bool": lambda encoded: bool(encoded["value"]),
    "text": lambda encoded: str(encoded["value"]),
    "duration": lambda encoded: pd.Timedelta(encoded["value"]),
    "date": lambda encoded: pd.Timestamp(encoded["value"]),
    "number": _decode_number,
    "function": lambda encoded: len,
    "other": _decode_other,
    "list": lambda encoded: _decode_all(encoded["items"]),
    "series": _decode_series,
    "table": _decode_table,
    "dict": lambda encoded: dict(
        zip(_decode_all(encoded["index"]), _decode_all(encoded["items"]), strict=True)
    ),
}
