"""The installed package: it carries data/ and works outside the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from lessons import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel, built from the checkout and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_every_table(unpacked):
    stored = {path.name for path in (ROOT / "data").glob("*") if path.suffix in (".csv", ".json")}
    assert stored <= {path.name for path in (unpacked / "helpers" / "data").iterdir()}


def test_the_wheel_that_students_get_knows_nothing_of_grading(unpacked):
    modules = [path for path in unpacked.iterdir() if path.suffix not in (".dist-info", ".data")]
    assert [path.name for path in modules] == ["helpers"]


def test_the_wheel_brings_the_settings_of_jupyterlab_under_a_name_of_its_own(unpacked):
    data = next(unpacked.glob("*.data")) / "data"
    assert {path.relative_to(data).as_posix() for path in data.rglob("*.*") if path.is_file()} == {
        "share/jupyter/lab/settings/overrides.d/trotsky-in-data.json",
        "share/jupyter/labextensions/trotsky-in-data/layout.js",
        "share/jupyter/labextensions/trotsky-in-data/package.json",
    }


def test_the_wheel_works_outside_the_checkout(unpacked, tmp_path):
    program = (
        "import helpers; from helpers.tables import data_path, names\n"
        "print(helpers.__file__); print(data_path('events.csv'))\n"
        "print(len(helpers.load('events')), len(names()))"
    )
    environment = os.environ | {"PYTHONPATH": str(unpacked)}
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    module, table, counts = result.stdout.splitlines()
    assert module.startswith(str(unpacked))
    assert table.startswith(str(unpacked))
    assert int(counts.split()[0]) > 0


# Twice the same, from folders, clocks and rights that differ.
BUILD = """
import os, sys
os.umask(int(sys.argv[1], 8))
from hatchling.cli import hatchling
sys.argv[1:] = ["build", "-d", sys.argv[2]]
hatchling()
"""


def built(folder, umask: str, time: int, **own: str) -> dict[str, bytes]:
    """The wheel and the sdist of a copy of the course, with a umask and a time of its files."""
    names = ("src", "data", "docs/jupyterlab.json", "docs/labextension", "pyproject.toml")
    for name in (*names, "README.md", "LICENSE", ".gitignore"):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, copy_function=shutil.copyfile, ignore=skip)
        else:
            shutil.copyfile(source, target)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o666 & ~int(umask, 8))
            os.utime(path, (time, time))
    command = [sys.executable, "-c", BUILD, umask, str(folder / "out")]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, cwd=folder, env=environment | own, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """The files that are not in both, or not the same in both."""
    return sorted(name for name in first | second if first.get(name) != second.get(name))


def test_wheel_and_sdist_are_the_same_bytes_wherever_and_whenever_they_are_built(tmp_path):
    first = built(tmp_path / "one", "022", 0, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1")
    place = tmp_path / "another" / "place"
    second = built(place, "077", 1_900_000_000, TZ="America/Adak", PYTHONHASHSEED="2")
    assert {name.rpartition(".")[2] for name in first} == {"whl", "gz"}
    assert differing(first, second) == []


def test_a_difference_is_caught():
    assert differing({"a.whl": b"1", "b.gz": b"2"}, {"a.whl": b"1", "b.gz": b"3"}) == ["b.gz"]
    assert differing({"a.whl": b"1"}, {}) == ["a.whl"]
