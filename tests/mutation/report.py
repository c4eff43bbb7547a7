"""The tables of docs/: how many faults of each kind were tried and noticed, and the survivors."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lessons import ROOT

COUNTS = ROOT / "docs" / "mutation.csv"
SURVIVORS = ROOT / "docs" / "mutation-survivors.csv"
# What notices a fault: a rule or test, a derived page that drifted, a lesson's prose or outputs.
NOTICED = ("rule", "record", "lesson")
HEADER = ("what", "subject", "of", "kind", "tried", *NOTICED, "survived")
SURVIVOR = ("what", "of", "place", "kind", "before", "after", "reason")
_KINDS = {"schema": "rule", "integrity": "rule", "facts": "rule", "test": "rule"}
_KINDS |= {
    "record": "record",
    "codebook": "record",
    "gates": "lesson",
    "lesson": "lesson",
    "": "survived",
}


def counts(trials: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each subject, module or table, and kind of fault."""
    tried: dict[tuple[str, ...], Counter[str]] = {}
    for one in trials:
        about = one["what"], one["subject"], one["of"], one["kind"]
        tried.setdefault(about, Counter())[_KINDS[one["by"]]] += 1
    return [
        dict(
            zip(
                HEADER,
                (*about, found.total(), *(found[name] for name in NOTICED), found["survived"]),
                strict=True,
            )
        )
        for about, found in sorted(tried.items())
    ]


def survivors(
    trials: Iterable[dict[str, Any]], known: list[dict[str, str]]
) -> list[dict[str, str]]:
    """The faults that nothing noticed; those known before keep their reason."""
    reasons = {_about(one): one["reason"] for one in known}
    found = [one for one in trials if not one["by"]]
    found.sort(key=lambda one: (one["what"], one["of"], str(one["place"]).zfill(6), one["kind"]))
    return [
        {name: str(one[name]) for name in SURVIVOR[:-1]} | {"reason": reasons.get(_about(one), "")}
        for one in found
    ]


def _about(one: dict[str, Any]) -> tuple[str, ...]:
    """By what a survivor is known again: not by its line, which moves."""
    return tuple(str(one[name]) for name in ("what", "of", "kind", "before", "after"))


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a table of docs/; none where there is no file yet."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(trials: list[dict[str, Any]]) -> None:
    """Write both tables from all trials."""
    for file, header, rows in (
        (COUNTS, HEADER, counts(trials)),
        (SURVIVORS, SURVIVOR, survivors(trials, read(SURVIVORS))),
    ):
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def score(rows: Iterable[dict[str, Any]], *columns: str) -> float:
    """The share of the faults tried that these columns hold; 1 where none was tried."""
    rows = list(rows)
    tried = sum(int(one["tried"]) for one in rows)
    return sum(int(one[name]) for one in rows for name in columns) / tried if tried else 1.0


def summary(rows: list[dict[str, str]]) -> list[tuple[str, int, int, int]]:
    """For each subject of code, and for data: the faults tried, those noticed, and per cent."""
    found = []
    for name in ("dates", "evidence", "check", "tables", "life", "statistics"):
        of = [one for one in rows if one["subject"] == name]
        tried = sum(int(one["tried"]) for one in of)
        noticed = tried - sum(int(one["survived"]) for one in of)
        found.append((name, tried, noticed, int(100 * noticed / tried) if tried else 0))
    return found
