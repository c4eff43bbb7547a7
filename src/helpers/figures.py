"""The look of the course's figures, and the one way to show them.

A drawing function takes a tidy table and ``ax=None``, draws, says in words what it drew
(`describe`) and returns the Axes. `show` turns the Axes into an HTML figure: a picture with those
words as its alternative text (which a screen reader reads), and a caption under it.
"""

import html
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import wraps
from io import BytesIO
from textwrap import fill
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as MatplotlibFigure
from matplotlib.image import imsave
from matplotlib.layout_engine import TightLayoutEngine

# Okabe and Ito (2008), told apart by readers with any common colour blindness; map greys added.
PALETTE = {
    "ink": "#222222",
    "grey": "#6b6b6b",
    "light": "#d9d9d9",
    "land": "#f0ebe0",
    "water": "#d5e5ee",
    "blue": "#0072b2",
    "orange": "#e69f00",
    "green": "#009e73",
    "red": "#d55e00",
    "purple": "#cc79a7",
    "sky": "#56b4e9",
    "yellow": "#f0e442",
}
CYCLE = ("blue", "orange", "green", "red", "purple", "sky", "yellow", "grey")

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "ooo", "+++")

STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": PALETTE["grey"],
    "axes.labelcolor": PALETTE["ink"],
    "axes.prop_cycle": plt.cycler(color=[PALETTE[name] for name in CYCLE]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": 110,
    "figure.titlesize": 12.5,
    "figure.titleweight": "bold",
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "legend.frameon": False,
    "savefig.dpi": 110,
    "text.hinting": "none",  # letters keep their true widths, and are drawn in four fifths the time
    "text.parse_math": False,
}

WIDTH, HEIGHT = 8.0, 4.5
_TITLE_CHARACTERS_PER_INCH = 9.5
_LETTERS_PER_INCH = 10  # of a label, so that it stays as short as its side of the Axes
_LITTLE = 0.01  # of the height: not worth a second layout
_PACKING = 3  # of 9: a quarter larger than with 6, in half the time
_TOP = 0.05  # inches above the title
_PAD = 0.5  # letters of white around the Axes
_FRAME = 8  # pixels of white around a picture
_LEGEND_COLUMNS = 5
_BELOW = "below"  # the gid of a legend that stands under the picture
_HANDLE = 2.6  # letters: long enough to tell broken lines apart
_KEY, _LETTER = 0.7, 0.07  # inches in a legend: the sign with its gaps, and a letter of 9 points


class Figure:
    """A drawn figure with its words; JupyterLab shows it as HTML, plain viewers as text."""

    def __init__(self, png: bytes, alt: str, caption: str, source: str) -> None:
        self.png, self.alt, self.caption, self.source = png, alt, caption, source

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """The HTML and the plain text of the figure, as Jupyter asks for them."""
        source = f" Source: {html.escape(self.source)}" if self.source else ""
        picture = b64encode(self.png).decode("ascii")
        return {
            "text/html": (
                '<figure style="overflow-x: auto">\n'
                f'<img style="min-width: 600px" alt="{html.escape(self.alt)}" '
                f'src="data:image/png;base64,{picture}">\n'
                f"<figcaption>{html.escape(self.caption)}{source}</figcaption>\n</figure>"
            ),
            "text/plain": f"[figure] {self.alt}",
        }


def styled(draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """The same drawing function, run inside the course's style; no setting outlives the call."""

    @wraps(draw)
    def draw_in_style(*args: Any, **kwargs: Any) -> Axes:
        if all(plt.rcParams[name] == value for name, value in STYLE.items()):
            return draw(*args, **kwargs)  # one drawing function calls another
        with plt.style.context(["default", STYLE]):
            return draw(*args, **kwargs)

    return draw_in_style


@styled
def axes(ax: Axes | None = None, *, width: float = WIDTH, height: float = HEIGHT) -> Axes:
    """The Axes given, or a new one in the course's style; width and height in inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width, height))[1]


def describe(ax: Axes, text: str) -> Axes:
    """The Axes with a description of what is drawn on it, which `show` uses as alt text."""
    ax.set_gid(text)
    return ax


@styled
def empty(ax: Axes, text: str) -> Axes:
    """The Axes with an honest statement that there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, fontsize=12)
    return describe(ax, text[:1].upper() + text[1:] + ".")


