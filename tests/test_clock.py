"""Statements of an hour: markers, bars and days, read back from the Axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import marks, row_names, strokes
from matplotlib.dates import num2date

from helpers.accounts import words_of
from helpers.clock import hours


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


OCTOBER = pd.DataFrame(
    [
        ("Aurora fires", "1917-11-07", "21:40", "Reed"),
        ("Aurora fires", "1917-11-07", "21:00", "Trotsky"),
        ("Ministers arrested", "1917-11-08", "02:00/02:30", "Reed"),
    ],
    columns=["step", "date_earliest", "time", "who"],
)
OCTOBER["date_earliest"] = pd.to_datetime(OCTOBER["date_earliest"])


def drawn(table=OCTOBER, **options):
    return hours(table, row="step", **options)


def moments(ax):
    """Hour, height and marker of each end of a statement, the upper first."""
    found = [(y, pd.Timestamp(x).strftime("%d %H:%M"), marker) for x, y, marker in marks(ax)]
    return sorted(found)


def test_each_statement_stands_at_its_hour_and_a_range_is_a_bar():
    ax = drawn()
    hours_of = [hour for _, hour, _ in moments(ax)]
    assert hours_of == ["07 21:00", "07 21:00", "07 21:40", "07 21:40", "08 02:00", "08 02:30"]
    start, end = (num2date(x).strftime("%d %H:%M") for x in strokes(ax)[-1][::2])
    assert (start, end) == ("08 02:00", "08 02:30")


def test_two_days_are_one_axis_and_both_are_named():
    ax = drawn()
    assert ax.get_xlabel() == "Hour of the day, 7 November 1917 to 8 November 1917"
    left, right = (num2date(end) for end in ax.get_xlim())
    assert (left.day, right.day) == (7, 8)
    assert drawn(OCTOBER.head(2)).get_xlabel() == "Hour of the day, 7 November 1917"


def test_the_days_can_be_named_in_both_calendars():
    label = drawn(OCTOBER.head(1), both_calendars=True).get_xlabel()
    assert label == "Hour of the day, 25 October (7 November) 1917"


def test_steps_stand_in_the_order_of_the_table():
    ax = drawn()
    assert row_names(ax) == ["Aurora fires", "Ministers arrested"]
    assert ax.yaxis_inverted()


def test_statements_on_one_step_do_not_hide_one_another():
    first, second, alone = sorted({height for height, _, _ in moments(drawn())})
    assert first == -second != 0
    assert alone == 1, "a statement without another stays on its line"
    same = moments(drawn(OCTOBER.head(2).assign(time="21:00")))
    assert len({height for height, _, _ in same}) == 2


def test_witnesses_are_told_apart_without_colour():
    ax = drawn(group="who")
    handles = ax.figure.legends[0].get_lines()
    assert [line.get_label() for line in handles] == ["Reed", "Trotsky"]
    assert len({line.get_marker() for line in handles}) == 2
    assert [marker for _, _, marker in moments(ax)[::2]] == ["o", "s", "s"], (
        "the markers: Trotsky keeps his own"
    )


def test_the_hours_are_told_in_words():
    assert words_of(drawn()) == (
        "3 statements on 2 steps: Aurora fires 21:00, 21:40; Ministers arrested 02:00 to 02:30."
    )


@pytest.mark.parametrize("time", ["25:00", "2:10", "02:60", "at night", "", "01:00/02:00/03:00"])
def test_a_time_that_is_none_is_answered(time):
    with pytest.raises(ValueError, match=f"'{time}' is no time: write 02:10, or 02:00/02:30"):
        drawn(OCTOBER.assign(time=time))


def test_a_range_that_ends_before_it_starts_is_answered():
    with pytest.raises(ValueError, match="'23:30/00:30' ends before it starts: put each day on a"):
        drawn(OCTOBER.assign(time="23:30/00:30"))


def test_a_table_without_days_or_times_is_answered():
    with pytest.raises(ValueError, match="the table lacks date_earliest"):
        drawn(OCTOBER.drop(columns="date_earliest"))
    with pytest.raises(ValueError, match="3 of 3 rows, which have no time"):
        drawn(OCTOBER.assign(time=None))


def test_rows_of_one_number_are_told_apart():
    ax = drawn(OCTOBER.set_axis([0, 0, 0]))
    assert [hour for _, hour, _ in moments(ax)[::2]] == ["07 21:00", "07 21:40", "08 02:00"]


def test_nothing_to_draw_is_said():
    assert drawn(OCTOBER.head(0)).texts[0].get_text() == "no hours to draw"
