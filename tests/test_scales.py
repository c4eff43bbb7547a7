"""What charts share: read back from the Axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import row_names

from helpers.scales import marker_legend, name_rows, time_axis


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def test_rows_have_their_names_and_the_first_stands_on_top(ax):
    name_rows(ax, ["Odessa", "Nikolaev"])
    assert row_names(ax) == ["Odessa", "Nikolaev"]
    assert ax.yaxis_inverted()
    assert not ax.spines["left"].get_visible()


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("1880-01-01", "1940-01-01", "1880 1900 1920 1940"),
        ("1916-11-20", "1917-12-31", "Jan 1917 Jul"),
        ("1917-12-28", "1918-01-21", "1 Jan 1918 15 Jan"),
        ("1917-11-07 18:00", "1917-11-08 04:00", "20:00 8 Nov 04:00"),
    ],
)
def test_dates_say_no_more_than_they_need(ax, first, last, written):
    ax.plot(pd.to_datetime([first, last]), [0, 1])
    ax.margins(x=0)
    time_axis(ax, most=4)
    ax.figure.draw_without_rendering()
    ends = ax.get_xlim()
    inside = [
        label.get_text()
        for place, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True)
        if ends[0] <= place <= ends[1]
    ]
    assert " ".join(inside) == written


def test_the_place_of_the_mouse_is_a_whole_date(ax):
    time_axis(ax)
    assert ax.format_xdata(0) == "1 Jan 1970"


def test_the_legend_tells_groups_apart_without_colour(ax):
    marker_legend(ax, {"Reed": ("#0072b2", "o"), "Pipes": ("#e69f00", "s")})
    handles = ax.figure.legends[0].legend_handles
    assert [one.get_label() for one in handles] == ["Reed", "Pipes"]
    assert [one.get_marker() for one in handles] == ["o", "s"]