@styled
def show(ax: Axes, *, title: str, caption: str, source: str = "") -> Figure:
    """The figure on which the Axes stands, ready to be shown as the last line of a cell.

    title: the finding, in one sentence. caption: what to look at. source: where the data are
    from. The alt text is the title and the description of the data drawn: the one given by a
    helper's drawing function or, for a plot of your own, one made from its bars, lines or points.

    Raises TypeError when it is given anything but Axes.
    """
    if not isinstance(ax, Axes):
        raise TypeError(
            f"show() needs the Axes that a drawing function returns, not {type(ax).__name__}: "
            "write ax = timeline(...), then show(ax, ...)"
        )
    width = ax.figure.get_figwidth()
    wrapped = fill(title, int(width * _TITLE_CHARACTERS_PER_INCH))
    top = 1 - _TOP / ax.figure.get_figheight()
    ax.figure.suptitle(wrapped, x=0.01, y=top, ha="left", va="top")
    png = _picture(ax.figure)
    plt.close(ax.figure)
    panels = [panel.get_gid() or _describe_artists(panel) for panel in ax.figure.axes]
    alt = f"{title.rstrip('.')}. {' '.join(panels)}"
    return Figure(png, alt, caption, source)


def _picture(figure: MatplotlibFigure) -> bytes:
    """The figure as PNG, without the empty margin around what is drawn.

    It is drawn once and then cut. ``savefig(bbox_inches="tight")`` gives the same picture, but
    draws all of it a second time and measures every text once more: half of a student's wait.
    """
    figure.set(dpi=STYLE["savefig.dpi"], facecolor="white")
    for ax in figure.axes:  # the layout makes room for their height, not for their length
        width, height = ax.get_position().size * figure.get_size_inches() * _LETTERS_PER_INCH
        for text, length in ((ax.title, width), (ax.xaxis.label, width), (ax.yaxis.label, height)):
            text.set_text(fill(text.get_text(), max(int(length), 1)))
    settle(figure)
    _cut_below(figure)
    figure.set_layout_engine("none")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    drawn = (pixels != 255).any(axis=2)
    rows, columns = (_with_margin(drawn.any(axis=side)) for side in (1, 0))
    buffer = BytesIO()
    saved = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": _PACKING}}
    imsave(buffer, pixels[rows, columns], format="png", **saved)
    return buffer.getvalue()


def _cut_below(figure: MatplotlibFigure) -> None:
    """The figure without the height that a lone map, whose shape is fixed, leaves free."""
    if len(figure.axes) > 1:
        return
    ax = figure.axes[0]
    spare = ax.get_position(original=True).height - ax.get_position().height
    if spare > _LITTLE:
        figure.set_figheight(figure.get_figheight() * (1 - spare))
        settle(figure)


def _with_margin(drawn: np.ndarray) -> slice:
    """From the first to the last line of pixels on which something is drawn, and a bit more."""
    lines = np.flatnonzero(drawn)
    if not lines.size:
        return slice(None)
    return slice(max(0, lines[0] - _FRAME), lines[-1] + _FRAME + 1)


def looks(values: Iterable[Any], forms: tuple[Any, ...]) -> dict[str, tuple[str, Any]]:
    """Colour and form (marker, hatching or dashes) of each different value, first come first."""
    different = list(dict.fromkeys(str(value) for value in values))
    return {
        value: (PALETTE[CYCLE[number % len(CYCLE)]], forms[number % len(forms)])
        for number, value in enumerate(different)
    }


def rows_of(table: pd.DataFrame, group: str, name: str) -> pd.DataFrame:
    """The rows with one value of the column `group`; all of them where there is no such column."""
    return table[table[group].astype(str) == name] if group else table


