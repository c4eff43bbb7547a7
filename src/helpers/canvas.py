"""The surface on which figures are drawn: matplotlib's own, with quicker letters.

Matplotlib shapes each line of text when it is measured and again when it is drawn, and then puts
every letter on the picture by itself, which is a third of the time of a figure. Here a line is
shaped once and becomes one small picture, which is both measured and put in its place; a turned
line, whose measures are those of the level one, is shaped once more. Lines start on whole pixels,
as in matplotlib before 3.11; letters within a line keep their distances.
"""

from math import cos, radians, sin
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

_PARTS = 64  # of a pixel, in which FreeType counts
_BLANK = " "
_LEANING = 4  # blanks, wider than letters are high once both are turned by 45 degrees
_RIGHT = 90  # degrees

_Heights = tuple[float | None, ...]


class _Line(NamedTuple):
    """A line of text as drawn: how much ink each pixel has, and its measures in pixels.

    ``left`` and ``below`` are how far the picture reaches to the left of the point where the line
    starts, on the foot of its letters, and under it.
    """

    ink: np.ndarray
    left: float
    below: float
    width: float
    height: float
    descent: float


class _Renderer(RendererAgg):
    """Agg, which draws a line of text as one picture.

    before: the renderer of the same figure in another size, whose lines this one keeps.
    """

    def __init__(
        self, width: float, height: float, dpi: float, before: "_Renderer | None" = None
    ) -> None:
        super().__init__(width, height, dpi)
        self._lines: dict[tuple[str, int, float, float], _Line] = before._lines if before else {}
        self._heights: dict[tuple[int, float], _Heights] = before._heights if before else {}
        self._fonts: dict[int, FT2Font] = before._fonts if before else {}

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """The measures of a line in pixels."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        line = self._line(s, prop)
        return line.width, line.height, line.descent

    def _get_font_height_metrics(self, prop: FontProperties) -> _Heights:
        """How high and how deep lines of this font reach, and the gap between them, in pixels.

        Matplotlib asks its own renderers so (a name that is not public). One that does not ask
        reads the tables of the font again for every text, and finds the same.
        """
        key = hash(prop), self.dpi
        if key not in self._heights:
            self._heights[key] = _heights(self._font(prop), prop.get_size_in_points() * self.dpi)
        return self._heights[key]

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, **more: Any
    ) -> None:
        """Put a line of text at x and y, in pixels from the left and from the top."""
        if more.get("ismath"):
            super().draw_text(gc, x, y, s, prop, angle, **more)
            return
        line = self._line(s, prop, angle)
        picture = np.empty((*line.ink.shape, 4), dtype=np.uint8)
        *colour, depth = gc.get_rgb()
        picture[..., :3] = np.multiply(colour, 255).round()
        picture[..., 3] = line.ink[::-1] * depth
        foot = int(self.height) - round(y + line.below)
        self.draw_image(gc, round(x - line.left), foot, picture)

    def _line(self, s: str, prop: FontProperties, angle: float = 0) -> _Line:
        """The line, shaped and drawn at its first call."""
        key = s, hash(prop), self.dpi, angle
        if key not in self._lines:
            font = self._font(prop)
            font.set_size(prop.get_size_in_points(), self.dpi)
            self._lines[key] = _drawn(s, font, angle)
        return self._lines[key]

    def _font(self, prop: FontProperties) -> FT2Font:
        """The font, looked for at its first call, and in one size: all sizes are in one file.

        Matplotlib looks through all fonts of the machine for each size, and asking its memory
        takes longer than asking this one.
        """
        key = hash(prop)
        if key not in self._fonts:
            of_any_size = prop.copy()
            of_any_size.set_size(None)
            self._fonts[key] = get_font(findfont(of_any_size))
        return self._fonts[key]


def _heights(font: FT2Font, size: float) -> _Heights:
    """Ascent, descent and gap as the maker of the font gives them; None where there are none.

    size: in points times dots per inch.
    """
    table = font.get_sfnt_table("OS/2")
    if table is None:
        return None, None, None
    scale = 1 / font.get_sfnt_table("head")["unitsPerEm"] * size / 72
    up, down, gap = (table[f"sTypo{name}"] * scale for name in ("Ascender", "Descender", "LineGap"))
    return up, -down, gap


def _drawn(text: str, font: FT2Font, angle: float) -> _Line:
    """A line of text as ink, turned by so many degrees against the clock.

    FreeType's picture of a line begins with its ink, a part of a pixel off, and then the first
    letter comes to stand up to a pixel away from its place. With a blank before it no letter does;
    turned letters lean back over the start of the line and need more of them. FreeType turns the
    outlines, so that letters stay sharp, but here by 45 degrees at most: beyond that their picture
    is turned by right angles.
    """
    rights = round(angle / _RIGHT)
    slope = angle - rights * _RIGHT
    blanks = _LEANING if slope else 1
    blank = blanks * font.load_char(ord(_BLANK), flags=LoadFlags.NO_HINTING).horiAdvance
    font.set_text(_BLANK * blanks + text, slope, flags=LoadFlags.NO_HINTING)
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink, (width, height), descent = font.get_image(), font.get_width_height(), font.get_descent()
    left = blank / _PARTS * cos(radians(slope))
    below = len(ink) - (height - descent) // _PARTS - 1 + blank / _PARTS * sin(radians(slope))
    for _ in range(rights % 4):
        ink, left, below = np.rot90(ink), len(ink) - below, left
    measures = (one / _PARTS for one in (width - blank, height, descent))
    return _Line(ink.copy(), left, below, *measures)


class Canvas(FigureCanvasAgg):
    """The canvas of a figure of this course."""

    renderer: _Renderer | None = None
    _size: tuple[float, ...] = ()

    def get_renderer(self) -> RendererAgg:
        """The renderer in the size of the figure; the same one while that stays."""
        size = (*self.get_width_height(physical=True), self.figure.dpi)
        if size != self._size:
            self.renderer, self._size = _Renderer(*size, self.renderer), size
        return self.renderer
