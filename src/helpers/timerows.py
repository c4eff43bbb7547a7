"""Rows along a time axis: how high each stands, how wide their names are, the lines between."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from helpers.palette import PALETTE
from helpers.scales import time_axis, write_rows

LABEL_CHARACTERS = 50  # of a line of a label
LINE_HEIGHT = 0.17  # inches for a line of a label
LETTER = 0.07  # inches for a letter of a label
_ROW_GAP = 0.09  # inches between two rows
_MARGIN = 0.95  # inches for title and time axis


def groups(rows: pd.DataFrame, group: str) -> pd.Series:
    """The group of each row, as text; a row without one is "unknown"."""
    if not group:
        return pd.Series("", rows.index)
    return rows[group].astype("object").where(rows[group].notna(), "unknown").astype(str)


def height(labels: list[str]) -> float:
    """Inches for a picture with a row for each label."""
    lines = sum(label.count("\n") + 1 for label in labels)
    return max(_MARGIN + lines * LINE_HEIGHT + len(labels) * _ROW_GAP, 2.2)


def width(labels: list[str]) -> float:
    """Inches that the longest line of the labels takes."""
    lines = [line for label in labels for line in label.split("\n")]
    return LETTER * max(map(len, lines), default=0)


def positions(labels: list[str]) -> list[float]:
    """Distance of each row's middle from the top, in inches."""
    middles, top = [], 0.0
    for label in labels:
        room = (label.count("\n") + 1) * LINE_HEIGHT + _ROW_GAP
        middles.append(top + room / 2)
        top += room
    return middles


def finish(ax: Axes, heights: list[float], labels: list[str]) -> None:
    """Labels on the left, time below, a faint line through each row, the first row on top."""
    write_rows(ax, dict(zip(heights, labels, strict=True)))
    ax.set_ylim(max(heights) + 0.25, min(heights) - 0.25)
    across = [((0, one), (1, one)) for one in heights]
    faint = {"colors": PALETTE["light"], "linewidths": 0.6, "zorder": 0.5}
    rules = LineCollection(across, transform=ax.get_yaxis_transform(), **faint)
    ax.add_collection(rules, autolim=False)
    time_axis(ax, most=7)
    ax.margins(x=0.02)
