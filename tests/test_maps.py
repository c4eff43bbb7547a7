"""Maps: what is drawn, read back from the Axes, and distances held against another formula."""

from itertools import combinations, pairwise
from math import acos, cos, degrees, radians, sin

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Ellipse

from helpers.accounts import words_of
from helpers.figures import show
from helpers.labels import LEADER_FROM, label_points
from helpers.maps import STANDINGS, VIEWS, base, distance_km, map_places, map_route
from helpers.palette import PALETTE

TOWNS = {  # latitude, longitude
    "Yanovka": (47.9, 32.3),
    "Nikolaev": (46.97, 32.0),
    "Odessa": (46.48, 30.73),
    "Kherson": (46.64, 32.62),
    "Elisavetgrad": (48.51, 32.26),
    "Moscow": (55.76, 37.62),
    "Petrograd": (59.94, 30.32),
    "Kronstadt": (59.99, 29.77),
    "Kiev": (50.45, 30.52),
    "Samara": (53.2, 50.15),
    "Kazan": (55.79, 49.12),
    "Sviyazhsk": (55.77, 48.66),
    "Brest-Litovsk": (52.1, 23.7),
    "Vienna": (48.21, 16.37),
    "Zurich": (47.37, 8.54),
    "Paris": (48.86, 2.35),
    "Barbizon": (48.45, 2.6),
    "London": (51.51, -0.13),
    "Copenhagen": (55.68, 12.57),
    "Oslo": (59.91, 10.75),
    "Hønefoss": (60.17, 10.26),
    "Constantinople": (41.01, 28.98),
    "Prinkipo": (40.87, 29.13),
    "Cadiz": (36.53, -6.29),
    "Sukhum": (43.0, 41.02),
    "Irkutsk": (52.29, 104.28),
    "Ust-Kut": (56.79, 105.76),
    "Verkholensk": (54.1, 105.57),
}
ROUTE = (
    "Nikolaev Odessa Moscow Irkutsk Ust-Kut Verkholensk Irkutsk Samara Kiev Vienna Zurich Paris "
    "London"
)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def table(names):
    rows = [(name, *TOWNS[name]) for name in names]
    return pd.DataFrame(rows, columns=["name_then", "lat", "lon"])


def journey():
    return table(ROUTE.split())


def labels(ax):
    return [text for text in ax.texts if text.get_text()]


def words(ax):
    return {label.get_text() for label in labels(ax)}


def boxes(ax):
    ax.figure.canvas.draw()
    return [super(type(label), label).get_window_extent() for label in labels(ax)]


def by_cosines(one, other):
    """The great circle by the law of cosines: independent of the haversine."""
    (lat1, lon1), (lat2, lon2) = (map(radians, TOWNS[name]) for name in (one, other))
    return 6371 * acos(sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon2 - lon1))


@pytest.mark.parametrize("view", VIEWS)
def test_base_shows_its_view_in_true_shape_at_the_middle_latitude(view):
    west, east, south, north, name = VIEWS[view]
    ax = base(view=view)
    assert (ax.get_xlim(), ax.get_ylim()) == ((west, east), (south, north))
    assert ax.get_aspect() == pytest.approx(1 / np.cos(np.radians((south + north) / 2)))
    assert list(ax.get_xticks()) == list(ax.get_yticks()) == []
    assert name in words_of(ax)


def test_base_draws_land_on_water():
    ax = base(view="europe")
    ax.figure.canvas.draw()
    pixels = np.asarray(ax.figure.canvas.buffer_rgba())

    def colour(latitude, longitude):
        x, y = ax.transData.transform((longitude, latitude))
        return tuple(pixels[len(pixels) - 1 - int(y), int(x)] / 255)

    land, water = (pytest.approx(to_rgba(PALETTE[name]), abs=0.01) for name in ("land", "water"))
    assert colour(52.4, 31.5) == land
    assert colour(43.5, 34) == water  # Black Sea
    assert colour(42, 50.5) == water  # Caspian: a hole in the land
    assert colour(60.8, 31.5) == water  # Ladoga: a lake on the land


def test_base_draws_few_artists_on_the_axes_it_is_given():
    ax = plt.figure().add_subplot()
    before = len(ax.get_children())
    assert base(view="siberia", ax=ax) is ax
    assert len(ax.get_children()) - before == 4, "three shapes, and the account of them"


def test_unknown_view_is_answered_with_the_views():
    with pytest.raises(ValueError, match="view='asia' is not known") as error:
        base(view="asia")
    assert all(view in str(error.value) for view in VIEWS)


def test_25_labels_neither_overlap_nor_leave_the_map():
    names = list(TOWNS)[:25]
    ax = map_places(table(names))
    found = boxes(ax)
    assert words(ax) == set(names)
    assert not any(one.overlaps(other) for one, other in combinations(found, 2))
    frame = ax.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in found)
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in found)


