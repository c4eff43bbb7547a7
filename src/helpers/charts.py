"""Simple charts of counts and shares, in the course's style."""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from pandas.api.types import is_numeric_dtype

from helpers.accounts import describe, words_of
from helpers.demands import require_columns, require_values, rows_of
from helpers.figures import WIDTH, axes, empty, styled
from helpers.layout import legend
from helpers.meanings import family_colours, looks
from helpers.palette import HATCHES, MARKERS, PALETTE
from helpers.scales import draw_boxes, marker_legend, name_rows, write_columns
from helpers.wording import number, plain_name, sentence_case

_LEGEND = 0.4  # inches
_ROW = 0.4  # inches for a row of dots, and more where they stand one above the other
_BAR = 0.34  # inches for a bar and its gap
_MARGIN = 1.0  # inches for title and axis
_LEVEL = 90  # letters under the columns that stand side by side without being turned
_COLUMN = 0.75  # of the way from one column to the next
_PANELS = 3  # panels side by side
_LETTER = 0.08  # inches for a letter of a name or a number
_GAP = 0.15  # inches beside the names and the numbers
_NEAR = 0.02  # of the axis: dots that are nearer than this would hide one another
_DOT = 0.115  # inches between the middles of two dots that stand one above the other


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
    _lying_bars(ax, names, list(counts), family_colours(names))
    ax.set_xlabel(sentence_case(unit), loc="left")
    plural = "s" if len(counts) > 1 else ""
    told = f"{len(counts)} bar{plural}, in {unit}: {_pairs(names, counts)}."
    return describe(ax, told, pd.DataFrame({_head(counts.index): names, unit: list(counts)}))


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
    names, look = [str(name) for name in table.index], looks(table.columns, HATCHES)
    tops = np.cumsum(table.to_numpy(float), axis=1)
    for place, (colour, hatch) in enumerate(look.values()):
        bottom = tops[:, place - 1] if place else np.zeros(len(names))
        _stand(ax, bottom, tops[:, place], {"facecolor": colour, "hatch": hatch})
    ax.set(xlim=(-0.6, len(names) - 0.4), ylim=(0, tops.max() * 1.05 or 1))
    ax.set_ylabel(sentence_case(unit))
    ax.locator_params(axis="y", integer=_whole(list(tops.flat)))
    ax.yaxis.set_major_formatter(lambda tick, _: number(tick))
    ax.grid(axis="y", color=PALETTE["light"], linewidth=0.6)
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    level = sum(len(name) + 2 for name in names) <= _LEVEL
    turned = {} if level else {"rotation": 50, "ha": "right", "rotation_mode": "anchor"}
    write_columns(ax, names, **turned)
    if len(table.columns) > 1:
        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=str(part))
            for part, (colour, hatch) in look.items()
        ]
        legend(ax, patches)
    told = "; ".join(f"{plain_name(part)}: {_pairs(names, table[part])}" for part in table.columns)
    held = table.set_axis(names, axis=0).rename_axis(_head(table.index)).reset_index()
    return describe(ax, f"{len(names)} columns, in {unit}. {told}.", held)


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
    by_row, by_panel = family_colours(names), family_colours(wide.columns)
    colours = [[one] * len(names) for one in by_panel] or [by_row] * len(drawn)
    for one, name, own in zip(drawn, wide.columns, colours, strict=True):
        counts = wide[name]
        first = one.get_subplotspec().is_first_col()
        _lying_bars(one, names if first else [""] * len(names), list(counts), own)
        one.set_xlim(0, wide.max(axis=None) * 1.25)
        one.set_title(plain_name(name), loc="left", fontsize=10.5)
        held = counts.dropna()
        describe(one, f"Panel {name}, in {unit}: {_pairs(held.index, held)}.")
    drawn[-1].figure.supxlabel(sentence_case(unit), fontsize=10)
    return describe(drawn[0], words_of(drawn[0]), wide.reset_index())


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
    if table.empty:
        return empty(axes(ax), f"no {unit} to draw")
    look = looks(table[group] if group else [""], MARKERS)
    reach = _NEAR * (table[value].max() - min(table[value].min(), 0))
    rows = [rows_of(table, row, name).sort_values(value) for name in names]
    places = [_apart(list(same[value]), reach) for same in rows]
    height = max(_ROW, _DOT * (2 * max(map(max, places)) + 1.8))
    ax = axes(ax, height=_MARGIN + _LEGEND * bool(group) + height * max(len(names), 2))
    drawn = [
        same.assign(_at=position + np.array(place) * _DOT / height)
        for position, (same, place) in enumerate(zip(rows, places, strict=True))
    ]
    told = [f"{name} {_range(same[value])}" for name, same in zip(names, rows, strict=True)]
    ends = [(same[value].min(), same[value].max()) for same in drawn]
    ax.hlines(range(len(names)), *zip(*ends, strict=True), color=PALETTE["light"])
    dotted = pd.concat(drawn)
    for name, (colour, marker) in look.items():
        some = rows_of(dotted, group, name)
        ax.plot(some[value], some["_at"], marker, color=colour, markersize=7.5, clip_on=False)
    name_rows(ax, names)
    ax.set_xlabel(sentence_case(unit))
    ax.xaxis.set_major_formatter(lambda tick, _: number(tick))
    if group:
        marker_legend(ax, look)
    words = f"{len(table)} numbers in {len(names)} rows, in {unit}: {', '.join(told)}."
    held = pd.concat(rows)[wanted].rename(columns={value: unit})
    return describe(ax, words, held[[row, *([group] if group else []), unit]])


