"""Simple charts of counts and shares, in the course's style."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.figures import PALETTE, axes, describe, empty, styled

_BAR = 0.34  # inches for a bar and its gap
_MARGIN = 1.1  # inches for title and axis


@styled
def bars(counts: pd.Series, *, unit: str, ax: Axes | None = None) -> Axes:
    """Lying bars, the first on top, each with its number at the end.

    counts: a number for each name, as ``value_counts()`` gives it. unit: what is counted; it is
    written under the axis.

    Raises TypeError when it is given anything but a Series.
    """
    if not isinstance(counts, pd.Series):
        raise TypeError(
            f"bars() needs a Series of numbers, not {type(counts).__name__}: "
            'count first, for example table["column"].value_counts()'
        )
    ax = axes(ax, height=_MARGIN + _BAR * len(counts))
    if counts.empty:
        return empty(ax, f"no {unit} to draw")
    names = [str(name) for name in counts.index]
    container = ax.barh(names, counts, height=0.65, color=PALETTE["blue"])
    ax.bar_label(container, fmt="{:g}", padding=4)
    ax.invert_yaxis()
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.margins(x=0.08)
    ax.set_xlabel(unit)
    pairs = ", ".join(f"{name} {number:g}" for name, number in zip(names, counts, strict=True))
    return describe(ax, f"{len(counts)} bars, in {unit}: {pairs}.")
