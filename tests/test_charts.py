"""Charts: what is drawn, read back from the Axes."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import boxes_of, inner_texts, marks, row_names, strokes

from helpers.accounts import words_of
from helpers.charts import bars, columns, dots, panels
from helpers.figures import show


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_bars_have_the_lengths_and_the_order_of_the_counts():
    ax = bars(pd.Series({"Odessa": 9, "Nikolaev": 4}), unit="events")
    assert [bar.get_width() for bar in ax.patches] == [9, 4]
    assert row_names(ax) == ["Odessa", "Nikolaev"]
    assert ax.yaxis_inverted()
    assert {text.get_text() for text in inner_texts(ax)} == {"9", "4"}
    assert ax.get_xlabel() == "Events"


def test_the_description_names_every_bar():
    ax = bars(pd.Series({"Odessa": 9, "Nikolaev": 4.5}), unit="events")
    alt = show(ax, title="T", caption="c").alt
    assert alt.endswith("2 bars, in events: Odessa 9, Nikolaev 4.5.")


def test_two_bars_of_one_name_are_two_bars():
    ax = bars(pd.Series([3, 5], index=["Odessa", "Odessa"]), unit="events")
    assert len({bar.get_y() for bar in ax.patches}) == 2


def test_missing_numbers_and_text_are_answered():
    with pytest.raises(ValueError, match=r"leave it out with .dropna\(\)"):
        bars(pd.Series({"a": 1.0, "b": None}), unit="events")
    with pytest.raises(TypeError, match="not a Series of text: count first"):
        bars(pd.Series({"a": "x"}), unit="events")


@pytest.mark.parametrize("name", ["SRs", "Evaded the call-up in the winter of 1918 to 1919"])
def test_a_long_number_stays_on_the_picture(name):
    ax = bars(pd.Series({name: 41_917_250, "others": 3}), unit="votes")
    show(ax, title="T", caption="c")
    assert max(one.get_window_extent().x1 for one in inner_texts(ax)) <= ax.figure.bbox.x1


def test_large_numbers_keep_their_digits():
    ax = bars(pd.Series({"SRs": 41_700_000}), unit="votes")
    assert inner_texts(ax)[0].get_text() == "41,700,000"
    assert words_of(ax) == "1 bar, in votes: SRs 41,700,000."


def test_no_counts_draw_an_honest_panel():
    ax = bars(pd.Series(dtype=float), unit="events")
    assert ax.texts[0].get_text() == "no events to draw"


def test_a_table_is_answered_with_the_way_to_count():
    with pytest.raises(TypeError, match=r"value_counts\(\)"):
        bars(pd.DataFrame({"a": [1]}), unit="events")


STRIKES = pd.DataFrame({"economic": [604, 239], "political": [206, 242]}, index=["Q1", "Q2"])


def test_columns_are_stacked_in_the_order_of_the_table():
    ax = columns(STRIKES, unit="strikers")
    ends = [[box[[0, 2], 1] for box in boxes_of(part)] for part in ax.collections]
    assert np.array(ends).tolist() == [[[0, 604], [0, 239]], [[604, 810], [239, 481]]]
    assert row_names(ax) == ["Q1", "Q2"]
    assert words_of(ax) == (
        "2 columns, in strikers. economic: Q1 604, Q2 239; political: Q1 206, Q2 242."
    )
    assert len({part.get_hatch() for part in ax.collections}) == 2, "told apart without colour too"


def test_columns_answer_what_they_cannot_draw():
    with pytest.raises(TypeError, match=r"make one with .pivot\("):
        columns(STRIKES["economic"], unit="strikers")
    with pytest.raises(TypeError, match="numbers only"):
        columns(STRIKES.astype(str), unit="strikers")
    with pytest.raises(ValueError, match=r"put a 0 with .fillna\(0\)"):
        columns(STRIKES.assign(other=[1, None]), unit="strikers")


VOTES = pd.DataFrame(
    [
        ("town", "Kadets", 4457),
        ("town", "Bolsheviks", 4041),
        ("garrison", "Bolsheviks", 2801),
    ],
    columns=["voters", "party", "votes"],
)


def test_panels_share_rows_order_and_scale():
    first = panels(VOTES, panel="voters", row="party", value="votes", unit="votes")
    both = first.figure.axes
    assert [one.get_title(loc="left") for one in both] == ["town", "garrison"]
    assert both[0].get_xlim() == both[1].get_xlim()
    assert row_names(both[0]) == ["Bolsheviks", "Kadets"]
    assert row_names(both[1]) == [], "they stand once, on the left"
    assert all(one.yaxis_inverted() for one in both), "the longest on top in each"
    assert [text.get_text() for text in inner_texts(both[1])] == ["2,801", ""], "no row, no nought"
    alt = show(first, title="T", caption="c").alt
    assert "Panel town, in votes: Bolsheviks 4,041, Kadets 4,457." in alt
    assert alt.endswith("Panel garrison, in votes: Bolsheviks 2,801.")


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_as_many_panels_as_values(count):
    table = pd.DataFrame({"p": range(count), "r": "row", "v": 1})
    ax = panels(table, panel="p", row="r", value="v", unit="things")
    assert len(ax.figure.axes) == count
    assert all(one.yaxis_inverted() for one in ax.figure.axes)


def test_panels_answer_what_they_cannot_draw():
    with pytest.raises(ValueError, match="leave ax out"):
        panels(VOTES, panel="voters", row="party", value="votes", unit="v", ax=plt.subplots()[1])
    with pytest.raises(ValueError, match="the table lacks town"):
        panels(VOTES, panel="town", row="party", value="votes", unit="votes")


def test_dots_show_each_number_and_the_range():
    table = pd.DataFrame(
        {"party": ["SRs", "SRs", "Kadets"], "seats": [324, 380, 16], "count": ["a", "b", "a"]}
    )
    ax = dots(table, row="party", value="seats", group="count", unit="seats")
    assert words_of(ax) == "3 numbers in 2 rows, in seats: SRs 324 to 380, Kadets 16."
    assert len(marks(ax)) == 3
    assert len({marker for _, _, marker in marks(ax)}) == 2
    assert sorted(strokes(ax)) == [(16, 1, 16, 1), (324, 0, 380, 0)]
    assert ax.yaxis_inverted()
    with pytest.raises(ValueError, match="which have no seats"):
        dots(table.assign(seats=[1, None, 2]), row="party", value="seats", unit="seats")


def ax_height(values):
    """Inches for the one row of `placed`, which has the room of two."""
    table = pd.DataFrame({"party": "SRs", "seats": values, "count": list("abcdef")[: len(values)]})
    ax = dots(table, row="party", value="seats", group="count", unit="seats")
    show(ax, title="T", caption="c")
    return ax.bbox.height / ax.figure.dpi


def placed(values):
    """The places of the dots of one row: number and height, the least number first."""
    table = pd.DataFrame({"party": "SRs", "seats": values, "count": list("abcdef")[: len(values)]})
    ax = dots(table, row="party", value="seats", group="count", unit="seats")
    return sorted((float(x), y) for x, y, _ in marks(ax))


@pytest.mark.parametrize("values", [[380, 380], [380, 382, 380], [0, 0], [-5, -5]])
def test_equal_dots_do_not_lie_on_one_another(values):
    found = placed(values)
    assert [x for x, _ in found] == sorted(values), "numbers stay what they are"
    heights = sorted(y for _, y in found)
    row = ax_height(values)
    assert all((above - below) * row > 7.5 / 72 for below, above in pairwise(heights)), "inches"
    assert sum(heights) == pytest.approx(0), "around their own line"
    assert max(heights) < 0.5, "and not in the next row"


def test_unequal_dots_stay_on_their_line():
    assert placed([16, 324, 380]) == [(16, 0), (324, 0), (380, 0)]


def test_nothing_to_draw_is_said():
    for ax in (
        columns(STRIKES.head(0), unit="strikers"),
        dots(VOTES.head(0), row="party", value="votes", unit="strikers"),
        panels(VOTES.head(0), panel="voters", row="party", value="votes", unit="strikers"),
    ):
        assert ax.texts[0].get_text() == "no strikers to draw"


def test_bars_have_their_numbers_and_no_axis_beside_them():
    rows = [{"panel": panel, "row": "a", "value": 3} for panel in "pqrst"]
    first = panels(pd.DataFrame(rows), panel="panel", row="row", value="value", unit="people")
    for ax in (bars(pd.Series({"a": 3, "b": 2}), unit="seats"), *first.figure.axes):
        assert list(ax.get_xticks()) == []
        assert inner_texts(ax)[0].get_text() == "3"
    assert first.figure.get_supxlabel() == "People", "once, under all of them"


def test_bars_of_one_family_have_its_colours():
    verdicts = bars(pd.Series({"supported": 3, "contested": 1}), unit="claims")
    assert len({bar.get_facecolor() for bar in verdicts.patches}) == 2
    towns = bars(pd.Series({"Odessa": 3, "contested": 1}), unit="claims")
    assert len({bar.get_facecolor() for bar in towns.patches}) == 1
    parties = panels(VOTES, panel="voters", row="party", value="votes", unit="votes")
    colours = [{bar.get_facecolor() for bar in one.patches} for one in parties.figure.axes]
    assert len(colours[0]) == 2 and colours[0] == colours[1]
