"""How a fact stands, on attestations that are invented for the purpose."""

import pandas as pd
import pytest

from helpers import evidence
from helpers.tables import load


@pytest.fixture
def invented(monkeypatch):
    """A way to put invented attestations of one event in place of the data's own."""

    def put(*rows):
        columns = ["field", "stated", "calendar", "lineage"]
        table = pd.DataFrame(rows, columns=columns).assign(table="events", row_id="birth-1879")
        monkeypatch.setattr(evidence, "_all_attestations", lambda: table)
        forget()

    def forget():
        evidence._witnesses_by_row.cache_clear()
        evidence._positions.cache_clear()

    yield put
    forget()


def standing(field=""):
    return evidence.standing("events", "birth-1879", field)


def test_without_a_source_it_is_unattested(invented):
    invented()
    assert standing() == "unattested"
    assert standing() in evidence.STANDINGS


def test_a_row_that_no_source_speaks_of_has_no_attestations(invented):
    invented(("date", "1879", "ns", "one"))
    assert len(evidence.attestations("events", "birth-1879")) == 1
    assert evidence.attestations("events", "death-lenin-1924").empty


def test_one_lineage_is_one_witness_however_many_sources_share_it(invented):
    invented(
        ("date", "1879-10-26", "os", "trotsky"),
        ("date", "1879-11-07", "ns", "trotsky"),
        ("summary", None, None, "trotsky"),
    )
    assert standing() == "attested"


def test_two_lineages_that_agree_attest_it_well(invented):
    invented(("date", "1879-10-26", "os", "trotsky"), ("date", "1879-11-07", "ns", "register"))
    assert standing() == standing("date") == "well attested"


def test_a_wider_date_agrees_with_a_day_inside_it(invented):
    invented(("date", "1879", "ns", "one"), ("date", "1879-11-07", "ns", "other"))
    assert standing("date") == "well attested"


def test_the_same_day_in_the_wrong_calendar_disagrees(invented):
    invented(("date", "1879-10-26", "os", "one"), ("date", "1879-10-26", "ns", "other"))
    assert standing() == "contested"


def test_sources_of_one_lineage_cannot_make_it_contested(invented):
    invented(("date", "1879", "ns", "one"), ("date", "1880", "ns", "one"))
    assert standing() == "attested"


def test_a_quarrel_over_the_place_leaves_the_date_alone(invented):
    invented(
        ("date", "1879", "ns", "one"),
        ("date", "1879", "ns", "other"),
        ("place_id", "yanovka", None, "one"),
        ("place_id", "odessa", None, "other"),
    )
    assert standing() == standing("place_id") == "contested"
    assert standing("date") == "well attested"


def test_a_prison_and_its_town_are_one_place(invented):
    town, prison = ("place_id", "odessa", None), ("place_id", "odessa-prison", None)
    invented((*town, "one"), (*prison, "other"))
    assert standing("place_id") == "well attested"
    invented((*prison, "one"), (*town, "other"))
    assert standing("place_id") == "well attested"
    invented(("place_id", "odessa-prison", None, "one"), ("place_id", "butyrki", None, "other"))
    assert standing("place_id") == "contested"


def test_a_place_lies_within_the_one_that_its_row_names():
    places = load("places").dropna(subset="within")
    assert all(map(evidence.contains, places["within"], places["place_id"]))


def test_what_is_stated_under_summary_speaks_against_the_row(invented):
    invented(("summary", None, None, "one"), ("summary", "two died", None, "other"))
    assert standing() == "contested"
    invented(("date", "1879", "ns", "one"), ("summary", "two died", None, "other"))
    assert standing() == "contested"
    invented(("summary", "a warder", None, "one"), ("summary", "a gaoler", None, "other"))
    assert standing() == "contested"
    invented(("summary", "two died", None, "one"))
    assert standing() == "attested"


def test_a_source_without_a_date_supports_the_event_but_not_the_date(invented):
    invented(("date", "1879", "ns", "one"), ("summary", None, None, "other"))
    assert standing() == "well attested"
    assert standing("date") == "attested"
    invented(("date", "1879", "ns", "one"), ("date", None, None, "other"))
    assert standing("date") == "well attested", "who names no day denies none"


