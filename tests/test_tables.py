"""Reading tables: what `load` gives, and what a broken file is answered."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import tables
from helpers.reading import TableError, json_of, read_columns
from helpers.tables import foreign_keys, key, load, names

SCHEMA = {
    "primaryKey": ["event_id"],
    "fields": [
        {"name": "event_id", "type": "string", "constraints": {"required": True}},
        {
            "name": "date",
            "type": "string",
            "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF",
            "constraints": {"required": True},
        },
        {
            "name": "date_os",
            "type": "string",
            "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF",
        },
        {"name": "part", "type": "string", "constraints": {"enum": ["early-life", "exile"]}},
        {
            "name": "weight",
            "type": "integer",
            "constraints": {"minimum": 1, "maximum": 3, "required": True},
        },
        {"name": "wikidata", "type": "string", "constraints": {"pattern": r"^Q\d+$"}},
    ],
}
HEADER = "event_id,date,date_os,part,weight,wikidata\n"
GOOD = "birth,1879-11-07,1879-10-26,early-life,3,Q1\n"


def read(folder: Path, text: str | bytes) -> dict:
    path = folder / "events.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_columns(path, SCHEMA)


def test_a_good_file_is_read_with_types(tmp_path):
    columns = read(tmp_path, HEADER + GOOD + 'death,1940-08-21,,exile,3,\n"a, b",1900,,,1,\n')
    assert columns["weight"] == [3, 3, 1]
    assert columns["event_id"] == ["birth", "death", "a, b"]
    assert columns["date_os"] == ["1879-10-26", None, None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xef\xbb\xbf" + (HEADER + GOOD).encode(), "byte-order mark. Save it as UTF-8"),
        ((HEADER + GOOD).replace("\n", "\r\n"), "Windows line ends"),
        (HEADER.encode() + b"b\xe9,1900,,exile,1,\n", "row 2: is not UTF-8 text"),
        ("", "the header does not fit the schema; missing: event_id, date"),
        (HEADER, "has a header and no rows"),
        (HEADER.replace("weight,", "") + GOOD, "row 1: .* missing: weight"),
        (HEADER.replace("weight", "wieght") + GOOD, "missing: weight; unknown: wieght"),
        ("date,event_id" + HEADER[13:] + GOOD, "row 1: the header does not fit the schema"),
        (HEADER + GOOD + 'x,1900,,exile,1,"Q1\n', "cannot be read as CSV"),
        (HEADER + GOOD + 'x,1900,,"ex"ile,1,\n', "cannot be read as CSV"),
        (HEADER + 'x,1900,,exile,1,"Q\n1"\n', "row 2: a cell with a line break"),
        (HEADER + GOOD + "x,1900,,exile,1\n", "row 3: 5 cells found, expected 6"),
        (HEADER + "a, b,1900,,exile,1,\n", "row 2: 7 cells found, expected 6"),
        (HEADER + "x,,,exile,1,\n", "row 2, column 'date': '' found, expected a value"),
        (HEADER + "x,1900-13,,exile,1,\n", "column 'date': '1900-13' found, expected an EDTF date"),
        (HEADER + "x,1902/1901,,exile,1,\n", "column 'date': .* runs backwards"),
        (HEADER + "x,1900-03-13,1901-02-29,exile,1,\n", "column 'date_os': .* Old Style calendar"),
        (HEADER + "x,1900,,revolution,1,\n", "column 'part': .* expected one of early-life, exile"),
        (HEADER + "x,1900,, exile,1,\n", "column 'part': ' exile' found, expected no blanks"),
        (HEADER + "x,1900,,exile,4,\n", "column 'weight': '4' found, .* from 1 to 3"),
        (HEADER + "x,1900,,exile,two,\n", "column 'weight': 'two' found, .* type integer"),
        (HEADER + "x,1900,,exile,1,42\n", r"column 'wikidata': '42' found, expected the form \^Q"),
        (HEADER + GOOD + GOOD, "row 3, column 'event_id': 'birth' stands in row 2 already"),
    ],
)
def test_a_broken_file_is_answered_with_place_value_and_mend(tmp_path, text, message):
    with pytest.raises(TableError, match=message) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith("data/events.csv")


QUOTES = 'Put a cell that holds a comma or a quote in "double quotes", and double quotes inside it.'
COLUMNS = "Write it as event_id,date,date_os,part,weight,wikidata"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"\xef\xbb\xbf" + HEADER.encode(), ": starts with a byte-order mark. Save it as UTF-8 w"),
        (HEADER + "\0", ": is UTF-16 text, or no text at all. Save it as UTF-8."),
        (HEADER + "\r\n", ": has Windows line ends (CR LF). Save it with Unix ones (LF)."),
        (HEADER.encode() + b"b\xe9\n", ", row 2: is not UTF-8 text. Save it as UTF-8."),
        (HEADER, ": has a header and no rows. Restore the rows of the file."),
        (HEADER[9:], f", row 1: the header does not fit the schema; missing: event_id. {COLUMNS}"),
        (HEADER + '"x\n', f": cannot be read as CSV (unexpected end of data). {QUOTES}"),
        (HEADER + "x\n", f", row 2: 1 cells found, expected 6. {QUOTES}"),
        (
            HEADER + 'x,1900,,exile,1,"Q\n1"\n',
            ", row 2: a cell with a line break found, expected one",
        ),
        (
            HEADER + GOOD + 'x,1900,,,1,"Q\n1"\n',
            ", row 3: a cell with a line break found, expected",
        ),
        (HEADER + "x,,,,,\n", ", row 2, column 'date': '' found, expected a value. Fill the cell."),
        (
            HEADER + "x,1900,,a,1,\n",
            ", row 2, column 'part': 'a' found, expected one of early-life, ",
        ),
        (
            HEADER + " x,1900,,,1,\n",
            ", row 2, column 'event_id': ' x' found, expected no blanks at ",
        ),
        (
            HEADER + "x,1900,,,4,\n",
            ", row 2, column 'weight': '4' found, expected a number of type ",
        ),
        (
            HEADER + "x,1900,,,1,4\n",
            ", row 2, column 'wikidata': '4' found, expected the form ^Q\\d+",
        ),
        (
            HEADER + GOOD + GOOD,
            ", row 3, column 'event_id': 'birth' stands in row 2 already. Give one",
        ),
    ],
)
def test_a_message_begins_with_the_file_and_ends_with_what_to_do(tmp_path, text, problem):
    ends = ("without BOM.", "Save it as UTF-8.", "ones (LF).", "rows of the file.", COLUMNS, QUOTES)
    ends += ("Close the quote, or join the lines.", "Fill the cell.", "Choose one of them.")
    ends += (" Take them off.", " from 1 to 3. Correct it.", "$. Rewrite the value.")
    with pytest.raises(TableError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"data/events.csv{problem}")
    assert str(caught.value).endswith((*ends, "Give one of the two another key, or merge them."))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"\xff", "is not UTF-8 text"),
        (b"{", "is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 "),
        (b"[]", "holds no JSON object"),
    ],
)
def test_what_is_no_json_object_is_answered_with_the_file_and_what_to_do(raw, problem):
    with pytest.raises(TableError) as caught:
        json_of(raw, "basemap.json")
    assert str(caught.value).startswith(f"data/basemap.json: {problem}")
    mend = ". Restore it: git restore data/basemap.json, or install the course again."
    assert str(caught.value).endswith(mend)


def test_a_key_names_the_columns_that_name_a_row():
    assert key("events") == ["event_id"]
    assert key("event_people") == ["event_id", "person_id", "role"]


def test_the_oldest_leap_day_is_read_in_an_old_style_column(tmp_path):
    columns = read(tmp_path, HEADER + "x,1900-03-13,1900-02-29,exile,1,\n")
    assert columns["date_os"] == ["1900-02-29"]


@pytest.mark.parametrize("name", names())
def test_each_table_loads_with_the_columns_of_its_schema(name):
    table = load(name)
    fields = [field["name"] for field in tables.schemas()[name]["fields"]]
    assert [column for column in table.columns if column in fields] == fields
    assert len(table) > 0
    assert not table.duplicated(key(name)).any()


@pytest.mark.parametrize("name", names())
def test_the_quick_way_reads_what_the_checked_way_reads(name):
    pd.testing.assert_frame_equal(load(name), tables.load_checked(name), check_exact=True)


def test_dates_bring_their_bounds_and_precision():
    events = load("events").set_index("event_id")
    birth = events.loc["birth-1879"]
    assert birth["date_earliest"] == birth["date_latest"] == pd.Timestamp("1879-11-07")
    assert birth["date_precision"] == "day"
    assert "date_os_earliest" not in events.columns
    people = load("people")
    assert str(people["born_earliest"].dtype).startswith("datetime64")
    assert people["born_earliest"].isna().equals(people["born"].isna())


def test_each_caller_has_a_table_of_its_own():
    mine = load("events")
    mine["title"] = "spoilt"
    mine["summary"].array[0] = "spoilt"  # goes round pandas' copy-on-write
    again = load("events")
    assert (again["title"] != "spoilt").all()
    assert again.loc[0, "summary"] != "spoilt"


def test_an_unknown_name_is_answered_with_the_names():
    with pytest.raises(KeyError, match=r"no table 'event'; choose one of .*events.*people"):
        load("event")


def test_foreign_keys_lead_to_a_key_of_a_table():
    lost = [
        f"{name}.{column} points to {value}, not in {other}"
        for name in names()
        for column, (other, other_column) in foreign_keys(name).items()
        for value in sorted(set(load(name)[column].dropna()) - set(load(other)[other_column]))
    ]
    assert lost == []


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="restore it, or install the course again"):
        tables.data_path("nothing.csv")
    with pytest.raises(TableError, match=r"^data/statistics/gone\.csv: cannot be read"):
        read_columns(tmp_path / "gone.csv", SCHEMA, "statistics/gone.csv")


def test_a_damaged_table_is_named_by_its_place_in_data(tmp_path, monkeypatch):
    broken = tmp_path / "train.csv"
    broken.write_bytes(tables.data_path(tables.path_of("train")).read_bytes() + b"one cell\n")
    monkeypatch.setattr(tables, "data_path", lambda _: broken)
    with pytest.raises(TableError, match=r"^data/statistics/train\.csv, row \d+: 1 cells found"):
        tables.load_checked("train")
