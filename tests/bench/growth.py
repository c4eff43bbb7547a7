"""How the course would bear more data: 10, 100 and 1,000 times the rows, of the same shape.

The generator writes a copy of helpers with a data folder in which every row of the tables below
stands many times, each time under another name and in other years. (The Old Style date of a copy
need not fit its New Style date; nothing here compares them.) What is measured runs in a
process of its own. What it takes is fitted to rows to the power of p: n log n is about p = 1.1.

PYTHONPATH=tests python -m bench.growth 1 10 100 1000
"""

import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from helpers.checksums import write_checksums

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "docs" / "growth.csv"
PICTURE = ROOT / "docs" / "growth.png"
COLUMNS = ["what", "times", "rows", "seconds", "exponent"]

# Tables that grow together: the copies of one point to copies of the others.
GROWN = ("sources", "places", "people", "events", "event_people", "attestations", "stays", "claims")
_CYCLE = 28  # years after which the days of the week and the leap days come again
_MOST_YEARS = 7 * _CYCLE  # pandas counts some dates in nanoseconds, which end in the year 2262
_SECONDS = 3600  # for one size; what takes longer is left out, and said so
_BYTES = 14 * 1024**3  # of memory, likewise
_YEAR = re.compile(r"\b(\d{4})(?=\b|-)")


def grow(target: Path, times: int) -> int:
    """Write helpers and its data with so many times the rows; the rows of all grown tables."""
    shutil.copytree(ROOT / "src" / "helpers", target / "helpers")
    shutil.copytree(ROOT / "data", target / "helpers" / "data")
    data = target / "helpers" / "data"
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    total = 0
    for name in GROWN:
        path = data / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            for number in range(times):
                for row in copies(rows, schemas[name], number):
                    writer.writerow(row)
                    total += 1
    write_checksums(data)  # so that the tables are read as those of the course are
    return total


def copies(
    rows: list[dict[str, str]], schema: dict[str, Any], number: int
) -> Iterator[dict[str, str]]:
    """The rows under other names and in other years; those of number 0 are the rows themselves."""
    if not number:
        yield from rows
        return
    foreign = schema.get("foreignKeys", [])
    pointers = {one["fields"][0]: one["reference"]["resource"] for one in foreign}
    names = {column for column, table in pointers.items() if table in ("", *GROWN)}
    names |= set(schema["primaryKey"]) - set(pointers) if len(schema["primaryKey"]) == 1 else set()
    dates = {one["name"] for one in schema["fields"] if "EDTF" in one.get("rdfType", "")}
    for row in rows:
        own = set(names)
        if "table" in row:  # of attestations and claims: the row that they speak of
            own |= {"row_id"}
            if row["table"] and row["table"] not in GROWN:
                continue  # else a row that stands once would get more and more attestations
        made = {name: renamed(row[name], number) if name in own else row[name] for name in row}
        about = row.get("field", "")
        if about.endswith("place_id") and row.get("stated"):
            made["stated"] = renamed(row["stated"], number)
        moved = dates | ({"stated"} if row.get("calendar") else set())
        yield {name: later(text, number) if name in moved else text for name, text in made.items()}


def renamed(text: str, number: int) -> str:
    """A name for a copy: letters, digits and hyphens, as the schema wants it."""
    return f"{text}-copy{number}" if text else text


def later(text: str, number: int) -> str:
    """A date some multiple of 28 years later; no 29 February, which not every such year has."""
    years = number * _CYCLE % _MOST_YEARS
    moved = _YEAR.sub(lambda year: f"{int(year[1]) + years:04}", text)
    return moved.replace("-02-29", "-02-28")


def measure() -> None:
    """In a process that has the grown data: a line for each thing, with its processor seconds."""
    import matplotlib as mpl

    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    mpl.use("agg")
    import matplotlib.pyplot as plt

    import helpers
    from helpers.evidence import _witnesses_by_row

    tables: dict[str, Any] = {}

    def loading() -> None:
        tables.update({name: helpers.load(name) for name in GROWN})

    def itinerary() -> Any:
        stays = tables["stays"].sort_values(["start_earliest", "end_latest"])
        places = tables["places"][["place_id", "name_then", "lat", "lon"]]
        return stays.merge(places, on="place_id", validate="many_to_one")

    def drawn() -> None:
        helpers.show(helpers.timeline(tables["events"]), title="All", caption="All", source="data")
        plt.close("all")

    works: dict[str, Callable[[], Any]] = {
        "loading": loading,
        "itinerary": itinerary,
        "timeline": drawn,
        "witnesses of each event": lambda: _witnesses_by_row() and helpers.witnesses("events"),
        "standing of each event": lambda: helpers.standings("events"),
        "verdict on each claim": lambda: helpers.judge_all(tables["claims"]),
    }
    drawn_once = helpers.timeline(helpers.load("events").head(3))  # fonts are read
    del drawn_once
    for name, work in works.items():
        start = time.process_time()
        work()
        print(f"{name}\t{time.process_time() - start:.4f}", flush=True)
    print(f"memory, GB\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.3f}")


