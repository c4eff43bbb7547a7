"""Tables drawn as cells: who voted how, who holds what, and how near things are to one another."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch
from pandas.api.types import is_numeric_dtype

from helpers.accounts import describe
from helpers.demands import require_columns, require_values
from helpers.figures import WIDTH, axes, empty, styled
from helpers.layout import COLUMN_NAME, legend
from helpers.meanings import looks
from helpers.palette import CYCLE, PALETTE, ink_on, tint
from helpers.scales import name_rows, write_columns
from helpers.wording import number, plain_name, sentence_case

# The sign of a vote, which needs no colour.
VOTES = {"for": "+", "against": "\u2212", "abstained": "O", "absent": "A"}

_CELL = 0.36  # inches for a row
_WIDEST = 1.3  # inches for a column
_NAMES = 3.0  # inches kept free for the names of the rows
_LETTER = 0.08  # inches for a letter of a name above a column
_PALEST, _DEEPEST = 0.08, 0.75  # parts of the colour in a heatmap


@styled
def vote_grid(
    table: pd.DataFrame, *, row: str, column: str, vote: str, ax: Axes | None = None
) -> Axes:
    """Who voted how: a row for each person, a column for each vote, a coloured sign in each cell.

    vote: a column with the words for, against, abstained or absent. An empty cell means that no
    source names this person's vote, not that it was not cast. Votes stand in the order of the
    table; people in the order in which they first appear.

    Raises TypeError or ValueError when a column or a value is missing, or a vote is no known word.
    """
    wide = _wide(table, row, column, vote, "vote_grid")
    unknown = sorted(set(table[vote]) - set(VOTES))
    if unknown:
        raise ValueError(f"the vote {unknown[0]!r} is not known: write {', '.join(VOTES)}")
    cast = {word: sign for word, sign in VOTES.items() if word in set(table[vote])}
    ax = _draw_cells(ax, wide, cast, "no votes to draw")
    if not cast:
        return ax
    return describe(ax, f"{len(table)} named votes. {_told(wide, cast)}", _held(wide))


@styled
def matrix(
    table: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    order: Iterable[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Who holds what: a cell for each row and column, coloured and numbered by its value.

    value: a column of a few different words. order: these words in the order of the legend;
    without it they stand as they first appear. An empty cell means that the table says nothing.

    Raises TypeError or ValueError when a column or a value is missing, when a word is not in
    `order`, when there are more words than colours, or when a cell has two values.
    """
    wide = _wide(table, row, column, value, "matrix")
    words = list(order) or list(dict.fromkeys(table[value].astype(str)))
    strange = sorted(set(table[value].astype(str)) - set(words))
    if strange:
        raise ValueError(f"{strange[0]!r} is not in order=[...]: add it there")
    if len(words) > len(CYCLE):
        raise ValueError(f"matrix() has {len(CYCLE)} colours; {len(words)} words are too many")
    signs = {word: str(place) for place, word in enumerate(words, 1)}
    ax = _draw_cells(ax, wide, signs, "nothing to draw")
    if wide.empty:
        return ax
    return describe(ax, f"{wide.notna().sum().sum()} cells. {_told(wide, signs)}", _held(wide))


@styled
def heatmap(table: pd.DataFrame, *, unit: str, ax: Axes | None = None) -> Axes:
    """A wide table of numbers as shaded cells, each with its number: the darker, the more.

    table: numbers, with the names of rows in its index and of columns above. unit: what the
    numbers are. A missing number leaves its cell empty.

    Raises TypeError for anything but a table of numbers.
    """
    if not isinstance(table, pd.DataFrame) or not all(map(is_numeric_dtype, table.dtypes)):
        raise TypeError(
            "heatmap() needs a table that holds numbers only: "
            'make one with .pivot(index="...", columns="...", values="...")'
        )
    if table.isna().all(axis=None):
        return empty(axes(ax), f"no {unit} to draw")
    ax = _field(ax, table)
    least, most = table.min(axis=None), table.max(axis=None)
    fills = {}
    for y, (_, numbers) in enumerate(table.iterrows()):
        for x, one in enumerate(numbers):
            if pd.notna(one):
                depth = (one - least) / (most - least) if most > least else 0.5
                fills[x, y] = tint(PALETTE["blue"], _PALEST + (_DEEPEST - _PALEST) * depth)
                words = number(round(one, 2))
                _write(ax, x, y, words, fontsize=9, color=ink_on(fills[x, y]))
    _fill(ax, fills)
    ax.set_xlabel(sentence_case(unit))
    told = [
        f"{name}: {', '.join(f'{c} {number(round(v, 2))}' for c, v in row.dropna().items())}"
        for name, row in table.iterrows()
    ]
    words = f"{table.notna().sum().sum()} cells, {unit}. {'; '.join(told)}."
    return describe(ax, words, _held(table))


