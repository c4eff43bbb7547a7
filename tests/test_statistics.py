"""The statistics and the word counts: sums that must hold, corrections that must be noted."""

import pandas as pd
import pytest

from helpers.tables import load, names, path_of

STATISTICS = [name for name in names() if path_of(name).startswith("statistics/")]


@pytest.mark.parametrize("name", STATISTICS)
def test_every_row_has_a_unit_a_source_and_a_grade(name):
    table = load(name)
    assert table[["unit", "source_id", "grade"]].notna().all(axis=None)


def test_strikers_by_cause_add_up_to_the_quarter_and_the_quarters_to_the_year():
    strikes = load("strikes_quarterly")
    by_cause = strikes.pivot(index="quarter", columns="cause", values="strikers")
    assert (by_cause["economic"] + by_cause["political"]).equals(by_cause["total"])
    by_year = by_cause["total"].groupby(by_cause.index.str[:4]).sum()
    annual = load("strikes_annual").query("country == 'Russia' and cause == 'total'")
    annual = annual.set_index("years")["strikers"]
    assert ((by_year - annual[by_year.index]).abs() <= 2).all(), "thousands, rounded"


def test_the_rise_of_prices_is_computed_and_misprints_are_noted():
    prices = load("prices_moscow")
    rise = (prices["price_1917"] / prices["price_1914"] - 1) * 100
    assert (rise - prices["rise_computed"]).abs().max() < 0.06
    differs = (prices["rise_printed"] - prices["rise_computed"]).abs() > 3
    assert differs.equals(prices["note"].str.contains("Misprint"))
    assert "p-black-bread-funt" in set(prices.loc[differs, "price_id"])


def test_votes_add_up_to_what_the_sources_give():
    assert load("constituent_petrograd")["votes"].sum() == 940_743
    assert load("moscow_duma").query("unit == 'votes'")["result"].sum() == 379_639
    districts = load("constituent_districts").query("complete == 'yes'")
    totals = districts.groupby("district")["votes"].sum()
    assert totals["Moscow province"] == 623_507
    assert totals["Vladimir"] == 603_960
    assert len(totals) == 6


def test_sentences_add_up_and_corrections_are_noted():
    sentences = load("sentences")
    by_kind = sentences.pivot(index="year", columns="sentence", values="people")
    assert by_kind.drop(columns="total").sum(axis=1).equals(by_kind["total"])
    corrected = sentences[sentences["people"] != sentences["printed"]]
    assert list(corrected["sentence_id"]) == ["s-1932-death", "s-1938-exile"]
    assert corrected["note"].str.startswith("Printed").all()
    assert by_kind.loc[[1937, 1938], "death"].sum() == 681_692


def test_the_central_committee_had_21_full_members():
    assert load("central_committee_1917")["person_id"].nunique() == 21


def test_nobody_stands_twice_in_the_circle_and_only_the_family_is_kin():
    circle, people = load("circle"), load("people").set_index("person_id")
    assert circle["person_id"].is_unique
    assert (circle["unit"] == "person").all()
    kin = circle.query("group == 'family'").set_index("person_id")["tie"]
    assert kin[["lev-sedov", "nina-nevelson"]].tolist() == ["son", "daughter"]
    assert circle.query("group == 'politburo 1934'")["person_id"].nunique() == 10
    seen = circle.dropna(subset="last_seen")["person_id"]
    assert people.loc[seen, "died"].isna().all(), "last_seen is for those whose death was not seen"


def test_words_add_up_to_chapters_and_chapters_to_texts():
    words, chapters = load("word_counts"), load("chapters").set_index("chapter_id")
    by_chapter = words.groupby("chapter_id")["count"].agg(["sum", "size"])
    assert by_chapter["sum"].reindex(chapters.index).equals(chapters["tokens"].rename("sum"))
    assert by_chapter["size"].reindex(chapters.index).equals(chapters["types"].rename("size"))
    texts = load("texts").set_index("text_id")
    found = chapters.groupby("text_id").agg(tokens=("tokens", "sum"), chapters=("tokens", "size"))
    pd.testing.assert_frame_equal(found.loc[texts.index], texts[["tokens", "chapters"]])
    own = chapters.query("voice == 'author'").groupby("text_id")["tokens"].sum()
    assert own.loc[texts.index].tolist() == texts["tokens_author"].tolist()


def test_words_are_words():
    words = load("word_counts")
    assert words["token"].str.fullmatch(r"[a-z']+").all()
    assert (words["count"] > 0).all()
    assert not words.duplicated(["chapter_id", "token"]).any()
    assert "null" in set(words["token"]), "a word like any other, and not a missing value"


