"""Room on the page: the Axes in their size, the legend under the picture, words that wrap."""

from textwrap import fill

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine

from helpers.wording import sentence_case

_LETTERS_PER_INCH = 10  # of a label, so that it stays as short as its side of the Axes
_LITTLE = 0.01  # of the height: not worth a second layout
_PAD = 0.5  # letters of white around the Axes
_COLUMNS = 5  # of a legend
COLUMN_NAME = "column name"  # the gid of a name above a column
_BELOW = "below"  # the gid of a legend that stands under the picture
_HANDLE = 2.6  # letters: long enough to tell broken lines apart
_KEY, _LETTER = 0.7, 0.07  # inches in a legend: the sign with its gaps, and a letter of 9 points
_SIZE = 9  # points: words in a legend


def legend(ax: Axes, handles: list[Artist]) -> None:
    """The legend under the picture, where it has the whole width; with several, under each.

    Ids become plain words, and each entry starts with a capital letter.
    """
    for handle in handles:
        handle.set_label(sentence_case(handle.get_label()))
    if len(ax.figure.axes) > 1:
        ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.12), fontsize=_SIZE)
    else:
        ncols = legend_columns(handles, ax.figure.get_figwidth())
        where = {"loc": "lower left", "ncols": ncols, "handlelength": _HANDLE}
        ax.figure.legend(handles=handles, fontsize=_SIZE, **where).set_gid(_BELOW)


def legend_columns(handles: list[Artist], width: float) -> int:
    """The most columns, five at most, whose longest labels fit side by side into the width."""
    lengths = [_KEY + _LETTER * len(str(one.get_label())) for one in handles]
    for count in range(min(_COLUMNS, len(lengths)), 1, -1):
        if sum(max(column) for column in np.array_split(lengths, count)) < width:
            return count
    return 1


def settle(figure: Figure) -> None:
    """The Axes in the size that they will have in the picture, with room for what is around them.

    The tight layout measures each text once, the constrained one twice. A plot of a student's own
    with another layout keeps it.
    """
    engine = figure.get_layout_engine() or TightLayoutEngine(pad=_PAD, rect=None)
    engine.execute(figure)
    if any(_turned(ax) for ax in figure.axes):
        engine.execute(figure)  # how far a turned label reaches depends on where its column ends
    tops = [one.get_window_extent().y1 for one in figure.legends if one.get_gid() == _BELOW]
    if tops:
        room = max(tops) / figure.bbox.height
        figure.subplots_adjust(bottom=figure.subplotpars.bottom + room)
    for ax in figure.axes:
        ax.apply_aspect()


def _turned(ax: Axes) -> bool:
    """Whether names above columns or labels of ticks are written aslant."""
    names = [text for text in ax.texts if text.get_gid() == COLUMN_NAME]
    return any(label.get_rotation() for label in (*names, *ax.get_xticklabels()))


def wrap_labels(figure: Figure) -> None:
    """The titles and axis labels of all Axes, wrapped: the layout sees height, not length."""
    for ax in figure.axes:
        width, height = ax.get_position().size * figure.get_size_inches() * _LETTERS_PER_INCH
        for text, length in ((ax.title, width), (ax.xaxis.label, width), (ax.yaxis.label, height)):
            text.set_text(fill(text.get_text(), max(int(length), 1)))


def cut_below(figure: Figure) -> None:
    """The figure without the height that a lone map, whose shape is fixed, leaves free."""
    if len(figure.axes) > 1:
        return
    ax = figure.axes[0]
    spare = ax.get_position(original=True).height - ax.get_position().height
    if spare > _LITTLE:
        figure.set_figheight(figure.get_figheight() * (1 - spare))
        settle(figure)
