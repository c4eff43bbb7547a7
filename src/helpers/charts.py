"""Simple charts of counts and shares, in the course's style."""

import pandas as pd
from matplotlib.axes import Axes
from pandas.api.types import is_numeric_dtype

from helpers.figures import PALETTE, axes, describe, empty, number, styled

_BAR = 0.34  # inches for a bar and its gap
_MARGIN = 1.1  # inches for title and axis


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
    container = ax.barh(range(len(counts)), counts, height=0.65, color=PALETTE["blue"])
    ax.set_yticks(range(len(counts)), names)
    ax.bar_label(container, [number(count) for count in counts], padding=4)
    ax.invert_yaxis()
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.margins(x=0.08)
    ax.set_xlabel(unit)
    pairs = [f"{name} {number(count)}" for name, count in zip(names, counts, strict=True)]
    plural = "s" if len(counts) > 1 else ""
    return describe(ax, f"{len(counts)} bar{plural}, in {unit}: {', '.join(pairs)}.")
