"""The life as a whole: who was where and when. Each check is proved on a bad example too."""

import json
from pathlib import Path

import codebook
import facts
import pandas as pd
import pytest

from helpers.dates import parse
from helpers.tables import load

COUNTRIES = json.loads(
    (Path(__file__).parent / "countries.json").read_text(encoding="utf-8"),
)


def dated(rows: list[dict], *columns: str) -> pd.DataFrame:
    """Invented rows as `load` would give them, with the bounds of their dates."""
    table = pd.DataFrame(rows)
    for column in columns:
        dates = [parse(text) if isinstance(text, str) else None for text in table[column]]
        for end in ("earliest", "latest"):
            days = [getattr(one, end) if one else None for one in dates]
            table[f"{column}_{end}"] = pd.to_datetime(days)
        table[f"{column}_precision"] = [one.precision if one else None for one in dates]
    return table


def stay(stay_id: str, start: str, end: str, place_id: str = "odessa", **more: str) -> dict:
    row = {"stay_id": stay_id, "start": start, "end": end, "place_id": place_id}
    return {**row, "start_os": None, "end_os": None, **more}


def event(event_id: str, date: str, place_id: str = "odessa", category: str = "meeting") -> dict:
    return {"event_id": event_id, "date": date, "place_id": place_id, "category": category}


def people(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["event_id", "person_id", "role"])


def test_the_stays_have_no_gap():
    assert facts.gaps(load("stays")) == []


def test_a_gap_is_caught():
    rows = [stay("a", "1900", "1901"), stay("b", "1902", "1903")]
    assert facts.gaps(dated(rows, "start", "end")) == ["a ends 1901, b starts 1902"]
    rows = [
        stay("a", "1900", "1901-01-14", end_os="1901-01-01"),
        stay("b", "1901-01-14", "1903", start_os="1901-01-02"),
    ]
    assert "Old Style" in facts.gaps(dated(rows, "start", "end"))[0]
    assert facts.gaps(dated([stay("a", "1902", "1901")], "start", "end"))


def test_trotsky_was_where_events_say_he_was():
    assert facts.absent(load("events"), load("event_people"), load("stays")) == []


def test_a_presence_elsewhere_is_caught():
    stays = dated([stay("a", "1900-01-01", "1900-02-01", "odessa-prison")], "start", "end")
    events = dated(
        [
            event("in-town", "1900-01-05"),
            event("elsewhere", "1900-01-05", "moscow"),
            event("later", "1901-01-05"),
        ],
        "date",
    )
    present = people(*((name, "trotsky", "present") for name in events["event_id"]))
    found = facts.absent(events, present, stays)
    assert [fault.split()[0] for fault in found] == ["elsewhere", "later"]
    assert facts.absent(events, people(("elsewhere", "trotsky", "subject")), stays) == []


def test_nobody_is_in_two_places_on_one_day():
    assert facts.in_two_places(load("events"), load("event_people")) == []


def test_a_person_in_two_places_is_caught():
    events = dated(
        [
            event("one", "1900-01-05"),
            event("two", "1900-01-05", "moscow"),
            event("cell", "1900-01-05", "odessa-prison"),
            event("trip", "1900-01-05", "moscow", "journey"),
        ],
        "date",
    )
    both = people(("one", "lenin", "present"), ("two", "lenin", "present"))
    assert len(facts.in_two_places(events, both)) == 1
    for other in ("cell", "trip"):
        fine = people(("one", "lenin", "present"), (other, "lenin", "present"))
        assert facts.in_two_places(events, fine) == []


def lives() -> pd.DataFrame:
    return load("people")[["person_id", "born_earliest", "died_latest"]]


def test_nobody_acts_before_birth_or_after_death():
    columns = {"event_id": "row_id"}
    events = load("events").rename(columns=columns)[["row_id", "date_earliest", "date_latest"]]
    present = load("event_people").query("role in @facts.THERE").rename(columns=columns)
    assert facts.not_alive(events, present[["row_id", "person_id"]], lives(), "is at") == []
    columns = {"vote_id": "row_id"}
    votes = load("votes").rename(columns=columns)[["row_id", "date_earliest", "date_latest"]]
    members = load("vote_members").rename(columns=columns)[["row_id", "person_id"]]
    assert facts.not_alive(votes, members, lives(), "votes in") == []
    columns = {"office_id": "row_id", "start_earliest": "date_earliest"}
    offices = load("offices").rename(columns={**columns, "start_latest": "date_latest"})
    dates = offices[["row_id", "date_earliest", "date_latest"]]
    assert facts.not_alive(dates, offices[["row_id", "person_id"]], lives(), "takes") == []


