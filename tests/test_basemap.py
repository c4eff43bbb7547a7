"""The base map: land is land and water is water, even where other files lose a strip of Siberia."""

import json

import numpy as np
import pytest
from matplotlib.path import Path

from helpers.tables import data_path

BASEMAP = json.loads(data_path("basemap.json").read_text(encoding="utf-8"))

LAND = {  # latitude, longitude
    "Obdorsk": (66.53, 66.6),
    "Chukotka, west of 180": (66.5, 175),
    "Chukotka, east of 180": (66, -172),
    "Kola peninsula": (67.5, 35),
    "Murmansk": (68.9, 33.1),
    "Verkhoyansk": (67.55, 133.39),
    "Mezen": (65.84, 44.23),
    "Pechora": (65.5, 55),
    "Ural": (66, 62),
    "Yamal": (67.5, 70),
    "Taz": (66.5, 83),
    "Igarka": (67.47, 86.57),
    "Putorana": (67, 95),
    "Olenek": (67.5, 110),
    "Zhigansk": (66.77, 123.37),
    "Indigirka": (67, 143),
    "Kolyma": (67, 153),
    "Anadyr uplands": (66, 170),
    "Chukotka, at the cut": (67, 178),
    "Finland": (66.5, 26),
    "Olkhon, an island in Lake Baikal": (53.15, 107.4),
    "Irkutsk": (52.29, 104.28),
}
COAST = {"Odessa": (46.48, 30.73), "Mexico City": (19.43, -99.13), "New York": (40.71, -74.01)}
LAKES = {
    "Baikal": (53.5, 108),
    "Aral Sea": (45.4, 59.7),
    "Ladoga": (60.8, 31.5),
    "Onega": (61.7, 35.4),
    "Balkhash": (45.9, 73.9),
    "Lake Superior": (47.7, -87.5),
}
SEA = {
    "Black Sea": (43.5, 34),
    "Sea of Azov": (46, 36.5),
    "Caspian": (42, 50.5),
    "Caspian, north": (45.5, 50.5),
    "White Sea": (65.5, 38.5),
    "Kara Sea": (73, 70),
    "Atlantic": (45, -40),
    "Gulf of Mexico": (24, -90),
    "Baltic": (58.5, 20),
}
RIVERS = {  # a town on each river that must be drawn
    "Lena": (56.8, 105.8),
    "Angara": (52.5, 104.1),
    "Ob": (66.53, 66.6),
    "Irtysh": (58.2, 68.25),
    "Yenisei": (56.0, 92.9),
    "Amur": (48.5, 135.1),
    "Volga": (56.33, 44.0),
    "Don": (47.3, 39.7),
    "Dnieper": (50.45, 30.55),
    "Danube": (48.2, 16.4),
}


def rings_around(layer, latitude, longitude):
    return sum(Path(ring).contains_point((longitude, latitude)) for ring in BASEMAP[layer])


def degrees_to_line(latitude, longitude, lines):
    steps = np.linspace(0, 1, 11)[:, None, None]
    ends = [np.array(line) for line in lines]
    points = np.concatenate([(1 - steps) * line[:-1] + steps * line[1:] for line in ends], axis=1)
    return np.hypot(points[..., 0] - longitude, points[..., 1] - latitude).min()


def on_land(point):
    return rings_around("land", *point) % 2 == 1 and rings_around("lakes", *point) % 2 == 0


@pytest.mark.parametrize("name", LAND)
def test_land_is_land(name):
    assert on_land(LAND[name])


@pytest.mark.parametrize("name", COAST)
def test_ports_lie_within_a_tenth_of_a_degree_of_land(name):
    latitude, longitude = COAST[name]
    steps = np.linspace(-0.1, 0.1, 9)
    assert any(on_land((latitude + up, longitude + right)) for up in steps for right in steps)


@pytest.mark.parametrize("name", LAKES)
def test_lakes_are_lakes(name):
    assert rings_around("lakes", *LAKES[name]) % 2 == 1


@pytest.mark.parametrize("name", SEA)
def test_sea_is_sea(name):
    assert rings_around("land", *SEA[name]) % 2 == 0


@pytest.mark.parametrize("name", RIVERS)
def test_rivers_pass_their_towns(name):
    assert degrees_to_line(*RIVERS[name], BASEMAP["rivers"]) < 0.25


def test_reservoirs_of_later_times_are_left_out():
    for reservoir in [(58.5, 38.3), (49.2, 32.8), (54.5, 48.5)]:  # Rybinsk, Kremenchuk, Kuibyshev
        assert rings_around("lakes", *reservoir) == 0


def test_no_outline_is_there_twice():
    for layer in ("land", "lakes", "rivers"):
        assert len({str(line) for line in BASEMAP[layer]}) == len(BASEMAP[layer])


def test_no_line_jumps_across_the_map():
    for layer in ("land", "lakes", "rivers"):
        for line in BASEMAP[layer]:
            longitudes, latitudes = np.array(line).T
            assert np.abs(np.diff(longitudes)).max() < 180
            assert longitudes.min() >= -180
            assert longitudes.max() <= 180
            assert latitudes.min() >= 0 or layer == "rivers"
            assert latitudes.max() <= 80


def test_outlines_are_closed_and_turn_against_the_clock_and_holes_with_it():
    for layer in ("land", "lakes"):
        turns = []
        for ring in BASEMAP[layer]:
            assert ring[0] == ring[-1]
            x, y = np.array(ring).T
            turns.append(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) > 0)
        assert turns.count(True) > turns.count(False) > 0


def test_area_of_the_land_is_right():
    """North of the equator lie about 100 million square kilometres of land (67 % of 149)."""
    area = 0.0
    for ring in BASEMAP["land"]:
        x, y = np.array(ring).T
        middle = np.sin(np.radians((y[1:] + y[:-1]) / 2))
        area -= np.sum(np.radians(np.diff(x)) * middle) * 6371**2 / 1e6
    assert area == pytest.approx(99, abs=3)


def test_file_is_small_and_tells_where_it_comes_from():
    assert data_path("basemap.json").stat().st_size < 200_000
    about = BASEMAP["about"]
    assert {"title", "source", "licence", "packages", "tolerance", "limits", "command"} <= set(
        about
    )
    assert "public domain" in about["licence"]
    assert "data/scripts/basemap.py" in about["command"]


def test_script_and_file_give_the_same_command():
    script = data_path("scripts/basemap.py").read_text(encoding="utf-8")
    for part in BASEMAP["about"]["command"].split(" && "):
        assert part in script
