"""A full disk, a clock that is wrong, a computer that goes off: nothing of the user's is lost."""

import datetime
import io
import os
import shutil
import sys
import zipfile
from pathlib import Path
from subprocess import PIPE, Popen
from types import SimpleNamespace

import pytest
from lessons import ROOT

from helpers import answers, keeping, record
from helpers.answers import COLUMNS, keep, my_answers
from helpers.checks import check
from helpers.checksums import write_checksums
from helpers.keeping import save_my_work
from helpers.writing import write_whole


class FullDisk(io.FileIO):
    """A file on a disk that takes a few bytes more: a write is cut short, and the next fails."""

    room = 0

    def write(self, raw) -> int:
        """As many bytes as there is room for."""
        if not self.room:
            raise OSError(28, "No space left on device")
        written = super().write(bytes(raw)[: self.room])
        self.room -= written
        return written


@pytest.fixture
def full(monkeypatch):
    """Fills the disk up to the number of bytes that is given."""
    really_open = Path.open

    def fill(room: int) -> None:
        def open_full(path, mode="r", buffering=-1, **others):
            if not set(mode) & set("wax+"):
                return really_open(path, mode, buffering, **others)
            raw = FullDisk(path, mode.replace("b", ""))
            raw.room = room
            return raw if buffering == 0 else io.BufferedWriter(raw)

        monkeypatch.setattr(Path, "open", open_full)

    return fill


@pytest.fixture
def file(tmp_path, monkeypatch):
    place = tmp_path / "my-answers.csv"
    monkeypatch.setenv("TROTSKY_ANSWERS", str(place))
    return place


@pytest.fixture
def course(tmp_path, monkeypatch, file):
    """A course of one lesson, which a student has open."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "one.ipynb").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(answers, "data_path", lambda _: tmp_path / "data" / "x.json")
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("room", [0, 1, 30])
@pytest.mark.parametrize("before", [0, 1])
def test_on_a_full_disk_the_earlier_answers_stay(file, full, monkeypatch, room, before):
    file.touch()
    for _ in range(before):
        keep("11.1", 18, "right")
    old = file.read_bytes()
    with monkeypatch.context():
        full(room)
        said = keep("11.1", 19, "not yet")
    assert said == f"(This answer could not be kept in {file}: No space left on device.)"
    assert file.read_bytes() == old
    assert len(my_answers()) == before


def test_a_full_disk_does_not_keep_a_verdict_back(file, full, capsys):
    full(0)
    check("11.1", "x")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("11.1: not yet.")
    assert "No space left on device" in second


@pytest.mark.parametrize("room", [0, 20])
def test_on_a_full_disk_no_half_of_a_zip_file_is_left(course, full, capsys, room):
    old = everything(course)
    full(room)
    assert save_my_work("Anna") is None
    assert "could not be saved in" in (said := capsys.readouterr().out)
    assert "No space left on device. In the menu File, Download" in said
    assert everything(course) == old


def test_two_kernels_never_take_the_same_name(course, monkeypatch, capsys):
    """The other kernel comes in between: its file stays."""
    other = course / "notebooks" / "other.zip"
    other.write_bytes(b"of the other kernel")
    monkeypatch.setattr(keeping, "_free", lambda *_: other)
    assert save_my_work("Anna") is None
    assert "could not be saved" in capsys.readouterr().out
    assert other.read_bytes() == b"of the other kernel"


@pytest.mark.parametrize("room", [0, 20])
def test_on_a_full_disk_each_page_of_the_record_is_whole(tmp_path, full, monkeypatch, room):
    monkeypatch.setattr(record, "record", lambda part: f"old {part} " * 20)
    pages = {page.name: page.read_bytes() for page in record.write(tmp_path)}
    monkeypatch.setattr(record, "record", lambda part: f"new {part} " * 20)
    full(room)
    with pytest.raises(OSError, match="No space left on device"):
        record.write(tmp_path)
    assert everything(tmp_path) == pages


def test_a_fault_in_one_page_of_the_record_leaves_all_four(tmp_path, monkeypatch):
    def broken(part):
        return "new" if part != "legacy" else {}["no such place"]

    monkeypatch.setattr(record, "record", broken)
    with pytest.raises(KeyError):
        record.write(tmp_path)
    assert everything(tmp_path) == {}


def test_on_a_full_disk_the_checksums_stay(tmp_path, full):
    shutil.copytree(ROOT / "data", tmp_path, dirs_exist_ok=True)
    (tmp_path / "votes.csv").write_bytes(b"changed")
    old = everything(tmp_path)
    full(1000)
    with pytest.raises(OSError, match="No space left on device"):
        write_checksums(tmp_path)
    assert everything(tmp_path) == old


def test_a_file_is_replaced_whole(tmp_path):
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")
    assert everything(tmp_path) == {"a": b"two"}


WHOLE = b"2026-01-01T10:00:00+00:00,11.1,18,right\n"
TORN = b'2026-01-01T10:00:01+00:00,11.2,"Ziv, Len'
HEADER = ",".join(COLUMNS).encode() + b"\n"


@pytest.mark.parametrize("cut", range(20, len(TORN), 5))
def test_a_line_that_was_left_unfinished_spoils_no_other(file, cut):
    file.write_bytes(HEADER + WHOLE + TORN[:cut])
    assert my_answers()["exercise"].tolist() == ["11.1"]
    keep("11.3", 1, "not yet")
    assert my_answers()["exercise"].tolist() == ["11.1", "11.3"]
    assert file.read_bytes().startswith(HEADER + WHOLE + TORN[:cut]), "and nothing is thrown away"


def test_a_header_that_was_written_twice_is_no_answer(file):
    file.write_bytes(HEADER + WHOLE + HEADER + WHOLE)
    assert my_answers()["tries"].tolist() == [2]


def test_a_file_that_a_spreadsheet_has_saved_is_read(file):
    file.write_bytes(b"\xef\xbb\xbf" + (HEADER + WHOLE).replace(b"\n", b"\r\n"))
    assert my_answers()["last"].tolist() == ["18"]


@pytest.mark.parametrize("year", [1970, 2070])
def test_a_clock_that_is_wrong_stops_nothing(course, monkeypatch, year):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(year, 1, 1, 0, 0, 1, tzinfo=tz)

    wrong = SimpleNamespace(datetime=Clock, UTC=datetime.UTC)
    monkeypatch.setattr(answers, "datetime", wrong)
    monkeypatch.setattr(keeping, "datetime", wrong)
    lesson = course / "notebooks" / "one.ipynb"
    os.utime(lesson, (Clock.now(datetime.UTC).timestamp(),) * 2)
    assert keep("11.1", 18, "right") == ""
    assert my_answers()["result"].tolist() == ["right"]
    with zipfile.ZipFile(save_my_work("Anna").file) as archive:
        assert archive.read("notebooks/one.ipynb") == lesson.read_bytes()


KERNEL = """
import itertools, sys
from helpers.answers import keep
print("ready", flush=True)
sys.stdin.readline()
name, many = sys.argv[1], int(sys.argv[2])
for count in itertools.islice(itertools.count(), many or None):
    said = keep("11.1", f"{name} {count}, " + "x" * 150, "right")
    assert said == "", said
    if count == 0:
        print("begun", flush=True)