def test_the_hours_of_october_fall_on_the_days_of_their_events():
    hours = load("october_hours").merge(
        load("events")[["event_id", "date_earliest", "date_latest"]],
        on="event_id",
        suffixes=("", "_of_event"),
    )
    assert len(hours) == len(load("october_hours"))
    assert (hours["date_earliest"] >= hours["date_earliest_of_event"]).all()
    assert (hours["date_latest"] <= hours["date_latest_of_event"]).all()


def test_a_count_without_a_counter_has_a_warning_in_its_grade():
    counts = load("war_counts")
    passed_on = counts["counted"].isin(
        ["Wikipedia", "Pygmy Wars", "school essay", "web article", "Rodina"]
    )
    assert (counts.loc[passed_on, "grade"] == "C").all()
    assert counts.loc[counts["grade"] == "C", "note"].notna().all()


def test_members_and_votes_are_measures_apart_and_each_has_one_unit():
    figures = load("membership")
    assert (figures.groupby("measure")["unit"].nunique() == 1).all()
    elections = figures[figures["counted"] == "election"]
    assert set(elections["measure"]) == {"votes", "seats"}
    assert (figures.loc[figures["measure"] == "members", "unit"] == "people").all()


def test_a_party_claimed_many_times_the_members_that_were_found():
    figures = load("membership").set_index("figure_id")["value"]
    assert figures["wrp-1985-claimed"] > 10 * figures["wrp-1985-found"]


def test_a_weak_number_of_members_carries_its_warning():
    figures = load("membership")
    assert figures.loc[figures["grade"] == "C", "note"].notna().all()
    assert (figures.loc[figures["counted"] == "encyclopaedia", "grade"] == "C").all()


def test_an_answer_on_asylum_lies_within_reach_of_its_event():
    answers = load("asylum")
    told = answers.dropna(subset="event_id").merge(
        load("events")[["event_id", "date_earliest", "date_latest"]],
        on="event_id",
        suffixes=("", "_of_event"),
    )
    assert len(told) >= 20
    ahead = told["date_earliest_of_event"] - told["date_latest"]
    assert (ahead < pd.Timedelta(days=30)).all(), "an answer comes before what follows from it"
    assert (told["date_earliest"] <= told["date_latest_of_event"]).all()


def test_no_refusal_without_a_reason_is_sorted_under_one():
    answers = load("asylum").query("answer in ['refused', 'withdrawn']")
    assert answers["reason_given"].isna().equals(answers["reason_kind"] == "none seen")
    mexico = load("asylum").query("country == 'Mexico'")
    assert mexico["answer"].item() == "granted"


def test_the_hours_of_coyoacan_fall_on_the_days_of_their_events():
    hours = load("coyoacan_hours").merge(
        load("events")[["event_id", "date_earliest", "date_latest"]],
        on="event_id",
        suffixes=("", "_of_event"),
    )
    assert (hours["date_earliest"] >= hours["date_earliest_of_event"]).all()
    assert (hours["date_latest"] <= hours["date_latest_of_event"]).all()
    blow = load("coyoacan_hours").query("step == 'The attack'")
    assert blow["witness"].nunique() == 1, "two papers, one guard"
    assert load("coyoacan_hours").merge(load("sources"))["lineage"].nunique() >= 5


def test_the_counts_of_one_subject_at_coyoacan_have_one_unit_and_disagree():
    by_subject = load("coyoacan_counts").groupby("subject")
    assert (by_subject["unit"].nunique() == 1).all()
    assert by_subject["number"].max()["shots"] > 5 * by_subject["number"].min()["shots"]


def test_each_name_of_mercader_starts_before_it_ends():
    names_used = load("mercader_names").dropna(subset=["start", "end"])
    assert (names_used["start_earliest"] <= names_used["end_latest"]).all()
    assert names_used["name"].nunique() >= 7


def test_evidence_of_the_order_is_printed_after_it_was_made():
    evidence = load("order_evidence").dropna(subset="published")
    assert (evidence["made_earliest"] <= evidence["published_latest"]).all()
    plan = evidence.set_index("evidence_id").loc["duck-plan-1939"]
    assert plan["published_earliest"].year - plan["made_earliest"].year > 50
    assert plan["names_stalin"] == "no"


def test_the_three_moscow_trials_had_54_defendants():
    defendants = load("trial_defendants")
    assert defendants["trial"].value_counts().to_dict() == {1936: 16, 1937: 17, 1938: 21}
    assert (defendants["sentence"] == "death").groupby(defendants["trial"]).sum().to_list() == [
        16,
        13,
        18,
    ]
    assert defendants["years"].notna().equals(defendants["sentence"] == "prison")
    uncleared = defendants[defendants["cleared_event_id"].isna()]
    assert list(uncleared["person_id"]) == ["yagoda"]


