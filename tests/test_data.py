"""The tables of data/: whole, linked, in order of time, and sourced."""

import json
import re
from collections.abc import Iterable
from datetime import datetime

import facts
import pandas as pd
import pytest
from edtf import EDTFParseException, parse_edtf
from lessons import ROOT

from helpers import evidence, tables
from helpers.calendars import new_style
from helpers.dates import overlap, parts
from helpers.reading import EDTF, OLD_STYLE_SUFFIX
from helpers.tables import key, load, names

# A day, a month or a year in an EDTF text, and no season: those are the months 21 to 24.
PLAIN = re.compile(r"(?<!\d)\d{4}(-(0\d|1\d)(-\d\d)?)?(?![-\d])")


def date_columns(name: str) -> list[str]:
    """The columns of dates in the New Style."""
    fields = tables.schemas()[name]["fields"]
    dates = [field["name"] for field in fields if field.get("rdfType") == EDTF]
    return [column for column in dates if not column.endswith(OLD_STYLE_SUFFIX)]


def data_package():
    import frictionless  # here, so that only the process that needs it takes half a second for it

    package = frictionless.Package(str(ROOT / "data" / "datapackage.json"))
    # 211,000 rows, which would take it seconds: a test below reads them with pandas.
    package.remove_resource("word_counts")
    return package


def test_the_data_package_is_described_rightly_and_tables_without_pointers_are_valid():
    package = data_package()  # a description that breaks the standard is refused here
    assert {one.name for one in package.resources} == set(names()) - {"word_counts"}
    reports = [one.validate() for one in package.resources if not one.schema.foreign_keys]
    assert len(reports) >= 3
    for report in reports:
        assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])


@pytest.mark.proof
def test_every_table_of_the_data_package_is_valid():
    report = data_package().validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert {task.name for task in report.tasks} == set(names()) - {"word_counts"}


def test_the_word_counts_fit_their_schema():
    schema, table = tables.schemas()["word_counts"], load("word_counts")
    assert count_faults(table, schema) == []
    broken = table.head(3).assign(count=[0, 1, 2], token=["", "and", "and"], chapter_id="x")
    assert count_faults(broken, schema) == [
        "token: empty cells",
        "count: under 1",
        "chapter_id: no row of chapters names x",
        "the key is not unique",
    ]


def count_faults(table: pd.DataFrame, schema: dict) -> list[str]:
    """Where a table breaks its schema, read by pandas: columns, constraints, pointers and key."""
    if list(table) != [field["name"] for field in schema["fields"]]:
        return [f"the columns are {list(table)}"]
    faults = []
    for field in schema["fields"]:
        column, rules = table[field["name"]], field["constraints"]
        assert rules.keys() <= {"required", "minimum"}, "teach this test the new constraint"
        if (column == "").any() or column.isna().any():
            faults.append(f"{field['name']}: empty cells")
        if "minimum" in rules and (column < rules["minimum"]).any():
            faults.append(f"{field['name']}: under {rules['minimum']}")
    for pointer in schema["foreignKeys"]:
        (column,), target = pointer["fields"], pointer["reference"]["resource"]
        unknown = set(table[column]) - set(load(target)[pointer["reference"]["fields"][0]])
        faults += [f"{column}: no row of {target} names {value}" for value in sorted(unknown)]
    repeated = table.duplicated(schema["primaryKey"]).any()
    return [*faults, "the key is not unique"] if repeated else faults


def test_every_table_of_the_folder_is_in_the_package():
    files = {path.name.partition(".")[0] for path in (ROOT / "data").rglob("*.csv*")}
    assert files == set(names())


def test_every_column_of_every_table_is_described():
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert resource["title"]
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def no_edtf(texts: Iterable[str]) -> list[str]:
    """The texts that are no dates to two other readers, Python and the library edtf.

    Python reads the days, months and years in them; the library, which needs some 9 milliseconds
    for a text and lets 29 February 1917 pass, reads each form that stands around them once.
    """
    forms = {text: PLAIN.sub(lambda found: "1917-11-07"[: len(found[0])], text) for text in texts}
    known = {form for form in set(forms.values()) if _edtf_reads(form)}
    return sorted(
        text
        for text, form in forms.items()
        if form not in known or not all(_python_reads(one[0]) for one in PLAIN.finditer(text))
    )


def _python_reads(text: str) -> bool:
    """Whether a text is a day, a month or a year to Python."""
    try:
        datetime.strptime(text, {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}[len(text)])
    except ValueError:
        return False
    return True


