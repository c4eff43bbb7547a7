"""Pools are worked out once, and anew when what they rest on changes."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from grading import remembered as module
from grading.catalogue import plain
from grading.remembered import remembered


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """Work that counts how often it was done, in a folder of its own."""
    monkeypatch.setenv("TROTSKY_POOLS", str(tmp_path / "pools"))
    done = []

    def work():
        done.append(1)
        return [{"year": 1917, "name": "Łódź"}]

    return work, done


def test_work_is_done_once(counted):
    work, done = counted
    assert remembered("exile/q1", work) == remembered("exile/q1", work) == work()
    assert len(done) == 2
    remembered("exile/q2", work)
    assert len(done) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="files are locked on Unix only")
def test_of_two_processes_one_works_and_the_other_waits(monkeypatch, tmp_path):
    monkeypatch.setenv("TROTSKY_POOLS", str(tmp_path / "pools"))
    program = (
        "import time; from pathlib import Path; from grading.remembered import remembered\n"
        f"def work():\n    Path({str(tmp_path)!r}, 'begun').touch()\n"
        f"    while not Path({str(tmp_path)!r}, 'go').exists(): time.sleep(0.01)\n"
        "    return ['theirs']\n"
        "remembered('exile/q1', work)"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as other:
        deadline = time.monotonic() + 60
        while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        import fcntl

        locked = next(tmp_path.rglob("exile-q1.lock"))
        with locked.open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (tmp_path / "go").touch()
        assert remembered("exile/q1", lambda: ["ours"]) == ["theirs"]
    assert other.returncode == 0


def test_other_data_and_a_broken_file_ask_for_work_anew(counted, monkeypatch, tmp_path):
    work, done = counted
    remembered("exile/q1", work)
    next(tmp_path.rglob("exile-q1.json")).write_text("[", encoding="utf-8")
    assert remembered("exile/q1", work) == work()
    assert len(done) == 3
    monkeypatch.setattr(module, "_state", lambda: "other")
    remembered("exile/q1", work)
    assert len(done) == 4
    assert [path.parent.name for path in tmp_path.rglob("*.json")] == ["other"]


def test_without_a_folder_nothing_is_kept(counted, monkeypatch, tmp_path):
    work, done = counted
    monkeypatch.setenv("TROTSKY_POOLS", str(tmp_path / "none" / "pools"))
    remembered("exile/q1", work)
    remembered("exile/q1", work)
    assert len(done) == 2
    assert list(tmp_path.iterdir()) == []


def test_parameters_are_plain_and_a_date_is_refused():
    assert plain([np.int64(3), (np.float64(0.5), "x")]) == [3, [0.5, "x"]]
    assert type(plain(np.int64(3))) is int
    with pytest.raises(TypeError, match="q1, parameter day: Timestamp found"):
        plain(pd.Timestamp("1917-11-07"), "q1, parameter day")
