"""Measurements as one table: medians with their spread, targets, and what changed since last time.

A stored run is a JSON file: ``about`` says of each part when, where and with what it was measured,
``rows`` has every measurement. Only the parts that were measured again replace what is stored.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

HEADER = (
    *("part", "what", "unit", "n", "least", "median", "most", "CPU"),
    *("at pace", "target", "", "last", ""),
)


class Sample(NamedTuple):
    """One measurement: by the clock on the wall, and of the processor (the same for memory)."""

    wall: float
    cpu: float


class Row(NamedTuple):
    """All measurements of one thing. Quartiles are of the clock on the wall; target 0 is none.

    at_pace: the median as it would be on the machine of the targets; 0 where the target is a
    multiple of something measured here.
    """

    part: str
    name: str
    unit: str
    n: int
    least: float
    lower: float
    median: float
    upper: float
    most: float
    cpu: float
    target: float = 0.0
    note: str = ""
    at_pace: float = 0.0

    @property
    def verdict(self) -> str:
        """Whether the target is met here, at the pace of its own machine, or nowhere."""
        if not self.target:
            return ""
        if self.median <= self.target:
            return "met"
        return "met at pace" if 0 < self.at_pace <= self.target else "MISSED"


def row(part: str, name: str, unit: str, samples: Iterable[Sample], **more: Any) -> Row:
    """The row of some measurements.

    Raises ValueError where there are none.
    """
    walls, cpus = zip(*samples, strict=True)
    lower, middle, upper = quantiles(walls, n=4, method="inclusive") if walls[1:] else walls * 3
    figures = (min(walls), lower, middle, upper, max(walls), median(cpus))
    return Row(part, name, unit, len(walls), *(round(one, 4) for one in figures), **more)


def change(new: Row, old: Row | None) -> tuple[str, str]:
    """How the median moved since the last run, and "slower" or "faster" where that is no chance.

    It is no chance where the middle halves of the two runs do not overlap.
    """
    if old is None or not old.median:
        return "new", ""
    moved = f"{100 * (new.median / old.median - 1):+.0f} %"
    if new.lower > old.upper:
        return moved, "slower"
    return moved, "faster" if new.upper < old.lower else ""


def render(rows: Iterable[Row], last: Iterable[Row] = ()) -> str:
    """The table as Markdown, which also reads well in a terminal."""
    before = {(one.part, one.name, one.unit): one for one in last}
    lines = [HEADER]
    for one in rows:
        numbers = (f"{value:.2f}" for value in (one.least, one.median, one.most, one.cpu))
        at_pace = f"{one.at_pace:.2f}" if one.at_pace else ""
        target = f"{one.target:g}" if one.target else ""
        name = f"{one.name} ({one.note})" if one.note else one.name
        moved = change(one, before.get((one.part, one.name, one.unit)))
        lines.append(
            (one.part, name, one.unit, str(one.n), *numbers, at_pace, target, one.verdict, *moved)
        )
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines
    )


def faults(rows: Iterable[Row], last: Iterable[Row] = ()) -> list[str]:
    """Each target that is missed at any pace, and each thing that is slower by more than chance."""
    before = {(one.part, one.name, one.unit): one for one in last}
    found = []
    for one in rows:
        if one.verdict == "MISSED":
            slow = f", {one.at_pace:.2f} at pace" if one.at_pace else ""
            found.append(f"{one.name}: {one.median:.2f} {one.unit}{slow}, target {one.target:g}")
        moved, word = change(one, before.get((one.part, one.name, one.unit)))
        if word == "slower":
            found.append(f"{one.name}: {moved} since the last run")
    return found


def read(path: Path) -> tuple[dict[str, Any], list[Row]]:
    """A stored run: what is said about its parts, and its rows; nothing where none is stored."""
    if not path.exists():
        return {}, []
    stored = json.loads(path.read_text(encoding="utf-8"))
    return stored["about"], [Row(**one) for one in stored["rows"]]


def store(path: Path, about: dict[str, Any], rows: list[Row]) -> None:
    """Put the parts that were measured in the place of those that are stored."""
    old_about, old_rows = read(path)
    kept = [one for one in old_rows if one.part not in about]
    merged = {**old_about, **about}
    ordered = sorted([*kept, *rows], key=lambda one: list(merged).index(one.part))
    made = {"about": merged, "rows": [one._asdict() for one in ordered]}
    path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
