"""Charts: what is drawn, read back from the Axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers.charts import bars
from helpers.figures import show


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_bars_have_the_lengths_and_the_order_of_the_counts():
    ax = bars(pd.Series({"Odessa": 9, "Nikolaev": 4}), unit="events")
    assert [bar.get_width() for bar in ax.patches] == [9, 4]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Odessa", "Nikolaev"]
    assert ax.yaxis_inverted()
    assert {text.get_text() for text in ax.texts} == {"9", "4"}
    assert ax.get_xlabel() == "events"


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


def test_large_numbers_keep_their_digits():
    ax = bars(pd.Series({"SRs": 41_700_000}), unit="votes")
    assert ax.texts[0].get_text() == "41,700,000"
    assert ax.get_gid() == "1 bar, in votes: SRs 41,700,000."


def test_no_counts_draw_an_honest_panel():
    ax = bars(pd.Series(dtype=float), unit="events")
    assert ax.texts[0].get_text() == "no events to draw"


def test_a_table_is_answered_with_the_way_to_count():
    with pytest.raises(TypeError, match=r"value_counts\(\)"):
        bars(pd.DataFrame({"a": [1]}), unit="events")
