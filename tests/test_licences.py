"""docs/licences.csv: complete, as the packages say, and what it means for the course."""

import csv
from importlib.metadata import PackageNotFoundError, distribution

import licences
import pytest


def stored() -> list[dict[str, str]]:
    with licences.TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def drift(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """The pins whose row is missing, too much, or for other environments."""
    told = {(row["package"], row["version"]): row["environments"] for row in rows}
    real = {pin: " ".join(where) for pin, where in licences.pinned().items()}
    return sorted(pin for pin in told | real if told.get(pin) != real.get(pin))


def test_every_pin_has_its_row():
    assert drift(stored()) == [], "run make licences"


def test_a_missing_and_an_old_row_are_caught():
    rows = stored()
    old = rows[1] | {"version": "0.0.1"}
    expected = sorted([(rows[0]["package"], rows[0]["version"]), (old["package"], "0.0.1")])
    assert drift([*rows[1:], old]) == expected


def test_the_packages_that_are_here_say_what_is_stored():
    compared = 0
    for row in stored():
        try:
            package = distribution(row["package"])
        except PackageNotFoundError:
            continue
        if package.version == row["version"]:
            assert licences.licence(package) == row["licence"], row["package"]
            compared += 1
    assert compared > 50


def test_every_licence_is_understood():
    assert [
        row for row in stored() if row["kind"] not in ("permissive", "weak copyleft", "copyleft")
    ] == []
    assert [row for row in stored() if row["kind"] != licences.kind(row["licence"])] == []


def test_what_a_student_installs_has_no_copyleft():
    assert [
        row for row in stored() if row["kind"] == "copyleft" and "student" in row["environments"]
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT", "permissive"),
        ("BSD-3-Clause AND MPL-2.0", "weak copyleft"),
        ("MPL-2.0 AND MIT", "weak copyleft"),
        ("LGPL-2.1-or-later", "weak copyleft"),
        ("GPL-3.0-only", "copyleft"),
        ("GPL-2.0 OR MIT", "permissive"),
        ("Ask us", "unknown"),
    ],
)
def test_the_kind_of_a_licence(text, expected):
    assert licences.kind(text) == expected
