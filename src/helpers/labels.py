"""Labels beside points, placed so that none hides another or leaves the Axes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation

from helpers.figures import PALETTE, styled

Array = npt.NDArray[np.float64]

SIZE = 9.5  # points: the size of the letters
LEADER_FROM = 14  # points: a label this far from its point or farther gets a line to it

_DISTANCES = (5, 9, 14, 22, 32, 44, 58, 74)  # points from a point to its label
_DIRECTIONS = (  # to try in this order: beside the point, above or below it, then aslant
    *((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)),
    *((1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5)),
)
_GAP = 2  # points kept free between two labels
_DOT = 4  # points kept free around the middle of a point
_SPOT = 2  # points: half the width of what a leader line should not run through
_ROUNDS = 4  # times that each label may choose, knowing where the others are
_STEPS = np.linspace(0.1, 1, 8)  # where along a leader line a crossing is looked for
_OUTSIDE, _HIDES, _CROSSES, _TOUCHES, _FARTHER = 500, 60, 40, 2, 0.25  # what each fault costs


@styled
def label_points(
    ax: Axes, texts: Sequence[str], points: Array, *, avoid: Array | None = None
) -> list[Annotation]:
    """The labels, each written beside its point; one that had to move away has a leader line.

    points: one x and y for each text, as numbers in the units of the axes. avoid: further x and
    y, such as those along a line, that labels leave free where they can. Before the call, give
    the Axes their limits and all else that takes room (title, legend).

    The method is the usual one for the points of a map: a list of positions around each point, a
    cost for each, and some rounds in which every label takes the cheapest (Christensen, Marks and
    Shieber 1995, https://doi.org/10.1145/212332.212334).
    """
    ax.figure.draw_without_rendering()  # gives the Axes their final size
    labels = [_write(ax, text, point) for text, point in zip(texts, points, strict=True)]
    if not labels:
        return labels
    per_point = ax.figure.dpi / 72
    sizes = [label.get_window_extent().size / per_point for label in labels]
    dots = ax.transData.transform(points) / per_point
    lines = ax.transData.transform(points if avoid is None else avoid) / per_point
    places = _arrange(dots, np.array(sizes), lines, ax.bbox.extents / per_point)
    for label, (x, y, distance) in zip(labels, places, strict=True):
        label.set_position((x, y))
        label.arrow_patch.set_visible(bool(distance >= LEADER_FROM))
    return labels


def _write(ax: Axes, text: str, point: Array) -> Annotation:
    """The label in the middle of its point for the time being, with a leader line."""
    leader = {"arrowstyle": "-", "color": PALETTE["grey"], "linewidth": 0.8, "shrinkA": 0}
    label = ax.annotate(
        text,
        point,
        xytext=(0, 0),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SIZE,
        color=PALETTE["ink"],
        path_effects=[withStroke(linewidth=2.5, foreground="white", alpha=0.8)],
        arrowprops={**leader, "shrinkB": 3},
        zorder=6,
    )
    label.set_in_layout(False)
    return label


def _arrange(dots: Array, sizes: Array, lines: Array, frame: Array) -> Array:
    """For each label the offset x and y of its middle from its dot, and its distance; in points."""
    candidates = [_candidates(size) for size in sizes]
    boxes = np.full((len(dots), 4), -1e6)  # left, bottom, right, top: not placed yet
    chosen = np.zeros((len(dots), 3))
    near = np.linalg.norm(dots[:, None] - dots, axis=2) < _DISTANCES[-1]
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for one in np.argsort(-near.sum(axis=1), kind="stable"):  # the most crowded first
            middles = dots[one] + candidates[one][:, :2]
            tried = np.hstack([middles - sizes[one] / 2, middles + sizes[one] / 2])
            others = np.delete(boxes, one, axis=0)
            spots = np.delete(np.hstack([dots - _SPOT, dots + _SPOT]), one, axis=0)
            cost = _OUTSIDE * _leaves(tried, frame) + _HIDES * _overlaps(tried, others)
            cost += _CROSSES * _crosses(dots[one], middles, np.vstack([others, spots]))
            cost += _HIDES * _covered(dots, tried, _DOT) + _TOUCHES * _covered(lines, tried, 0)
            best = np.argmin(cost + _FARTHER * np.arange(len(cost)))
            boxes[one], chosen[one] = tried[best], candidates[one][best]
        if (chosen == before).all():
            break
    return chosen


def _candidates(size: Array) -> Array:
    """The offsets to try, the best first, each with its distance: all directions, ever farther."""
    rows = []
    for distance in _DISTANCES:
        for x, y in _DIRECTIONS:
            aside = distance * (0.7 if abs(x * y) == 1 else 1)
            rows.append((x * (size[0] / 2 + aside), y * (size[1] / 2 + aside), distance))
    return np.array(rows)


def _leaves(boxes: Array, frame: Array) -> Array:
    """Whether each box sticks out of the frame."""
    inside = (boxes[:, :2] >= frame[:2]) & (boxes[:, 2:] <= frame[2:])
    return ~inside.all(axis=1)


def _overlaps(boxes: Array, others: Array) -> Array:
    """How many of the others each box hides, a part of one counting as one and that part."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2] - _GAP)
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:] + _GAP)
    shared = np.clip(high - low, 0, None).prod(axis=2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return ((shared > 0) + shared / area[:, None]).sum(axis=1)


def _covered(points: Array, boxes: Array, margin: float) -> Array:
    """How many of the points each box covers, or nearly so."""
    above = points[None] > boxes[:, None, :2] - margin
    below = points[None] < boxes[:, None, 2:] + margin
    return (above & below).all(axis=2).sum(axis=1)


def _crosses(dot: Array, middles: Array, others: Array) -> Array:
    """How many of the others a line from the dot to each middle runs through."""
    line = dot + _STEPS[:, None, None] * (middles - dot)
    hits = (line[:, :, None] > others[:, :2]) & (line[:, :, None] < others[:, 2:])
    return hits.all(axis=3).any(axis=0).sum(axis=1)
