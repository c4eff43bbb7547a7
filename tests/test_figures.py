"""Showing a figure: the HTML, the alternative text, the messages."""

import re
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D

from helpers import demands, figures, layout
from helpers.accounts import describe
from helpers.figures import axes, show


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def bundle(ax, **words):
    words = {"title": "A finding", "caption": "What to see."} | words
    return show(ax, **words)._repr_mimebundle_()


def test_a_figure_is_html_with_alt_text_caption_and_source():
    ax = describe(axes(), "Three bars, the tallest for Odessa.")
    found = bundle(ax, title="Odessa comes first.", source="data/places.csv")
    alt = re.search(r'<img [^>]*alt="([^"]*)"', found["text/html"])[1]
    assert alt == "Odessa comes first. Three bars, the tallest for Odessa."
    assert "<figcaption>What to see. Source: data/places.csv</figcaption>" in found["text/html"]
    assert found["text/plain"] == f"[figure] {alt}"


def test_signs_of_html_in_words_are_made_plain():
    found = bundle(describe(axes(), 'a "b" <c> & d'), caption="<b>x</b>")
    assert "&lt;b&gt;x" in found["text/html"]
    assert 'alt="A finding. a &quot;b&quot; &lt;c&gt; &amp; d"' in found["text/html"]


def test_showing_closes_the_figure_so_that_it_appears_once():
    bundle(axes())
    assert plt.get_fignums() == []


def test_bars_of_your_own_are_described_by_their_names_and_lengths():
    ax = pd.Series({"Odessa": 7, "Nikolaev": 2}).plot.barh(ax=axes())
    assert "2 bars: Odessa 7, Nikolaev 2." in bundle(ax)["text/plain"]
    ax = pd.Series({"Odessa": 7.5, "Nikolaev": 2}).plot.bar(ax=axes())
    assert "2 bars: Odessa 7.5, Nikolaev 2." in bundle(ax)["text/plain"]


def test_lines_and_points_of_your_own_are_described_by_their_range():
    ax = axes()
    ax.plot([1, 2, 3], [10, 30, 20])
    ax.set_ylabel("Strikers, thousands")
    assert "1 line with 3 points; Strikers, thousands from 10 to 30." in bundle(ax)["text/plain"]
    ax = axes()
    ax.scatter([1, 2], [5, 6])
    assert "1 group of points with 2 points; the values from 5 to 6." in bundle(ax)["text/plain"]


def test_large_numbers_keep_their_digits():
    ax = pd.Series({"SRs": 41_700_000, "Kadets": 1_234_567.5}).plot.barh(ax=axes())
    assert "SRs 41,700,000, Kadets 1,234,567.5" in bundle(ax)["text/plain"]


def test_bars_with_errors_lines_of_dates_and_pies_are_described_too():
    ax = axes()
    ax.bar(["a", "b"], [1, 2], yerr=[0.5, 0.5])
    assert "2 bars" in bundle(ax)["text/plain"]
    ax = axes()
    ax.plot([1, 2], pd.to_datetime(["1917-11-07", "1918-02-10"]))
    assert bundle(ax)["text/plain"].endswith("1 line with 2 points.")
    ax = axes()
    ax.pie([1, 2, 3])
    assert "3 shapes" in bundle(ax)["text/plain"]


def test_two_panels_are_both_described():
    _, (left, right) = plt.subplots(1, 2)
    describe(left, "Left panel.")
    describe(right, "Right panel.")
    assert "Left panel. Right panel." in bundle(left)["text/plain"]


def test_a_picture_has_one_width_and_a_narrow_white_frame():
    tall, wide = axes(), axes()
    for ax in (tall, wide):
        ax.plot([1, 2], [3, 4])
    wide.set_axis_off()
    pictures = [show(ax, title="A finding", caption="What to see.") for ax in (tall, wide)]
    found = [plt.imread(BytesIO(picture.png))[..., :3] for picture in pictures]
    assert found[0].shape[1] == found[1].shape[1]
    drawn = np.flatnonzero((found[0] < 1).any(axis=(1, 2)))
    assert drawn[0] <= 8 and found[0].shape[0] - drawn[-1] - 1 <= 8


