"""People and their ties: who stood near whom."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from helpers.accounts import describe
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.layout import legend
from helpers.meanings import looks
from helpers.palette import DASHES, PALETTE

_LABEL_GAP = 0.06  # of the radius, between a point and its name
_LETTER = 0.045  # of the radius: a wide letter of a name
_MOST = 34  # letters: longer names are cut
_CORNER = np.array([1.75, 1.5])  # of the Axes, in radii from the middle
_FAR = np.array([2.3, 2.17])  # radii: if a name reaches further, the Axes end where names begin
_LEAST = 0.5  # radii: an edge of the Axes is never nearer to the middle


@styled
def circle(ties: pd.DataFrame, *, center: str, ax: Axes | None = None) -> Axes:
    """A network as a circle: one person in the middle, the others around, grouped.

    ties: a row for each tie with ``person_a``, ``person_b`` (names as they are to be written),
    ``relation`` and ``group``, the group of the person who is not the center. Lines are coloured
    and dashed by relation, names by group. A tie between two others runs across the circle. A name
    of more than 34 letters is cut on the picture, and whole in the words and the table.

    Raises TypeError or ValueError when a column or a value is missing or nobody is tied to the
    center.
    """
    wanted = ["person_a", "person_b", "relation", "group"]
    require_columns(ties, wanted, "circle")
    require_values(ties, wanted, "circle")
    ties = ties[wanted]
    direct = ties[(ties["person_a"] == center) | (ties["person_b"] == center)]
    if not ties.empty and direct.empty:
        raise ValueError(f"no tie names {center!r}: write the name as in person_a or person_b")
    ax = axes(ax, height=8.0)
    if ties.empty:
        return empty(ax, "no ties to draw")
    groups = _groups(ties, center)
    places = _around(groups) | {center: np.zeros(2)}
    lines = looks(ties["relation"], DASHES)
    drawn = ties[ties["person_a"].isin(places) & ties["person_b"].isin(places)]
    _draw_ties(ax, drawn, places, lines)
    dots = np.array(list(places.values()))
    ax.plot(*dots.T, "o", color=PALETTE["ink"], markersize=5, zorder=2)
    low, high = _corners(places)
    ax.set(aspect="equal", xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    ax.set_axis_off()
    ax.set(xticks=[], yticks=[])  # the layout asks for their labels, though none is drawn
    for name, place in places.items():
        _write_name(ax, name, place, np.minimum(-low, high))
    _write_groups(ax, groups, places)
    handles = [
        Line2D([], [], color=colour, linestyle=dash, label=name)
        for name, (colour, dash) in lines.items()
    ]
    legend(ax, handles)
    counts = direct["relation"].value_counts()
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    members = "; ".join(f"{group}: {', '.join(names)}" for group, names in groups.items())
    words = f"Network of {center} with {len(places) - 1} people ({told}). {members}."
    named = {"person_a": "one", "person_b": "the other"}
    return describe(ax, words, drawn.rename(columns=named))


def _groups(ties: pd.DataFrame, center: str) -> dict[str, list[str]]:
    """The people around the center by group, those of one relation side by side."""
    groups: dict[str, list[str]] = {}
    seen = {center}
    frequent = list(ties["relation"].value_counts().index)
    direct = (ties["person_a"] == center) | (ties["person_b"] == center)
    rank = ties["relation"].map(frequent.index).where(direct, len(frequent))
    for tie in ties.iloc[np.argsort(rank.to_numpy(), kind="stable")].itertuples():
        other = tie.person_b if tie.person_a == center else tie.person_a
        if other not in seen:
            seen.add(other)
            groups.setdefault(str(tie.group), []).append(other)
    return groups


def _around(groups: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """A place on the circle for each person, with a gap between groups; the first on top."""
    slots = sum(len(names) + 1 for names in groups.values())
    places, slot = {}, 0
    for names in groups.values():
        for name in names:
            angle = np.pi / 2 - 2 * np.pi * slot / slots
            places[name] = np.array([np.cos(angle), np.sin(angle)])
            slot += 1
        slot += 1
    return places


def _draw_ties(
    ax: Axes, ties: pd.DataFrame, places: dict[str, np.ndarray], lines: dict[str, tuple]
) -> None:
    """A line for each tie, those of one relation as one thing."""
    for relation, (colour, dash) in lines.items():
        some = ties[ties["relation"] == relation]
        pairs = zip(some["person_a"], some["person_b"], strict=True)
        ends = [(places[one], places[other]) for one, other in pairs]
        look = {"colors": colour, "linestyles": [dash], "linewidths": 1.6, "zorder": 1}
        ax.add_collection(LineCollection(ends, **look), autolim=False)


def _corners(places: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The lower left and the upper right corner of the Axes, in radii from the middle.

    The layout measures how far names stick out of the Axes and then makes the Axes smaller, which
    lets them stick out further. Long names would leave the picture; with them the Axes end where
    names begin, and names stick out as far as before.
    """
    if all((_end(name, place) <= _FAR).all() for name, place in places.items()):
        return -_CORNER, _CORNER
    starts = (1 + _LABEL_GAP) * np.array(list(places.values()))
    return starts.min(axis=0).clip(max=-_LEAST), starts.max(axis=0).clip(min=_LEAST)


def _end(name: str, place: np.ndarray) -> np.ndarray:
    """How far from the middle a name ends at most, in radii to one side and up or down."""
    return abs(place) * (1 + _LABEL_GAP + _LETTER * len(name))


def _write_name(ax: Axes, name: str, place: np.ndarray, room: np.ndarray) -> None:
    """A name that points away from the middle; the layout measures it if it may leave the Axes.

    room: how far the Axes reach from the middle, in radii to either side, and up and down.
    """
    if not place.any():
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(0, 0.06, name, ha="center", va="bottom", fontweight="bold", bbox=box, zorder=3)
        return
    angle = float(np.degrees(np.arctan2(place[1], place[0])))
    flipped = abs(angle) > 90
    ax.text(
        *(place * (1 + _LABEL_GAP)),
        name if len(name) <= _MOST else name[: _MOST - 1].rstrip() + "…",
        ha="right" if flipped else "left",
        va="center",
        rotation=angle - 180 if flipped else angle,
        rotation_mode="anchor",
        fontsize=9,
    ).set_in_layout(bool((_end(name, place) > room).any()))


def _write_groups(ax: Axes, groups: dict[str, list[str]], places: dict[str, np.ndarray]) -> None:
    """The name of each group inside the circle, near the middle of its people."""
    if len(groups) < 2:
        return
    for group, names in groups.items():
        middle = np.mean([places[name] for name in names], axis=0)
        reach = float(np.hypot(*middle))
        spot = middle / reach * 0.72 if reach else middle
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.text(
            *spot,
            group,
            ha="center",
            va="center",
            fontsize=9,
            style="italic",
            color=PALETTE["grey"],
            bbox=box,
            zorder=3,
        )
