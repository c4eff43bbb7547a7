"""Each file of data/, damaged in every way: it ends in the right table or in one clear message."""

import random
import re
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest
from lessons import ROOT

from helpers import ground, integrity, tables
from helpers.checksums import PACKAGE, ChangedTable, seal
from helpers.reading import TableError
from helpers.tables import load, names, path_of, read_json

BASEMAP = "basemap.json"
PATHS = {path_of(name): name for name in names()}
MEND = re.compile(
    r"(?i)restore|install the course again|save it (as|with)|correct it|write it as|fill the cell|"
    r"double quotes|choose one|"
    r"take them off|rewrite the value|is not an EDTF date|before the slash|"
    r"is not in the calendar|join the lines|merge them|let yourself read it"
)
# What only the inside of Python says.
RAW = re.compile(r"codec can't|Errno|Traceback|KeyError|invalid literal|tokenizing")


def truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def cut_between_rows(raw: bytes) -> bytes:
    """The worst way to lose rows: the rest is a sound table."""
    return raw[: raw.index(b"\n", len(raw) // 2) + 1]


def emptied(_: bytes) -> bytes:
    return b""


def flipped(raw: bytes) -> bytes:
    """One bit turned, somewhere behind the header."""
    place = random.Random(len(raw)).randrange(min(len(raw) - 1, raw.find(b"\n") + 1), len(raw))  # noqa: S311
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def swapped(_: bytes) -> bytes:
    return (ROOT / "data" / "votes.csv").read_bytes()


def swapped_with_a_longer_one(_: bytes) -> bytes:
    return (ROOT / "data" / "places.csv").read_bytes()


def in_utf_16(raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode("utf-16")


def in_utf_16_without_a_mark(raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode("utf-16-le")


KINDS = [
    *(truncated, cut_between_rows, emptied, flipped, swapped, swapped_with_a_longer_one),
    *(in_utf_16, in_utf_16_without_a_mark),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of data/."""
    copy = tmp_path_factory.mktemp("course") / "data"
    shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("scripts", "README.md"))
    return copy


@pytest.fixture
def data(folder, monkeypatch):
    """The copy, in which the helpers look for everything; nothing is remembered."""
    monkeypatch.setattr(tables, "_HERE", folder.parent)
    forget()
    yield folder
    forget()


def forget() -> None:
    for remembered in (tables._package, tables._resources, tables._read, tables.schemas):
        remembered.cache_clear()


def read(file: str) -> pd.DataFrame | dict:
    return read_json(file) if file == BASEMAP else load(PATHS.get(file, "votes"))


def messages(file: str) -> list[str]:
    """What somebody is told who reads a file: the error, or the warning; nothing if all is well."""
    forget()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            read(file)
        except (TableError, FileNotFoundError) as error:
            return [str(error), *(str(one.message) for one in warned)]
    assert all(one.category is ChangedTable for one in warned)
    return [str(one.message) for one in warned]


def assert_clear(file: str, told: list[str]) -> None:
    assert len(told) == 1, told
    assert told[0].startswith(f"data/{file}")
    assert MEND.search(told[0]), told[0]
    assert not RAW.search(told[0]), told[0]
    assert len(told[0]) < 600, told[0]


@pytest.mark.parametrize("file", [*PATHS, BASEMAP, PACKAGE])
def test_a_damaged_file_is_answered_in_one_clear_message(data, file):
    path = data / file
    sound = path.read_bytes()
    try:
        for damage in KINDS:
            damaged = damage(sound)
            if damaged != sound:
                path.write_bytes(damaged)
                assert_clear(file, messages(file))
    finally:
        path.write_bytes(sound)


@pytest.mark.parametrize("file", ["votes.csv", "statistics/train.csv", BASEMAP, PACKAGE])
def test_a_file_that_is_not_there_is_answered(data, file):
    (data / file).rename(data / "away")
    try:
        assert_clear(file, messages(file))
        (data / file).mkdir()  # and so is a folder of its name
        assert_clear(file, messages(file))
        (data / file).rmdir()
    finally:
        (data / "away").rename(data / file)


@pytest.mark.parametrize("file", ["votes.csv", BASEMAP, PACKAGE])
@pytest.mark.usefixtures("data")
def test_a_file_that_may_not_be_read_is_answered(file, monkeypatch):
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == file:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert_clear(file, messages(file))


def test_files_that_may_only_be_read_give_the_right_tables(data):
    right = {file: read(file) for file in ("votes.csv", "statistics/train.csv")}
    for path in data.rglob("*.*"):
        path.chmod(0o444)
    for file, table in right.items():
        assert messages(file) == []
        pd.testing.assert_frame_equal(read(file), table)
    for path in data.rglob("*.*"):
        path.chmod(0o644)


@pytest.mark.parametrize("change", [('"integer"', '"number"'), ('"Votes"', '"Notes"')])
def test_a_description_that_is_no_longer_the_same_is_told_until_it_is_checked(data, change):
    path = data / PACKAGE
    sound = path.read_bytes()
    path.write_bytes(sound.replace(change[0].encode(), change[1].encode(), 1))
    try:
        assert "run `make data`" in messages("votes.csv")[0]
        seal(data)
        assert messages("votes.csv") == []
    finally:
        path.write_bytes(sound)


@pytest.mark.parametrize("file", [BASEMAP, PACKAGE, "votes.csv"])
def test_make_data_ends_in_one_line_and_leaves_the_checksums(data, file, monkeypatch, capsys):
    monkeypatch.setattr(integrity, "names", lambda: ["votes"])
    sound = {path: path.read_bytes() for path in (data / file, data / PACKAGE)}
    (data / file).write_bytes(b"\xff")
    (data / BASEMAP).rename(data / "away")
    try:
        assert integrity.main()
        assert len(capsys.readouterr().out.splitlines()) == 1
        assert file == PACKAGE or (data / PACKAGE).read_bytes() == sound[data / PACKAGE]
    finally:
        (data / "away").rename(data / BASEMAP)
        for path, raw in sound.items():
            path.write_bytes(raw)


def test_a_seal_that_is_right_is_not_written_again(data, monkeypatch):
    monkeypatch.setattr("helpers.checksums.write_whole", None)
    seal(data)


def test_a_map_on_a_damaged_ground_is_answered(data):
    path = data / BASEMAP
    sound = path.read_bytes()
    path.write_bytes(truncated(sound))
    ground._basemap.cache_clear()
    try:
        with pytest.raises(TableError, match="basemap"):
            ground._basemap()
    finally:
        path.write_bytes(sound)
