"""Rows left out where a figure could not be read, and said so."""

import matplotlib.pyplot as plt
import pandas as pd
from drawn import row_labels

from helpers import load, timeline
from helpers.accounts import words_of
from helpers.thinning import MOST, thinned


def test_few_rows_stay_as_they_are():
    table = pd.DataFrame({"weight": range(MOST)})
    rows, said = thinned(table, "events")
    assert rows is table
    assert said == ""


def test_the_heaviest_stay_and_of_the_rest_some_at_even_distances():
    table = pd.DataFrame({"weight": [1, 2, 1, 1, 3, 1, 1]})
    rows, said = thinned(table, "events", 4)
    assert list(rows.index) == [0, 1, 4, 6]
    assert said == "4 of 7 events are drawn: those of the greatest weight"


def test_without_weights_first_and_last_stay():
    rows, said = thinned(pd.DataFrame({"a": range(1000)}), "rows", 10)
    assert len(rows) == 10
    assert {0, 999} <= set(rows["a"])
    assert said == "10 of 1,000 rows are drawn: at even distances"


def test_a_timeline_of_all_events_says_how_many_it_draws():
    events = load("events")
    ax = timeline(events)
    said = f"{MOST} of {len(events)} events are drawn: those of the greatest weight"
    assert ax.get_xlabel() == said
    assert words_of(ax).startswith(said)
    assert len(row_labels(ax)) == MOST
    plt.close("all")
