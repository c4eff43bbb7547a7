"""Time drawn: events as points that show how sure their date is, and spans as bars."""

from textwrap import fill as wrap
from typing import NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Patch

from helpers.accounts import describe
from helpers.calendars import plain
from helpers.dates import parse
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.layout import legend
from helpers.meanings import looks
from helpers.palette import HATCHES, MARKERS, PALETTE, tint
from helpers.scales import marker_legend, time_axis, write_rows
from helpers.thinning import thinned

_LABEL_CHARACTERS = 50
_LINE_HEIGHT = 0.17  # inches for a line of a label
_ROW_GAP = 0.09  # inches between two rows
_LETTER = 0.07  # inches for a letter of a label
_BESIDE = 0.15  # inches kept free beside a date
_GAP = 0.11  # inches between a marker's middle and its date
_BORDERS = 0.4  # inches around the labels and the time axis together
_SHARE = 0.92  # of a letter: those of a date are smaller
_SIDE = 0.03  # inches of white at both sides of a date
_GROUND = 11  # points: the height of the white ground behind a date
_EDGE = 0.8  # points
_MARGIN = 0.95  # inches for title and time axis


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
    rows = rows.reset_index(drop=True)
    labels = [wrap(text, _LABEL_CHARACTERS) for text in rows[label].astype(str)]
    ax = axes(ax, height=_height(labels))
    if rows.empty:
        return empty(ax, "no events to draw")
    look = looks(_groups(rows, group), MARKERS)
    rows = rows.assign(_height=_row_positions(labels), _look=_groups(rows, group))
    for name, (colour, marker) in look.items():
        _draw_events(ax, rows[rows["_look"] == name], colour, marker)
    _finish(ax, list(rows["_height"]), labels)
    scale = _scale(rows, ax.figure.get_figwidth() - _width(labels) - _BORDERS)
    ax.update_datalim([(mdates.date2num(scale.last), 0)], updatey=False)
    _write_dates(ax, rows, scale)
    if group:
        marker_legend(ax, look)
    ax.set_xlabel(thin)
    words = f"{thin}. " * bool(thin) + _describe_events(rows, label)
    return describe(ax, words, _table_of_events(rows, label, group))


@styled
def spans(frame: pd.DataFrame, *, row: str, group: str = "", ax: Axes | None = None) -> Axes:
    """Bars from start to end, one row for each value of the column `row`, in the table's order.

    frame: a table with ``start`` and ``end`` and their ``_earliest`` and ``_latest``, as `load`
    gives them. group: a column that sets colour and hatching, or "" for none. The full bar is
    the time that is certain; the pale ends are days on which the span may have begun or ended.

    Raises ValueError when a column or a value is missing.
    """
    bounds = [f"{end}_{side}" for end in ("start", "end") for side in ("earliest", "latest")]
    columns = ["start", "end", *bounds, row]
    require_columns(frame, [*columns, group] if group else columns, "spans")
    require_values(frame, columns, "spans")
    frame = frame.reset_index(drop=True)
    names = list(dict.fromkeys(frame[row].astype(str)))
    labels = [wrap(name, _LABEL_CHARACTERS) for name in names]
    ax = axes(ax, height=_height(labels))
    if frame.empty:
        return empty(ax, "no spans to draw")
    look = looks(_groups(frame, group), HATCHES)
    heights = dict(zip(names, _row_positions(labels), strict=True))
    frame["_height"] = frame[row].astype(str).map(heights)
    frame["_look"] = _groups(frame, group)
    for name, one in look.items():
        _draw_spans(ax, frame[frame["_look"] == name], one)
    _finish(ax, list(heights.values()), labels)
    if group:
        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor=colour, hatchcolor="white", label=name)
            for name, (colour, hatch) in look.items()
        ]
        legend(ax, patches)
    return describe(ax, _describe_spans(frame, row), _table_of_spans(frame, row, group))


def _groups(rows: pd.DataFrame, group: str) -> pd.Series:
    """The group of each row, as text; a row without one is "unknown"."""
    if not group:
        return pd.Series("", rows.index)
    return rows[group].astype("object").where(rows[group].notna(), "unknown").astype(str)


def _height(labels: list[str]) -> float:
    lines = sum(label.count("\n") + 1 for label in labels)
    return max(_MARGIN + lines * _LINE_HEIGHT + len(labels) * _ROW_GAP, 2.2)


def _width(labels: list[str]) -> float:
    """Inches that the longest line of the labels takes."""
    lines = [line for label in labels for line in label.split("\n")]
    return _LETTER * max(map(len, lines), default=0)


def _room(text: str) -> float:
    """Inches that a date needs beside its marker."""
    return _width([text]) + _BESIDE


def _row_positions(labels: list[str]) -> list[float]:
    """Distance of each row's middle from the top, in inches."""
    positions, top = [], 0.0
    for label in labels:
        height = (label.count("\n") + 1) * _LINE_HEIGHT + _ROW_GAP
        positions.append(top + height / 2)
        top += height
    return positions


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

    def side(self, row: pd.Series, text: str) -> str:
        """Where a text fits: right of the marker of a row, left of it, or upon its line."""
        start, end = row["date_earliest"], row["date_latest"]
        room = {"right": self.last - end, "left": start - self.first, "line": end - start}
        days = _room(text) / self.inches_a_day
        return next((side for side, time in room.items() if time.days >= days), "")

    @property
    def inches_a_day(self) -> float:
        """How long a day is on paper."""
        return self.length / max((self.last - self.first).days, 1)


