"""Descent: the order of the lines, their beginnings and ends, read back from the Axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import day, marks, row_names, strokes

from helpers.accounts import words_of
from helpers.tables import load
from helpers.trees import descent
from helpers.wording import plain_name


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def ties(*rows):
    table = pd.DataFrame(rows, columns=["date_earliest", "parent", "child", "kind"])
    return table.assign(date_earliest=pd.to_datetime(table["date_earliest"]))


PARTY = ties(
    ("1917-05-01", "Bolsheviks", "Communists", "renaming"),
    ("1903-08-01", "RSDLP", "Bolsheviks", "split"),
    ("1903-08-01", "RSDLP", "Mensheviks", "split"),
    ("1917-08-01", "Mezhraiontsy", "Communists", "fusion"),
)


def order(ax):
    return row_names(ax)


def lines(ax):
    """First and last day of each organisation's line, by name."""
    level = strokes(ax)[: len(order(ax))]
    return {
        order(ax)[int(y)]: (pd.Timestamp(day(x)), pd.Timestamp(day(end))) for x, y, end, _ in level
    }


def steps(ax):
    """From which line to which each step leads."""
    upright = [(above, below) for _, above, _, below in strokes(ax) if above != below]
    return [(order(ax)[int(above)], order(ax)[int(below)]) for above, below in upright]


def test_a_child_stands_below_its_first_parent():
    ax = descent(PARTY)
    assert order(ax) == ["RSDLP", "Bolsheviks", "Communists", "Mensheviks", "Mezhraiontsy"]
    assert ax.yaxis_inverted()


@pytest.mark.parametrize("turn", [PARTY.iloc[::-1], PARTY.query("kind != 'split'"), PARTY.iloc[1:]])
def test_the_order_follows_the_dates_and_not_the_numbers_of_the_rows(turn):
    assert order(descent(turn)) == order(descent(turn.reset_index(drop=True)))


def test_each_step_leads_from_parent_to_child():
    ax = descent(PARTY)
    assert sorted(steps(ax)) == sorted(zip(PARTY["parent"], PARTY["child"], strict=True))
    assert len(marks(ax)) == len(PARTY)


def test_a_line_starts_at_its_first_step():
    found = lines(descent(PARTY))
    assert found["Communists"][0] == pd.Timestamp("1917-05-01")
    assert found["RSDLP"][0] < pd.Timestamp("1903-08-01"), "it had no parent"


def test_no_line_starts_after_its_own_child():
    found = lines(descent(ties(("1942", "a", "b", "split"), ("1950", "c", "a", "fusion"))))
    assert found["a"][0] == pd.Timestamp("1942")


def test_a_line_stops_where_its_end_is_known_and_runs_on_where_not():
    known = pd.to_datetime(["1918-03-08", None, "1899-01-01"])
    ends = pd.DataFrame({"name": ["Bolsheviks", "Mensheviks", "Communists"], "ended_latest": known})
    found = lines(descent(PARTY, ends=ends))
    assert found["Bolsheviks"][1] == known[0]
    assert found["Mensheviks"][1] == found["RSDLP"][1] > pd.Timestamp("1917-08-01")
    assert found["Communists"][1] == found["Communists"][0], "none ends before it starts"
    with pytest.raises(ValueError, match="the table lacks ended_latest"):
        descent(PARTY, ends=ends[["name"]])


def test_a_child_with_two_parents_has_one_line():
    ax = descent(PARTY)
    assert order(ax).count("Communists") == 1
    assert order(ax).index("Communists") == order(ax).index("Bolsheviks") + 1


def test_a_circle_of_descent_comes_to_an_end():
    ring = ties(("1930", "a", "b", "split"), ("1931", "b", "c", "split"), ("1932", "c", "a", "x"))
    assert order(descent(ring)) == ["a", "b", "c"]
    assert order(descent(ties(("1930", "a", "a", "renaming")))) == ["a"]


def test_kinds_are_told_apart_without_colour():
    handles = descent(PARTY).figure.legends[0].get_lines()
    assert [line.get_label() for line in handles] == ["Split", "Renaming", "Fusion"]
    assert len({line.get_linestyle() for line in handles}) == 3


def test_the_tree_is_told_in_words():
    assert words_of(descent(PARTY)) == (
        "Tree of 5 organisations and 4 steps (2 split, 1 renaming, 1 fusion). "
        "1903 split: RSDLP to Bolsheviks; 1903 split: RSDLP to Mensheviks; "
        "1917 renaming: Bolsheviks to Communists; 1917 fusion: Mezhraiontsy to Communists."
    )


def test_a_step_without_parent_or_date_is_answered():
    with pytest.raises(ValueError, match="4 of 4 rows, which have no parent"):
        descent(PARTY.assign(parent=None))
    with pytest.raises(ValueError, match="the table lacks date_earliest"):
        descent(PARTY.drop(columns="date_earliest"))


def test_each_step_of_the_record_starts_on_a_line():
    splits = load("splits").rename(columns={"parent_id": "parent", "child_id": "child"})
    begun = lines(descent(splits.dropna(subset=["date_earliest"])))
    for tie in splits.dropna(subset=["date_earliest"]).itertuples():
        assert (
            max(begun[plain_name(tie.parent)][0], begun[plain_name(tie.child)][0])
            <= tie.date_earliest
        )


def test_nothing_to_draw_is_said():
    assert descent(PARTY.head(0)).texts[0].get_text() == "no descent to draw"
