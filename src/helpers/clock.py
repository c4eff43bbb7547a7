"""Hours drawn: what happened when in the course of a day or two, and who says so."""

import re
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from helpers.accounts import describe
from helpers.calendars import old_style, plain
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.meanings import looks
from helpers.palette import MARKERS, PALETTE
from helpers.scales import marker_legend, name_rows, time_axis

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MARGIN, _ROW = 1.5, 0.36  # inches for title, axis and legend, and for a row
_LIFT = 0.105  # inches between two statements of one step


@styled
def hours(
    table: pd.DataFrame,
    *,
    row: str,
    date: str = "date",
    time: str = "time",
    group: str = "",
    both_calendars: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Statements of an hour: a line for each step, a marker for each time that somebody gives.

    row: the column with the steps; they stand in the table's order. date: a date column with its
    ``_earliest``, as `load` gives it: the day on which the statement puts the step. time: clock
    times as text, ``"02:10"``, or ``"02:00/02:30"`` for a range, which becomes a bar. group: a
    column that sets colour and marker, such as who says so. both_calendars: whether the days under
    the axis are named in the old calendar too.

    Raises TypeError or ValueError when a column or a value is missing or a time is none.
    """
    day = f"{date}_earliest"
    wanted = [row, day, time, *([group] if group else [])]
    require_columns(table, wanted, "hours")
    require_values(table, wanted, "hours")
    if table.empty:
        return empty(axes(ax), "no hours to draw")
    places, steps = pd.factorize(table[row].astype(str))
    who = table[group].astype(str) if group else ""
    few = table[list(dict.fromkeys(wanted))]
    moments = few.assign(**_moments(table[day], table[time]), _step=places, _who=who)
    marked = moments.sort_values(["_step", "_start"])
    same = marked.groupby("_step")
    tall = max(_ROW, _LIFT * (same.size().max() + 0.6))
    ax = axes(ax, height=_MARGIN + tall * max(len(steps), 2))
    look = looks(moments["_who"], MARKERS)
    beside = same.cumcount() - (same["_step"].transform("size") - 1) / 2
    marked["_at"] = marked["_step"] + beside * _LIFT / tall
    ax.hlines(range(len(steps)), same["_start"].min(), same["_end"].max(), color=PALETTE["light"])
    colours = [look[name][0] for name in marked["_who"]]
    ax.hlines(marked["_at"], marked["_start"], marked["_end"], color=colours)
    for name, (colour, marker) in look.items():
        some = marked[marked["_who"] == name]
        ends, twice = pd.concat([some["_start"], some["_end"]]), [*some["_at"], *some["_at"]]
        ax.plot(ends, twice, marker, color=colour, markersize=7)
    _finish(ax, list(steps))
    ax.set_xlabel(f"Hour of the day, {_days(moments, both_calendars)}")
    if group:
        marker_legend(ax, look)
    held = marked.assign(day=marked[day].dt.date, hour=marked[time].str.replace("/", " to "))
    held = held[[row, "day", "hour", *([group] if group else [])]]
    return describe(ax, _describe(marked, time, steps), held)


def _moments(days: pd.Series, times: pd.Series) -> dict[str, pd.Series]:
    """The first and the last moment that each statement allows."""
    ends = [_clock(text) for text in times]
    first = pd.to_timedelta([start for start, _ in ends], unit="min")
    last = pd.to_timedelta([end for _, end in ends], unit="min")
    return {"_start": days + first, "_end": days + last}


def _clock(text: str) -> tuple[int, int]:
    """A time, or a range of times, in minutes after midnight.

    Raises ValueError when the text is no time; a range over midnight has to be cut in two.
    """
    found = [_TIME.fullmatch(part) for part in str(text).split("/")]
    if not all(found) or len(found) > 2:
        raise ValueError(f"{text!r} is no time: write 02:10, or 02:00/02:30 for a range")
    minutes = [60 * int(one[1]) + int(one[2]) for one in found]
    if minutes[-1] < minutes[0]:
        raise ValueError(f"{text!r} ends before it starts: put each day on a row of its own")
    return minutes[0], minutes[-1]


def _finish(ax: Axes, steps: list[str]) -> None:
    name_rows(ax, steps)
    time_axis(ax)
    ax.grid(axis="x", color=PALETTE["light"], linewidth=0.6)
    ax.margins(x=0.04)


def _days(moments: pd.DataFrame, both_calendars: bool) -> str:
    """The first and the last day in words."""
    ends = [one.date().isoformat() for one in (moments["_start"].min(), moments["_end"].max())]
    words = [plain(day, old_style(day) if both_calendars else "") for day in ends]
    return " to ".join(dict.fromkeys(words))


def _describe(marked: pd.DataFrame, time: str, steps: Sequence[str]) -> str:
    """Each step with its times, given the statements by step and by time."""
    times: dict[int, dict[str, None]] = {}
    for step, text in zip(marked["_step"], marked[time], strict=True):
        times.setdefault(step, {})[str(text).replace("/", " to ")] = None
    told = [f"{steps[step]} {', '.join(some)}" for step, some in times.items()]
    return f"{len(marked)} statements on {len(steps)} steps: {'; '.join(told)}."