def _scale(rows: pd.DataFrame, length: float) -> _Scale:
    """The scale of these events, longer than they last where a date would fit nowhere."""
    first, last = rows["date_earliest"].min(), rows["date_latest"].max()
    scale = _Scale(first, last, length)
    for _, row in rows.iterrows():
        text = plain(row["date"])
        if not scale.side(row, text):
            part = min(_room(text) / length, 0.6)  # of the scale, right of the event
            last = max(last, first + (row["date_latest"] - first) / (1 - part))
    return _Scale(first, last, length)


def _write_dates(ax: Axes, rows: pd.DataFrame, scale: _Scale) -> None:
    """The dates in words beside their markers, or upon their lines, on a white ground."""
    grounds = []
    for _, row in rows.iterrows():
        text, place, align = _placed_date(row, scale)
        x, height = mdates.date2num(place), row["_height"]
        look = {"ha": align, "va": "center", "fontsize": 9, "color": PALETTE["grey"]}
        written = ax.text(x, height, text, **look)
        written.set_in_layout(False)  # there is room for it, so the layout need not measure it
        days = (_LETTER * _SHARE * len(text) + 2 * _SIDE) / scale.inches_a_day
        side = _SIDE / scale.inches_a_day
        left = x - {"left": side, "center": days / 2, "right": days - side}[align]
        grounds.append([(left, height), (left + days, height)])
    white = {"colors": "white", "linewidths": _GROUND, "capstyle": "butt", "zorder": 2.5}
    ax.add_collection(LineCollection(grounds, **white), autolim=False)


def _placed_date(row: pd.Series, scale: _Scale) -> tuple[str, pd.Timestamp, str]:
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


def _old_style(row: pd.Series) -> str:
    text = row.get("date_os")
    return text if isinstance(text, str) else ""


def _draw_spans(ax: Axes, rows: pd.DataFrame, look: tuple[str, str]) -> None:
    """A pale bar over all days that are possible, a full one over those that are certain.

    The edge makes a bar of a single day visible too.
    """
    colour, hatch = look
    certain = rows[rows["start_latest"] < rows["end_earliest"]]
    for some, first, last, fill, lines in (
        (rows, "start_earliest", "end_latest", tint(colour), colour),
        (certain, "start_latest", "end_earliest", colour, "white"),
    ):
        ax.barh(
            some["_height"],
            some[last] - some[first],
            left=some[first],
            height=_LINE_HEIGHT,
            facecolor=fill,
            hatch=hatch,
            hatchcolor=lines,
            edgecolor=colour,
            linewidth=_EDGE,
        )


def _finish(ax: Axes, heights: list[float], labels: list[str]) -> None:
    """Labels on the left, time below, a faint line through each row, the first row on top."""
    write_rows(ax, dict(zip(heights, labels, strict=True)))
    ax.set_ylim(max(heights) + 0.25, min(heights) - 0.25)
    across = [((0, height), (1, height)) for height in heights]
    faint = {"colors": PALETTE["light"], "linewidths": 0.6, "zorder": 0.5}
    rules = LineCollection(across, transform=ax.get_yaxis_transform(), **faint)
    ax.add_collection(rules, autolim=False)
    time_axis(ax, most=7)
    ax.margins(x=0.02)


def _describe_events(rows: pd.DataFrame, label: str) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    known = sum(_is_certain_day(text) for text in rows["date"])
    return (
        f"Timeline of {len(rows)} events, {known} of them known to the day: "
        f"the first is {first[label]} ({plain(first['date'])}), "
        f"the last {last[label]} ({plain(last['date'])})."
    )


def _describe_spans(rows: pd.DataFrame, row: str) -> str:
    core = (rows["end_earliest"] - rows["start_latest"]).dt.days
    longest = rows.loc[core.idxmax()]
    certain = (core > 0).sum()
    return (
        f"{len(rows)} spans in {rows[row].nunique()} rows, "
        f"from {plain(rows.loc[rows['start_earliest'].idxmin(), 'start'])} "
        f"to {plain(rows.loc[rows['end_latest'].idxmax(), 'end'])}. "
        f"{certain} of them have days that are certain"
        + (f", most of all {longest[row]}: at least {core.max()} days." if certain else ".")
    )


def _table_of_events(rows: pd.DataFrame, label: str, group: str) -> pd.DataFrame:
    dates = [plain(row["date"], _old_style(row)) for _, row in rows.iterrows()]
    table = pd.DataFrame({label: rows[label], "date": dates})
    return table.assign(**{group: rows["_look"]}) if group and group != label else table


def _table_of_spans(rows: pd.DataFrame, row: str, group: str) -> pd.DataFrame:
    ends = {"from": rows["start"].map(plain), "to": rows["end"].map(plain)}
    table = pd.DataFrame({row: rows[row].astype(str)} | ends)
    return table.assign(**{group: rows["_look"]}) if group and group != row else table
