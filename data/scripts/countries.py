"""Makes tests/countries.json, the outlines that the coordinates of places are held against.

Get the package world-atlas and shapely as basemap.py says, and run:

    python data/scripts/countries.py PACKAGE_DIR

The outlines are today's, from Natural Earth 4.1 (public domain), 1:50 million, simplified. No map
of the course shows them: a map with the borders of today would tell an untruth about 1917.
"""

import json
import sys
from pathlib import Path

import shapely
from basemap import LAND, arcs, joined, read, unrolled
from shapely.affinity import translate
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

OUTPUT = Path(__file__).resolve().parents[2] / "tests" / "countries.json"
COUNTRIES = (LAND[0], "package/countries-50m.json")
TOLERANCE = 0.1  # degrees
SMALLEST = 0.02  # square degrees
# Natural Earth draws who holds a place, the United Nations whose it is (resolution 68/262).
CRIMEA = box(32.4, 44.3, 36.65, 46.2)
NAMES = {  # the usual English names, where the package has others
    "Dominican Rep.": "Dominican Republic",
    "United States of America": "United States",
}


def main(folder: Path) -> None:
    """Writes tests/countries.json from the packages in the folder, and says how large it is."""
    topology = read(folder, *COUNTRIES)
    all_arcs = arcs(topology)
    areas_of = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        name = shape["properties"]["name"]
        areas = [area(joined(all_arcs, part[0])) for part in parts]
        areas_of[NAMES.get(name, name)] = unary_union(areas)
    areas_of["Ukraine"] |= areas_of["Russia"] & CRIMEA
    areas_of["Russia"] -= CRIMEA
    outlines = {name: rings(country) for name, country in areas_of.items()}
    lines = [
        json.dumps({name: found}, ensure_ascii=False, separators=(",", ":"))[1:-1]
        for name, found in sorted(outlines.items())
    ]
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{OUTPUT}: {OUTPUT.stat().st_size:,} bytes; {len(outlines)} countries")


def area(ring: list[tuple[float, float]]) -> BaseGeometry:
    """The area in a ring, cut at 180 degrees; what lies beyond comes back on the left."""
    whole = shapely.make_valid(Polygon(unrolled(ring)))
    shifted = (translate(whole, xoff=turn) for turn in (-360, 0, 360))
    return unary_union([shapely.intersection(one, box(-180, -90, 180, 90)) for one in shifted])


def rings(country: BaseGeometry) -> list[list[tuple[float, float]]]:
    """Simplified outlines of all parts but tiny islands; a country of these alone keeps them."""
    polygons = [part for part in shapely.get_parts(country) if part.geom_type == "Polygon"]
    kept = [part for part in polygons if part.area >= SMALLEST] or polygons
    outlines = [part.exterior.simplify(TOLERANCE) for part in kept]
    return [[(round(x, 2), round(y, 2)) for x, y in outline.coords] for outline in outlines]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
