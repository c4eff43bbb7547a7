"""Simple charts of counts and shares, in the course's style."""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from pandas.api.types import is_numeric_dtype

from helpers.figures import (
    HATCHES,
    MARKERS,
    PALETTE,
    WIDTH,
    axes,
    describe,
    empty,
    legend,
    looks,
    number,
    require_columns,
    require_values,
    rows_of,
    styled,
)
from helpers.scales import marker_legend, name_rows

_BAR = 0.34  # inches for a bar and its gap
_MARGIN = 1.1  # inches for title and axis
_LEVEL = 90  # letters under the columns that stand side by side without being turned
_TICKS = 6  # parts of the axis, so that numbers of seven digits stand side by side
_PANELS = 3  # panels side by side
_LETTER = 0.08  # inches for a letter of a name or a number
_GAP = 0.15  # inches beside the names and the numbers
_NEAR = 0.02  # of the axis: dots that are nearer than this would hide one another
_LIFT = 0.26  # of a row, between two dots that stand one above the other


@styled
def bars(counts: pd.Series, *, unit: str, ax: Axes | None = None) -> Axes:
    """Lying bars, the first on top, each with its number at the end.

    counts: a number for each name, as ``value_counts()`` gives it. unit: what is counted; it is
    written under the axis.

    Raises TypeError when it is given anything but a Series of numbers, ValueError when a number
    is missing.
    """
    is_series = isinstance(counts, pd.Series)
    if not is_series or not (counts.empty or is_numeric_dtype(counts)):
        found = "a Series of text" if is_series else type(counts).__name__
        raise TypeError(
            f"bars() needs a Series of numbers, not {found}: "
            'count first, for example table["column"].value_counts()'
        )
    if counts.isna().any():
        raise ValueError("bars() cannot draw a missing number: leave it out with .dropna()")
    ax = axes(ax, height=_MARGIN + _BAR * len(counts))
    if counts.empty:
        return empty(ax, f"no {unit} to draw")
    names = [str(name) for name in counts.index]
    _lying_bars(ax, names, list(counts))
    ax.set_xlabel(unit)
    plural = "s" if len(counts) > 1 else ""
    return describe(ax, f"{len(counts)} bar{plural}, in {unit}: {_pairs(names, counts)}.")


@styled
def columns(table: pd.DataFrame, *, unit: str, ax: Axes | None = None) -> Axes:
    """Standing columns, one for each row of the table, made of one part for each of its columns.

    table: numbers; its index is written along the axis, its columns are the parts, the first at
    the bottom, as ``.pivot(index=..., columns=..., values=...)`` gives them. unit: what is
    counted.

    Raises TypeError for anything but a table of numbers, ValueError when a number is missing.
    """
    if not isinstance(table, pd.DataFrame) or not all(map(is_numeric_dtype, table.dtypes)):
        raise TypeError(
            "columns() needs a table that holds numbers only: "
            'make one with .pivot(index="...", columns="...", values="...")'
        )
    if table.isna().any(axis=None):
        raise ValueError("columns() cannot draw a missing number: put a 0 with .fillna(0)")
    ax = axes(ax)
    if table.empty:
        return empty(ax, f"no {unit} to draw")
    names, bottom = [str(name) for name in table.index], pd.Series(0.0, table.index)
    look = looks(table.columns, HATCHES)
    for part, (colour, hatch) in look.items():
        values = table[part]
        ax.bar(names, values, 0.75, bottom, color=colour, hatch=hatch, edgecolor="white")
        bottom = bottom + values
    ax.set_ylabel(unit)
    ax.locator_params(axis="y", integer=_whole(list(bottom)))
    ax.tick_params(axis="x", length=0)
    if sum(len(name) + 2 for name in names) > _LEVEL:
        ax.set_xticks(range(len(names)), names, rotation=50, ha="right", rotation_mode="anchor")
    if len(table.columns) > 1:
        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=_words(part))
            for part, (colour, hatch) in look.items()
        ]
        legend(ax, patches)
    told = "; ".join(f"{_words(part)}: {_pairs(names, table[part])}" for part in table.columns)
    return describe(ax, f"{len(names)} columns, in {unit}. {told}.")


@styled
def panels(
    table: pd.DataFrame, *, panel: str, row: str, value: str, unit: str, ax: Axes | None = None
) -> Axes:
    """Small multiples: for each value of the column `panel` a panel of lying bars.

    All panels have the same rows in the same order, the longest on top, and the same scale. A
    row that a panel lacks stays empty there. unit: what is counted. The Axes that comes back is
    the first panel.

    Raises TypeError or ValueError when a column or a value is missing, and ValueError for an
    Axes of your own, because several are needed.
    """
    require_columns(table, [panel, row, value], "panels")
    require_values(table, [panel, row, value], "panels")
    if ax is not None:
        raise ValueError("panels() makes several Axes of its own: leave ax out")
    wide = table.pivot_table(index=row, columns=panel, values=value, aggfunc="sum", sort=False)
    if wide.empty:
        return empty(axes(), f"no {unit} to draw")
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False).index]
    drawn = _grid(len(wide.columns), len(wide))
    names = [str(label) for label in wide.index]
    for one, name in zip(drawn, wide.columns, strict=True):
        counts = wide[name]
        first = one.get_subplotspec().is_first_col()
        _lying_bars(one, names if first else [""] * len(names), list(counts))
        one.set_xlim(0, wide.max(axis=None) * 1.25)
        one.set_title(str(name), loc="left", fontsize=10.5)
        one.set_xlabel(unit)
        held = counts.dropna()
        describe(one, f"Panel {name}, in {unit}: {_pairs(held.index, held)}.")
    return drawn[0]


