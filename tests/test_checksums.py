"""A file of data/ that changed after it was checked does not pass unseen."""

import gzip
import json
import shutil

import pytest
from lessons import ROOT

from helpers import tables
from helpers.checksums import PACKAGE, ChangedTable, is_sealed, seal, write_checksums
from helpers.reading import TableError
from helpers.released import read_released


@pytest.fixture
def folder(tmp_path):
    """A data folder of two tables, with their checksums."""
    package = json.loads((ROOT / "data" / PACKAGE).read_text(encoding="utf-8"))
    chosen = [one for one in package["resources"] if one["name"] in ("votes", "train")]
    (tmp_path / "statistics").mkdir()
    shutil.copy(ROOT / "data" / "basemap.json", tmp_path)
    for resource in chosen:
        shutil.copy(ROOT / "data" / resource["path"], tmp_path / resource["path"])
    text = json.dumps(package | {"resources": chosen}, ensure_ascii=False, indent=2) + "\n"
    (tmp_path / PACKAGE).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def instead(monkeypatch):
    """Lets one file of data/ be another; all others stay, whether they were read before or not."""
    known = tables.data_path

    def put(path):
        there = {path.name: path}
        monkeypatch.setattr(tables, "data_path", lambda name: there.get(name) or known(name))

    return put


@pytest.fixture
def changed(folder, instead):
    """Loads votes.csv from a folder of its own, with one text put for another."""
    path = folder / "votes.csv"

    def load(old: str, new: str):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        instead(path)
        return tables.load("votes")

    return load


def test_every_checksum_is_that_of_its_file(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert write_checksums(tmp_path / "data") == [], "a table has changed: run make data"


def test_a_changed_number_is_told_and_the_table_is_used(changed):
    before = tables.load("votes").loc[0, "in_favour"]
    said = r"data/votes\.csv .* run `make data`.* git restore"
    with pytest.warns(ChangedTable, match=said) as told:
        table = changed(f",{before:.0f},", f",{before + 1:.0f},")
    assert table.loc[0, "in_favour"] == before + 1
    lines = {line for *_, line in changed.__code__.co_lines()}
    assert told[0].filename == __file__, "the warning names the code that asked for the table"
    assert told[0].lineno in lines


def test_a_changed_map_is_told_with_the_line_that_asked_for_it(folder, instead):
    assert tables.read_json("basemap.json")
    instead(folder / "basemap.json")
    assert tables.read_json("basemap.json")
    (folder / "basemap.json").write_text("{}", encoding="utf-8")
    with pytest.warns(ChangedTable, match=r"data/basemap\.json is not the file") as told:
        assert tables.read_json("basemap.json") == {}
    assert told[0].filename == __file__


def test_a_description_that_changed_is_named_with_what_to_do(folder, instead, monkeypatch):
    monkeypatch.setattr(tables, "_package", tables._package.__wrapped__)
    instead(folder / PACKAGE)
    with pytest.raises(TableError) as told:
        tables._package()
    said = "data/datapackage.json: is not the file that was checked last: its checksum differs. If"
    assert str(told.value).startswith(said)


def test_a_row_longer_than_the_header_is_not_cut():
    schema = {"fields": [{"name": "votes", "type": "integer"}]}
    with pytest.raises(ValueError, match="longer"):
        read_released(b"votes\n1,2\n", schema)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_text_that_looks_like_a_number_stays_text_in_a_long_file(pack):
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "votes", "type": "integer"}]}
    rows = [f"{number:07},{number}" for number in range(20_000)]
    columns = read_released(pack("\n".join(["id,votes", *rows, ""]).encode()), schema)
    assert columns["id"].iloc[7] == "0000007"
    assert columns["votes"].sum() == sum(range(20_000))


def test_a_changed_file_is_checked_cell_by_cell(changed):
    with pytest.raises(TableError, match=r"row 2, column 'date': .* expected an EDTF date"):
        changed(",19", ",20-19")


def test_a_packed_file_that_is_cut_off_is_answered(tmp_path, instead):
    raw = (ROOT / "data" / "word_counts.csv.gz").read_bytes()
    (tmp_path / "word_counts.csv.gz").write_bytes(raw[:1000])
    instead(tmp_path / "word_counts.csv.gz")
    with pytest.raises(TableError, match=r"word_counts\.csv\.gz: cannot be unpacked .* Restore"):
        tables.load("word_counts")


def test_new_checksums_are_written_for_what_changed_and_nothing_else(folder):
    assert write_checksums(folder) == []
    before = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    with (folder / "votes.csv").open("ab") as file:
        file.write(b"x\n")
    assert write_checksums(folder) == ["votes.csv"]
    written = (folder / PACKAGE).read_text(encoding="utf-8")
    assert written.startswith('{\n  "'), "one property a line, so that a change can be read"
    assert "\\u" not in written
    after = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    assert list(after) == list(before), "no property comes or goes, or moves"
    for old, new in zip(before["resources"], after["resources"], strict=True):
        is_votes = old["name"] == "votes"
        assert (old["hash"] != new["hash"]) == is_votes
        assert new["bytes"] == old["bytes"] + 2 * is_votes
        assert {**old, "hash": "", "bytes": 0} == {**new, "hash": "", "bytes": 0}
    assert write_checksums(folder) == []
    assert not list(folder.glob("*.new"))


def test_a_changed_map_gets_its_new_checksum(folder):
    with (folder / "basemap.json").open("ab") as file:
        file.write(b"\n")
    assert write_checksums(folder) == ["basemap.json"]
    assert write_checksums(folder) == []


@pytest.mark.parametrize("step", [write_checksums, seal])
def test_a_package_that_cannot_be_read_is_named(tmp_path, step):
    with pytest.raises(TableError, match=r"^data/datapackage\.json: cannot be read"):
        step(tmp_path)
    (tmp_path / PACKAGE).write_text("{", encoding="utf-8")
    with pytest.raises(TableError, match=r"^data/datapackage\.json: is not JSON"):
        step(tmp_path)


def test_a_map_that_is_gone_is_named(folder):
    (folder / "basemap.json").unlink()
    with pytest.raises(TableError, match=r"^data/basemap\.json: cannot be read"):
        write_checksums(folder)


def test_letters_of_any_language_stay_as_they_are(folder):
    text = (folder / PACKAGE).read_text(encoding="utf-8")
    title = json.loads(text)["title"]
    (folder / PACKAGE).write_text(text.replace(title, "Zürich", 1), encoding="utf-8")
    seal(folder)
    assert "Zürich" in (folder / PACKAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("strange", [None, 1, "\ud800"])
def test_a_seal_that_is_no_checksum_seals_nothing(strange):
    assert not is_sealed(b"{}", {"hash": strange})


def test_a_checksum_that_stands_in_the_file_twice_seals_nothing(folder):
    seal(folder)
    sealed = (folder / PACKAGE).read_bytes()
    package = json.loads(sealed)
    assert not is_sealed(sealed + package["hash"].encode(), package)


def test_a_package_that_a_hand_has_changed_is_sealed_anew_and_a_sealed_one_is_left(folder):
    file = folder / PACKAGE
    package = json.loads(file.read_text(encoding="utf-8"))
    assert not is_sealed(file.read_bytes(), package), "the fixture took tables out"
    seal(folder)
    sealed, written = file.read_bytes(), file.stat().st_ino
    assert is_sealed(sealed, json.loads(sealed))
    assert not is_sealed(sealed.replace(b"votes", b"voted", 1), json.loads(sealed))
    seal(folder)
    assert (file.read_bytes(), file.stat().st_ino) == (sealed, written)
