"""Tables as the lessons show them: every header is that of a column or of a row."""

import re

import IPython
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from helpers.display import show_tables_with_headers, table_html

PLAIN = pd.DataFrame({"city": ["Kiev", "<th>"], "year": [1898, 1902]})
NAMED = PLAIN.set_index("city")
DEEP = PLAIN.assign(part="early life").set_index(["part", "city"])
CROSSED = pd.crosstab(PLAIN["city"], [PLAIN["year"], PLAIN["city"]])
LONG = pd.DataFrame({"year": range(1879, 1941)})


def headers(page: str) -> list[tuple[str, str]]:
    """The scope and the text of each header cell."""
    return re.findall(r'<th(?: scope="(\w+)")?[^>]*>(.*?)</th>', page)


def words(page: str) -> list[str]:
    """The texts of all cells that are not empty, in order."""
    return [text for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page) if text]


@pytest.mark.parametrize("table", [PLAIN, NAMED, DEEP, CROSSED, LONG])
def test_every_header_has_a_text_and_a_scope(table):
    found = headers(table_html(table))
    assert all(text and scope for scope, text in found)
    assert {scope for scope, _ in found} >= {"col", "row"}


@pytest.mark.parametrize("table", [PLAIN, NAMED, DEEP, CROSSED, LONG])
def test_it_shows_the_same_words_as_pandas(table):
    theirs = table._repr_html_()
    assert {scope for scope, _ in headers(theirs)} == {""}, "pandas gives scopes now: use its own"
    assert ("", "") in headers(theirs)
    assert words(table_html(table)) == words(theirs)


def test_headers_of_rows_and_of_columns_are_told_apart():
    assert headers(table_html(NAMED)) == [
        ("col", "year"),
        ("col", "city"),
        ("row", "Kiev"),
        ("row", "&lt;th&gt;"),
    ]
    assert ("rowgroup", "early life") in headers(table_html(DEEP))


def test_a_notebook_shows_its_tables_so(monkeypatch):
    shell = type("Shell", (), {"display_formatter": DisplayFormatter()})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    show_tables_with_headers()
    assert shell.display_formatter.format(PLAIN)[0]["text/html"] == table_html(PLAIN)
    with pd.option_context("display.notebook_repr_html", False):
        assert "text/html" not in shell.display_formatter.format(PLAIN)[0]


def test_outside_a_notebook_nothing_happens():
    show_tables_with_headers()
    assert PLAIN._repr_html_() != table_html(PLAIN)
