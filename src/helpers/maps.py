"""Maps drawn: neutral land without borders, the places of a life, and the routes between them."""

import json
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path

from helpers.figures import PALETTE, WIDTH, axes, describe, one_of, require_columns, styled
from helpers.labels import Array, label_points
from helpers.tables import data_path

VIEWS = {  # west, east, south and north in degrees, and the words for it
    "europe": (-11, 54, 35, 67, "Europe"),
    "empire": (19, 180, 38, 75, "Russia from the Black Sea to the Pacific"),
    "eurasia": (-9, 121, 37, 70, "Europe and Siberia, from London to the Lena"),
    "siberia": (96, 118, 50.7, 59.7, "Siberia around Irkutsk, the Lena and Lake Baikal"),
    "atlantic": (-112, 42, 12, 65, "the North Atlantic, from Mexico to Europe"),
    "black-sea": (27.5, 38, 44, 50, "southern Ukraine and the north of the Black Sea"),
}
STANDINGS = {
    "well attested": "solid",
    "attested": (0, (6, 2)),
    "contested": (0, (6, 2, 1.5, 2)),
    "unattested": (0, (1.2, 2)),
}
EARTH_RADIUS_KM = 6371.0  # mean radius; the true one differs by at most 0.3 %

_KM_PER_DEGREE = EARTH_RADIUS_KM * radians(1)
_HEADROOM = 0.65  # inches above the map for a title of two lines
_DOT = 6  # points: the width of a dot
_BEND = 0.08  # how far a leg bows out to its right, as a part of its length
_ALONG = np.linspace(0, 1, 25)[:, None]


@styled
def base(*, view: str = "europe", ax: Axes | None = None) -> Axes:
    """Land, sea, lakes and rivers of a view, without borders, as a ground to draw on.

    view: one of VIEWS. The axes are plain longitude (x) and latitude (y) in degrees; a degree of
    longitude is drawn as long as it is in the middle latitude of the view, so shapes are true
    there, too narrow in its south and too wide in its north. Data: Natural Earth; its coasts and
    waters are today's (data/basemap.json says more).

    Raises ValueError for an unknown view.
    """
    west, east, south, north, words = VIEWS[one_of("view", view, VIEWS)]
    stretch = 1 / cos(radians((south + north) / 2))
    ax = axes(ax, height=WIDTH * stretch * (north - south) / (east - west) + _HEADROOM)
    land, lakes, rivers = _basemap()
    shore = {"facecolor": PALETTE["water"], "edgecolor": PALETTE["sky"], "lw": 0.5}
    ax.add_artist(PathPatch(land, **shore | {"facecolor": PALETTE["land"]}))
    ax.add_artist(LineCollection(rivers, colors=PALETTE["sky"], lw=0.6, alpha=0.7))
    ax.add_artist(PathPatch(lakes, **shore))
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect=stretch, anchor="N")
    ax.set_facecolor(PALETTE["water"])
    ax.spines[:].set_visible(False)
    return describe(ax, f"Map of {words}.")


@styled
def places(frame: pd.DataFrame, *, view: str = "europe", ax: Axes | None = None) -> Axes:
    """The places on a map of the view, each a dot with the name it had at the time.

    frame: a table with ``name_then``, ``lat`` and ``lon`` (degrees), as ``load("places")`` gives
    it. ``accuracy_km``, if there, is how far off the coordinates may be: a pale circle where it is
    wider than the dot. A place outside the view is not drawn; the description counts it.

    Raises ValueError when a column is missing or the view is unknown.
    """
    require_columns(frame, ["name_then", "lat", "lon"], "places")
    ax = base(view=view, ax=ax)
    unique = frame.drop_duplicates(["name_then", "lat", "lon"])
    shown = unique[_in_view(unique, view)]
    if shown.empty:
        return _nothing(ax, len(unique))
    points = shown[["lon", "lat"]].to_numpy(float)
    _dots(ax, points)
    if "accuracy_km" in shown:
        _accuracy_rings(ax, points, shown["accuracy_km"].to_numpy(float, na_value=0))
    label_points(ax, list(shown["name_then"]), points)
    return describe(
        ax, f"{ax.get_gid()} {_describe_places(shown)}{_left_out(len(unique) - len(shown))}"
    )


