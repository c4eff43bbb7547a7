"""Rows are named after what stands in them, and the tables of figures keep to their sources."""

import pandas as pd
import pytest
from naming import NAMED_AFTER, misnamed

from helpers.dates import overlap
from helpers.maps import distance_km
from helpers.tables import load, names, path_of

# Tables of which one source gives every number.
ONE_SOURCE = {
    "strikes_quarterly": "lenin-1910-strike-statistics",
    "strikes_annual": "lenin-1910-strike-statistics",
    "wages_moscow": "reed-1919-ten-days-appendix",
    "prices_moscow": "reed-1919-ten-days-appendix",
    "constituent_petrograd": "reed-1919-ten-days-appendix",
    "constituent_districts": "wikipedia-constituent-districts",
    "constituent_towns": "wikipedia-constituent-districts",
    "petrograd_duma": "encspb-central-duma",
    "central_committee_1917": "archontology-cc-1917",
    "sentences": "lewin-2005",
    "train": "wikipedia-en-train",
}
# Some rows of these are reckoned, quoted by others or of a doubtful month, and trusted less.
SEVERAL_GRADES = {
    ("constituent_districts", "wikipedia-constituent-districts"),
    ("party_members", "frus-1941-d600"),
    ("dewey_sessions", "dewey-1937-case"),
    ("whereabouts", "sedov-1936-red-book"),
    ("rehabilitations", "medvedev-poslednie-gody"),
}
CITY_KM = 25  # from the middle of a city to what lies within it


def statistics() -> list[str]:
    return [name for name in names() if path_of(name).startswith("statistics/")]


def sources_with_grades(table: pd.DataFrame) -> list[str]:
    """The sources whose rows have more than one grade."""
    grades = table.groupby("source_id")["grade"].nunique()
    return sorted(grades[grades > 1].index)


def far_within(places: pd.DataFrame) -> list[str]:
    """Places that lie far from the place within which they are said to lie."""
    points = places.set_index("place_id")
    inner = points.dropna(subset="within")
    outer = points.loc[inner["within"]]
    pairs = zip(inner.index, inner["lat"], inner["lon"], outer["lat"], outer["lon"], strict=True)
    return [
        f"{place_id} lies {far:.0f} km from {within}"
        for (place_id, *ends), within in zip(pairs, inner["within"], strict=True)
        if (far := distance_km(*ends)) > CITY_KM
    ]


@pytest.mark.parametrize("name", NAMED_AFTER)
def test_rows_are_named_after_what_stands_in_them(name):
    assert misnamed(load(name), name) == []


def test_a_row_with_the_name_of_another_is_caught():
    splits = load("splits")
    row = splits[splits["split_id"] == "leninbund-to-linke-opposition-kpd"]
    other = row.assign(child_id="vereinigte-linke-opposition")
    assert misnamed(row, "splits") == []
    said = "leninbund-to-linke-opposition-kpd has the child_id vereinigte-linke-opposition"
    assert misnamed(other, "splits") == [said]


def test_these_tables_have_one_source_each():
    assert {name: set(load(name)["source_id"]) for name in ONE_SOURCE} == {
        name: {source} for name, source in ONE_SOURCE.items()
    }


def test_a_source_is_trusted_alike_for_all_rows_of_a_table():
    graded = {name: table for name in statistics() if "grade" in (table := load(name))}
    found = {(name, one) for name, table in graded.items() for one in sources_with_grades(table)}
    assert found == SEVERAL_GRADES


def test_another_grade_for_one_row_is_caught():
    table = pd.DataFrame({"source_id": ["a", "a", "b"], "grade": ["A", "B", "C"]})
    assert sources_with_grades(table) == ["a"]


def test_what_lies_within_a_city_lies_near_its_middle():
    assert far_within(load("places")) == []


def test_a_house_in_another_city_is_caught():
    places = load("places")
    moved = places.mask(places["place_id"] == "kadikoy", places.assign(within="moscow"))
    (said,) = far_within(moved)
    assert said.startswith("kadikoy lies 1")


def test_chapters_are_counted_from_one_and_written_when_their_text_was_or_printed():
    chapters = load("chapters").merge(load("texts"), on="text_id", suffixes=("", "_of_text"))
    for _, some in chapters.groupby("text_id"):
        assert some["chapter_no"].tolist() == list(range(1, len(some) + 1))
    out_of_time = [
        one.chapter_id
        for one in chapters.dropna(subset="year_written").itertuples()
        if not overlap(one.year_written, one.year_written_of_text)
        if one.voice == "author" or one.year_written != str(one.year_published)
    ]
    assert out_of_time == []
