"""The quicker letters stand where matplotlib's own would stand, and are measured alike."""

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from helpers import canvas as canvas_module
from helpers.canvas import Canvas, _Renderer
from helpers.figures import STYLE

TEXTS = ["Trotsky was born in 1879", "jumping (1917)", "j", "Wayf", "Ä", "1", "gyp", "Ёж"]
SIZE = 300, 60, 110
SQUARE = 200, 200, 110
KINDS = _Renderer, RendererAgg
ANGLES = [10, 44, 45, 46, 90, 134, 180, 225, 270, 301, 351]


@pytest.fixture(autouse=True)
def style():
    with rc_context({name: STYLE[name] for name in ("font.family", "text.hinting")}):
        yield


def letters(size: float = 10) -> FontProperties:
    return FontProperties(size=size)


def ink(kind: type[RendererAgg], text: str, angle: float = 0, *, x: float = 20, y: float = 40):
    renderer = kind(*(SIZE if not angle else SQUARE))
    renderer.clear()
    look = renderer.new_gc()
    look.set_foreground("black")
    renderer.draw_text(look, x, y, text, letters(), angle)
    return np.asarray(renderer.buffer_rgba())[..., 3].astype(int)


def middle(ink: np.ndarray) -> np.ndarray:
    return np.average(np.indices(ink.shape).reshape(2, -1), axis=1, weights=ink.ravel())


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_stands_where_it_would_stand_without_us(text):
    ours, theirs = (ink(kind, text) for kind in KINDS)
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    faults = {one: abs(np.roll(ours, one, (0, 1)) - theirs).sum() for one in shifts}
    assert min(faults, key=faults.get) == (0, 0)
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.02)


@pytest.mark.parametrize("angle", ANGLES)
def test_a_turned_line_is_as_sharp_as_without_us_and_half_a_pixel_away_at_most(angle):
    ours, theirs = (ink(kind, "jumping Ёж", angle, x=100, y=100) for kind in KINDS)
    down, right = middle(ours) - middle(theirs)
    assert max(abs(down), abs(right)) < 0.6
    there = ink(RendererAgg, "jumping Ёж", angle, x=100 + right, y=100 + down)
    assert abs(there - ours).sum() < 0.1 * ours.sum()


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_is_measured_as_without_us(text):
    ours, theirs = (kind(*SIZE) for kind in KINDS)
    measures = [
        one.get_text_width_height_descent(text, letters(9.5), False) for one in (ours, theirs)
    ]
    assert measures[0] == pytest.approx(measures[1])


def test_several_lines_stand_as_far_apart_as_without_us():
    text = Text(20, 20, "jumping\n1917\n", figure=Figure(dpi=SIZE[2]), fontproperties=letters(9.5))
    ours, theirs = (text.get_window_extent(kind(*SIZE)) for kind in KINDS)
    assert tuple(ours.extents) == pytest.approx(tuple(theirs.extents))


def test_lines_stand_on_whole_pixels():
    assert (ink(_Renderer, "1917", x=20.3, y=39.8) == ink(_Renderer, "1917")).all()


def test_ink_has_the_colour_and_the_depth_that_were_asked_for():
    renderer = _Renderer(*SIZE)
    renderer.clear()
    look = renderer.new_gc()
    look.set_foreground("#2f5fc4")
    look.set_alpha(0.5)
    renderer.draw_text(look, 20, 40, "Yanovka", letters(20), 0)
    pixels = np.asarray(renderer.buffer_rgba())
    darkest = pixels[pixels[..., 3] == pixels[..., 3].max()][0]
    assert abs(darkest.astype(int) - (0x2F, 0x5F, 0xC4, 128)).max() <= 2


def test_a_figure_keeps_its_renderer_until_its_size_changes():
    figure = Figure(dpi=100)
    canvas = Canvas(figure)
    first = canvas.get_renderer()
    assert canvas.get_renderer() is first
    figure.set_figheight(2)
    assert canvas.get_renderer().height == 200


def test_a_line_is_shaped_once_in_all_sizes_of_a_figure_and_anew_with_other_pixels(monkeypatch):
    shaped = []
    drawn = canvas_module._drawn
    figure = Figure(dpi=100)
    monkeypatch.setattr(
        canvas_module, "_drawn", lambda *one: shaped.append(figure.dpi) or drawn(*one)
    )
    canvas = Canvas(figure)
    for size in ({"figheight": 2}, {"figheight": 3}, {"dpi": 50}):
        figure.set(**size)
        canvas.get_renderer().get_text_width_height_descent("1917", letters(), False)
    assert shaped == [100, 50]
