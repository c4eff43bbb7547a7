"""What a figure says in words and as a table, for those who do not see it and those who check it.

A drawing function gives its Axes an account (`describe`). A plot without one, such as a student's
own, is read from its bars, lines and points.
"""

from collections.abc import Iterable

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.container import BarContainer
from matplotlib.dates import num2date

from helpers.wording import number


class Account(Artist):
    """Words and a table that live with an Axes, as an artist that draws nothing."""

    def __init__(self, words: str, table: pd.DataFrame) -> None:
        super().__init__()
        self.words, self.table = words, table
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Nothing: it is there to be read."""


def describe(ax: Axes, words: str, table: pd.DataFrame | None = None) -> Axes:
    """The Axes with an account of what is drawn on it, in place of one that it may have.

    words: the alternative text. table: the data drawn; its columns are named for readers, and
    the first of them names the rows. Without it the figure has no table.
    """
    old = _account(ax)
    if old:
        old.remove()
    ax.add_artist(Account(words, pd.DataFrame() if table is None else table))
    return ax


def words_of(ax: Axes) -> str:
    """The account of the Axes in words."""
    account = _account(ax)
    return account.words if account else _words_of_artists(ax)


def table_of(ax: Axes) -> pd.DataFrame:
    """The data drawn on the Axes, as a table."""
    account = _account(ax)
    return account.table if account else _table_of_artists(ax)


def _account(ax: Axes) -> Account | None:
    return next((one for one in ax.artists if isinstance(one, Account)), None)


def _words_of_artists(ax: Axes) -> str:
    """What a plot shows, read from its bars, its lines or its points."""
    containers = _bars(ax)
    if containers:
        return _words_of_bars(ax, containers)
    series = [line.get_ydata() for line in ax.lines] or [
        points.get_offsets()[:, 1] for points in ax.collections
    ]
    if not series:
        return f"{len(ax.patches)} shapes." if ax.patches else "Nothing is drawn."
    values = pd.concat([pd.Series(list(part)) for part in series]).dropna()
    what = "line" if ax.lines else "group of points"
    counted = f"{len(series)} {what}{'s' if len(series) > 1 else ''} with {len(values)} points"
    if values.empty or not pd.api.types.is_numeric_dtype(values):
        return f"{counted}."
    axis = ax.get_ylabel() or "the values"
    return f"{counted}; {axis} from {number(values.min())} to {number(values.max())}."


def _words_of_bars(ax: Axes, containers: list[BarContainer]) -> str:
    labels, lengths = _names_of_bars(ax, containers), _lengths(containers)
    if len(labels) != len(lengths):
        return f"{len(lengths)} bars from {number(min(lengths))} to {number(max(lengths))}."
    pairs = [f"{label} {number(value)}" for label, value in zip(labels, lengths, strict=True)]
    return f"{len(lengths)} bars: {', '.join(pairs)}."


def _table_of_artists(ax: Axes) -> pd.DataFrame:
    """The numbers of a plot, read from its bars, its lines or its points."""
    containers = _bars(ax)
    if containers:
        labels = _names_of_bars(ax, containers)
        names = _names(containers, ax.get_ylabel() or ax.get_xlabel() or "value")
        parts = [_lengths([one]) for one in containers]
        if any(len(part) != len(labels) for part in parts):
            labels = list(range(1, max(map(len, parts)) + 1))
        rows = {name: pd.Series(part) for name, part in zip(names, parts, strict=True)}
        return pd.DataFrame({"bar": pd.Series(labels)} | rows)
    points = [(one, line.get_xdata(), line.get_ydata()) for one, line in _named(ax.lines, "line")]
    if not points:
        offsets = [(one, group.get_offsets()) for one, group in _named(ax.collections, "points")]
        points = [(one, some[:, 0], some[:, 1]) for one, some in offsets if len(some)]
    along, up = ax.get_xlabel() or "x", ax.get_ylabel() or "y"
    parts = [
        pd.DataFrame({"of": name, along: _across(ax, x), f"{up} " if up == along else up: list(y)})
        for name, x, y in points
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return table if len(parts) > 1 else table.drop(columns="of", errors="ignore")


def _across(ax: Axes, values: Iterable[float]) -> list[object]:
    """Places along the axis of x: days where it is one of time, else numbers."""
    if type(ax.xaxis.get_converter()).__name__ in ("DateConverter", "_SwitchableDateConverter"):
        return [num2date(ax.convert_xunits(one)).date().isoformat() for one in values]
    return list(values)


def _bars(ax: Axes) -> list[BarContainer]:
    return [one for one in ax.containers if isinstance(one, BarContainer)]


def _names_of_bars(ax: Axes, containers: list[BarContainer]) -> list[str]:
    axis = ax.yaxis if containers[0].orientation == "horizontal" else ax.xaxis
    return [label.get_text() for label in axis.get_ticklabels()]


def _lengths(containers: list[BarContainer]) -> list[float]:
    lying = containers[0].orientation == "horizontal"
    bars = [bar for container in containers for bar in container]
    return [bar.get_width() if lying else bar.get_height() for bar in bars]


def _names(containers: list[BarContainer], alone: str) -> list[str]:
    """A different name for each group of bars."""
    if len(containers) == 1:
        return [alone]
    return [name for name, _ in _named(containers, "bars")]


def _named(things: Iterable[Artist], what: str) -> list[tuple[str, Artist]]:
    """Each thing with its label, or with a number where matplotlib made up the label."""
    return [
        (what_it_is if not what_it_is.startswith("_") else f"{what} {place}", thing)
        for place, thing in enumerate(things, 1)
        for what_it_is in [str(thing.get_label())]
    ]