print("done", flush=True)
"""


@pytest.fixture
def kernels(file):
    """Two programs that answer exercises into one file: A 60 times, B without an end."""
    command = [sys.executable, "-c", KERNEL]
    made = [
        Popen([*command, name, many], stdin=PIPE, stdout=PIPE)
        for name, many in (("A", "60"), ("B", "0"))
    ]
    yield made
    for kernel in made:
        kernel.kill()
        kernel.communicate()


def test_two_kernels_lose_no_answer_and_one_may_be_killed(file, kernels):
    for kernel in kernels:
        assert kernel.stdout.readline().strip() == b"ready"
    for kernel in reversed(kernels):  # B is in the middle of it when A begins
        kernel.stdin.write(b"go\n")
        kernel.stdin.flush()
        assert kernel.stdout.readline().strip() == b"begun"
    assert kernels[0].stdout.readline().strip() == b"done"
    kernels[1].kill()
    kernels[1].wait()
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "x" * 150 in line]
    assert all(len(row) == len(COLUMNS) for row in map(cells, kept))
    counts = {name: [count_of(line) for line in kept if f'"{name} ' in line] for name in "AB"}
    assert counts["A"] == list(range(60)), "every answer of A, in its order"
    assert counts["B"] == list(range(len(counts["B"]))), "every answer of B until its end"
    assert len(counts["B"]) > 0, "the two did not run at once"
    assert my_answers()["tries"].item() == len(kept)
    assert keep("11.2", "after it", "right") == ""
    assert my_answers()["last"].tolist()[1] == "after it"


def cells(line: str) -> list[str]:
    return answers._rows(line)[0]


def count_of(line: str) -> int:
    return int(line.split('"')[1].split(",")[0].split(" ")[1])
