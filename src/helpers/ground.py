"""The ground of a map: land, lakes and rivers without borders, in a choice of views."""

from functools import lru_cache
from math import cos, radians
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.accounts import describe
from helpers.demands import one_of
from helpers.figures import WIDTH, axes, styled
from helpers.labels import Array
from helpers.palette import PALETTE
from helpers.tables import read_json

VIEWS = {  # west, east, south and north in degrees, and the words for it
    "europe": (-11, 54, 35, 67, "Europe"),
    "empire": (19, 180, 38, 75, "Russia from the Black Sea to the Pacific"),
    "eurasia": (-9, 121, 37, 70, "Europe and Siberia, from London to the Lena"),
    "siberia": (96, 118, 50.7, 59.7, "Siberia around Irkutsk, the Lena and Lake Baikal"),
    "borderlands": (16, 41, 47.5, 61, "the west of the Russian Empire"),
    "front": (26, 62, 46.5, 61, "Russia between Petrograd, the Black Sea and the Urals"),
    "atlantic": (-112, 42, 12, 67, "the North Atlantic, from Mexico to Europe"),
    "black-sea": (27.5, 38, 44, 50, "southern Ukraine and the north of the Black Sea"),
}

_HEADROOM = 0.65  # inches above the map for a title of two lines


@styled
def base(*, view: str = "europe", ax: Axes | None = None) -> Axes:
    """Land, sea, lakes and rivers of a view, without borders, as a ground to draw on.

    view: one of VIEWS. The axes are plain longitude (x) and latitude (y) in degrees; a degree of
    longitude is as long as it is in the view's middle latitude, so that shapes are true there, too
    narrow in the south and too wide in the north. Coasts and waters are those of today, from
    Natural Earth (data/basemap.json says more).

    Raises ValueError for an unknown view.
    """
    west, east, south, north, words = VIEWS[one_of("view", view, VIEWS)]
    stretch = 1 / cos(radians((south + north) / 2))
    ax = axes(ax, height=WIDTH * stretch * (north - south) / (east - west) + _HEADROOM)
    land, lakes, rivers = _basemap()
    shore = {"facecolor": PALETTE["water"], "edgecolor": PALETTE["shore"], "lw": 0.5}
    for shapes in (
        PathPatch(land, **shore | {"facecolor": PALETTE["land"]}),
        LineCollection(rivers, colors=PALETTE["shore"], lw=0.5),
        PathPatch(lakes, **shore),
    ):
        ax.add_artist(shapes).set_in_layout(False)  # they reach beyond the view, and are cut there
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect=stretch, anchor="N")
    ax.set_facecolor(PALETTE["water"])
    ax.spines[:].set_visible(False)
    return describe(ax, f"Map of {words}.")


@lru_cache(maxsize=1)
def _basemap() -> tuple[Path, Path, list[Array]]:
    """Land and lakes as one path each, and the rivers as lines."""
    layers = read_json("basemap.json")
    land, lakes = (_path(layers[name]) for name in ("land", "lakes"))
    return land, lakes, [np.array(line) for line in layers["rivers"]]


def _path(rings: list[Any]) -> Path:
    """The rings as one shape; holes stay open because they turn the other way round."""
    codes = [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in rings]
    return Path(np.concatenate(rings), np.concatenate(codes), readonly=True)