def _edtf_reads(text: str) -> bool:
    """Whether the library edtf can read a text.

    It takes no sign on a season, and no season in a choice: these are read in parts.
    """
    has_season = any(part[5:7] in ("21", "22", "23", "24") for part in parts(text))
    pieces = [part.rstrip("~?%") for part in parts(text)] if has_season else [text]
    try:
        return all(parse_edtf(piece) is not None for piece in pieces)
    except EDTFParseException:
        return False


def test_every_date_is_edtf_to_a_second_reader_too():
    columns = [load(name)[column].dropna() for name in names() for column in date_columns(name)]
    assert no_edtf(text for column in columns for text in column) == []


def test_what_a_second_reader_cannot_read_is_caught():
    good = ["1917-11-07", "1917-11", "1917", "1917-22", "1917~", "[1917-22,1918]", "1917/1918-03"]
    bad = ["1917-02-29", "1917-13", "1917-1-07", "7 November", "[1917", "1917-13~"]
    bad += ["1917-02-29~", "1917/1918-04-31", "[1917-00,1918]", "1917-11-07/1918-2"]
    assert no_edtf(good + bad) == sorted(bad)


def test_events_in_russia_before_1918_have_an_old_style_date():
    events = load("events").merge(load("places"), on="place_id", how="left")
    russian = events["state_then"].fillna("").str.startswith("Russian Empire")
    before = events["date_latest"] < "1918-02-14"
    lacking = events[russian & before & events["date_os"].isna()]
    assert list(lacking["event_id"]) == [], "give these a date_os"


def test_stays_lead_from_birth_to_death():
    stays, trotsky = load("stays"), load("people").set_index("person_id").loc["trotsky"]
    assert stays["start"].iloc[0] == trotsky["born"]
    assert stays["end"].iloc[-1] == trotsky["died"]
    assert (stays["start_latest"].iloc[1:].to_numpy() >= stays["start_earliest"].iloc[:-1]).all()


@pytest.mark.parametrize("name", ["events", "stays"])
def test_the_date_that_a_row_follows_is_one_that_a_source_states(name):
    field = "date" if name == "events" else "start"
    rows = load(name).set_index(key(name)[0])
    stated = (
        load("attestations").query("table == @name and field == @field").dropna(subset="stated")
    )
    for row_id, found in stated.groupby("row_id"):
        values = [
            new_style(one.stated) if one.calendar == "os" else one.stated
            for one in found.itertuples()
        ]
        assert any(overlap(value, rows.loc[row_id, field]) for value in values), row_id


def test_every_event_is_attested_and_85_in_100_by_two_lineages():
    counts = evidence.witnesses("events")
    assert list(counts.index[counts == 0]) == [], "attest these events, or take them out"
    alone = list(counts.index[counts == 1])
    assert len(alone) <= 0.15 * len(counts), f"look for second witnesses of some of {alone}"


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(("people", "born"), ("people", "died"), ("stays", "start"), ("offices", "start")),
        *(("votes", "date"), ("votes", "in_favour"), ("vote_members", "vote")),
        *(("relations", "relation"), ("details", "answer")),
    ],
)
def test_what_a_row_says_a_source_says(name, field):
    assert facts.unattested(load(name), name, field, load("attestations")) == []


def test_an_unattested_row_is_caught():
    births = load("people").query("person_id == 'lenin'").assign(born="1870-04-22")
    silent = load("attestations").query("row_id != 'lenin'")
    assert facts.unattested(births, "people", "born", silent) == ["lenin"]


@pytest.mark.parametrize("name", ["works", "organisations", "splits", "events", "offices", "votes"])
def test_every_row_is_sourced(name):
    told = set(load("attestations").query("table == @name")["row_id"])
    assert set(load(name)[key(name)[0]]) <= told


def test_a_fate_is_told_by_a_source():
    told = load("attestations").query("table == 'people' and field in ('fate', 'died')")["row_id"]
    assert set(load("people").query("fate != 'unknown'")["person_id"]) <= set(told)


@pytest.mark.parametrize("name", sorted(set(load("attestations")["table"])))
def test_contested_rows_say_which_source_they_follow(name):
    assert facts.unexplained(load(name), name) == []


