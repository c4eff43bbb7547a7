"""The look of the course's figures, and the one way to show them.

A drawing function takes a tidy table and ``ax=None``, draws, says in words and in a table what it
drew (`helpers.accounts.describe`) and returns the Axes. `show` turns the Axes into an HTML figure:
a picture with those words as its alternative text (which a screen reader reads), a caption, and
the table of data folded away under it.
"""

import html
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
from textwrap import fill
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MatplotlibFigure
from matplotlib.image import imsave

from helpers.accounts import describe, table_of, words_of
from helpers.canvas import Canvas
from helpers.datatable import folded
from helpers.layout import cut_below, settle, wrap_labels
from helpers.palette import CYCLE, PALETTE

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
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "savefig.dpi": 110,
    "text.color": PALETTE["ink"],
    "text.hinting": "none",  # letters keep their true widths, and are drawn in four fifths the time
    "text.parse_math": False,
    "xtick.color": PALETTE["grey"],
    "xtick.labelcolor": PALETTE["ink"],
    "ytick.color": PALETTE["grey"],
    "ytick.labelcolor": PALETTE["ink"],
}

_NOT_LOOKS = ("backend", "backend_fallback", "date.epoch", "figure.max_open_warning", "interactive")
_SETTINGS = {
    name: value for name, value in mpl.rcParamsDefault.items() if name not in _NOT_LOOKS
} | STYLE

WIDTH, HEIGHT = 8.0, 4.5
_TITLE_CHARACTERS_PER_INCH = 9.5
_PACKING = 3  # of 9: a quarter larger than with 6, in half the time
_TOP = 0.05  # inches above the title
_WHITE = 0xFFFFFFFF  # the four bytes of a pixel as one number
_FRAME = 8  # pixels of white above and below a picture


class Figure:
    """A drawn figure with its words and its data.

    JupyterLab shows it as HTML, plain viewers as text. ``table`` holds the data drawn.
    """

    def __init__(self, png: bytes, words: dict[str, str], table: pd.DataFrame) -> None:
        self.png, self.table = png, table
        self.title, self.alt = words["title"], words["alt"]
        self.caption, self.source = words["caption"], words["source"]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """The HTML and the plain text of the figure, as Jupyter asks for them.

        A narrow screen scrolls the figure sideways, which the keyboard can do once it is there.
        """
        source = f" Source: {html.escape(self.source)}" if self.source else ""
        picture = b64encode(self.png).decode("ascii")
        return {
            "text/html": (
                '<figure style="overflow-x: auto; margin: 1em 0" tabindex="0" role="group" '
                f'aria-label="Figure: {html.escape(self.title)}">\n'
                f'<img style="min-width: 560px" alt="{html.escape(self.alt)}" '
                f'src="data:image/png;base64,{picture}">\n'
                f"<figcaption>{html.escape(self.caption)}{source}</figcaption>\n"
                f"{folded(self.table)}</figure>"
            ),
            "text/plain": f"[figure] {self.alt}",
        }


def styled(draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """The same drawing function, run inside the course's style; no setting outlives the call."""

    @wraps(draw)
    def draw_in_style(*args: Any, **kwargs: Any) -> Axes:
        with _style():
            return draw(*args, **kwargs)

    return draw_in_style


@contextmanager
def _style() -> Iterator[None]:
    """The course's style inside the block, and what else matplotlib has at its start.

    Only settings that differ are put in place. ``plt.style.context`` checks all 300 of them at
    every call; here there are none when one drawing function calls another.
    """
    current = mpl.rcParams
    changed = {name: one for name, one in _SETTINGS.items() if current[name] != one}
    before = {name: current[name] for name in changed}
    current.update(changed)
    try:
        yield
    finally:
        current.update(before)


@styled
def axes(ax: Axes | None = None, *, width: float = WIDTH, height: float = HEIGHT) -> Axes:
    """The Axes given, or a new one in the course's style; width and height in inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width, height))[1]


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
    from. The alt text is the title and the description of the data drawn, and under the caption
    folds the table of these data: those given by a helper's drawing function or, for a plot of
    your own, those read from its bars, lines or points.

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
    panels = ax.figure.axes
    alt = f"{title.rstrip('.')}. {' '.join(words_of(panel) for panel in panels)}"
    words = {"title": title, "alt": alt, "caption": caption, "source": source}
    return Figure(png, words, _joined([table_of(panel) for panel in panels]))


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The tables of all panels as one, each row with the number of its panel if there are more."""
    held = {number: table for number, table in enumerate(tables, 1) if not table.empty}
    if len(held) < 2:
        return next(iter(held.values()), pd.DataFrame())
    return pd.concat(held, names=["panel"]).reset_index("panel").reset_index(drop=True)


def _picture(figure: MatplotlibFigure) -> bytes:
    """The figure as PNG, without the empty margin above and below what is drawn.

    It is drawn once and then cut. ``savefig(bbox_inches="tight")`` gives the same picture, but
    draws all of it a second time and measures every text once more: half of a student's wait. All
    pictures keep one width, so that letters have one size on every page.
    """
    figure.set(dpi=STYLE["savefig.dpi"], facecolor="white")
    canvas = Canvas(figure)
    wrap_labels(figure)
    settle(figure)
    cut_below(figure)
    figure.set_layout_engine("none")
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    rows = _with_margin((pixels.view(np.uint32) != _WHITE).any(axis=(1, 2)))
    buffer = BytesIO()
    saved = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": _PACKING}}
    imsave(buffer, pixels[rows], format="png", **saved)
    return buffer.getvalue()


def _with_margin(drawn: np.ndarray) -> slice:
    """From the first to the last line of pixels on which something is drawn, and a bit more."""
    lines = np.flatnonzero(drawn)
    if not lines.size:
        return slice(None)
    return slice(max(0, lines[0] - _FRAME), lines[-1] + _FRAME + 1)