def _wide(table: pd.DataFrame, row: str, column: str, value: str, function: str) -> pd.DataFrame:
    """The values as a wide table of text, rows and columns in the order of appearance."""
    require_columns(table, [row, column, value], function)
    require_values(table, [row, column, value], function)
    text = table[[row, column, value]].astype(str)
    twice = text[text.duplicated([row, column])]
    if not twice.empty:
        one = twice.iloc[0]
        raise ValueError(
            f"{function}() has one cell for {one[row]} and {one[column]}, and the table has two "
            f"rows: choose one of them, or use .drop_duplicates([{row!r}, {column!r}])"
        )
    wide = text.pivot(index=row, columns=column, values=value)
    return wide.reindex(index=text[row].unique(), columns=text[column].unique())


def _draw_cells(ax: Axes | None, wide: pd.DataFrame, signs: dict[str, str], nothing: str) -> Axes:
    """The cells of a table of words, each in the colour and with the sign of its word."""
    ax = _field(ax, wide)
    if wide.empty:
        return empty(ax, nothing)
    fills, look = {}, looks(signs, CYCLE)
    for y, (_, words) in enumerate(wide.iterrows()):
        for x, word in enumerate(words):
            if pd.notna(word):
                fills[x, y], _ = look[word]
                _write(ax, x, y, signs[word], fontweight="bold", color=ink_on(fills[x, y]))
    _fill(ax, fills)
    patches = [
        Patch(facecolor=look[word][0], label=f"{sign}  {sentence_case(word)}")
        for word, sign in signs.items()
    ]
    legend(ax, patches)
    return ax


def _field(ax: Axes | None, wide: pd.DataFrame) -> Axes:
    """Axes with a place for each cell, the names of rows on the left and of columns on top."""
    rows, names = [str(one) for one in wide.index], [plain_name(one) for one in wide.columns]
    width = (ax.figure.get_figwidth() if ax else WIDTH) - _NAMES
    columns = max(len(names), width / _WIDEST)
    level = max(map(len, names), default=0) * _LETTER <= width / columns
    top = 1.1 if level else 2.0
    ax = axes(ax, height=top + _CELL * max(len(rows), 2))
    name_rows(ax, rows)
    ax.set_xlim(-0.5, columns - 0.5)
    turned = {} if level else {"rotation": 30, "ha": "left"}
    write_columns(ax, names, above=True, gid=COLUMN_NAME, **turned)
    ax.spines[:].set_visible(False)
    return ax


def _fill(ax: Axes, fills: dict[tuple[int, int], str]) -> None:
    """The cells in their colours, drawn as one thing: a large table has a hundred of them."""
    corners = np.array([(-0.46, -0.44), (0.46, -0.44), (0.46, 0.44), (-0.46, 0.44)])
    shapes = [corners + cell for cell in fills]
    ax.add_collection(PolyCollection(shapes, facecolors=list(fills.values())), autolim=False)


def _write(ax: Axes, x: int, y: int, text: str, **look: Any) -> None:
    """Text in the middle of a cell. It lies inside, so the layout need not measure it."""
    ax.text(x, y, text, ha="center", va="center", **look).set_in_layout(False)


def _held(wide: pd.DataFrame) -> pd.DataFrame:
    """The cells as a table of data, whose first column has the names of the rows."""
    name = wide.index.name or "row"
    return wide.set_axis(wide.columns.astype(str), axis=1).rename_axis(name).reset_index()


def _told(wide: pd.DataFrame, words: Iterable[str]) -> str:
    """In words, for each column, who is in which cell."""
    told = []
    for name, cells in wide.items():
        parts = [
            f"{word}: {', '.join(cells.index[cells == word])}"
            for word in words
            if (cells == word).any()
        ]
        told.append(f"{plain_name(name)}: {'; '.join(parts)}")
    return f"{'. '.join(told)}."
