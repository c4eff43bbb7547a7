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


def test_no_counts_draw_an_honest_panel():
    ax = bars(pd.Series(dtype=float), unit="events")
    assert ax.texts[0].get_text() == "no events to draw"


def test_a_table_is_answered_with_the_way_to_count():
    with pytest.raises(TypeError, match=r"value_counts\(\)"):
        bars(pd.DataFrame({"a": [1]}), unit="events")
