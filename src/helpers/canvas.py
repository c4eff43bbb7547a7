"""The surface on which figures are drawn: matplotlib's own, with quicker letters.

Matplotlib shapes each line of text when it is measured and again when it is drawn, and then puts
every letter on the picture by itself, which is a third of the time of a figure. Here a level line
is shaped once and becomes one small picture, which is both measured and put in its place. Lines
stand on whole pixels, as in matplotlib before 3.11; letters within a line keep their distances.
"""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

_PARTS = 64  # of a pixel, in which FreeType counts
_BLANK = " "


class _Line(NamedTuple):
    """A line of text as drawn: how much ink each pixel has, and its measures in pixels.

    ``left`` is how far the picture begins left of the line, ``below`` how far it reaches under
    the foot of the letters.
    """

    ink: np.ndarray
    left: float
    below: int
    width: float
    height: float
    descent: float


class _Renderer(RendererAgg):
    """Agg, which draws a level line of text as one picture."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self._lines: dict[tuple[str, int], _Line] = {}
        self._heights: dict[int, tuple[float | None, ...]] = {}

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """The measures of a line in pixels."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        line = self._line(s, prop)
        return line.width, line.height, line.descent

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float | None, ...]:
        """How high and how deep lines of this font reach, and the gap between them, in pixels.

        Matplotlib asks its own renderers so (a name that is not public). One that does not ask
        reads the tables of the font again for every text, and finds the same.
        """
        key = hash(prop)
        if key not in self._heights:
            self._heights[key] = _heights(prop, self.dpi)
        return self._heights[key]

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, **more: Any
    ) -> None:
        """Put a line of text at x and y, in pixels from the left and from the top."""
        if angle or more.get("ismath"):
            super().draw_text(gc, x, y, s, prop, angle, **more)
            return
        line = self._line(s, prop)
        picture = np.empty((*line.ink.shape, 4), dtype=np.uint8)
        *colour, depth = gc.get_rgb()
        picture[..., :3] = np.multiply(colour, 255).round()
        picture[..., 3] = line.ink[::-1] * depth
        foot = int(self.height) - round(y) - line.below
        self.draw_image(gc, round(x - line.left), foot, picture)

    def _line(self, s: str, prop: FontProperties) -> _Line:
        """The line, shaped and drawn at its first call."""
        key = s, hash(prop)
        if key not in self._lines:
            self._lines[key] = _drawn(s, prop, self.dpi)
        return self._lines[key]


def _heights(prop: FontProperties, dpi: float) -> tuple[float | None, ...]:
    """Ascent, descent and gap as the maker of the font gives them; None where there are none."""
    font = get_font(findfont(prop))
    table = font.get_sfnt_table("OS/2")
    if table is None:
        return None, None, None
    scale = 1 / font.get_sfnt_table("head")["unitsPerEm"] * prop.get_size_in_points() * dpi / 72
    up, down, gap = (table[f"sTypo{name}"] * scale for name in ("Ascender", "Descender", "LineGap"))
    return up, -down, gap


def _drawn(text: str, prop: FontProperties, dpi: float) -> _Line:
    """A line of text as ink, with a blank before it.

    FreeType's picture of a line begins with its ink, a part of a pixel off, and then the first
    letter comes to stand up to a pixel away from its place. After a blank no letter does.
    """
    font = get_font(findfont(prop))
    font.set_size(prop.get_size_in_points(), dpi)
    font.set_text(_BLANK, 0.0, flags=LoadFlags.NO_HINTING)
    blank = font.get_width_height()[0]
    font.set_text(_BLANK + text, 0.0, flags=LoadFlags.NO_HINTING)
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink, (width, height), descent = font.get_image(), font.get_width_height(), font.get_descent()
    below = len(ink) - (height - descent) // _PARTS - 1
    measures = (one / _PARTS for one in (width - blank, height, descent))
    return _Line(ink.copy(), blank / _PARTS, below, *measures)


class Canvas(FigureCanvasAgg):
    """The canvas of a figure of this course."""

    def get_renderer(self) -> RendererAgg:
        """The renderer in the size of the figure; the same one while that stays."""
        size = (*self.get_width_height(physical=True), self.figure.dpi)
        if size != self._size:
            self.renderer, self._size = _Renderer(*size), size
        return self.renderer

    _size: tuple[float, ...] = ()