@styled
def itinerary(frame: pd.DataFrame, *, view: str = "europe", ax: Axes | None = None) -> Axes:
    """The stops of a journey on a map of the view, numbered, with an arrow on each leg.

    frame: a table in the order of travel with ``name_then``, ``lat`` and ``lon`` (degrees). A
    place visited again has one label with all its numbers, such as "4, 7 Irkutsk". ``standing``,
    if there, tells how well the leg that leads to the row is attested (one of STANDINGS) and sets
    its line, explained in a legend. Legs are drawn as arcs and do not show the road that was
    taken. A stop outside the view is not drawn; the description counts it.

    Raises ValueError when a column is missing or the view or a standing is unknown.
    """
    require_columns(frame, ["name_then", "lat", "lon"], "itinerary")
    ax = base(view=view, ax=ax)
    stops = frame.reset_index(drop=True)
    stops["number"] = stops.index + 1
    known = stops.dropna(subset=["lat", "lon"])
    merged = known.groupby(["name_then", "lat", "lon"], sort=False)["number"].agg(list)
    merged = merged.reset_index()
    shown = merged[_in_view(merged, view)]
    if shown.empty:
        return _nothing(ax, len(stops))
    legs = _legs(known)
    curves = [_curve(start, end, ax.get_aspect()) for start, end, _ in legs]
    for curve, (_, _, standing) in zip(curves, legs, strict=True):
        _draw_leg(ax, curve, STANDINGS[standing])
    if "standing" in known and legs:
        _standing_legend(ax, [standing for _, _, standing in legs])
    points = shown[["lon", "lat"]].to_numpy(float)
    _dots(ax, points)
    texts = [f"{', '.join(map(str, row.number))} {row.name_then}" for row in shown.itertuples()]
    label_points(ax, texts, points, avoid=np.vstack([points, *curves]))
    left_out = _left_out(len(merged) - len(shown) + len(stops) - len(known))
    return describe(ax, f"{ax.get_gid()} {_describe_journey(known, legs)}{left_out}")


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance between two places along a great circle, in kilometres.

    Takes degrees. The haversine formula on a sphere (R. W. Sinnott, "Virtues of the Haversine",
    Sky and Telescope 68, 1984), right to about 0.5 %: the Earth is not quite a sphere.

    >>> round(distance_km(59.94, 30.32, 55.76, 37.62))  # Petrograd to Moscow
    634
    """
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


@lru_cache(maxsize=1)
def _basemap() -> tuple[Path, Path, list[Array]]:
    """Land and lakes as one path each, and the rivers as lines."""
    layers = json.loads(data_path("basemap.json").read_text(encoding="utf-8"))
    land, lakes = (_path(layers[name]) for name in ("land", "lakes"))
    return land, lakes, [np.array(line) for line in layers["rivers"]]


def _path(rings: list[Any]) -> Path:
    """The rings as one shape; holes stay open because they turn the other way round."""
    codes = [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in rings]
    return Path(np.concatenate(rings), np.concatenate(codes), readonly=True)


def _in_view(frame: pd.DataFrame, view: str) -> pd.Series:
    west, east, south, north, _ = VIEWS[view]
    return frame["lon"].between(west, east) & frame["lat"].between(south, north)


def _nothing(ax: Axes, outside: int) -> Axes:
    """The bare map with a statement that there is nothing on it."""
    text = f"no places on this map ({outside} outside it)" if outside else "no places to draw"
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, fontsize=12)
    return describe(ax, f"{ax.get_gid()} {text[:1].upper()}{text[1:]}.")


def _dots(ax: Axes, points: Array) -> None:
    ax.scatter(*points.T, s=_DOT**2, c=PALETTE["red"], edgecolors="white", lw=0.8, zorder=5)


def _accuracy_rings(ax: Axes, points: Array, radii_km: Array) -> None:
    """A pale circle around each point whose place is less sure than its dot is wide."""
    ax.figure.draw_without_rendering()
    inches_per_degree = ax.bbox.height / ax.figure.dpi / np.ptp(ax.get_ylim())
    for (lon, lat), radius in zip(points, radii_km / _KM_PER_DEGREE, strict=True):
        if radius * inches_per_degree * 72 > _DOT / 2:
            size = (2 * radius / cos(radians(lat)), 2 * radius)
            ax.add_patch(Ellipse((lon, lat), *size, color=PALETTE["red"], alpha=0.18, lw=0))


def _legs(stops: pd.DataFrame) -> list[tuple[Any, Any, str]]:
    """From, to and standing of each leg between two different places, in order."""
    if "standing" not in stops:
        stops = stops.assign(standing="well attested")
    rows = stops[["lon", "lat", "standing"]].itertuples(index=False)
    return [
        (start[:2], end[:2], one_of("standing", end.standing, STANDINGS))
        for start, end in pairwise(rows)
        if start[:2] != end[:2]
    ]


def _curve(start: tuple[float, float], end: tuple[float, float], stretch: float) -> Array:
    """Points on an arc from start to end, so that going and coming back are two lines."""
    a, b = np.array(start), np.array(end)
    across = np.array([(b[1] - a[1]) * stretch, (a[0] - b[0]) / stretch])
    bow = (a + b) / 2 + 2 * _BEND * across
    return (1 - _ALONG) ** 2 * a + 2 * _ALONG * (1 - _ALONG) * bow + _ALONG**2 * b


def _draw_leg(ax: Axes, curve: Array, linestyle: Any) -> None:
    """The arc, with an arrowhead in its middle."""
    ax.plot(*curve.T, color=PALETTE["blue"], lw=1.6, ls=linestyle, zorder=3)
    head = {"arrowstyle": "-|>", "color": PALETTE["blue"], "lw": 0, "mutation_scale": 15}
    middle = len(curve) // 2
    ax.annotate("", curve[middle + 1], xytext=curve[middle - 1], arrowprops=head, zorder=4)


def _standing_legend(ax: Axes, standings: list[str]) -> None:
    """Under the map, the kinds of line that were used."""
    used = [name for name in STANDINGS if name in standings]
    lines = [Line2D([], [], color=PALETTE["blue"], lw=1.6, ls=STANDINGS[name]) for name in used]
    labels = [f"{name} leg" for name in used]
    ax.legend(lines, labels, loc="upper left", bbox_to_anchor=(0, 0), ncols=4, handlelength=3.2)


def _describe_places(shown: pd.DataFrame) -> str:
    """How many places, which, and how far apart the outermost are."""
    names = list(shown["name_then"])
    if len(names) == 1:
        return f"1 place: {names[0]}."
    rows = list(shown[["lat", "lon", "name_then"]].itertuples(index=False))
    pairs = [(distance_km(*a[:2], *b[:2]), a[2], b[2]) for a in rows for b in rows]
    distance, one, other = max(pairs)
    return (
        f"{len(names)} places: {', '.join(names)}. "
        f"Farthest apart are {one} and {other}, {distance:,.0f} km."
    )


def _describe_journey(stops: pd.DataFrame, legs: list[tuple[Any, Any, str]]) -> str:
    """How many stops, the first, the last and the farthest, and the length of the legs."""
    rows = list(stops[["lat", "lon", "name_then"]].itertuples(index=False))
    first, last = rows[0], rows[-1]
    away, farthest = max((distance_km(*first[:2], *row[:2]), row[2]) for row in rows)
    length = sum(distance_km(*start[::-1], *end[::-1]) for start, end, _ in legs)
    text = f"{len(rows)} stops from {first[2]} to {last[2]}, {len(legs)} legs"
    if "standing" in stops:
        counts = pd.Series([standing for _, _, standing in legs]).value_counts()
        text += f" ({', '.join(f'{counts[name]} {name}' for name in STANDINGS if name in counts)})"
    return (
        f"{text}, {length:,.0f} km in straight lines; farthest from {first[2]} is {farthest}, "
        f"{away:,.0f} km away."
    )


def _left_out(count: int) -> str:
    """How many places are not drawn, when there are any: outside the view, or nowhere known."""
    return f" {count} more {'is' if count == 1 else 'are'} not on this map." if count else ""
