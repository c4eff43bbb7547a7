"""Pools are stored, or worked out once, and anew when what they rest on changes."""

import json
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from grading import remembered as module
from grading import stored
from grading.catalogue import assignments, plain
from grading.remembered import remembered

ANEW = 12  # of so many pools one is worked out anew by make test, and each by make prove


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
    assert remembered("trial/q1", work) == remembered("trial/q1", work) == work()
    assert len(done) == 2
    remembered("trial/q2", work)
    assert len(done) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="files are locked on Unix only")
def test_of_two_processes_one_works_and_the_other_waits(monkeypatch, tmp_path):
    monkeypatch.setenv("TROTSKY_POOLS", str(tmp_path / "pools"))
    program = (
        "import time; from pathlib import Path; from grading.remembered import remembered\n"
        f"def work():\n    Path({str(tmp_path)!r}, 'begun').touch()\n"
        f"    while not Path({str(tmp_path)!r}, 'go').exists(): time.sleep(0.01)\n"
        "    return ['theirs']\n"
        "remembered('trial/q1', work)"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as other:
        deadline = time.monotonic() + 60
        while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        import fcntl

        locked = next(tmp_path.rglob("trial-q1.lock"))
        with locked.open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (tmp_path / "go").touch()
        assert remembered("trial/q1", lambda: ["ours"]) == ["theirs"]
    assert other.returncode == 0


def test_other_data_and_a_broken_file_ask_for_work_anew(counted, monkeypatch, tmp_path):
    work, done = counted
    remembered("trial/q1", work)
    next(tmp_path.rglob("trial-q1.json")).write_text("[", encoding="utf-8")
    assert remembered("trial/q1", work) == work()
    assert len(done) == 3
    monkeypatch.setattr(module, "_state", lambda: "other")
    remembered("trial/q1", work)
    assert len(done) == 4
    assert [path.parent.name for path in tmp_path.rglob("*.json")] == ["other"]


def test_without_a_folder_nothing_is_kept(counted, monkeypatch, tmp_path):
    work, done = counted
    monkeypatch.setenv("TROTSKY_POOLS", str(tmp_path / "none" / "pools"))
    remembered("trial/q1", work)
    remembered("trial/q1", work)
    assert len(done) == 2
    assert list(tmp_path.iterdir()) == []


def test_parameters_are_plain_and_a_date_is_refused():
    assert plain([np.int64(3), (np.float64(0.5), "x")]) == [3, [0.5, "x"]]
    assert type(plain(np.int64(3))) is int
    with pytest.raises(TypeError, match="q1, parameter day: Timestamp found"):
        plain(pd.Timestamp("1917-11-07"), "q1, parameter day")


@pytest.fixture
def other_file(monkeypatch, tmp_path):
    """Stored pools in a file of its own, as they are read by another process."""

    def put(content):
        (tmp_path / "pools.json").write_text(content, encoding="utf-8")
        monkeypatch.setattr(stored, "FILE", tmp_path / "pools.json")
        stored._up_to_date.cache_clear()

    yield put
    monkeypatch.undo()
    stored._up_to_date.cache_clear()


def test_what_is_stored_is_not_worked_out(counted, other_file):
    work, done = counted
    other_file(stored.text({"trial/q1": [{"year": 1905, "name": "Łódź"}], "trial/q2": []}))
    remembered("trial/q1", work)[0]["year"] = 0
    assert remembered("trial/q1", work) == [{"year": 1905, "name": "Łódź"}]
    assert done == []
    remembered("trial/q3", work)
    assert len(done) == 1


@pytest.mark.parametrize("broken", ["", "of"])
def test_stored_pools_of_other_tables_are_worked_out_anew(counted, other_file, broken):
    work, done = counted
    text = stored.text({"trial/q1": []})
    other_file(text.replace(stored.rests_on(), "0" * 16) if broken else text[:-9])
    assert remembered("trial/q1", work) != []
    assert len(done) == 1


def test_the_digest_knows_every_table_and_question(monkeypatch, tmp_path):
    for path in ("data/a.csv", "data/statistics/b.csv.gz", "src/grading/assignments/exile.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "src/helpers").mkdir()
    (tmp_path / "src/helpers/exercise.py").touch()
    monkeypatch.setattr(stored, "ROOT", tmp_path)
    seen = {stored.rests_on()}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        path.write_text("1", encoding="utf-8")
        seen.add(stored.rests_on())
    assert len(seen) == 5


def test_the_stored_pools_have_not_drifted():
    of = json.loads(stored.FILE.read_text(encoding="utf-8"))["of"]
    assert of == stored.rests_on(), "src/grading/pools.json has drifted: run make pools"


def stored_and_anew(monkeypatch, step):
    """The stored pool of some questions, and what is worked out."""
    asked = [(one, name) for one in assignments() for name in one.questions][::step]
    known = {f"{one.name}/{name}": stored.stored(f"{one.name}/{name}") for one, name in asked}
    monkeypatch.setattr("grading.catalogue.remembered", lambda key, work: work())
    anew = {
        f"{one.name}/{name}": one.variants(name, one.questions[name].pool) for one, name in asked
    }
    return known, anew


def test_some_pools_worked_out_anew_are_those_that_are_stored(monkeypatch):
    known, anew = stored_and_anew(monkeypatch, ANEW)
    assert known == anew
    assert len(known) >= 4


@pytest.mark.proof
def test_all_pools_worked_out_anew_are_those_that_are_stored(monkeypatch):
    known, anew = stored_and_anew(monkeypatch, 1)
    assert known == anew