def legend(ax: Axes, handles: list[Artist]) -> None:
    """The legend under the picture, where it has the whole width; with several, under each."""
    if len(ax.figure.axes) > 1:
        ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.12), fontsize=9)
    else:
        ncols = legend_columns(handles, ax.figure.get_figwidth())
        where = {"loc": "lower left", "ncols": ncols, "handlelength": _HANDLE}
        ax.figure.legend(handles=handles, fontsize=9, **where).set_gid(_BELOW)


def settle(figure: MatplotlibFigure) -> None:
    """The Axes in the size that they will have in the picture, with room for what is around them.

    The tight layout measures each text once, the constrained one twice. A plot of a student's own
    with another layout keeps it.
    """
    engine = figure.get_layout_engine() or TightLayoutEngine(pad=_PAD, rect=None)
    engine.execute(figure)
    if any(label.get_rotation() for ax in figure.axes for label in ax.get_xticklabels()):
        engine.execute(figure)  # how far a turned label reaches depends on where its column ends
    tops = [one.get_window_extent().y1 for one in figure.legends if one.get_gid() == _BELOW]
    if tops:
        room = max(tops) / figure.bbox.height
        figure.subplots_adjust(bottom=figure.subplotpars.bottom + room)
    for ax in figure.axes:
        ax.apply_aspect()


def legend_columns(handles: list[Artist], width: float) -> int:
    """The most columns, five at most, whose longest labels fit side by side into the width."""
    lengths = [_KEY + _LETTER * len(str(one.get_label())) for one in handles]
    for count in range(min(_LEGEND_COLUMNS, len(lengths)), 1, -1):
        if sum(max(column) for column in np.array_split(lengths, count)) < width:
            return count
    return 1


def number(value: float) -> str:
    """A number as readers want it: all its digits, in groups of three."""
    return f"{value:,.10g}"


def _describe_artists(ax: Axes) -> str:
    """What a plot shows, read from its bars, its lines or its points."""
    containers = [one for one in ax.containers if isinstance(one, BarContainer)]
    if containers:
        return _describe_bars(ax, containers)
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


def _describe_bars(ax: Axes, containers: list[BarContainer]) -> str:
    bars = [bar for container in containers for bar in container]
    lying = containers[0].orientation == "horizontal"
    axis = ax.yaxis if lying else ax.xaxis
    labels = [label.get_text() for label in axis.get_ticklabels()]
    lengths = [bar.get_width() if lying else bar.get_height() for bar in bars]
    if len(labels) != len(lengths):
        return f"{len(lengths)} bars from {number(min(lengths))} to {number(max(lengths))}."
    pairs = [f"{label} {number(value)}" for label, value in zip(labels, lengths, strict=True)]
    return f"{len(lengths)} bars: {', '.join(pairs)}."


def require_columns(frame: pd.DataFrame, columns: Iterable[str], function: str) -> None:
    """Nothing, when the table has all these columns.

    Raises TypeError when it is no table, ValueError naming the columns that are missing.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(
            f"{function}() needs a table (a DataFrame), not {type(frame).__name__}: "
            "give it what load(...) returns"
        )
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"{function}() needs the columns {', '.join(columns)}; the table lacks "
            f"{', '.join(missing)}. Keep them when you select columns, or add them with merge."
        )


def require_values(frame: pd.DataFrame, columns: Iterable[str], function: str) -> None:
    """Nothing, when no cell of these columns is empty.

    Raises ValueError that counts the rows without a value.
    """
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            raise ValueError(
                f"{function}() cannot draw {missing} of {len(frame)} rows, which have no {column}: "
                f"leave them out with .dropna(subset={column!r})"
            )


def one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """The value, when it is one of those allowed.

    Raises ValueError that lists them.
    """
    if value not in allowed:
        raise ValueError(f"{name}={value!r} is not known: choose one of {', '.join(allowed)}")
    return value
