"""Timelines and spans: what is drawn, read back from the Axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import boxes_of, inner_texts, row_labels, row_names
from matplotlib.collections import PathCollection

from helpers.accounts import words_of
from helpers.durations import spans
from helpers.figures import show
from helpers.layout import settle
from helpers.tables import load
from helpers.timelines import timeline


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def events(count):
    table = load("events")
    assert len(table) >= count
    return table.head(count)


def overlapping(boxes):
    return [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one.overlaps(other)
    ]


@pytest.mark.parametrize("count", [8, 25, 60])
def test_labels_never_overlap(count):
    ax = timeline(events(count))
    settle(ax.figure)
    ax.figure.canvas.draw()
    labels = [label.get_window_extent() for label in row_labels(ax)]
    assert len(labels) == count
    assert overlapping(labels) == []
    dates = [text.get_window_extent() for text in inner_texts(ax)]
    assert len(dates) == count
    assert overlapping(dates) == []
    assert not any(date.overlaps(label) for date in dates for label in labels)


def test_a_long_date_beside_a_late_event_finds_room():
    table = load("events").set_index("event_id", drop=False)
    early, late = "enters-st-pauls-1888", "death-trotsky-1940"
    ax = timeline(table.loc[[early, "sixth-congress-1917", late]])
    show(ax, title="A finding", caption="What to see.")
    labels = [label.get_window_extent() for label in row_labels(ax)]
    for text in inner_texts(ax):
        box = text.get_window_extent()
        assert box.x1 <= ax.figure.bbox.x1, text.get_text()
        assert not any(box.overlaps(label) for label in labels), text.get_text()


def test_the_axis_grows_for_a_date_that_fits_nowhere_else():
    table = load("events").set_index("event_id", drop=False)
    ax = timeline(table.loc[["bloody-sunday-1905", "flight-finland-1905", "joins-soviet-1905"]])
    show(ax, title="A finding", caption="What to see.")
    assert [text.get_text() for text in inner_texts(ax)][1] == "14 May to 31 August 1905"
    assert max(text.get_window_extent().x1 for text in inner_texts(ax)) <= ax.figure.bbox.x1


@pytest.mark.parametrize("count", [8, 60])
def test_words_stay_on_the_picture(count):
    ax = timeline(events(count), group="category")
    settle(ax.figure)
    ax.figure.canvas.draw()
    page = ax.figure.bbox
    for text in [*ax.texts, *ax.figure.legends[0].get_texts()]:
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text.get_text()
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text.get_text()


def test_events_stand_in_order_of_time_with_the_first_on_top():
    ax = timeline(events(25).sample(frac=1, random_state=1))
    table = events(25).set_index("title")["date_earliest"]
    starts = [table[name.replace("\n", " ")] for name in row_names(ax)]
    assert starts == sorted(starts)
    heights = [label.get_position()[1] for label in row_labels(ax)]
    assert heights == sorted(heights)
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_only_a_certain_day_has_a_filled_marker():
    table = load("events").iloc[::7]
    ax = timeline(table)
    certain = (table["date_precision"] == "day") & ~table["date"].str[-1].isin(list("~?%"))
    filled, first, last = ax.lines
    assert len(filled.get_xdata()) == certain.sum()
    assert sorted(filled.get_xdata()) == sorted(table.loc[certain, "date_earliest"])
    assert sorted(first.get_xdata()) == sorted(table.loc[~certain, "date_earliest"])
    assert sorted(last.get_xdata()) == sorted(table.loc[~certain, "date_latest"])
    assert filled.get_markerfacecolor() != "white"
    assert {first.get_markerfacecolor(), last.get_markerfacecolor()} == {"white"}


def test_groups_differ_in_marker_as_well_as_in_colour():
    table = events(25)
    ax = timeline(table, group="category")
    looks = {(line.get_color(), line.get_marker()) for line in ax.lines}
    count = table["category"].nunique()
    assert len(looks) == len({marker for _, marker in looks}) == count > 2
    named = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert sorted(named) == sorted(table["category"].str.capitalize().unique())


def test_the_description_counts_and_names_the_events():
    table = events(25)
    alt = show(timeline(table), title="T", caption="c").alt
    first = table.sort_values(["date_earliest", "date_latest"]).iloc[0]
    assert "25 events" in alt
    assert first["title"] in alt


def bar_groups(ax):
    """The bars of spans that look alike, each group drawn as one thing."""
    return [one for one in ax.collections if isinstance(one, PathCollection)]


def bars_of(ax):
    """The fill and the edge of each bar."""
    return [
        (tuple(one.get_facecolor()[0]), tuple(one.get_edgecolor()[0]))
        for one in bar_groups(ax)
        for _ in boxes_of(one)
    ]


def test_spans_draw_what_is_certain_in_full_and_the_rest_pale():
    stays = load("stays")
    ax = spans(stays, row="place_id", group="condition")
    pale = [one for one in bars_of(ax) if one[0] != one[1]]
    assert len(pale) == len(stays)
    certain = (stays["start_latest"] < stays["end_earliest"]).sum()
    assert len(bars_of(ax)) - len(pale) == certain
    assert len(row_labels(ax)) == stays["place_id"].nunique()


def test_a_span_of_a_day_can_be_seen():
    day = load("stays").head(1).copy()
    for bound in ("start_earliest", "start_latest", "end_earliest", "end_latest"):
        day[bound] = day["start_earliest"]
    ax = spans(day, row="place_id")
    assert len(bars_of(ax)) == 1
    assert all(one.get_linewidth() >= 0.8 for one in bar_groups(ax))


def test_spans_of_different_groups_differ_in_hatching():
    stays = load("stays")
    ax = spans(stays, row="place_id", group="condition")
    assert len({one.get_hatch() for one in bar_groups(ax)}) == stays["condition"].nunique() > 8


@pytest.mark.parametrize("draw", [timeline, spans])
def test_an_empty_table_draws_an_honest_panel(draw):
    table = load("events" if draw is timeline else "stays").head(0)
    ax = draw(table) if draw is timeline else draw(table, row="place_id")
    assert ax.texts[0].get_text().startswith("no ")
    assert "to draw" in show(ax, title="T", caption="c").alt


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="the table lacks headline"):
        timeline(events(8), label="headline")
    with pytest.raises(ValueError, match=r"spans\(\) needs .* the table lacks where"):
        spans(load("stays"), row="where")


def test_rows_without_a_value_are_counted_with_the_way_out():
    people = load("people").rename(columns=lambda name: name.replace("born", "date"))
    with pytest.raises(
        ValueError, match=r"have no date: leave them out with .dropna\(subset='date'"
    ):
        timeline(people, label="name")
    with pytest.raises(ValueError, match=r"spans\(\) cannot draw \d+ of \d+ rows, which have no"):
        spans(load("relations"), row="relation")


def test_rows_without_a_group_are_called_unknown():
    table = events(8).assign(group=[1.0, 2.0, None, 1.0, 2.0, None, 1.0, 2.0])
    ax = timeline(table, group="group")
    assert "Unknown" in [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_spans_in_any_order_and_with_any_index_tell_their_true_bounds():
    stays = load("stays")
    turned = stays.iloc[::-1].set_index(pd.Index([7] * len(stays)))
    alt = words_of(spans(turned, row="place_id"))
    assert "from 7 November 1879 to" in alt


def test_legends_of_two_panels_do_not_share_one_place():
    _, (upper, lower) = plt.subplots(2)
    timeline(events(8), group="category", ax=upper)
    timeline(events(8), group="part", ax=lower)
    assert upper.get_legend() is not None
    assert lower.get_legend() is not None


def test_drawing_on_axes_of_your_own():
    mine = plt.subplots()[1]
    assert timeline(events(8), ax=mine) is mine
