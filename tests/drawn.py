"""What tests read back from an Axes: the names of its rows, and its other texts."""

from matplotlib.axes import Axes
from matplotlib.text import Text

from helpers.scales import ROW_NAME


def row_labels(ax: Axes) -> list[Text]:
    """The names on the left of the rows, in the order in which they were written."""
    return [text for text in ax.texts if text.get_gid() == ROW_NAME]


def row_names(ax: Axes) -> list[str]:
    """The words of `row_labels`."""
    return [text.get_text() for text in row_labels(ax)]


def inner_texts(ax: Axes) -> list[Text]:
    """All texts that do not name a row."""
    return [text for text in ax.texts if text.get_gid() != ROW_NAME]
