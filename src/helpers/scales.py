"""What several charts share: rows with names, time along the bottom, a legend of markers."""

from collections.abc import Mapping, Sequence

import matplotlib.dates as mdates
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import offset_copy

from helpers.figures import legend

ROW_NAME = "row name"  # the gid by which these texts are told from others
_GAP = 5  # points between the names of rows and the Axes


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """A name on the left of each row, the first on top, without ticks or a line beside them."""
    write_rows(ax, dict(enumerate(names)))
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)


def write_rows(ax: Axes, names: Mapping[float, str]) -> None:
    """Each name on the left of the Axes at its height, in place of ticks and of a line.

    They are plain texts: a tick is five things to draw, and the layout measures its label again
    and again, which is most of the time that a long timeline takes to lay out.
    """
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    beside = offset_copy(ax.get_yaxis_transform(), ax.figure, x=-_GAP, units="points")
    for height, name in names.items():
        ax.text(0, height, name, gid=ROW_NAME, transform=beside, ha="right", va="center")


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
