"""Spans of time as bars, with pale ends for the days that are not certain."""

from textwrap import fill as wrap

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from helpers import timerows
from helpers.accounts import describe
from helpers.calendars import plain
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.layout import legend
from helpers.meanings import looks
from helpers.palette import HATCHES, tint
from helpers.scales import draw_boxes

_EDGE = 0.8  # points


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
    wanted = [*columns, group] if group else columns
    require_columns(frame, wanted, "spans")
    require_values(frame, columns, "spans")
    frame = frame[list(dict.fromkeys(wanted))].reset_index(drop=True)
    names = list(dict.fromkeys(frame[row].astype(str)))
    labels = [wrap(name, timerows.LABEL_CHARACTERS) for name in names]
    ax = axes(ax, height=timerows.height(labels))
    if frame.empty:
        return empty(ax, "no spans to draw")
    look = looks(timerows.groups(frame, group), HATCHES)
    heights = dict(zip(names, timerows.positions(labels), strict=True))
    frame["_height"] = frame[row].astype(str).map(heights)
    frame["_look"] = timerows.groups(frame, group)
    for name, one in look.items():
        _draw_spans(ax, frame[frame["_look"] == name], one)
    timerows.finish(ax, list(heights.values()), labels)
    if group:
        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor=colour, hatchcolor="white", label=name)
            for name, (colour, hatch) in look.items()
        ]
        legend(ax, patches)
    return describe(ax, _describe_spans(frame, row), _table_of_spans(frame, row, group))


def _draw_spans(ax: Axes, rows: pd.DataFrame, look: tuple[str, str]) -> None:
    """A pale bar over all days that are possible, a full one over those that are certain.

    The edge makes a bar of a single day visible too. The time axis begins with the first bar.
    """
    colour, hatch = look
    half = timerows.LINE_HEIGHT / 2
    certain = rows[rows["start_latest"] < rows["end_earliest"]]
    for some, first, last, fill, lines in (
        (rows, "start_earliest", "end_latest", tint(colour), colour),
        (certain, "start_latest", "end_earliest", colour, "white"),
    ):
        if some.empty:
            continue
        left, right = (mdates.date2num(some[column]) for column in (first, last))
        edges = (left, some["_height"] - half, right, some["_height"] + half)
        style = {"facecolor": fill, "edgecolor": colour, "linewidth": _EDGE}
        boxes = draw_boxes(ax, *edges, hatch=hatch, hatchcolor=lines, **style)
        boxes.sticky_edges.x.append(left.min())


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


def _table_of_spans(rows: pd.DataFrame, row: str, group: str) -> pd.DataFrame:
    ends = {"from": rows["start"].map(plain), "to": rows["end"].map(plain)}
    table = pd.DataFrame({row: rows[row].astype(str)} | ends)
    return table.assign(**{group: rows["_look"]}) if group and group != row else table