def test_unknown_tables_and_rows_are_answered():
    with pytest.raises(KeyError, match="'event' is no table with attestations; choose one of"):
        evidence.standing("event", "birth-1879")
    with pytest.raises(KeyError, match="'sources' is no table with attestations"):
        evidence.standings("sources")
    with pytest.raises(KeyError, match="events has no field 'dates'; choose one of event_id, date"):
        evidence.standings("events", "dates")
    with pytest.raises(KeyError, match="the table events has no row 'brith'"):
        evidence.attestations("events", "brith")


def test_a_passage_with_its_own_lineage_keeps_it():
    stored = evidence.load("attestations")
    own = stored.dropna(subset="lineage").iloc[0]
    found = evidence.attestations(own["table"], own["row_id"], own["field"])
    assert own["lineage"] in set(found["lineage"])
    assert found["lineage"].notna().all()


def test_witnesses_counts_lineages_and_not_sources(invented):
    invented(
        ("date", "1879", "ns", "one"), ("date", "1879", "ns", "one"), ("summary", None, None, "two")
    )
    assert evidence.witnesses("events")["birth-1879"] == 2
    assert evidence.witnesses("events", "date")["birth-1879"] == 1
    assert evidence.witnesses("events").name == "witnesses"


def test_standings_covers_every_row_with_a_known_word():
    found = evidence.standings("stays")
    assert found.name == "standing"
    assert list(found.index) == list(evidence.load("stays")["stay_id"])
    assert set(found) <= set(evidence.STANDINGS)


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        *(("10", "10", "well attested"), ("9", "10", "contested"), ("10", "9", "contested")),
        *(("9/11", "10", "well attested"), ("10", "9/11", "well attested")),
        *(("9/10", "10/12", "well attested"), ("10/12", "9/10", "well attested")),
        *(("9/10", "11/12", "contested"), ("11/12", "9/10", "contested")),
        *(("9/11", "10/12", "well attested"), ("10/12", "9/11", "well attested")),
        *(("0.5", "0.5", "well attested"), ("0.5", "0.6", "contested")),
        *(
            ("for", "for", "well attested"),
            ("for", "against", "contested"),
            ("10", "ten", "contested"),
        ),
    ],
)
def test_numbers_agree_when_their_spans_meet_and_words_when_they_are_the_same(
    invented, one, other, word
):
    invented(("weight", one, None, "one"), ("weight", other, None, "other"))
    assert standing("weight") == word
    invented(("weight", one, None, "one"), ("part", other, None, "other"))
    assert standing() == "well attested", "two fields cannot disagree"


@pytest.mark.parametrize("text", ["", "x", "1/", "/2", "1/2/3", "1.", "1x", "-1"])
def test_what_is_no_number_has_no_span(text):
    assert evidence.span_of_numbers(text) is None


def test_a_span_has_two_ends_and_a_number_has_two_that_are_one():
    assert evidence.span_of_numbers("1.5/22.25") == (1.5, 22.25)
    assert evidence.span_of_numbers("60") == (60.0, 60.0)


def test_what_cannot_be_asked_is_answered_with_what_can():
    for ask in (evidence.attestations, evidence.testimony, evidence.standing):
        with pytest.raises(KeyError) as told:
            ask("claims", "c01-1", "asserted")
        assert "'claims' is no table with attestations; choose one of events, " in str(told.value)
        with pytest.raises(KeyError) as told:
            ask("events", "birth-1878", "date")
        assert "the table events has no row 'birth-1878'; look in load('events')" in str(told.value)
        with pytest.raises(KeyError) as told:
            ask("events", "birth-1879", "day")
        assert "events has no field 'day'; choose one of event_id, date, date_os" in str(told.value)


def test_attestations_are_those_of_the_table_the_row_and_the_field_with_their_sources():
    told = evidence.attestations("votes", "cc-10-october-1917", "in_favour")
    assert set(told["table"] + told["row_id"] + told["field"]) == {
        "votescc-10-october-1917in_favour"
    }
    assert list(told.index) == list(range(len(told)))
    assert told.columns.is_unique
    assert "index" not in told
    of_row = evidence.attestations("votes", "cc-10-october-1917")
    assert len(evidence.testimony("votes", "cc-10-october-1917")) == len(of_row)
    assert len(told) < len(of_row) < len(evidence.attestations("votes"))
    columns = ["author", "title", "year", "kind", "standpoint", "lineage"]
    assert set(columns) <= set(of_row) and of_row["lineage"].notna().all()
    assert of_row["title"].notna().all()