def _apart(values: list[float], reach: float) -> list[float]:
    """For each of the sorted values how many dots it moves up or down, so that all are seen."""
    heaps: list[list[float]] = []
    for value in values:
        if heaps and value - heaps[-1][-1] <= reach:
            heaps[-1].append(value)
        else:
            heaps.append([value])
    return [place - (len(heap) - 1) / 2 for heap in heaps for place in range(len(heap))]


def _stand(ax: Axes, bottom: np.ndarray, top: np.ndarray, look: dict[str, str]) -> None:
    """One part of each column, all of them drawn as one thing."""
    middle = np.arange(len(top))
    edges = (middle - _COLUMN / 2, bottom, middle + _COLUMN / 2, top)
    draw_boxes(ax, *edges, edgecolor="white", **look)


def _lying_bars(ax: Axes, names: list[str], counts: list[float], colours: list[str]) -> None:
    """Bars with their numbers, the first on top; a missing number leaves its row empty.

    Each bar has its number, so there is no axis to read it from.
    """
    look = {"height": 0.65, "color": colours or PALETTE["blue"]}
    container = ax.barh(range(len(counts)), counts, **look)
    name_rows(ax, names)
    texts = ["" if pd.isna(count) else number(count) for count in counts]
    for written in ax.bar_label(container, texts, padding=4):
        written.set_in_layout(False)  # the axis is long enough for it
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    room = _LETTER * max(map(len, texts)) + _GAP
    length = ax.figure.get_figwidth() - _LETTER * max(map(len, names)) - _GAP
    ax.margins(x=max(0.05, room / (length - room)))


def _head(index: pd.Index) -> str:
    """What heads the names of the rows in the table of data."""
    name = str(index.name or "name")
    return "name" if name.endswith("_id") else name


def _whole(counts: list[float]) -> bool:
    """Whether nothing but whole things was counted."""
    return all(float(count).is_integer() for count in counts if pd.notna(count))


def _grid(count: int, rows: int) -> list[Axes]:
    """That many Axes, side by side, with one scale; none left empty."""
    across = min(count, _PANELS)
    down = -(-count // across)
    height = down * (_MARGIN + _BAR * rows)
    figure = plt.figure(figsize=(WIDTH, height))
    return [figure.add_subplot(down, across, place) for place in range(1, count + 1)]


def _pairs(names: Iterable[object], counts: Iterable[float]) -> str:
    pairs = zip(names, counts, strict=True)
    return ", ".join(f"{name} {number(count)}" for name, count in pairs)


def _range(values: pd.Series) -> str:
    least, most = number(values.min()), number(values.max())
    return least if least == most else f"{least} to {most}"
