"""What several charts share: rows with names, time along the bottom, a legend of markers."""

from collections.abc import Mapping, Sequence

import matplotlib.dates as mdates
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.figures import legend


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """A name on the left of each row, the first on top, without ticks or a line beside them."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    bare_left_side(ax)


def bare_left_side(ax: Axes) -> None:
    """No ticks and no line on the left, where names of rows stand."""
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def time_axis(ax: Axes, *, most: int = 8, with_offset: bool = True) -> None:
    """Dates along the bottom, three to `most` of them, each as short as it can be.

    with_offset: whether the part that all dates share, such as the year, stands at the end.
    """
    locator = mdates.AutoDateLocator(minticks=3, maxticks=most)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=with_offset))


def marker_legend(ax: Axes, look: Mapping[str, tuple[str, str]]) -> None:
    """Under the picture, the colour and the marker of each group, as `looks` chose them."""
    handles = [
        Line2D([], [], color=colour, marker=marker, linestyle="", label=name)
        for name, (colour, marker) in look.items()
    ]
    legend(ax, handles)
