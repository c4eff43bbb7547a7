"""What tests read back from an Axes: names of rows, other texts, marks and boxes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.dates import num2date
from matplotlib.text import Text

from helpers.layout import COLUMN_NAME
from helpers.scales import ROW_NAME


def row_labels(ax: Axes) -> list[Text]:
    """The names on the left of the rows, in the order in which they were written."""
    return [text for text in ax.texts if text.get_gid() == ROW_NAME]


def row_names(ax: Axes) -> list[str]:
    """The words of `row_labels`."""
    return [text.get_text() for text in row_labels(ax)]


def column_labels(ax: Axes) -> list[Text]:
    """The names above the columns of a table drawn as cells."""
    return [text for text in ax.texts if text.get_gid() == COLUMN_NAME]


def inner_texts(ax: Axes) -> list[Text]:
    """All texts that name neither a row nor a column."""
    return [text for text in ax.texts if text.get_gid() not in (ROW_NAME, COLUMN_NAME)]


def marks(ax: Axes) -> list[tuple[object, float, str]]:
    """Where each marker stands (x as it was given, y) and which marker it is."""
    return [
        (x, float(y), line.get_marker())
        for line in ax.lines
        if line.get_marker() not in ("None", None, "")
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def strokes(ax: Axes) -> list[tuple[float, float, float, float]]:
    """The straight lines drawn in groups: x and y of both ends, as numbers."""
    return [
        tuple(float(one) for end in segment for one in end)
        for group in ax.collections
        if isinstance(group, LineCollection)
        for segment in group.get_segments()
    ]


def boxes_of(drawn: PathCollection) -> list[np.ndarray]:
    """The corners of each box that was drawn together with others, the lower left one first."""
    return [box for path in drawn.get_paths() for box in path.to_polygons()]


def day(number: float) -> str:
    """The day of an end of a stroke on an axis of time."""
    return num2date(number).strftime("%Y-%m-%d")