def test_the_dead_and_the_unborn_are_caught():
    dates = dated([{"row_id": "x", "date": "1900"}, {"row_id": "y", "date": "1990"}], "date")
    parts = pd.DataFrame({"row_id": ["x", "y"], "person_id": ["seva", "lenin"]})
    persons = dated(
        [
            {"person_id": "seva", "born": "1926", "died": None},
            {"person_id": "lenin", "born": "1870", "died": "1924"},
        ],
        "born",
        "died",
    )
    assert facts.not_alive(dates, parts, persons, "is at") == [
        "seva is at x: not yet born",
        "lenin is at y: dead already",
    ]


def test_terms_of_one_office_do_not_overlap():
    assert facts.overlapping_terms(load("offices")) == []


def test_overlapping_terms_are_caught():
    post = {"office": "Chairman", "body": "Soviet"}
    rows = [
        {"office_id": "a", "start": "1917-01", "end": "1917-10", **post},
        {"office_id": "b", "start": "1917-09", "end": "1918", **post},
        {"office_id": "c", "start": "1917-09", "end": "1916", "office": "Member", "body": "Soviet"},
    ]
    assert facts.overlapping_terms(dated(rows, "start", "end")) == [
        "c ends before it starts",
        "a lasts beyond the start of b",
    ]
    rows[0]["end"] = "1917-09-25"
    assert len(facts.overlapping_terms(dated(rows, "start", "end"))) == 1


def test_votes_fit_their_numbers_and_names():
    assert facts.vote_faults(load("votes"), load("vote_members"), load("attestations")) == []


def test_votes_that_do_not_fit_are_caught():
    votes = pd.DataFrame(
        {
            "vote_id": ["v", "w"],
            "in_favour": [1, 2],
            "against": [3, 1],
            "abstained": [float("nan"), 0],
            "carried": ["yes", "yes"],
        }
    )
    columns = ["vote_id", "person_id", "vote"]
    rows = [("v", "a", "for"), ("v", "b", "for"), ("w", "c", "abstained"), ("w", "c", "for")]
    members = pd.DataFrame(rows, columns=columns)
    silent = load("attestations").head(0)
    assert facts.vote_faults(votes, members, silent) == [
        "v: carried does not fit its numbers",
        "v: 2 named as for, but only 1",
        "w: 1 named as abstained, but only 0",
        "c votes twice in w",
    ]
    told = {"table": "votes", "row_id": "v", "field": "in_favour", "stated": "2"}
    other_count = pd.DataFrame([told], columns=silent.columns)
    assert "v: 2 named as for, but only 1" not in facts.vote_faults(votes, members, other_count)


def test_works_were_written_in_his_life_and_before_they_were_published():
    trotsky = load("people").set_index("person_id").loc["trotsky"]
    works = load("works")
    assert facts.work_faults(works, trotsky["born_earliest"], trotsky["died_latest"]) == []


def test_works_out_of_their_time_are_caught():
    rows = [
        {"work_id": "a", "written": "1905", "published": "1904"},
        {"work_id": "b", "written": "1950", "published": "1951"},
        {"work_id": "c", "written": "1940", "published": "1941"},
    ]
    works = dated(rows, "written", "published")
    life = pd.Timestamp("1879-11-07"), pd.Timestamp("1940-08-21")
    assert facts.work_faults(works, *life) == [
        "a was published before it was written",
        "b was not written in his life",
    ]


def test_organisations_descend_from_older_ones():
    assert facts.split_faults(load("organisations"), load("splits")) == []


def test_descent_the_wrong_way_is_caught():
    organisations = dated(
        [
            {"organisation_id": "old", "founded": "1930", "ended": "1929"},
            {"organisation_id": "new", "founded": "1953", "ended": None},
        ],
        "founded",
        "ended",
    )
    rows = [
        {"split_id": "s", "parent_id": "new", "child_id": "old", "date": "1940", "kind": "split"},
        {"split_id": "t", "parent_id": "new", "child_id": "old", "date": "1940", "kind": "section"},
    ]
    assert facts.split_faults(organisations, dated(rows, "date")) == [
        "old ended before it began",
        "s: the parent was founded later",
        "s: the child was founded earlier",
    ]


def test_weekdays_that_sources_name_fit_their_dates():
    assert facts.wrong_weekdays(load("attestations")) == []


