"""Labels beside points, placed so that none hides another or leaves the Axes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text

from helpers.figures import styled
from helpers.layout import settle
from helpers.palette import PALETTE

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
_NEAR = 9  # points: another dot nearer than this seems to be the one that is named
# What each fault costs.
_OUTSIDE, _HIDES, _CROSSES, _MISLEADS, _TOUCHES, _FARTHER = 500, 60, 40, 15, 2, 0.25


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
    settle(ax.figure)
    per_point = ax.figure.dpi / 72
    sizes = [_size(ax, text) / per_point for text in texts]
    dots = ax.transData.transform(points) / per_point
    lines = ax.transData.transform(points if avoid is None else avoid) / per_point
    places = _arrange(dots, sizes, lines, ax.bbox.extents / per_point)
    return [
        _write(ax, text, point, (x, y), with_leader=distance >= LEADER_FROM)
        for text, point, (x, y, distance) in zip(texts, points, places, strict=True)
    ]


def _size(ax: Axes, text: str) -> Array:
    """The width and height of a label in pixels."""
    return Text(text=text, fontsize=SIZE, figure=ax.figure).get_window_extent().size


def _write(
    ax: Axes, text: str, point: Array, offset: tuple[float, float], *, with_leader: bool
) -> Annotation:
    """The label at its offset in points, with or without a line to its point."""
    leader = {"arrowstyle": "-", "color": PALETTE["grey"], "linewidth": 0.8, "shrinkA": 0}
    label = ax.annotate(
        text,
        point,
        xytext=offset,
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SIZE,
        color=PALETTE["ink"],
        path_effects=[withStroke(linewidth=2.5, foreground="white", alpha=0.8)],
        arrowprops={**leader, "shrinkB": 3} if with_leader else None,
        zorder=6,
    )
    label.set_in_layout(False)
    return label


def _arrange(dots: Array, sizes: list[Array], lines: Array, frame: Array) -> Array:
    """For each label the offset x and y of its middle from its dot, and its distance; in points."""
    candidates = [_candidates(size) for size in sizes]
    middles = [dot + some[:, :2] for dot, some in zip(dots, candidates, strict=True)]
    tried = [
        np.hstack([middle - size / 2, middle + size / 2])
        for middle, size in zip(middles, sizes, strict=True)
    ]
    fixed = [_fixed_cost(some, dots, lines, frame) for some in tried]
    for one, some in enumerate(tried):  # beside another dot a label is read as that dot's name
        fixed[one] += _MISLEADS * _covered(np.delete(dots, one, axis=0), some, _NEAR)
    boxes = np.full((len(dots), 4), -1e6)  # left, bottom, right, top: not placed yet
    spots = np.hstack([dots - _SPOT, dots + _SPOT])
    chosen = np.zeros((len(dots), 3))
    near = np.linalg.norm(dots[:, None] - dots, axis=2) < _DISTANCES[-1]
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for one in np.argsort(-near.sum(axis=1), kind="stable"):  # the most crowded first
            others = np.delete(boxes, one, axis=0)
            obstacles = np.vstack([others, np.delete(spots, one, axis=0)])
            cost = fixed[one] + _HIDES * _overlaps(tried[one], others)
            cost += _CROSSES * _crosses(dots[one], middles[one], obstacles)
            best = np.argmin(cost)
            boxes[one], chosen[one] = tried[one][best], candidates[one][best]
        if (chosen == before).all():
            break
    return chosen


def _fixed_cost(tried: Array, dots: Array, lines: Array, frame: Array) -> Array:
    """What each place of a label costs, wherever the other labels are."""
    hidden = _HIDES * _covered(dots, tried, _DOT) + _TOUCHES * _covered(lines, tried, 0)
    return _OUTSIDE * _leaves(tried, frame) + hidden + _FARTHER * np.arange(len(tried))


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
