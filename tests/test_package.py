"""The installed package: it carries data/ and works outside the checkout."""

import os
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
