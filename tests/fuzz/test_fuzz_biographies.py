"""Any text as a pasted biography: the guided form of lesson 44 reads it."""

import contextlib
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.claim_form import SEARCHED, fields, look_up, new_claim, sentences
from helpers.claims import judge
from helpers.tables import load

LIFE = "L. D. Trotsky was born on 7 Nov. 1879. He died in 1940!"
ODD = [
    *(
        "\0",
        "\ud800",
        "\U0001f600\u200d\U0001f525",
        "\u202eright to left",
        "\u0644\u064a\u0648\u0646",
    ),
    *("Coyoaca\u0301n", " \t\n\u2028\x85\xa0 ", "", "\\", "(.*+?[", "\ufdfa" * 20, "\r\n\r\n"),
    *(
        "nan",
        "None",
        "-1",
        "1e999",
        "0000",
        "9999~",
        "[1917",
        "aged ",
        "aged x",
        "before ",
        "after x",
    ),
]
TEXTS = st.sampled_from([LIFE, *ODD]) | st.text(max_size=40)
VERDICTS = {
    *("supported", "imprecise", "contradicted", "contested", "interpretation", "cannot tell"),
}


@settings(max_examples=70)
@given(st.lists(TEXTS, max_size=4).map(" ".join))
def test_any_text_is_cut_and_no_word_is_lost(text):
    found = sentences(text)
    assert " ".join(found["text"]).split() == text.split()
    assert found["sentence"].tolist() == list(range(1, len(found) + 1))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("\ufdfa" * 20)
def test_any_words_can_be_looked_up(words):
    found = look_up(words, table="votes")
    assert len(found) <= 10
    wanted = re.findall(r"\w+", unicodedata.normalize("NFKD", words).casefold())
    assert all(0 < many <= len(wanted) for many in found["found"])


POINTS = st.fixed_dictionaries(
    {
        "table": st.sampled_from(["people", "events", "stays", "places", "event_people", "none"]),
        "row_id": st.sampled_from(["trotsky", "birth-trotsky", "lenin", "nikolaev"]) | TEXTS,
        "field": st.sampled_from(["died", "born", "date", "place_id", "name", "state_then"])
        | TEXTS,
        "asserted": st.sampled_from(["1940", "1940-08-21", "aged 60", "before birth-trotsky"])
        | TEXTS,
    }
)


@settings(max_examples=70)
@given(POINTS)
def test_any_claim_is_judged_or_refused_in_words(point):
    try:
        found = judge(new_claim("He did.", **point))
    except (KeyError, ValueError) as error:
        assert len(str(error)) > 15, repr(error)
        assert not re.search(r"unpack|NoneType|subscript|convert|overflow", str(error)), error
    else:
        assert found.verdict in VERDICTS
        assert found.reason


@pytest.mark.parametrize("field", ["died", "born"])
@given(text=TEXTS)
@settings(max_examples=25)
def test_no_odd_text_is_supported(field, text):
    with contextlib.suppress(KeyError, ValueError):
        claim = {"table": "people", "row_id": "trotsky", "field": field, "asserted": text}
        assert judge(claim).verdict != "supported" or re.fullmatch(r"[\d\-/~?%\[\],X]+", text)


@settings(max_examples=30)
@given(st.sampled_from([*SEARCHED, "sources", ""]) | TEXTS, TEXTS)
def test_any_row_is_shown_or_refused_in_words(table, row_id):
    with pytest.raises(KeyError, match=r"no table|has no row"):
        fields(table, row_id)


def test_a_text_of_a_megabyte_is_cut():
    found = sentences(f"{LIFE} " * 18_000)
    assert found["text"].tolist() == sentences(LIFE)["text"].tolist() * 18_000


def test_many_words_are_looked_up_in_one_go():
    everything = " ".join(load("votes")["motion"].dropna()) * 20
    found = look_up(everything, table="votes")
    assert len(found) == 10
