"""What several charts share: rows with names, boxes, time along the bottom, legends of markers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.ticker import Formatter
from matplotlib.transforms import offset_copy

from helpers.calendars import MONTHS
from helpers.layout import legend
from helpers.wording import plain_name

_Edges = npt.ArrayLike  # a number for each box

ROW_NAME = "row name"  # the gid by which these texts are told from others
_MEASURED = 4  # names of the most letters: the widest is among them
_GAP = 5  # points between names and the Axes
_BOX = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
_ABOVE = 3.5  # points: less, because letters seldom reach under their line


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """A name on the left of each row, the first on top, without ticks or a line beside them."""
    write_rows(ax, dict(enumerate(names)))
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)


def write_rows(ax: Axes, names: Mapping[float, str]) -> None:
    """Each name on the left of the Axes at its height, in place of ticks and of a line.

    They are plain texts: a tick is five things to draw, and the layout measures its label again
    and again, which is most of the time that a long timeline takes to lay out. Only the longest
    names, for which there must be room, are measured.
    """
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    beside = offset_copy(ax.get_yaxis_transform(), ax.figure, x=-_GAP, units="points")
    place = {"gid": ROW_NAME, "transform": beside, "ha": "right", "va": "center"}
    written = {height: plain_name(name) for height, name in names.items() if name}
    longest = sorted(written, key=lambda height: _length(written[height]))[-_MEASURED:]
    for height, name in written.items():
        ax.text(0, height, name, **place).set_in_layout(height in longest)


def write_columns(ax: Axes, names: Sequence[str], *, above: bool = False, **look: Any) -> None:
    """Each name under its column or above it, the first at 0, in place of ticks."""
    ax.set_xticks([])
    gap = _ABOVE if above else -_GAP
    beside = offset_copy(ax.get_xaxis_transform(), ax.figure, y=gap, units="points")
    place = {"transform": beside, "ha": "center", "va": "bottom" if above else "top"}
    for where, name in enumerate(names):
        ax.text(where, int(above), plain_name(name), **{"gid": ROW_NAME} | place | look)


def draw_boxes(
    ax: Axes, left: _Edges, bottom: _Edges, right: _Edges, top: _Edges, **look: Any
) -> PathCollection:
    """Boxes with these edges, all as one path.

    One bar each would take three times as long, and hatching is prepared anew for each path.
    """
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    around = np.array(corners, dtype=float).transpose(2, 0, 1).reshape(-1, 2)
    strokes = np.tile(_BOX, len(around) // len(_BOX))
    boxes = PathCollection([Path(around, strokes)], **look)
    ax.add_collection(boxes)
    return boxes


def _length(text: str) -> int:
    return max(map(len, text.split("\n")))


def time_axis(ax: Axes, *, most: int = 8) -> None:
    """Dates along the bottom, three to `most` of them, each as short as it can be."""
    ax.xaxis.set_major_locator(_Calendar(minticks=3, maxticks=most))
    ax.xaxis.set_major_formatter(_Dates())


class _Calendar(mdates.AutoDateLocator):
    """Matplotlib's ticks of time, worked out once for each stretch of time that is in view.

    The layout and the drawing ask for them nine times.
    """

    _view: tuple[float, ...] = ()
    _ticks: Sequence[float] = ()

    def __call__(self) -> Sequence[float]:
        """Where the ticks stand, in days."""
        view = tuple(self.axis.get_view_interval())
        if view != self._view:
            self._view, self._ticks = view, super().__call__()
        return self._ticks


class _Dates(Formatter):
    """Ticks of time in the order day, month, year.

    The first tick and every first tick of a year say the year; hours come alone, but for midnight,
    where the day begins.
    """

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The text of each tick."""
        moments = list(mdates.num2date(values))
        first, last = sorted(mdates.num2date(self.axis.get_view_interval()))
        years = {one.year: one for one in reversed(moments) if first <= one <= last}
        write = _shortest(moments)
        return [write(one, with_year=years.get(one.year) == one) for one in moments]

    def __call__(self, value: float, pos: int | None = None) -> str:
        """The text of one tick, such as the place of the mouse."""
        return _day(mdates.num2date(value), with_year=True)


def _shortest(moments: list[datetime]) -> Callable[..., str]:
    """The way to write these moments that says no more than they need."""
    if any(one.hour or one.minute for one in moments):
        return _hour
    if any(one.day > 1 for one in moments):
        return _day
    if any(one.month > 1 for one in moments):
        return _month
    return lambda one, *, with_year: str(one.year)


def _hour(one: datetime, *, with_year: bool) -> str:
    return f"{one:%H:%M}" if one.hour or one.minute else _day(one, with_year=False)


def _day(one: datetime, *, with_year: bool) -> str:
    return f"{one.day} {_month(one, with_year=with_year)}"


def _month(one: datetime, *, with_year: bool) -> str:
    return f"{MONTHS[one.month - 1][:3]}{f' {one.year}' if with_year else ''}"


def marker_legend(ax: Axes, look: Mapping[str, tuple[str, str]]) -> None:
    """Under the picture, the colour and the marker of each group, as `looks` chose them."""
    handles = [
        Line2D([], [], color=colour, marker=marker, linestyle="", label=name)
        for name, (colour, marker) in look.items()
    ]
    legend(ax, handles)
