"""Events in time, as points that show how sure their date is."""

from textwrap import fill as wrap
from typing import Any, NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from helpers import timerows
from helpers.accounts import describe
from helpers.calendars import plain
from helpers.dates import parse
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.meanings import looks
from helpers.palette import MARKERS, PALETTE
from helpers.scales import marker_legend
from helpers.thinning import thinned

_Row = dict[str, Any]  # an event: the value of each column

_BESIDE = 0.15  # inches kept free beside a date
_GAP = 0.11  # inches between a marker's middle and its date
_BORDERS = 0.4  # inches around the labels and the time axis together
_SHARE = 0.92  # of a letter: those of a date are smaller
_SIDE = 0.03  # inches of white at both sides of a date
_GROUND = 11  # points: the height of the white ground behind a date


@styled
def timeline(
    events: pd.DataFrame, *, label: str = "title", group: str = "", ax: Axes | None = None
) -> Axes:
    """Events in order of time, each on a row of its own, so that no label meets another.

    events: a table with ``date``, ``date_earliest`` and ``date_latest``, as `load` gives them,
    and a column of labels; ``date_os``, if there, is shown with the date. group: a column that
    sets colour and marker, or "" for none. A filled marker is a date known to the day; two open
    ones joined by a line are the first and the last day that any other date can mean. Of more than
    120 events, 120 are drawn, and the axis says so (see `helpers.thinning`).

    Raises ValueError when a column or a value is missing.
    """
    columns = ["date", "date_earliest", "date_latest", label]
    require_columns(events, [*columns, group] if group else columns, "timeline")
    require_values(events, columns, "timeline")
    rows, thin = thinned(events.sort_values(["date_earliest", "date_latest"]), "events")
    used = dict.fromkeys([*columns, "date_os", group])
    rows = rows.filter(items=list(used)).reset_index(drop=True)
    labels = [wrap(text, timerows.LABEL_CHARACTERS) for text in rows[label].astype(str)]
    ax = axes(ax, height=timerows.height(labels))
    if rows.empty:
        return empty(ax, "no events to draw")
    look = looks(timerows.groups(rows, group), MARKERS)
    rows = rows.assign(_height=timerows.positions(labels), _look=timerows.groups(rows, group))
    for name, (colour, marker) in look.items():
        _draw_events(ax, rows[rows["_look"] == name], colour, marker)
    timerows.finish(ax, list(rows["_height"]), labels)
    drawn = rows.to_dict("records")
    scale = _scale(drawn, ax.figure.get_figwidth() - timerows.width(labels) - _BORDERS)
    ax.update_datalim([(mdates.date2num(scale.last), 0)], updatey=False)
    _write_dates(ax, drawn, scale)
    if group:
        marker_legend(ax, look)
    ax.set_xlabel(thin)
    words = f"{thin}. " * bool(thin) + _describe_events(rows, label)
    dates = [plain(row["date"], _old_style(row)) for row in drawn]
    table = pd.DataFrame({label: rows[label], "date": dates})
    more = {group: rows["_look"]} if group and group != label else {}
    return describe(ax, words, table.assign(**more))


def _room(text: str) -> float:
    """Inches that a date needs beside its marker."""
    return timerows.width([text]) + _BESIDE


def _draw_events(ax: Axes, rows: pd.DataFrame, colour: str, marker: str) -> None:
    """A filled marker for a day; two open ones, joined, for the bounds of anything wider."""
    known = rows["date"].map(_is_certain_day).astype(bool)
    days, wider = rows[known], rows[~known]
    look = {"marker": marker, "markersize": 7, "color": colour, "linestyle": "", "clip_on": False}
    if not days.empty:
        ax.plot(days["date_earliest"], days["_height"], **look)
    if not wider.empty:
        bounds = wider["date_earliest"], wider["date_latest"]
        ax.hlines(wider["_height"], *bounds, color=colour, linewidth=2, clip_on=False)
        for ends in bounds:
            ax.plot(ends, wider["_height"], **look, markerfacecolor="white")


def _is_certain_day(text: str) -> bool:
    one = parse(text)
    return one.precision == "day" and not (one.approximate or one.uncertain)


class _Scale(NamedTuple):
    """The time axis before it is drawn: its first and last day, and its length in inches."""

    first: pd.Timestamp
    last: pd.Timestamp
    length: float

    def side(self, row: _Row, text: str) -> str:
        """Where a text fits: right of the marker of a row, left of it, or upon its line."""
        start, end = row["date_earliest"], row["date_latest"]
        room = {"right": self.last - end, "left": start - self.first, "line": end - start}
        days = _room(text) / self.inches_a_day
        return next((side for side, time in room.items() if time.days >= days), "")

    @property
    def inches_a_day(self) -> float:
        """How long a day is on paper."""
        return self.length / max((self.last - self.first).days, 1)


def _scale(rows: list[_Row], length: float) -> _Scale:
    """The scale of these events, longer than they last where a date would fit nowhere."""
    first = min(row["date_earliest"] for row in rows)
    last = max(row["date_latest"] for row in rows)
    scale = _Scale(first, last, length)
    for row in rows:
        text = plain(row["date"])
        if not scale.side(row, text):
            part = min(_room(text) / length, 0.6)  # of the scale, right of the event
            last = max(last, first + (row["date_latest"] - first) / (1 - part))
    return _Scale(first, last, length)


def _write_dates(ax: Axes, rows: list[_Row], scale: _Scale) -> None:
    """The dates in words beside their markers, or upon their lines, on a white ground."""
    grounds = []
    for row in rows:
        text, place, align = _placed_date(row, scale)
        x, height = mdates.date2num(place), row["_height"]
        look = {"ha": align, "va": "center", "fontsize": 9, "color": PALETTE["grey"]}
        written = ax.text(x, height, text, **look)
        written.set_in_layout(False)  # there is room for it, so the layout need not measure it
        days = (timerows.LETTER * _SHARE * len(text) + 2 * _SIDE) / scale.inches_a_day
        side = _SIDE / scale.inches_a_day
        left = x - {"left": side, "center": days / 2, "right": days - side}[align]
        grounds.append([(left, height), (left + days, height)])
    white = {"colors": "white", "linewidths": _GROUND, "capstyle": "butt", "zorder": 2.5}
    ax.add_collection(LineCollection(grounds, **white), autolim=False)


def _placed_date(row: _Row, scale: _Scale) -> tuple[str, pd.Timestamp, str]:
    """The date of a row in words, where they stand, and how they are aligned there.

    Where a date in both calendars fits nowhere, the New Style stands alone.
    """
    start, end = row["date_earliest"], row["date_latest"]
    text = plain(row["date"], _old_style(row))
    if not scale.side(row, text):
        text = plain(row["date"])
    shift = pd.Timedelta(days=_GAP / scale.inches_a_day)
    place, align = {
        "left": (start - shift, "right"),
        "line": (start + (end - start) / 2, "center"),
    }.get(scale.side(row, text), (end + shift, "left"))
    return text, place, align


def _old_style(row: _Row) -> str:
    text = row.get("date_os")
    return text if isinstance(text, str) else ""


def _describe_events(rows: pd.DataFrame, label: str) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    known = sum(_is_certain_day(text) for text in rows["date"])
    return (
        f"Timeline of {len(rows)} events, {known} of them known to the day: "
        f"the first is {first[label]} ({plain(first['date'])}), "
        f"the last {last[label]} ({plain(last['date'])})."
    )
