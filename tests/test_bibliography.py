"""Citations, BibTeX and CSL-JSON of the sources."""

import json
import re

import pytest

from helpers import bibliography
from helpers.tables import load


def test_a_citation_names_author_title_imprint_and_place():
    found = bibliography.cite("trotsky-1930-my-life", "chapter 1")
    assert re.fullmatch(r"Leon Trotsky, \*My Life.*\* \(.+, 1930.*\), chapter 1", found)


def test_every_source_has_a_citation_without_gaps():
    for source_id in load("sources")["source_id"]:
        found = bibliography.cite(source_id)
        assert found.count("*") == 2
        assert "nan" not in found.lower().split()
        assert not re.search(r"\(\)|, ,|, $|^, ", found)


def test_an_unknown_source_is_answered():
    with pytest.raises(KeyError, match="no source 'trotsky-1929'"):
        bibliography.cite("trotsky-1929")


def test_bibtex_has_one_balanced_entry_for_each_source():
    text = bibliography.bibtex()
    entries = re.findall(r"^@\w+\{([a-z0-9-]+),$", text, flags=re.MULTILINE)
    assert entries == list(load("sources")["source_id"])
    assert text.count("{") == text.count("}")
    assert not re.search(r"(?<!\\)[&%$#]", text)


def test_csl_json_has_the_names_that_citeproc_knows():
    items = {item["id"]: item for item in json.loads(bibliography.csl_json())}
    assert set(items) == set(load("sources")["source_id"])
    my_life = items["trotsky-1930-my-life"]
    assert my_life["author"] == [{"family": "Trotsky", "given": "Leon"}]
    assert my_life["type"] == "book"
    allowed = {"id", "type", "title", "language", "author", "issued", "publisher", "URL"}
    assert all(set(item) <= allowed for item in items.values())


def test_one_source_may_be_named_alone_and_none_gives_none():
    assert bibliography.bibtex("broue-1988").startswith("@book{broue-1988,")
    assert bibliography.bibtex([]) == ""


def test_a_choice_of_sources_keeps_its_order():
    chosen = list(load("sources")["source_id"].tail(2))[::-1]
    assert [item["id"] for item in json.loads(bibliography.csl_json(chosen))] == chosen
