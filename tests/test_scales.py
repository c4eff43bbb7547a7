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


@pytest.mark.parametrize(("with_offset", "at_the_end"), [(True, "1917-Nov"), (False, "")])
def test_what_all_dates_share_stands_at_the_end_or_nowhere(ax, with_offset, at_the_end):
    ax.plot(pd.to_datetime(["1917-11-02", "1917-11-08"]), [0, 1])
    time_axis(ax, with_offset=with_offset)
    ax.figure.draw_without_rendering()
    assert ax.xaxis.get_major_formatter().get_offset() == at_the_end


def test_the_legend_tells_groups_apart_without_colour(ax):
    marker_legend(ax, {"Reed": ("#0072b2", "o"), "Pipes": ("#e69f00", "s")})
    handles = ax.figure.legends[0].legend_handles
    assert [one.get_label() for one in handles] == ["Reed", "Pipes"]
    assert [one.get_marker() for one in handles] == ["o", "s"]
