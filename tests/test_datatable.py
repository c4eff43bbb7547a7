"""The data of a figure as a table: what stands in it, for a helper's figure and for one's own."""

import re
from html.parser import HTMLParser

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers import bars, load, show, spans
from helpers.accounts import describe, table_of, words_of
from helpers.datatable import MOST, folded
from helpers.figures import axes


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


class Cells(HTMLParser):
    """Collects the cells of a table, row by row, and where each heading points."""

    def __init__(self):
        super().__init__()
        self.rows, self.scopes, self.open = [], [], []

    def handle_starttag(self, tag, attrs):  # noqa: D102
        if tag != "img":  # which nothing closes
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(dict(attrs)["scope"])

    def handle_endtag(self, tag):  # noqa: D102
        assert self.open.pop() == tag

    def handle_data(self, data):  # noqa: D102
        if self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1] += data


def read(page):
    cells = Cells()
    cells.feed(page)
    return cells


def page_of(ax):
    return show(ax, title="A finding", caption="What to see.")._repr_mimebundle_()["text/html"]


def test_the_data_fold_out_without_a_script():
    page = page_of(bars(pd.Series({"Odessa": 1200, "Nikolaev": 4.5}), unit="events"))
    assert page.endswith("</details></figure>")
    assert "<details><summary>The data of this figure</summary>" in page
    assert "script" not in page and "onclick" not in page
    cells = read(page[page.index("<details>") : -len("</figure>")])
    assert cells.rows == [["Name", "Events"], ["Odessa", "1,200"], ["Nikolaev", "4.5"]]
    assert cells.scopes == ["col", "col", "row", "row"]


def test_the_keyboard_reaches_what_may_scroll():
    page = page_of(bars(pd.Series({"Odessa": 1}), unit="events"))
    assert re.match(r'<figure [^>]*tabindex="0" role="group" aria-label="Figure: A finding"', page)


def test_dates_ids_and_gaps_are_written_for_readers():
    table = pd.DataFrame(
        {
            "name_then": ["<Kiev>", "Odessa"],
            "date": [pd.Timestamp("1917-11-07"), pd.NaT],
            "condition": ["internal-exile", None],
            "in_favour": [0.3333333, float("nan")],
        }
    )
    assert read(folded(table)).rows == [
        ["Name", "Date", "Condition", "In favour"],
        ["<Kiev>", "7 November 1917", "internal exile", "0.33"],
        ["Odessa", "", "", ""],
    ]


def test_a_long_table_says_where_the_rest_is():
    page = folded(pd.DataFrame({"n": range(2000)}))
    assert len(read(page).rows) == MOST + 1
    assert f"The first {MOST} of 2,000 rows; <code>show(...).table</code> has them all." in page
    assert "The first" not in folded(pd.DataFrame({"n": range(MOST)}))
    assert folded(pd.DataFrame()) == ""


def test_a_table_is_small():
    page = folded(table_of(spans(load("stays"), row="place_id", group="condition")))
    assert len(page) < 15_000


def test_the_table_is_one_call_away():
    figure = show(bars(pd.Series({"Odessa": 1}), unit="events"), title="T", caption="c")
    assert figure.table.to_dict("list") == {"name": ["Odessa"], "events": [1]}


def test_a_second_description_takes_the_place_of_the_first():
    ax = describe(axes(), "one", pd.DataFrame({"a": [1]}))
    describe(ax, "two")
    assert words_of(ax) == "two"
    assert table_of(ax).empty


def test_bars_of_your_own_have_a_table():
    ax = pd.Series({"Odessa": 7, "Nikolaev": 2}).plot.barh(ax=axes())
    assert read(page_of(ax)).rows[1:] == [["Odessa", "7"], ["Nikolaev", "2"]]
    two = pd.DataFrame({"men": [1, 2], "women": [3, 4]}, index=["a", "b"]).plot.bar(ax=axes())
    assert table_of(two).to_dict("list") == {"bar": ["a", "b"], "men": [1, 2], "women": [3, 4]}


def test_lines_and_points_of_your_own_have_a_table():
    ax = axes()
    ax.plot(pd.to_datetime(["1917-11-07", "1918-02-10"]), [5, 6], label="strikers")
    assert read(page_of(ax)).rows[1:] == [["7 November 1917", "5"], ["10 February 1918", "6"]]
    ax = axes()
    ax.plot([1, 2], [3, 4], label="Reed")
    ax.plot([1], [9])
    assert table_of(ax)["of"].tolist() == ["Reed", "Reed", "line 2"]
    ax = axes()
    ax.scatter([1, 2], [5, 6])
    assert table_of(ax).to_dict("list") == {"x": [1, 2], "y": [5, 6]}


def test_two_panels_have_one_table():
    _, both = plt.subplots(1, 2)
    for ax, value in zip(both, (1, 2), strict=True):
        describe(ax, "A panel.", pd.DataFrame({"n": [value]}))
    figure = show(both[0], title="T", caption="c")
    assert figure.table.to_dict("list") == {"panel": [1, 2], "n": [1, 2]}


def test_what_has_no_data_has_no_table():
    ax = axes()
    ax.pie([1, 2, 3])
    assert "<details>" not in page_of(ax)