def test_a_defendant_who_tells_of_a_meeting_stood_in_that_trial():
    meetings, defendants = load("trial_meetings"), load("trial_defendants")
    told = set(zip(meetings["trial"], meetings["witness_id"], strict=True))
    in_the_dock = set(zip(defendants["trial"], defendants["person_id"], strict=True))
    assert told - in_the_dock == {(1937, "romm")}, "a witness, not a defendant"


def test_no_whereabouts_speak_of_a_meeting_at_another_time():
    both = load("whereabouts").merge(load("trial_meetings"), on="meeting_id")
    apart = (both["date_earliest_x"] - both["date_latest_y"]).dt.days
    assert (apart <= 0).all()


def test_the_treaty_of_march_1918_took_what_was_claimed_and_more():
    places = load("brest_territory").groupby("demand")["place_id"].agg(set)
    assert places["claimed in January"] < places["given up (Article 3)"]
    assert places["to be evacuated (Articles 4 and 6)"].isdisjoint(places["given up (Article 3)"])


def test_no_place_lay_on_both_sides_of_the_line_of_brest():
    line = load("brest_line")
    assert not line.duplicated(["line", "order"]).any()
    sides = line.query("line == 'line of the treaty'").set_index("place_id")["side"]
    given_up = load("brest_territory").query("demand == 'given up (Article 3)'")["place_id"]
    assert (sides[sides.index.isin(given_up)] == "west").all()


def test_square_miles_of_brest_are_turned_into_square_kilometres():
    area = load("brest_losses").query("measure == 'area'")
    per_unit = area["printed_unit"].map({"square miles": 2.59, "square kilometres": 1})
    assert ((area["printed"] * per_unit / 1000 - area["value"]).abs() <= 0.5).all()


def test_the_two_dumas_of_petrograd_had_200_seats_and_these_parties_most_of_them():
    duma = load("petrograd_duma")
    seats = duma.groupby("date")["seats"].sum()
    assert list(seats) == [178, 192]
    assert (seats < 200).all()
    assert (duma["house"] == 200).all()


def test_those_who_evaded_the_call_up_are_not_those_who_fled_from_the_front():
    people = load("war_counts").set_index("count_id")["people"]
    assert people["evaders-winter-posadsky"] > 30 * people["deserters-field-army"]
    assert people["kronstadt-sentenced"] == people["kronstadt-sentenced-kgb"]


def test_of_the_central_committee_of_1917_every_death_is_known():
    members = load("central_committee_1917").merge(load("people"), on="person_id")
    assert members["died"].notna().all()


def test_books_stand_in_order_of_time_and_volkogonov_read_both_kinds_of_papers():
    books = load("books_on_trotsky")
    assert len(books) >= 40
    assert books["year"].is_monotonic_increasing
    assert books.set_index("book_id").loc["volkogonov-1992", "archive"] == "both"
    before_1980 = books[books["year"] < 1980]
    assert not before_1980["archive"].isin(["Soviet files", "both"]).any()


def test_no_archive_was_opened_before_its_papers_were_there():
    archives = load("archives").dropna(subset=["acquired", "opened"])
    assert (archives["acquired_earliest"] < archives["opened_latest"]).all()
    closed = archives.set_index("archive_id").loc["harvard-closed-part"]
    events = load("events").set_index("event_id")
    assert closed["opened"] == events.loc[closed["event_id"], "date"]


def test_rehabilitations_agree_with_their_events_and_none_is_trotskys():
    rulings = load("rehabilitations")
    assert "trotsky" not in set(rulings["person_id"])
    cleared = rulings.merge(load("events"), on="event_id", suffixes=("", "_event"))
    cleared = cleared[cleared["event_id"].str.contains("1988")]
    assert cleared["date"].tolist() == cleared["date_event"].tolist()
    assert rulings.query("body == 'Supreme Court'")["date"].str.startswith("1988").all()


STANCES = {
    "who-led-october": {"trotsky", "lenin", "both", "party", "masses"},
    "kronstadt": {"for the sailors", "for the state"},
    "red-terror": {"forced", "chosen"},
    "lost-succession": {"character", "forces"},
    "trotsky-beside-lenin": {"trotsky first", "lenin first"},
    "words-and-authors": {"works", "limits"},
    "moscow-trials": {"believed", "partly true", "frame-up"},
    "right-of-asylum": {"moscow", "his politics"},
    "victims-of-terror": {"planned", "caprice", "mislabelled", "names"},
    "harte-role": {"victim", "accomplice"},
    "ageloff-role": {"victim", "helper"},
    "order-documented": {"shown", "open"},
}


def test_each_stance_is_from_the_list_of_its_question():
    readings = load("readings")
    for question, stances in readings.groupby("question")["stance"]:
        known = STANCES.get(question, {"favourable", "critical"}) | {"mixed"}
        assert set(stances) <= known, question
