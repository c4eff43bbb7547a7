"""People and their ties: who voted how, and who stood near whom."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from helpers.figures import (
    PALETTE,
    axes,
    describe,
    empty,
    legend,
    looks,
    require_columns,
    require_values,
    styled,
)

# How a vote looks: colour, and a sign that needs no colour.
VOTES = {
    "for": ("blue", "+"),
    "against": ("red", "\u2212"),
    "abstained": ("yellow", "o"),
    "absent": ("light", "a"),
}

_LINES = ("-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)))
_CELL = 0.36  # inches for the row of one person
_TOP = 2.0  # inches for the names of the votes
_LABEL_GAP = 0.06  # of the radius, between a point and its name


@styled
def vote_grid(
    table: pd.DataFrame, *, row: str, column: str, vote: str, ax: Axes | None = None
) -> Axes:
    """Who voted how: a row for each person, a column for each vote, a coloured sign in each cell.

    vote: a column with the words for, against, abstained or absent. An empty cell means that no
    source names this person's vote, not that it was not cast. Votes stand in the order of the
    table; people in the order in which they first appear.

    Raises TypeError or ValueError when a column or a value is missing, or a vote is no known word.
    """
    require_columns(table, [row, column, vote], "vote_grid")
    require_values(table, [row, column, vote], "vote_grid")
    unknown = sorted(set(table[vote]) - set(VOTES))
    if unknown:
        raise ValueError(f"the vote {unknown[0]!r} is not known: write {', '.join(VOTES)}")
    people, votes = (list(dict.fromkeys(table[name].astype(str))) for name in (row, column))
    ax = axes(ax, height=_TOP + _CELL * len(people))
    if table.empty:
        return empty(ax, "no votes to draw")
    for one in table.itertuples(index=False):
        cell = one._asdict() if row.isidentifier() else dict(zip(table.columns, one, strict=True))
        x, y = votes.index(str(cell[column])), people.index(str(cell[row]))
        colour, sign = VOTES[cell[vote]]
        ax.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, color=PALETTE[colour], alpha=0.75))
        ax.text(x, y, sign, ha="center", va="center", fontweight="bold")
    ax.set_xlim(-0.5, len(votes) - 0.5)
    ax.set_ylim(len(people) - 0.5, -0.5)
    ax.set_xticks(range(len(votes)), votes, rotation=30, ha="left")
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(people)), people)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    cast = [word for word in VOTES if word in set(table[vote])]
    patches = [
        Patch(facecolor=PALETTE[VOTES[word][0]], alpha=0.75, label=f"{VOTES[word][1]}  {word}")
        for word in cast
    ]
    legend(ax, patches)
    return describe(ax, _describe_votes(table, row, column, vote, votes))


def _describe_votes(table: pd.DataFrame, row: str, column: str, vote: str, votes: list[str]) -> str:
    told = []
    for name in votes:
        same = table[table[column].astype(str) == name]
        words = [
            f"{word}: {', '.join(same.loc[same[vote] == word, row].astype(str))}"
            for word in VOTES
            if (same[vote] == word).any()
        ]
        told.append(f"{name}: {'; '.join(words)}")
    return f"{len(table)} named votes. {'. '.join(told)}."


@styled
def circle(ties: pd.DataFrame, *, center: str, ax: Axes | None = None) -> Axes:
    """A network as a circle: one person in the middle, the others around, grouped.

    ties: a row for each tie with ``person_a``, ``person_b`` (names as they are to be written),
    ``relation`` and ``group``, the group of the person who is not the center. Lines are coloured
    and dashed by relation, names by group. A tie between two others runs across the circle.

    Raises TypeError or ValueError when a column or a value is missing or nobody is tied to the
    center.
    """
    wanted = ["person_a", "person_b", "relation", "group"]
    require_columns(ties, wanted, "circle")
    require_values(ties, wanted, "circle")
    direct = ties[(ties["person_a"] == center) | (ties["person_b"] == center)]
    if not ties.empty and direct.empty:
        raise ValueError(f"no tie names {center!r}: write the name as in person_a or person_b")
    ax = axes(ax, height=8.0)
    if ties.empty:
        return empty(ax, "no ties to draw")
    groups = _groups(ties, center)
    places = _around(groups) | {center: np.zeros(2)}
    lines = looks(ties["relation"], _LINES)
    for tie in ties.itertuples():
        if tie.person_a in places and tie.person_b in places:
            ends = np.array([places[tie.person_a], places[tie.person_b]])
            colour, dash = lines[tie.relation]
            ax.plot(*ends.T, color=colour, linestyle=dash, linewidth=1.6, zorder=1)
    for name, place in places.items():
        _write_name(ax, name, place)
    _write_groups(ax, groups, places)
    ax.set_aspect("equal")
    ax.set_xlim(-1.75, 1.75)
    ax.set_ylim(-1.5, 1.5)
    ax.set_axis_off()
    handles = [
        Line2D([], [], color=colour, linestyle=dash, label=name)
        for name, (colour, dash) in lines.items()
    ]
    legend(ax, handles)
    counts = direct["relation"].value_counts()
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    members = "; ".join(f"{group}: {', '.join(names)}" for group, names in groups.items())
    return describe(ax, f"Network of {center} with {len(places) - 1} people ({told}). {members}.")


def _groups(ties: pd.DataFrame, center: str) -> dict[str, list[str]]:
    """The people around the center by group, in order of appearance."""
    groups: dict[str, list[str]] = {}
    seen = {center}
    for tie in ties.itertuples():
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


def _write_name(ax: Axes, name: str, place: np.ndarray) -> None:
    """A dot and a name that points away from the middle."""
    ax.plot(*place, "o", color=PALETTE["ink"], markersize=5, zorder=2)
    if not place.any():
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(0, 0.06, name, ha="center", va="bottom", fontweight="bold", bbox=box, zorder=3)
        return
    angle = float(np.degrees(np.arctan2(place[1], place[0])))
    flipped = abs(angle) > 90
    ax.text(
        *(place * (1 + _LABEL_GAP)),
        name,
        ha="right" if flipped else "left",
        va="center",
        rotation=angle - 180 if flipped else angle,
        rotation_mode="anchor",
        fontsize=9,
    )


def _write_groups(ax: Axes, groups: dict[str, list[str]], places: dict[str, np.ndarray]) -> None:
    """The name of each group inside the circle, near the middle of its people."""
    if len(groups) < 2:
        return
    for group, names in groups.items():
        middle = np.mean([places[name] for name in names], axis=0)
        reach = float(np.hypot(*middle))
        spot = middle / reach * 0.72 if reach else middle
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
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
