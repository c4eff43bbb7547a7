"""The data of a figure as an HTML table that opens with a click or a key, without a script."""

import html
import re
from datetime import date

import pandas as pd

from helpers.calendars import plain
from helpers.wording import number, plain_name, sentence_case

MOST = 60  # rows: about as much as fits a page
_DIGITS = 2  # after the point


def folded(table: pd.DataFrame) -> str:
    """The table folded away under a line that opens it; nothing for an empty one.

    The first column names the rows. Only the first rows of a long table are written; a line under
    it says how many there are.
    """
    if table.empty:
        return ""
    heads = "".join(f'<th scope="col">{_text(_head(name))}</th>' for name in table.columns)
    shown = table.head(MOST)
    cells = [[_text(_cell(value)) for value in shown.iloc[:, n]] for n in range(shown.shape[1])]
    rows = "\n".join(_row(*row) for row in zip(*cells, strict=True))
    rest = _rest(len(table)) if len(table) > MOST else ""
    return (
        "<details><summary>The data of this figure</summary>\n"
        f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>{rest}</details>"
    )


def _rest(count: int) -> str:
    return (
        f"<p>The first {MOST} of {number(count)} rows; "
        "<code>show(...).table</code> has them all.</p>"
    )


def _row(first: str, *others: str) -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _head(column: object) -> str:
    """The name of a column without what only the tables of data/ need to say."""
    return sentence_case(re.sub(r"_(id|then|earliest)$", "", str(column)))


def _text(words: str) -> str:
    return html.escape(words, quote=False)


def _cell(value: object) -> str:
    """A value as readers want it; a missing one leaves its cell empty."""
    if isinstance(value, str):
        return plain_name(value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, date):  # a Timestamp is one too
        return plain(value.strftime("%Y-%m-%d"))
    if isinstance(value, bool) or not hasattr(value, "__round__"):
        return str(value)
    return number(round(value, _DIGITS))
