"""The guided form: sentences, rows, fields, and a claim that judge_all can judge."""

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.claim_form import SEARCHED, fields, look_up, new_claim, sentences
from helpers.claims import judge_all
from helpers.tables import key, load


def cut(text):
    return list(sentences(text)["text"])


def test_sentences_are_numbered_from_one():
    found = sentences("He was born in 1879. Where? In Yanovka! There.")
    assert list(found["sentence"]) == [1, 2, 3, 4]
    assert list(found["text"]) == ["He was born in 1879.", "Where?", "In Yanovka!", "There."]


@pytest.mark.parametrize(
    "whole",
    [
        "L. D. Trotsky met V. I. Lenin.",
        "J.V. Stalin was in Tsaritsyn.",
        "Dr. Ziv was there ca. 1897.",
        "On 7 Nov. 1917 he spoke.",
        "St. Petersburg is meant, cf. vol. 2.",
    ],
)
def test_initials_and_abbreviations_end_no_sentence(whole):
    assert cut(f"{whole} He left.") == [whole, "He left."]


def test_a_word_that_only_ends_like_an_abbreviation_ends_its_sentence():
    assert cut("He was the last. So it was in the USSR. He left.") == [
        *("He was the last.", "So it was in the USSR.", "He left."),
    ]


def test_quotation_marks_stay_with_their_sentence():
    assert cut('He said: "No." (He left.) \u201cNever.\u201d Why?') == [
        *('He said: "No."', "(He left.)", "\u201cNever.\u201d", "Why?"),
    ]


def test_lines_are_joined_and_an_empty_text_has_no_sentence():
    assert cut("He was\n  born in\tYanovka.\n\nHe left") == ["He was born in Yanovka.", "He left"]
    assert cut("  \n ") == []
    assert list(sentences("").columns) == ["sentence", "text"]


@given(st.text(alphabet=st.sampled_from("aA.!?\"')] \n\u201d"), max_size=60) | st.text())
@example('He said "no." "Why?" he asked. L. D. left.')
def test_no_word_of_a_text_is_lost(text):
    found = sentences(text)
    assert " ".join(found["text"]).split() == text.split()
    assert all(found["text"].str.strip() == found["text"])


def test_an_empty_line_or_the_sign_of_a_list_begins_a_sentence():
    text = "A life\n\n\u2022 b. 7 Nov. 1879\n\u2022 Died\n  in 1940\n- Wrote more - much more"
    assert cut(text) == [
        *("A life", "\u2022 b. 7 Nov. 1879", "\u2022 Died in 1940", "- Wrote more - much more"),
    ]


def test_accents_make_no_difference():
    pd.testing.assert_frame_equal(look_up("Coyoacan"), look_up("COYOACÁN"))
    assert len(look_up("Coyoacan"))


def test_a_claim_of_which_no_row_speaks_cannot_be_told():
    claim = new_claim("He liked chess.", table="none")
    assert list(judge_all(pd.DataFrame([claim]))["verdict"]) == ["cannot tell"]


@pytest.mark.parametrize("field", ["summary", "note"])
def test_running_text_is_no_field_for_a_claim(field):
    with pytest.raises(ValueError, match=f"{field} is running text"):
        new_claim("x", table="events", row_id="birth-trotsky", field=field, asserted="x")


def test_the_row_with_most_of_the_words_comes_first():
    found = look_up("Lenin dies 1924")
    assert list(found.columns) == ["row_id", "date", "text", "found"]
    assert found.iloc[0].tolist() == ["death-lenin-1924", "1924-01-21", "Lenin dies", 3]
    assert found["found"].is_monotonic_decreasing
    assert len(found) == 10
    assert len(look_up("Lenin dies 1924", rows=2)) == 2


def test_capitals_and_signs_make_no_difference():
    pd.testing.assert_frame_equal(look_up("LENIN, dies (1924)?"), look_up("lenin dies 1924"))


@pytest.mark.parametrize("table", SEARCHED)
def test_each_table_that_can_be_searched_finds_its_own_rows(table):
    shown = load(table)[SEARCHED[table][0]].dropna().iloc[0]
    found = look_up(shown, table=table)
    assert set(found["row_id"]) <= set(load(table)[key(table)[0]])
    assert not found.empty
    assert not fields(table, found["row_id"].iloc[0]).empty


@pytest.mark.parametrize("words", ["", "  ?! ", "zzzz"])
def test_words_that_no_row_has_find_nothing(words):
    found = look_up(words)
    assert found.empty
    assert list(found.columns) == ["row_id", "date", "text", "found"]


def test_a_table_that_cannot_be_searched_is_answered():
    with pytest.raises(ValueError, match="cannot search 'sources': choose one of events, people"):
        look_up("Reed", table="sources")


def test_the_fields_of_a_row_stand_as_the_record_writes_them():
    found = fields("people", "trotsky").set_index("field")
    assert found.loc["died", "value"] == "1940-08-21"
    assert found.loc["died", "meaning"] == "Date of death, New Style (EDTF)"
    assert "note" not in found.index
    assert "died_earliest" not in found.index


def test_an_empty_field_is_shown_empty():
    people = load("people")
    somebody = people.loc[people["born"].isna(), "person_id"].iloc[0]
    found = fields("people", somebody).set_index("field")
    assert found.loc["born", "value"] == ""


def test_fields_of_no_row_are_answered():
    for table in ("evnts", "event_people"):
        with pytest.raises(KeyError, match=f"no table '{table}' of named rows: events, people"):
            fields(table, "birth-1879")
    with pytest.raises(KeyError, match=r"events has no row 'brith': look_up\(words, table='events"):
        fields("events", "brith")


STEPS = {"table": "people", "row_id": "trotsky", "field": "died", "asserted": "1940"}


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("table", "step 2: say in which table: one of events, people"),
        ("row_id", r"step 3: find the row: look_up\('some words', table='people'\)"),
        ("field", r"step 4: choose the field: fields\('people', 'trotsky'\)"),
        ("asserted", r"step 5: write in asserted=... what the claim says of that field"),
    ],
)
def test_a_claim_says_which_step_is_missing(missing, message):
    with pytest.raises(ValueError, match=message):
        new_claim("He died in 1940.", **{**STEPS, missing: " "})


def test_a_claim_needs_its_words_first():
    with pytest.raises(ValueError, match="step 1: say in your own words what the text claims"):
        new_claim("  ", **STEPS)


def test_a_claim_that_points_nowhere_is_answered_at_once():
    with pytest.raises(KeyError, match="the table people has no row 'trotzky'"):
        new_claim("He died.", **{**STEPS, "row_id": "trotzky"})
    with pytest.raises(KeyError, match="people has no field 'death'"):
        new_claim("He died.", **{**STEPS, "field": "death"})
    with pytest.raises(ValueError, match="'in 1940' is not an EDTF date"):
        new_claim("He died.", **{**STEPS, "asserted": "in 1940"})


def test_finished_claims_are_judged_like_the_others():
    claims = [
        new_claim(" He died in 1940. ", **STEPS),
        new_claim("He died in 1939.", **{**STEPS, "asserted": 1939}),
        new_claim("He was a brilliant speaker."),
    ]
    assert claims[0] == {"claim": "He died in 1940.", **STEPS}
    judged = judge_all(pd.DataFrame(claims))
    assert list(judged["verdict"]) == ["supported", "contradicted", "interpretation"]