@styled
def dots(
    table: pd.DataFrame,
    *,
    row: str,
    value: str,
    unit: str,
    group: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Numbers that disagree: a line for each `row` from its least to its greatest, a dot for each.

    group: a column that sets colour and marker, such as who counted, or "" for none. unit: what
    is counted. Dots that would hide one another stand one above the other.

    Raises TypeError or ValueError when a column or a value is missing.
    """
    wanted = [row, value, *([group] if group else [])]
    require_columns(table, wanted, "dots")
    require_values(table, wanted, "dots")
    names = list(dict.fromkeys(table[row].astype(str)))
    ax = axes(ax, height=_MARGIN + 0.4 * max(len(names), 2))
    if table.empty:
        return empty(ax, f"no {unit} to draw")
    look = looks(table[group] if group else [""], MARKERS)
    reach = _NEAR * (table[value].max() - min(table[value].min(), 0))
    drawn, told = [], []
    for position, name in enumerate(names):
        same = table[table[row].astype(str) == name].sort_values(value)
        drawn.append(same.assign(_at=position + np.array(_apart(list(same[value]), reach))))
        told.append(f"{name} {_range(same[value])}")
    ends = [(same[value].min(), same[value].max()) for same in drawn]
    ax.hlines(range(len(names)), *zip(*ends, strict=True), color=PALETTE["light"])
    dotted = pd.concat(drawn)
    for name, (colour, marker) in look.items():
        some = rows_of(dotted, group, name)
        ax.plot(some[value], some["_at"], marker, color=colour, markersize=8, clip_on=False)
    name_rows(ax, names)
    ax.set_xlabel(unit)
    ax.xaxis.set_major_formatter(lambda tick, _: number(tick))
    if group:
        marker_legend(ax, look)
    return describe(ax, f"{len(table)} numbers in {len(names)} rows, in {unit}: {', '.join(told)}.")


def _apart(values: list[float], reach: float) -> list[float]:
    """For each of the sorted values how far its dot moves up or down, so that all are seen."""
    heaps: list[list[float]] = []
    for value in values:
        if heaps and value - heaps[-1][-1] <= reach:
            heaps[-1].append(value)
        else:
            heaps.append([value])
    return [
        (place - (len(heap) - 1) / 2) * min(_LIFT, 0.8 / len(heap))
        for heap in heaps
        for place in range(len(heap))
    ]


def _lying_bars(ax: Axes, names: list[str], counts: list[float]) -> None:
    """Bars with their numbers, the first on top; a missing number leaves its row empty."""
    container = ax.barh(range(len(counts)), counts, height=0.65, color=PALETTE["blue"])
    name_rows(ax, names)
    texts = ["" if pd.isna(count) else number(count) for count in counts]
    for written in ax.bar_label(container, texts, padding=4):
        written.set_in_layout(False)  # the axis is long enough for it
    ax.xaxis.set_major_formatter(lambda tick, _: number(tick))
    ax.locator_params(axis="x", nbins=_TICKS, integer=_whole(counts))
    room = _LETTER * max(map(len, texts)) + _GAP
    length = ax.figure.get_figwidth() - _LETTER * max(map(len, names)) - _GAP
    ax.margins(x=max(0.05, room / (length - room)))


def _words(column: object) -> str:
    """The name of a column as it stands in a legend: with blanks."""
    return str(column).replace("_", " ")


def _whole(counts: list[float]) -> bool:
    """Whether nothing but whole things was counted."""
    return all(float(count).is_integer() for count in counts if pd.notna(count))


def _grid(count: int, rows: int) -> list[Axes]:
    """That many Axes, side by side, with one scale; none left empty."""
    across = min(count, _PANELS)
    down = -(-count // across)
    height = down * (_MARGIN + _BAR * rows)
    figure, grid = plt.subplots(down, across, figsize=(WIDTH, height), sharex=True, squeeze=False)
    for left_over, above in zip(grid.flat[count:], grid.flat[count - across :], strict=False):
        figure.delaxes(left_over)
        above.tick_params(labelbottom=True)
    return list(grid.flat[:count])


def _pairs(names: Iterable[object], counts: Iterable[float]) -> str:
    pairs = zip(names, counts, strict=True)
    return ", ".join(f"{name} {number(count)}" for name, count in pairs)


def _range(values: pd.Series) -> str:
    least, most = number(values.min()), number(values.max())
    return least if least == most else f"{least} to {most}"