def exponents(sizes: list[int], seconds: list[float]) -> list[float]:
    """For each size but the first: the power of the rows by which the time grew since the last.

    >>> exponents([1, 10, 100], [1.0, 10.0, 1000.0])
    [1.0, 2.0]
    """
    pairs = list(zip(sizes, seconds, strict=True))
    return [
        round(log(later[1] / earlier[1]) / log(later[0] / earlier[0]), 2)
        for earlier, later in pairwise(pairs)
    ]


def run(times: int) -> tuple[int, dict[str, float]]:
    """Rows, and the seconds of each thing that was done in time, at one size."""
    with tempfile.TemporaryDirectory() as folder:
        rows = grow(Path(folder), times)
        command = [sys.executable, __file__, "measure"]
        log_file, own = Path(folder) / "lines.txt", os.environ | {"PYTHONPATH": folder}
        with log_file.open("w", encoding="utf-8") as out:
            try:
                done = subprocess.run(command, stdout=out, cwd=folder, env=own, timeout=_SECONDS)
                if done.returncode:
                    print(f"{times} times: stopped with {done.returncode}", file=sys.stderr)
            except subprocess.TimeoutExpired:
                print(f"{times} times: stopped after {_SECONDS} s", file=sys.stderr)
        lines = (line.split("\t") for line in log_file.read_text(encoding="utf-8").splitlines())
        return rows, {name: float(seconds) for name, seconds in lines}


def table(found: dict[int, tuple[int, dict[str, float]]]) -> list[dict[str, Any]]:
    """A row for each thing at each size, with the exponent since the size before."""
    rows = []
    for name in dict.fromkeys(name for _, taken in found.values() for name in taken):
        sizes = [times for times in found if name in found[times][1]]
        counts = [found[times][0] for times in sizes]
        seconds = [found[times][1][name] for times in sizes]
        powers = [None, *exponents(counts, seconds)]
        for values in zip(sizes, counts, seconds, powers, strict=True):
            rows.append(dict(zip(COLUMNS, (name, *values), strict=True)))
    return rows


def stored(path: Path = STORED) -> dict[int, tuple[int, dict[str, float]]]:
    """What was measured before, by size."""
    found: dict[int, tuple[int, dict[str, float]]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                _, taken = found.setdefault(int(row["times"]), (int(row["rows"]), {}))
                taken[row["what"]] = float(row["seconds"])
    return found


def write(found: dict[int, tuple[int, dict[str, float]]], path: Path = STORED) -> None:
    """Store the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table(dict(sorted(found.items()))))


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Rows against seconds, both as powers of ten, with a line that grows as n log n."""
    import matplotlib.pyplot as plt

    from helpers.palette import PALETTE

    ax = plt.subplots(figsize=(8.5, 4.6), layout="constrained")[1]
    things = [name for name in dict.fromkeys(row["what"] for row in rows) if "memory" not in name]
    for name, marker, colour in zip(things, "os^Dv*", list(PALETTE.values())[5:], strict=False):
        points = [row for row in rows if row["what"] == name]
        counts, seconds = ([row[key] for row in points] for key in ("rows", "seconds"))
        ax.loglog(counts, seconds, marker=marker, color=colour, label=name)
    counts = sorted({row["rows"] for row in rows})
    start = min(row["seconds"] for row in rows if row["rows"] == counts[0])
    steep = [start * n * log(n) / (counts[0] * log(counts[0])) for n in counts]
    ax.loglog(counts, steep, color=PALETTE["grey"], linestyle="--", label="n log n")
    ax.set(xlabel="rows of all tables that grow", ylabel="seconds of the processor")
    ax.spines[["top", "right"]].set_visible(False)
    ax.figure.legend(frameon=False, loc="outside right center")
    ax.figure.savefig(path, dpi=110)


def main() -> None:
    """Measure the sizes that are asked for; write them, with those that are stored, and draw."""
    found = stored()
    for times in map(int, sys.argv[1:]):
        found[times] = run(times)
        write(found)
    rows = table(found)
    draw(rows, PICTURE)
    for row in rows:
        print(*row.values(), sep="\t")


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
