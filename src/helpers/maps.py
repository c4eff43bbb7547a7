"""Maps drawn: the places of a life, and the routes between them, on neutral ground."""

from itertools import combinations, pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse

from helpers.accounts import describe, words_of
from helpers.demands import one_of, require_columns
from helpers.figures import styled
from helpers.ground import VIEWS, base
from helpers.labels import Array, label_points
from helpers.layout import legend, legend_columns, settle
from helpers.meanings import looks
from helpers.palette import MARKERS, PALETTE
from helpers.thinning import thinned

STANDINGS = {
    "well attested": "solid",
    "attested": (0, (6, 2)),
    "contested": (0, (6, 2, 1.5, 2)),
    "unattested": (0, (1.2, 2)),
}
EARTH_RADIUS_KM = 6371.0  # mean radius; the true one differs by at most 0.3 %

_MOST = 60  # stops: more could not be read
_LEGEND_ROW = 0.24  # inches
_DOT = 6  # points: the width of a dot
_BEND = 0.08  # how far a leg bows out to its left, as a part of its length
_HEADS = {"name_then": "place", "lat": "latitude", "lon": "longitude"}
_RING = {"facecolor": (*to_rgb(PALETTE["brick"]), 0.12), "edgecolor": PALETTE["brick"], "lw": 0.6}
_ALONG = np.linspace(0, 1, 25)[:, None]


class Leg(NamedTuple):
    """A leg of a journey: from and to (longitude first) and how well it is attested."""

    start: tuple[float, float]
    end: tuple[float, float]
    standing: str


@styled
def map_places(
    frame: pd.DataFrame, *, view: str = "europe", group: str = "", ax: Axes | None = None
) -> Axes:
    """The places on a map of the view, each a dot with the name it had at the time.

    frame: a table with ``name_then``, ``lat`` and ``lon`` (degrees), as ``load("places")`` gives
    it. ``accuracy_km``, if there, is how far off the coordinates may be: a pale circle where it is
    wider than the dot. group: a column that sets colour and marker, or "" for none. A place
    outside the view is not drawn; the description counts it.

    Raises ValueError when a column is missing or the view is unknown.
    """
    wanted = ["name_then", "lat", "lon", *([group] if group else [])]
    require_columns(frame, wanted, "map_places")
    ax = base(view=view, ax=ax)
    unique = frame.drop_duplicates(["name_then", "lat", "lon"])
    shown = unique[_in_view(unique, view)]
    if shown.empty:
        return _nothing(ax, len(unique))
    points = _group_dots(ax, shown, group) if group else _dots(ax, shown)
    if "accuracy_km" in shown:
        _accuracy_rings(ax, points, shown["accuracy_km"].to_numpy(float, na_value=0))
    label_points(ax, list(shown["name_then"]), points)
    left_out = _left_out(len(unique) - len(shown))
    held = shown[wanted].rename(columns=_HEADS)
    return describe(ax, f"{words_of(ax)} {_describe_places(shown, group)}{left_out}", held)