def test_labels_are_legible_and_stay_apart_when_a_title_of_two_lines_is_added():
    ax = map_places(table(list(TOWNS)[:25]))
    assert min(label.get_fontsize() for label in labels(ax)) >= 9
    ax.set_title("A title that is rather long\nand takes two lines", pad=10, loc="left")
    assert not any(one.overlaps(other) for one, other in combinations(boxes(ax), 2))


def test_label_that_moves_away_gets_a_leader_line():
    ax = plt.figure().add_subplot(xlim=(0, 100), ylim=(0, 100))
    crowd = np.array([(50 + x, 50 + y) for x in (-1, 0, 1) for y in (-1, 0, 1)], float)
    found = label_points(ax, [f"label {number}" for number in range(9)], crowd)
    moved = [label for label in found if label.arrow_patch]
    assert moved
    assert all(np.hypot(*label.get_position()) > LEADER_FROM for label in moved)
    lone = label_points(ax, ["alone"], np.array([(90.0, 10.0)]))
    assert lone[0].arrow_patch is None


def test_a_label_keeps_away_from_a_dot_that_it_does_not_name():
    ax = plt.figure().add_subplot(xlim=(0, 100), ylim=(0, 100))
    here, there = (50.0, 50.0), (31.0, 52.5)  # left of its dot, the label would lie under this one
    wall = np.array([(60 + x, 50 + y) for x in range(9) for y in range(-3, 4)], float)
    label, _ = label_points(ax, ["a longer name", "b"], np.array([here, there]), avoid=wall)
    ax.figure.canvas.draw()
    spot = ax.transData.transform(there)
    box = label.get_window_extent()
    assert not (box.x0 - 9 < spot[0] < box.x1 + 9 and box.y0 - 9 < spot[1] < box.y1 + 9)


def test_places_outside_the_view_are_counted_not_drawn():
    ax = map_places(table(["Odessa", "Nikolaev", "Irkutsk", "London"]), view="black-sea")
    assert words(ax) == {"Odessa", "Nikolaev"}
    assert "2 places: Odessa, Nikolaev." in words_of(ax)
    assert f"{by_cosines('Odessa', 'Nikolaev'):,.0f} km" in words_of(ax)
    assert "2 more are not on this map." in words_of(ax)


def test_a_place_named_twice_is_drawn_once():
    ax = map_places(table(["Odessa", "Kiev", "Odessa"]))
    assert len(labels(ax)) == 2
    assert "2 places" in words_of(ax)


def test_accuracy_is_a_ring_only_where_it_is_wider_than_the_dot():
    towns = table(["Yanovka", "Odessa", "Kherson"]).assign(accuracy_km=[15, 1, np.nan])
    ax = map_places(towns, view="black-sea")
    rings = [patch for patch in ax.patches if isinstance(patch, Ellipse)]
    assert [ring.center for ring in rings] == [(32.3, 47.9)]
    assert rings[0].height == pytest.approx(2 * degrees(15 / 6371))


def legs(ax):
    """The lines between two places, without the arrows upon them."""
    return [line for line in ax.lines if len(line.get_xdata()) > 1]


def test_itinerary_numbers_its_stops_and_merges_a_second_stay():
    ax = map_route(journey(), view="eurasia")
    assert len(legs(ax)) == 12
    assert {"1 Nikolaev", "4, 7 Irkutsk", "6 Verkholensk", "13 London"} <= words(ax)
    assert len(words(ax)) == 12
    assert ax.figure.legends == []
    assert not any(one.overlaps(other) for one, other in combinations(boxes(ax), 2))


def test_itinerary_legs_run_in_order_with_an_arrow_each():
    ax = map_route(journey(), view="eurasia")
    stops = [(lon, lat) for lat, lon in map(TOWNS.get, ROUTE.split())]
    for line, start, end in zip(legs(ax), stops, stops[1:], strict=False):
        assert tuple(line.get_xydata()[0]) == pytest.approx(start)
        assert tuple(line.get_xydata()[-1]) == pytest.approx(end)
    arrows = [line for line in ax.lines if len(line.get_xdata()) == 1]
    assert len(arrows) == 12


@pytest.mark.parametrize(
    ("route", "pointing"),
    [(["Odessa", "London"], "west"), (["London", "Odessa"], "east"), (["Odessa", "Kiev"], "north")],
)
def test_an_arrow_points_the_way_that_was_travelled(route, pointing):
    ax = map_route(table(route))
    arrow = next(line for line in ax.lines if len(line.get_xdata()) == 1)
    _, _, turned = arrow.get_marker()  # a triangle points north before it is turned to the left
    heading = {"north": 0, "west": 90, "east": 270}[pointing]
    assert abs((turned - heading + 180) % 360 - 180) < 45


