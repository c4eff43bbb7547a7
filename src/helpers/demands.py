"""What a drawing function demands of the table it is given, with words for what is missing."""

from collections.abc import Iterable

import pandas as pd


def require_columns(frame: pd.DataFrame, columns: Iterable[str], function: str) -> None:
    """Nothing, when the table has all these columns.

    Raises TypeError when it is no table, ValueError naming the columns that are missing.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(
            f"{function}() needs a table (a DataFrame), not {type(frame).__name__}: "
            "give it what load(...) returns"
        )
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"{function}() needs the columns {', '.join(columns)}; the table lacks "
            f"{', '.join(missing)}. Keep them when you select columns, or add them with merge."
        )


def require_values(frame: pd.DataFrame, columns: Iterable[str], function: str) -> None:
    """Nothing, when no cell of these columns is empty.

    Raises ValueError that counts the rows without a value.
    """
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            raise ValueError(
                f"{function}() cannot draw {missing} of {len(frame)} rows, which have no {column}: "
                f"leave them out with .dropna(subset={column!r})"
            )


def one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """The value, when it is one of those allowed.

    Raises ValueError that lists them.
    """
    if value not in allowed:
        raise ValueError(f"{name}={value!r} is not known: choose one of {', '.join(allowed)}")
    return value


def rows_of(table: pd.DataFrame, group: str, name: str) -> pd.DataFrame:
    """The rows with one value of the column `group`; all of them where there is no such column."""
    return table[table[group].astype(str) == name] if group else table