def test_a_choice_without_a_reason_is_caught():
    events = load("events").query("event_id == 'birth-1879'")
    assert facts.unexplained(events, "events") == []
    fault = "birth-1879 is contested, and its note does not say what the row follows"
    for note in (None, "Born on a farm."):
        assert facts.unexplained(events.assign(note=note), "events") == [fault]
    assert facts.unexplained(events.drop(columns="note"), "events") == [fault]


def test_every_source_is_used_and_every_place_and_person_too():
    faults = facts.unused({name: load(name) for name in names() if name != "word_counts"})
    assert faults == []


def test_a_row_that_nobody_names_is_caught():
    tables = {name: load(name) for name in names() if name != "word_counts"}
    tables["places"] = tables["places"].assign(place_id="x" + tables["places"]["place_id"])
    assert "places: no row names xodessa" in facts.unused(tables)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        *(("events", 450), ("stays", 110), ("people", 180), ("relations", 300), ("places", 170)),
        *(("offices", 45), ("works", 220), ("votes", 20), ("organisations", 70), ("splits", 60)),
        *(("historians", 40), ("readings", 80), ("claims", 110), ("sources", 150)),
        ("attestations", 1500),
    ],
)
def test_the_record_is_complete(name, least):
    assert len(load(name)) >= least


def test_each_part_of_the_life_is_told():
    parts_of_life = load("events")["part"].value_counts()
    least = {"early-life": 140, "revolution": 150, "exile": 110, "legacy": 50}
    assert {part: parts_of_life[part] >= count for part, count in least.items()} == dict.fromkeys(
        least, True
    )
    assert load("sources")["kind"].isin(["primary", "scholarly"]).sum() >= 70
    assert len(list((ROOT / "data" / "statistics").glob("*.csv"))) >= 16
    assert (evidence.standings("events") == "contested").sum() >= 40
    assert load("readings")["question"].nunique() >= 12


def test_people_are_born_before_they_die_and_parents_before_children():
    people = load("people").set_index("person_id")
    both = people.dropna(subset=["born", "died"])
    assert (both["born_earliest"] < both["died_latest"]).all()
    for tie in load("relations").query("relation == 'parent'").itertuples():
        older, younger = people.loc[tie.person_a], people.loc[tie.person_b]
        if pd.notna(older["born_earliest"]) and pd.notna(younger["born_latest"]):
            assert younger["born_latest"] - older["born_earliest"] > pd.Timedelta(days=12 * 365)


def test_texts_are_whole_sentences_and_titles_have_no_full_stop():
    events = load("events")
    events = events.set_index("event_id")
    words = events["summary"].str.split().str.len()
    faults = {
        "summaries without a full stop": ~events["summary"].str.endswith((".", '."', ".)")),
        "summaries of under 8 or over 110 words": ~words.between(8, 110),
        "titles with a full stop": events["title"].str.endswith("."),
        "titles of over 90 characters": events["title"].str.len() > 90,
    }
    for fault, found in faults.items():
        assert list(events.index[found]) == [], fault


def test_events_stand_in_order_of_time():
    events = load("events")
    assert list(events.sort_values(["date_earliest", "date_latest", "event_id"]).index) == list(
        events.index
    )


def test_no_two_events_are_one():
    events = load("events")
    assert not events.duplicated(["date", "title"]).any()
    same_day = events[events["date_precision"] == "day"].groupby(["date", "place_id", "category"])
    for _, group in same_day:
        assert group["title"].is_unique


def test_no_tie_is_told_twice_from_its_two_ends():
    both_ways = {"spouse", "sibling", "cousin", "classmate", "friend", "comrade", "cellmate"}
    ties = load("relations")
    ties = ties[ties["relation"].isin(both_ways)]
    pairs = [(frozenset((tie.person_a, tie.person_b)), tie.relation) for tie in ties.itertuples()]
    assert len(pairs) == len(set(pairs))


def test_wikidata_identifiers_are_not_repeated():
    assert load("people")["wikidata"].dropna().is_unique


def test_whoever_has_a_part_in_an_event_is_named_in_it():
    assert facts.nameless(load("events"), load("event_people")) == []


def test_somebody_without_a_word_is_caught():
    death = load("events").query("event_id == 'death-trotsky-1940'")
    silent = pd.DataFrame(
        [("death-trotsky-1940", "kerensky", "present")], columns=["event_id", "person_id", "role"]
    )
    fault = "kerensky has a part in death-trotsky-1940, which does not name them"
    assert facts.nameless(death, silent) == [fault]
    assert facts.nameless(death.assign(note="Kerensky's note"), silent) == []