def test_itinerary_description_is_computed_from_the_stops():
    text = words_of(map_route(journey(), view="eurasia"))
    names = ROUTE.split()
    length = sum(by_cosines(a, b) for a, b in pairwise(names))
    away = max(by_cosines("Nikolaev", name) for name in names)
    assert "13 stops from Nikolaev to London, 12 legs" in text
    assert f"{length:,.0f} km in straight lines" in text
    assert f"farthest from Nikolaev is Verkholensk, {away:,.0f} km" in text
    assert "not on this map" not in text


def test_standing_sets_line_legend_and_description():
    standing = ["attested"] + ["well attested"] * 9 + ["contested", "attested", "unattested"]
    ax = map_route(journey().assign(standing=standing), view="eurasia")
    assert len({line.get_linestyle() + str(line._dash_pattern) for line in ax.lines}) == 4
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == [
        f"{name.capitalize()} leg" for name in STANDINGS
    ]
    assert "(9 well attested, 1 attested, 1 contested, 1 unattested)" in words_of(ax)


def test_legend_names_only_the_lines_on_this_map():
    standing = ["attested"] * 10 + ["contested"] * 3
    ax = map_route(journey().assign(standing=standing), view="siberia")
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["Attested leg"]


def test_unknown_standing_is_answered_with_the_standings():
    with pytest.raises(ValueError, match="choose one of well attested, attested, contested"):
        map_route(journey().assign(standing="sure"))


def test_a_stay_in_one_place_is_no_leg_and_a_stop_without_coordinates_is_counted():
    stops = table(["Odessa", "Odessa", "Kiev", "Vienna"])
    stops.loc[3, ["lat", "lon"]] = np.nan
    ax = map_route(stops)
    assert len(legs(ax)) == 1
    assert words(ax) == {"1, 2 Odessa", "3 Kiev"}
    assert "3 stops from Odessa to Kiev, 1 leg, " in words_of(ax)
    assert "1 more is not on this map." in words_of(ax)


def test_a_long_journey_is_thinned_and_says_so(monkeypatch):
    monkeypatch.setattr("helpers.maps._MOST", 3)
    ax = map_route(journey(), view="eurasia")
    said = f"3 of {len(journey())} stops are drawn: at even distances"
    assert ax.get_xlabel() == said
    assert f"{said}. 3 stops from" in words_of(ax)
    first, _, last = (text.get_text().split(" ")[0] for text in ax.texts)
    assert (first, last) == ("1", str(len(journey())))


@pytest.mark.parametrize("draw", [map_places, map_route])
def test_one_place_makes_a_map(draw):
    assert "Odessa" in words_of(draw(table(["Odessa"])))


@pytest.mark.parametrize("draw", [map_places, map_route])
def test_empty_table_says_so_on_the_map(draw):
    ax = draw(table([]))
    assert words(ax) == {"no places to draw"}
    assert words_of(ax) == "Map of Europe. No places to draw."


@pytest.mark.parametrize("draw", [map_places, map_route])
def test_table_wholly_outside_the_view_says_so_on_the_map(draw):
    ax = draw(table(["Irkutsk", "Ust-Kut"]))
    assert words(ax) == {"no places on this map (2 outside it)"}


@pytest.mark.parametrize("draw", [map_places, map_route])
def test_missing_column_is_named(draw):
    with pytest.raises(ValueError, match=rf"{draw.__name__}\(\) needs .* the table lacks lat, lon"):
        draw(table(["Odessa"])[["name_then"]])


def test_tables_are_not_changed():
    stops = journey()
    map_route(stops, view="eurasia")
    map_places(stops)
    pd.testing.assert_frame_equal(stops, journey())


def test_drawing_changes_no_setting():
    before = dict(mpl.rcParams)
    show(map_route(journey(), view="eurasia"), title="A way", caption="Legs")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("pair", list(combinations(["Odessa", "Irkutsk", "London", "Cadiz"], 2)))
def test_distance_agrees_with_the_law_of_cosines(pair):
    one, other = pair
    assert distance_km(*TOWNS[one], *TOWNS[other]) == pytest.approx(by_cosines(one, other))


def test_distances_that_can_be_known_without_a_formula():
    assert distance_km(0, 0, 90, 0) == pytest.approx(10_007.5, abs=0.5)  # a quarter of the Earth
    assert distance_km(10, 20, 10, 20) == 0
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.1)  # across 180 degrees
    assert distance_km(*TOWNS["Odessa"], *TOWNS["Irkutsk"]) == pytest.approx(5_150, abs=100)


@pytest.mark.parametrize("view", ["borderlands", "eurasia"])
def test_a_long_legend_stays_inside_the_picture(view):
    names = [f"a rather long name of a group {number}" for number in range(5)]
    frame = pd.DataFrame({"name_then": names, "group": names, "lat": 55.0, "lon": range(20, 30, 2)})
    ax = map_places(frame, group="group", view=view)
    show(ax, title="A finding " * 12, caption="What to see.")
    box = ax.figure.legends[0].get_window_extent()
    assert box.y0 >= 0
    assert box.x1 <= ax.figure.bbox.x1
    assert box.y1 <= ax.bbox.y0