@styled
def map_route(frame: pd.DataFrame, *, view: str = "europe", ax: Axes | None = None) -> Axes:
    """The stops of a journey on a map of the view, numbered, with an arrow on each leg.

    frame: a table in the order of travel with ``name_then``, ``lat`` and ``lon`` (degrees). A
    place visited again has one label with all its numbers, such as "4, 7 Irkutsk". ``standing``,
    if there, tells how well the leg to that row is attested (one of STANDINGS) and sets its line,
    explained in a legend. Legs are arcs, not the roads that were taken. A stop outside the view
    is not drawn; the description counts it. Of more than 60 stops, 60 are drawn, and the map
    says so (see `helpers.thinning`).

    Raises ValueError when a column is missing or the view or a standing is unknown.
    """
    require_columns(frame, ["name_then", "lat", "lon"], "map_route")
    ax = base(view=view, ax=ax)
    stops, thin = thinned(frame.assign(number=range(1, len(frame) + 1)), "stops", _MOST)
    ax.set_xlabel(thin)
    known = stops.dropna(subset=["lat", "lon"])
    same_place = known.groupby(["name_then", "lat", "lon"], sort=False, as_index=False)
    merged = same_place["number"].agg(lambda numbers: ", ".join(map(str, numbers)))
    shown = merged[_in_view(merged, view)]
    if shown.empty:
        return _nothing(ax, len(stops))
    legs = _legs(known)
    lines = [_draw_leg(ax, leg) for leg in legs]
    if "standing" in known:
        _standing_legend(ax, legs, lines)
    points = _dots(ax, shown)
    texts = list(shown["number"] + " " + shown["name_then"])
    label_points(
        ax, texts, points, avoid=np.vstack([points, *[line.get_xydata() for line in lines]])
    )
    left_out = _left_out(len(merged) - len(shown) + len(stops) - len(known))
    held = stops[["number", "name_then", "lat", "lon"]].rename(columns=_HEADS)
    if "standing" in stops:
        held["leg to it"] = stops["standing"]
    words = f"{words_of(ax)} {f'{thin}. ' * bool(thin)}{_describe_journey(known, legs)}{left_out}"
    return describe(ax, words, held)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The kilometres between two places, given in degrees, along a great circle.

    The haversine formula on a sphere (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope
    68, 1984), right to about 0.5 %, because the Earth is not quite a sphere.

    >>> round(distance_km(59.94, 30.32, 55.76, 37.62))  # Petrograd to Moscow
    634
    """
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def _in_view(frame: pd.DataFrame, view: str) -> pd.Series:
    west, east, south, north, _ = VIEWS[view]
    return frame["lon"].between(west, east) & frame["lat"].between(south, north)


def _nothing(ax: Axes, outside: int) -> Axes:
    """The bare map with a statement that there is nothing on it."""
    text = f"no places on this map ({outside} outside it)" if outside else "no places to draw"
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, fontsize=12)
    return describe(ax, f"{words_of(ax)} {text[:1].upper()}{text[1:]}.")


def _dots(ax: Axes, shown: pd.DataFrame) -> Array:
    """The longitude and latitude of each place, where a dot is drawn."""
    points = shown[["lon", "lat"]].to_numpy(float)
    ax.scatter(*points.T, s=_DOT**2, c=PALETTE["brick"], edgecolors="white", lw=0.8, zorder=5)
    return points


def _group_dots(ax: Axes, shown: pd.DataFrame, group: str) -> Array:
    """The points of `_dots`, drawn in the colour and marker of their group, and a legend."""
    points = shown[["lon", "lat"]].to_numpy(float)
    look = looks(shown[group], MARKERS)
    for point, name in zip(points, shown[group].astype(str), strict=True):
        colour, marker = look[name]
        ax.plot(*point, marker, color=colour, markersize=8, markeredgecolor="white", zorder=5)
    handles = [
        Line2D([], [], color=colour, marker=marker, linestyle="", label=name)
        for name, (colour, marker) in look.items()
    ]
    _legend_below(ax, handles)
    return points


def _accuracy_rings(ax: Axes, points: Array, radii_km: Array) -> None:
    """A pale circle around each point whose place is less sure than its dot is wide."""
    settle(ax.figure)
    inches_per_degree = ax.bbox.height / ax.figure.dpi / np.ptp(ax.get_ylim())
    for (lon, lat), radius in zip(points, np.degrees(radii_km / EARTH_RADIUS_KM), strict=True):
        if radius * inches_per_degree * 72 > _DOT / 2:
            size = (2 * radius / cos(radians(lat)), 2 * radius)
            ax.add_patch(Ellipse((lon, lat), *size, **_RING))


def _legs(stops: pd.DataFrame) -> list[Leg]:
    """The legs between two different places, in order."""
    stops = stops.assign(standing=stops.get("standing", "well attested"))
    rows = stops[["lon", "lat", "standing"]].itertuples(index=False)
    return [
        Leg(start[:2], end[:2], one_of("standing", end.standing, STANDINGS))
        for start, end in pairwise(rows)
        if start[:2] != end[:2]
    ]


def _draw_leg(ax: Axes, leg: Leg) -> Line2D:
    """An arc, so that there and back are two lines, with an arrowhead in its middle."""
    a, b, stretch = np.array(leg.start), np.array(leg.end), ax.get_aspect()
    across = np.array([(a[1] - b[1]) * stretch, (b[0] - a[0]) / stretch])
    bow = (a + b) / 2 + 2 * _BEND * across
    curve = (1 - _ALONG) ** 2 * a + 2 * _ALONG * (1 - _ALONG) * bow + _ALONG**2 * b
    before, after = curve[len(curve) // 2 - 1], curve[len(curve) // 2 + 1]
    east, north = after - before
    heading = degrees(atan2(north * stretch, east))
    head = {"marker": (3, 0, heading - 90), "color": PALETTE["blue"], "markersize": 7, "zorder": 4}
    ax.plot(*curve[len(curve) // 2], **head)
    look = {"color": PALETTE["blue"], "lw": 1.6, "ls": STANDINGS[leg.standing]}
    return ax.plot(*curve.T, **look, zorder=3)[0]


def _standing_legend(ax: Axes, legs: list[Leg], lines: list[Line2D]) -> None:
    """Under the map, the kinds of line that can be seen on it."""
    kinds = {
        leg.standing: line
        for leg, line in zip(legs, lines, strict=True)
        if line.get_window_extent().overlaps(ax.bbox)
    }
    used = [standing for standing in STANDINGS if standing in kinds]
    for name in used:
        kinds[name].set_label(f"{name} leg")
    if used:
        _legend_below(ax, [kinds[name] for name in used])


def _legend_below(ax: Axes, handles: list[Line2D]) -> None:
    """A legend under the map. The picture grows for it, so that the map keeps its size."""
    legend(ax, handles)
    rows = -(-len(handles) // legend_columns(handles, ax.figure.get_figwidth()))
    ax.figure.set_figheight(ax.figure.get_figheight() + _LEGEND_ROW * rows)


def _describe_places(shown: pd.DataFrame, group: str = "") -> str:
    """How many places, which, of which group, and how far apart the outermost are."""
    if group:
        members = shown.groupby(group, sort=False)["name_then"].agg(", ".join)
        told = "; ".join(f"{name}: {names}" for name, names in members.items())
        return f"{len(shown)} places. {told}."
    rows = list(shown[["lat", "lon", "name_then"]].itertuples(index=False))
    if len(rows) == 1:
        return f"One place, {rows[0].name_then}."
    pairs = [(distance_km(*a[:2], *b[:2]), a[2], b[2]) for a, b in combinations(rows, 2)]
    distance, one, other = max(pairs)
    names = f"{len(rows)} places: {', '.join(shown['name_then'])}."
    return f"{names} Farthest apart are {one} and {other}, {distance:,.0f} km."


def _describe_journey(stops: pd.DataFrame, legs: list[Leg]) -> str:
    """How many stops, the first, the last and the farthest, and the length of the legs."""
    rows = list(stops[["lat", "lon", "name_then"]].itertuples(index=False))
    first, last = rows[0], rows[-1]
    if not legs:
        return f"One stop, {first[2]}."
    away, farthest = max((distance_km(*first[:2], *row[:2]), row[2]) for row in rows)
    length = sum(distance_km(*leg.start[::-1], *leg.end[::-1]) for leg in legs)
    found = [leg.standing for leg in legs]
    counts = [f"{found.count(kind)} {kind}" for kind in STANDINGS if kind in found]
    kinds = f" ({', '.join(counts)})" if "standing" in stops else ""
    return (
        f"{len(rows)} stops from {first[2]} to {last[2]}, {len(legs)} leg{'s' * (len(legs) > 1)}"
        f"{kinds}, {length:,.0f} km in straight lines; farthest from {first[2]} is {farthest}, "
        f"{away:,.0f} km away."
    )


def _left_out(count: int) -> str:
    """How many places are not drawn, when there are any: outside the view, or nowhere known."""
    return f" {count} more {'is' if count == 1 else 'are'} not on this map." if count else ""