@pytest.mark.parametrize("make", [axes, lambda: plt.subplots()[1]])
def test_long_words_beside_a_plot_stay_inside_the_picture(make):
    ax = make()
    ax.plot([1, 2], [3, 4_000_000])
    ax.set_xlabel("a long name of what is counted " * 5)
    ax.set_title("a long title of a panel " * 5)
    show(ax, title="A long finding " * 12, caption="What to see.")
    width, height = ax.figure.get_size_inches()
    reach = ax.figure.get_tightbbox()
    assert reach.x0 >= 0
    assert reach.y0 >= 0
    assert reach.x1 <= width + 0.02
    assert reach.y1 <= height + 0.02


def test_a_long_legend_takes_fewer_columns_so_that_it_fits():
    ax = axes()
    labels = [f"Surname, First Name {number}" for number in range(5)]
    layout.legend(ax, [Line2D([], [], marker="o", label=label) for label in labels])
    show(ax, title="A finding", caption="What to see.")
    assert ax.figure.get_tightbbox().x1 <= ax.figure.get_figwidth()
    short = axes()
    layout.legend(short, [Line2D([], [], marker="o", label="abc") for _ in range(5)])
    assert short.figure.legends[0]._ncols == 5


def test_a_picture_on_which_nothing_is_drawn_is_white():
    ax = plt.subplots()[1]
    ax.set_axis_off()
    picture = show(ax, title="", caption="What to see.")
    assert (plt.imread(BytesIO(picture.png))[..., :3] == 1).all()


def test_a_dollar_sign_is_a_dollar_sign():
    assert "cost $a_b_c$ now" in bundle(axes(), title="cost $a_b_c$ now")["text/plain"]


def test_settings_of_the_user_do_not_leak_in():
    with plt.rc_context({"axes.facecolor": "black"}):
        assert axes().get_facecolor() == (1, 1, 1, 1)


def test_bare_axes_say_that_nothing_is_drawn():
    assert bundle(axes())["text/plain"].endswith("Nothing is drawn.")


def test_an_empty_panel_says_so_on_the_page_and_in_the_alt_text():
    ax = figures.empty(axes(), "no events to draw")
    assert ax.texts[0].get_text() == "no events to draw"
    assert bundle(ax)["text/plain"].endswith("No events to draw.")


def test_anything_but_axes_is_answered_with_the_way_to_write_it():
    with pytest.raises(TypeError, match=r"not DataFrame: write ax = timeline\(...\)"):
        show(pd.DataFrame(), title="x", caption="y")


def test_given_axes_are_drawn_on():
    mine = plt.subplots()[1]
    assert axes(mine) is mine


def test_no_setting_outlives_a_drawing():
    before = dict(plt.rcParams)
    bundle(axes())
    assert dict(plt.rcParams) == before


def test_settings_of_the_notebook_do_not_change_a_drawing():
    plain = show(axes(), title="T", caption="c").png
    with plt.rc_context({"lines.linewidth": 9, "font.size": 20, "axes.facecolor": "red"}):
        before = dict(plt.rcParams)
        assert show(axes(), title="T", caption="c").png == plain
        assert dict(plt.rcParams) == before


def test_a_drawing_that_fails_leaves_the_settings_as_they_were():
    before = dict(plt.rcParams)
    with pytest.raises(TypeError):
        show("no axes", title="T", caption="c")
    assert dict(plt.rcParams) == before


def test_missing_columns_and_unknown_values_are_named():
    with pytest.raises(ValueError, match=r"timeline.* needs the columns a, b; the table lacks b"):
        demands.require_columns(pd.DataFrame({"a": []}), ["a", "b"], "timeline")
    with pytest.raises(TypeError, match=r"needs a table .* not list"):
        demands.require_columns([1], ["a"], "timeline")
    with pytest.raises(ValueError, match="view='moon' is not known: choose one of europe, empire"):
        demands.one_of("view", "moon", ["europe", "empire"])