@pytest.mark.parametrize(
    ("stated", "calendar", "weekday", "faults"),
    [
        ("1917-11-07", "ns", "Wednesday", 0),
        ("1917-10-25", "os", "Wednesday", 0),
        ("1917-10-25", "ns", "Wednesday", 1),
        ("1917-11-07", "ns", "Sunday", 1),
    ],
)
def test_a_wrong_weekday_is_caught(stated, calendar, weekday, faults):
    row = {"row_id": "x", "source_id": "y", "stated": stated, "calendar": calendar}
    row |= {"weekday": weekday, "note": ""}
    assert len(facts.wrong_weekdays(pd.DataFrame([row]))) == faults
    corrected = {**row, "note": "the day was a Wednesday, and 25 October New Style a Thursday"}
    assert facts.wrong_weekdays(pd.DataFrame([corrected])) == []


def test_places_lie_in_the_country_that_they_name():
    assert facts.off_country(load("places"), COUNTRIES) == []


def test_a_point_in_the_wrong_country_is_caught():
    columns = ["place_id", "lat", "lon", "accuracy_km", "country_now"]
    rows = [
        ("odessa", 46.48, 30.73, 4, "Ukraine"),
        ("swapped", 30.73, 46.48, 4, "Ukraine"),
        ("vague", 46.48, 30.73, 900, "Turkey"),
        ("unknown", 46.48, 30.73, 4, "Soviet Union"),
    ]
    found = facts.off_country(pd.DataFrame(rows, columns=columns), COUNTRIES)
    assert [fault.split()[0] for fault in found] == ["swapped", "unknown:"]


# The office began in the night between two days; the prison train only passed through Irkutsk; the
# stay ends on the way home, before the arrest.
NOT_FOLLOWED = {
    "lenin-chairman-sovnarkom-1917 has start 1917-11-08, "
    "its sources 1917-11-07/1917-11-08, 1917-11-09",
    "journey-irkutsk-1900 has place_id alexandrovsky-central, its sources irkutsk",
    "nikolaev-until-arrest has end 1898-01-13/1898-02-08, its sources 1898-02-09",
}


def test_what_a_row_says_is_what_a_source_states():
    tables = sorted(set(load("attestations")["table"]))
    assert {
        fault for name in tables for fault in facts.unfollowed(load(name), name)
    } == NOT_FOLLOWED


@pytest.mark.parametrize(
    ("name", "row_id", "field", "value", "fault"),
    [
        ("people", "lenin", "died", "1924-01-22", "has died 1924-01-22, its sources 1924-01-21"),
        ("people", "lenin", "fate", "executed", "has fate executed, its sources natural"),
        ("people", "lenin", "died", None, "leaves died open, and no note says why"),
        ("people", "abram-leon", "death_place_id", "odessa", "has death_place_id odessa, its sou"),
        ("votes", "cc-10-october-1917", "in_favour", 11.0, "has in_favour 11.0, its sources"),
        ("events", "arrest-trotsky-1898", "date", "1898-02-10", "has date 1898-02-10, its sources"),
        ("stays", "train-mexico-1937", "start", "1937-01-11", "has start 1937-01-11, its sources"),
    ],
)
def test_a_row_that_follows_no_source_is_caught(name, row_id, field, value, fault):
    table = load(name)
    chosen = table[table[table.columns[0]] == row_id].assign(note=None)
    assert facts.unfollowed(chosen, name) == []
    (found,) = facts.unfollowed(chosen.assign(**{field: value}), name)
    assert found.startswith(f"{row_id} {fault}")


def test_tables_of_figures_say_of_people_what_the_table_of_people_says():
    defendants = load("trial_defendants").merge(
        load("people"), on="person_id", suffixes=("", "_of_person")
    )
    assert defendants["fate"].tolist() == defendants["fate_of_person"].tolist()


# The Soviet Historical Encyclopaedia, and what a reviewer says of a book.
OTHERWISE_NAMED = {"permanent-sie", "before-sie", "asylum-ugland"}


def test_a_reading_is_named_after_its_historian():
    readings = load("readings")
    named = zip(readings["reading_id"], readings["historian_id"], strict=True)
    joined = ((one, one.replace("-", ""), who.split("-")) for one, who in named)
    others = {
        one for one, plain, who in joined if "".join(who) not in plain and who[0] not in plain
    }
    assert others == OTHERWISE_NAMED


def test_the_commission_of_inquiry_sat_at_least_twice_on_each_day():
    sessions = load("dewey_sessions")
    assert sessions["session"].tolist() == list(range(1, 14))
    assert sessions["date_earliest"].is_monotonic_increasing
    assert (sessions["date"].value_counts() >= 2).all()


def test_the_codebook_is_what_the_tables_make():
    stored = codebook.FILE.read_text(encoding="utf-8")
    drifted = set(codebook.codebook().splitlines()) ^ set(stored.splitlines())
    assert sorted(drifted) == [], "docs/codebook.csv has drifted: run make codebook"
