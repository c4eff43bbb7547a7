"""Contrast of all that the drawing functions draw: words 4.5:1, marks 3:1 (WCAG 2.2, AA).

Read from the artists of figures of the record. Lines that only lead the eye (`light`), the white
ground behind words, and the land and water of a map are no marks: a reader loses nothing by not
seeing them.
"""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

import helpers
from helpers import load, show
from helpers.ground import VIEWS
from helpers.palette import PALETTE, contrast

QUIET = {PALETTE[name] for name in ("light", "land", "water", "shore")} | {"#ffffff"}
CELLS = ("vote_grid", "matrix", "heatmap")  # whose words stand on coloured cells
MAPS = ("map_places", "map_route")


def stays() -> pd.DataFrame:
    table = load("stays").merge(load("places"), on="place_id")
    return table.assign(standing=table["stay_id"].map(helpers.standings("stays")))


def ballots() -> pd.DataFrame:
    table = load("vote_members")
    return table[table["vote_id"].isin(table["vote_id"].unique()[:4])]


def by_part() -> pd.DataFrame:
    return pd.crosstab(load("events")["category"], load("events")["part"])


def ties() -> tuple[pd.DataFrame, str]:
    table = load("relations").head(30)
    hub = table["person_a"].mode().item()
    return table[table["person_a"] == hub].assign(group="all"), hub


def descents() -> pd.DataFrame:
    table = load("splits").rename(columns={"parent_id": "parent", "child_id": "child"})
    return table.dropna(subset=["date_earliest"]).head(20)


DRAWN = {
    "timeline": lambda: helpers.timeline(load("events").head(16), group="category"),
    "spans": lambda: helpers.spans(stays().head(24), row="name_then", group="condition"),
    "bars": lambda: helpers.bars(pd.Series({"supported": 3, "contested": 2}), unit="claims"),
    "columns": lambda: helpers.columns(by_part(), unit="events"),
    "panels": lambda: helpers.panels(
        load("petrograd_duma"), panel="date_os", row="party", value="seats", unit="seats"
    ),
    "dots": lambda: helpers.dots(
        load("war_counts"), row="subject", value="people", group="grade", unit="people"
    ),
    "points": lambda: helpers.points(
        load("red_army"), date="date", value="men", group="source_id", unit="men"
    ),
    "survival": lambda: helpers.survival(load("people").tail(40), since="1917-11-07"),
    "hours": lambda: helpers.hours(load("october_hours"), row="step", group="source_id"),
    "vote_grid": lambda: helpers.vote_grid(
        ballots(), row="person_id", column="vote_id", vote="vote"
    ),
    "matrix": lambda: helpers.matrix(ballots(), row="person_id", column="vote_id", value="vote"),
    "heatmap": lambda: helpers.heatmap(by_part(), unit="events"),
    "circle": lambda: helpers.circle(ties()[0], center=ties()[1]),
    "descent": lambda: helpers.descent(descents()),
    "map_places": lambda: helpers.map_places(stays().head(20), group="condition"),
    "map_route": lambda: helpers.map_route(stays().iloc[20:40]),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def faint(ax: Axes, grounds: tuple[str, ...] = ("#ffffff",), *, cells: bool = False) -> list[str]:
    """Words and marks of a shown figure that stand out too little from any of the grounds."""
    show(ax, title="A finding", caption="What to see.")
    inside = {id(text) for text in ax.texts if text.get_gid() is None} if cells else set()
    found = []
    for text in ax.figure.findobj(Text):
        if text.get_text() and text.get_visible() and id(text) not in inside:
            colour = to_hex(text.get_color())
            if min(contrast(colour, ground) for ground in grounds) < 4.5:
                found.append(f"the words {text.get_text()!r} in {colour}")
    for one, colours in _marks(ax):
        if all(min(contrast(colour, ground) for ground in grounds) < 3 for colour in colours):
            found.append(f"{type(one).__name__} in {sorted(colours)}")
    return found


def _marks(ax: Axes) -> Iterator[tuple[object, set[str]]]:
    """Each mark with its colours, of which one must stand out: an edge makes up for its inside."""
    for line in ax.figure.findobj(Line2D):
        if line.get_visible() and line.axes in (ax, None):
            yield from _with(line, [line.get_color()])
    for patch in ax.figure.findobj(Patch):
        if patch not in (ax.patch, ax.figure.patch) and patch.get_visible():
            edged = patch.get_linewidth() and patch.get_edgecolor()[3]
            yield from _with(patch, [patch.get_facecolor(), *[patch.get_edgecolor()] * bool(edged)])
    for group in ax.figure.findobj(Collection):
        edges = list(np.unique(group.get_edgecolor(), axis=0))
        for colour in np.unique(group.get_facecolor(), axis=0):
            yield from _with(group, [colour, *edges])
        if not len(group.get_facecolor()):
            for edge in edges:
                yield from _with(group, [edge])


def _with(one: object, colours: list[object]) -> Iterator[tuple[object, set[str]]]:
    loud = {to_hex(colour) for colour in colours} - QUIET
    if loud:
        yield one, loud


@pytest.mark.parametrize("name", DRAWN)
def test_words_and_marks_stand_out(name):
    grounds = ("#ffffff", PALETTE["land"], PALETTE["water"]) if name in MAPS else ("#ffffff",)
    ax = DRAWN[name]()
    found = faint(ax, grounds, cells=name in CELLS)
    assert [one for one in found if not (name == "heatmap" and "Poly" in one)] == []


@pytest.mark.parametrize("name", CELLS)
def test_words_stand_out_from_their_cells(name):
    ax = DRAWN[name]()
    written = [text for text in ax.texts if text.get_gid() is None]
    fills = ax.collections[0].get_facecolor()
    assert len(written) == len(fills) > 4
    for text, fill in zip(written, fills, strict=True):
        assert contrast(to_hex(text.get_color()), to_hex(fill)) >= 4.5, text.get_text()


def test_every_drawing_function_is_looked_at():
    kinds = {name for name in dir(helpers) if name in DRAWN}
    assert kinds == set(DRAWN)
    assert len(VIEWS) > 2


def test_faint_words_and_marks_are_caught():
    ax = helpers.axes()
    ax.plot([1, 2], [3, 4], color="#f0e442")
    ax.bar([1], [2], color="#e69f00", edgecolor="#222222", linewidth=1)
    ax.scatter([1], [2], color="#56b4e9")
    ax.text(1, 2, "words", color="#909090")
    assert faint(ax) == [
        "the words 'words' in #909090",
        "Line2D in ['#f0e442']",
        "PathCollection in ['#56b4e9']",
    ]
