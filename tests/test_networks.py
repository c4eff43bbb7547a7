"""Networks: what is drawn, read back from the Axes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import marks, strokes
from matplotlib.axes import Axes

from helpers.accounts import table_of, words_of
from helpers.layout import settle
from helpers.networks import circle


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


TIES = pd.DataFrame(
    [
        ("Leon Trotsky", "Adolf Joffe", "comrade", "Pravda"),
        ("Vladimir Lenin", "Leon Trotsky", "adversary", "Bolshevik"),
        ("Victor Adler", "Leon Trotsky", "host", "Austrian"),
        ("Vladimir Lenin", "Adolf Joffe", "comrade", "Pravda"),
    ],
    columns=["person_a", "person_b", "relation", "group"],
)


def test_the_center_is_in_the_middle_and_the_others_on_the_circle():
    ax = circle(TIES, center="Leon Trotsky")
    radii = sorted(round(float(np.hypot(x, y)), 6) for x, y, _ in marks(ax))
    assert radii == [0, 1, 1, 1]
    assert len(strokes(ax)) == len(TIES)


def test_the_network_is_told_in_words():
    assert words_of(circle(TIES, center="Leon Trotsky")) == (
        "Network of Leon Trotsky with 3 people (1 comrade, 1 adversary, 1 host). "
        "Pravda: Adolf Joffe; Bolshevik: Vladimir Lenin; Austrian: Victor Adler."
    )


def test_people_of_one_relation_stand_side_by_side():
    relations = {"a": "comrade", "b": "adversary", "c": "comrade", "d": "adversary", "e": "comrade"}
    rows = [("Leon Trotsky", name, relation, "all") for name, relation in relations.items()]
    between = [("b", "a", "adversary", "strange")] * 3
    ties = pd.DataFrame([*between, *rows], columns=TIES.columns)
    ax = circle(ties.assign(index=0).set_index("index"), center="Leon Trotsky")
    told = words_of(ax)
    assert told.endswith("all: b, d, a, c, e."), "and a tie of two others sets nobody's group"
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert np.hypot(*np.subtract(places["b"], places["d"])) < 1.3


def test_relations_are_told_apart_without_colour():
    ax = circle(TIES, center="Leon Trotsky")
    handles = ax.figure.legends[0].get_lines()
    assert len({line.get_linestyle() for line in handles}) == 3


def test_short_names_stay_on_the_picture_though_nobody_measures_them():
    ties = pd.DataFrame({"person_a": [f"Comminuti{one:03}" for one in range(16)]})
    ax = circle(ties.assign(person_b="x", relation="kin", group="all"), center="x")
    settle(ax.figure)
    stay(ax)


def stay(ax: Axes) -> None:
    """All names stand within the figure."""
    boxes = [text.get_window_extent() for text in ax.texts]
    assert min(box.x0 for box in boxes) >= 0
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= ax.figure.bbox.x1
    assert max(box.y1 for box in boxes) <= ax.figure.bbox.y1


def around(count: int, letters: int) -> Axes:
    """So many people round x, with names of so many letters, under a title; ready to be drawn."""
    names = [f"{one:02} {LONG}"[:letters] for one in range(count)]
    ties = pd.DataFrame({"person_a": names, "person_b": "x", "relation": "kin", "group": "all"})
    ax = circle(ties, center="x")
    ax.figure.suptitle("A finding")
    settle(ax.figure)
    return ax


LONG = "Comminution Comminution Comminution Comminution"


@pytest.mark.parametrize("count", [1, 3, 16])
@pytest.mark.parametrize("letters", [12, 15, 23, 25, 34, 45])
def test_names_stay_on_the_picture(count, letters):
    """Also long ones, which make the circle smaller."""
    stay(around(count, letters))


def test_a_very_long_name_is_cut_on_the_picture_alone():
    ax = around(3, 45)
    whole = f"00 {LONG}"[:45]
    assert ax.texts[0].get_text() == whole[:33].rstrip() + "…"
    assert whole in words_of(ax)
    assert table_of(ax)["one"].iloc[0] == whole


def test_names_that_surely_end_inside_the_axes_are_not_measured():
    ties = pd.DataFrame({"person_a": ["Lev Kamenev", "Aleksandra Sokolovskaya", "Lev", "Ida"]})
    ax = circle(ties.assign(person_b="x", relation="kin", group="all"), center="x")
    measured = {text.get_text(): text.get_in_layout() for text in ax.texts}
    assert measured == {
        "Lev Kamenev": True,
        "Aleksandra Sokolovskaya": True,
        "Lev": False,
        "Ida": False,
        "x": True,
    }


def test_an_unknown_center_is_answered():
    with pytest.raises(ValueError, match="no tie names 'Trotsky': write the name as in person_a"):
        circle(TIES, center="Trotsky")


def test_nothing_to_draw_is_said():
    assert circle(TIES.head(0), center="x").texts[0].get_text() == "no ties to draw"
