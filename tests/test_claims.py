"""The verdict on a claim, proved on invented claims of each kind and on the short life."""

import pandas as pd
import pytest

from helpers import claims
from helpers.evidence import Witness
from helpers.tables import load


@pytest.fixture
def record(monkeypatch):
    """A way to say what the record has in the field that a claim is about, and who says what."""

    def put(value, *said, standing="well attested"):
        told = [Witness("", str(number), one, is_date=True) for number, one in enumerate(said)]
        others = claims._value
        asked = ("events", "birth-1879", "date")
        monkeypatch.setattr(
            claims,
            "_value",
            lambda *cell: value if cell[:2] == asked[:2] else others(*cell),
        )
        monkeypatch.setattr(claims, "testimony", lambda *_: told)
        monkeypatch.setattr(claims, "standing", lambda *_: standing)

    return put


def verdict(asserted, field="date", table="events", row_id="birth-1879"):
    claim = {"table": table, "row_id": row_id, "field": field, "asserted": asserted}
    return claims.judge(claim).verdict


@pytest.mark.parametrize(
    ("value", "asserted", "expected"),
    [
        ("1917-11-07", "1917-11-07", "supported"),
        ("1917-11-07", "1917-11", "supported"),
        ("1917-11-07", "1917", "supported"),
        ("1917-11-07", "1917-11-08", "contradicted"),
        ("1917-11-07", "1917-10-25", "imprecise"),
        ("1917-11-07", "1918", "contradicted"),
        ("1902-10", "1902-10-03", "cannot tell"),
        ("1917-11-07/1920-11-16", "1917/1920", "supported"),
        ("1917-11-07/1920-11-16", "1918/1920", "imprecise"),
        ("1917-11-07/1920-11-16", "1918/1922", "imprecise"),
        ("1917-11-07/1920-11-16", "1921/1922", "contradicted"),
        ("1917-12-20/1918-03-03", "1918", "imprecise"),
        ("1899~", "1900", "cannot tell"),
        ("", "1900", "cannot tell"),
    ],
)
def test_a_claim_of_a_date(record, value, asserted, expected):
    record(value, *([value] if value else []))
    assert verdict(asserted) == expected


def test_a_claim_of_a_contested_date(record):
    record("1879-11-07", "1879-11-07", "1879-11-06", standing="contested")
    assert verdict("1879-11-07") == "contested"
    assert verdict("1879-11-06") == "contested"
    assert verdict("1879-11") == "supported", "all witnesses agree on the month"
    assert verdict("1879-11-08") == "contradicted"


def test_a_day_that_a_source_names_is_supported_where_the_row_has_the_month(record):
    record("1902-10", "1902-10", "1902-10-03")
    assert verdict("1902-10-03") == "supported"


@pytest.mark.parametrize(
    ("value", "asserted", "expected"),
    [
        ("1930", "before death-trotsky-1940", "supported"),
        ("1930", "after death-trotsky-1940", "contradicted"),
        ("1941-01-01", "after death-trotsky-1940", "supported"),
        ("1940", "after death-trotsky-1940", "cannot tell"),
    ],
)
def test_a_claim_of_a_sequence(record, value, asserted, expected):
    record(value)
    assert verdict(asserted) == expected


@pytest.mark.parametrize(
    ("value", "asserted", "expected"),
    [
        ("1940-08-21", "aged 60", "supported"),
        ("1940-08-21", "aged 61", "contradicted"),
        ("1897", "aged 17/19", "supported"),
        ("1897", "aged 17", "cannot tell"),
    ],
)
def test_a_claim_of_an_age(record, value, asserted, expected):
    record(value)
    assert verdict(asserted) == expected


@pytest.mark.parametrize(
    ("value", "said", "asserted", "expected"),
    [
        ("odessa", ["odessa"], "odessa", "supported"),
        ("odessa-prison", [], "odessa", "supported"),
        ("odessa", [], "odessa-prison", "cannot tell"),
        ("odessa", ["odessa"], "moscow", "contradicted"),
        ("odessa", ["odessa", "moscow"], "moscow", "contested"),
    ],
)
def test_a_claim_of_a_place(record, value, said, asserted, expected):
    record(value, *said, standing="contested" if len(said) > 1 else "attested")
    assert verdict(asserted, "place_id") == expected


@pytest.mark.parametrize(
    ("asserted", "expected"),
    [("Russian Empire", "supported"), ("Ukraine", "imprecise"), ("Poland", "contradicted")],
)
def test_a_claim_of_a_country(asserted, expected):
    assert verdict(asserted, "state_then", "places", "odessa") == expected


@pytest.mark.parametrize(
    ("value", "said", "asserted", "expected"),
    [
        ("60", ["60"], "60", "supported"),
        ("60", ["60"], "61", "imprecise"),
        ("60", ["60"], "70", "contradicted"),
        ("21", ["21", "30"], "30", "contested"),
        ("21/30", ["21/30"], "25", "supported"),
        ("escape", ["escape"], "Escape", "supported"),
        ("escape", ["escape"], "release", "contradicted"),
        ("escape", ["escape", "release"], "release", "contested"),
    ],
)
def test_a_claim_of_a_number_or_a_word(record, value, said, asserted, expected):
    record(value, *said)
    assert verdict(asserted, "note") == expected


def test_a_claim_of_a_number_must_be_a_number(record):
    record("60")
    with pytest.raises(ValueError, match="'sixty' is no number: write 60"):
        verdict("sixty", "note")


@pytest.mark.parametrize(
    ("asserted", "expected"),
    [
        ("mercader", "supported"),
        ("mercader as attacker", "supported"),
        ("mercader as judge", "imprecise"),
        ("siqueiros as attacker", "contradicted"),
        ("siqueiros as judge", "cannot tell"),
    ],
)
def test_a_claim_of_a_person(monkeypatch, asserted, expected):
    people = {"attack-mercader-1940": [("mercader", "attacker")]}
    monkeypatch.setattr(claims, "_people_of", lambda: people)
    assert verdict(asserted, "person_id", "event_people", "attack-mercader-1940") == expected


def test_a_judgement_is_left_to_the_reader():
    empty = dict.fromkeys(("table", "row_id", "field", "asserted"))
    assert claims.judge(empty).verdict == "interpretation"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (("evnts", "x", "date", "1917"), "there is no table 'evnts'; choose one of"),
        (("events", "brith", "date", "1917"), "the table events has no row 'brith'"),
        (("events", "birth-1879", "day", "1917"), "events has no field 'day'; choose one of"),
        (("events", "birth-1879", "date", "after brith"), "the table events has no row 'brith'"),
        (("event_people", "birth-1879", "", "lennin"), "the table people has no row 'lennin'"),
    ],
)
def test_a_claim_that_points_nowhere_is_answered(claim, message):
    columns = ("table", "row_id", "field", "asserted")
    with pytest.raises(KeyError, match=message):
        claims.judge(dict(zip(columns, claim, strict=True)))


def test_a_claim_of_a_date_that_is_none_is_answered():
    with pytest.raises(ValueError, match="'7 November' is not an EDTF date"):
        verdict("7 November")


# What the short life gets wrong, in our reading of its sentences.
FAULTS = {
    "c02-3": "imprecise",  # who founded the Red Army
    "c02-4": "imprecise",  # who commanded it
    "c08-3": "imprecise",  # the country of Yanovka
    "c10-3": "contradicted",  # from the Jewish school to Nikolaev
    "c10-4": "contradicted",  # where he first went to a secular school
    "c11-2": "contradicted",  # a party that was founded while he sat in prison
    "c15-2": "contradicted",  # released from exile
    "c15-3": "contradicted",  # expelled from the party
    "c16-3": "contradicted",  # a Bolshevik on his return
    "c18-2": "imprecise",  # the years of the civil war
    "c35-1": "contradicted",  # War Commissar until 1927
    "c35-3": "contradicted",  # both lost in one year
    "c47-1": "contradicted",  # a split after the murder
    "c47-2": "contradicted",
    "c48-1": "contradicted",  # organisations only after it
}


def test_the_faults_of_the_short_life_are_found_and_nothing_true_is_condemned():
    judged = claims.judge_all().set_index("claim_id")["verdict"]
    condemned = judged[judged.isin(["imprecise", "contradicted"])]
    assert condemned.to_dict() == FAULTS


def test_a_contested_claim_is_not_condemned():
    judged = claims.judge_all().set_index("claim_id")
    assert judged.loc["c10-2", "verdict"] == "contested"
    assert "1896" in judged.loc["c10-2", "claim"]
    assert "(contested)" in judged.loc["c10-2", "reason"]


def test_every_sentence_of_the_short_life_has_a_claim():
    sentences = load("claims")["sentence"]
    assert set(sentences) == set(range(1, 54))


def test_claims_point_to_a_row_or_to_none():
    table = load("claims")
    pointing = table[["table", "row_id", "field", "asserted"]].notna()
    assert (pointing.all(axis=1) | ~pointing.any(axis=1)).all()
    assert (table["kind"] == "interpretation").equals(~pointing.any(axis=1))


def test_a_claim_of_ones_own_is_judged_like_the_others():
    rows = [
        {"table": "people", "row_id": "trotsky", "field": "died", "asserted": "1940"},
        {"table": "people", "row_id": "trotsky", "field": "died", "asserted": "1939"},
    ]
    judged = claims.judge_all(pd.DataFrame(rows))
    assert list(judged["verdict"]) == ["supported", "contradicted"]
    assert judged["reason"].str.contains("21 August 1940").all()
