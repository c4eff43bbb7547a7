"""How the course would bear more data: 10, 100 and 1,000 times the rows, of the same shape.

The generator writes a copy of helpers with a data folder in which every row of the tables below
stands many times, each time under another name and in other years. (The Old Style date of a copy
need not fit its New Style date; nothing here compares them.) What is measured runs in a
process of its own. What it takes is fitted to rows to the power of p: n log n is about p = 1.1.
The counts of words, which are fourteen times as many rows as all else, are grown by themselves, up
to 100 times: 211 million rows do not fit into the memory of a usual machine.

PYTHONPATH=tests python -m bench.growth 1 10 100 1000
"""

import csv
import gzip
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from itertools import cycle, pairwise
from math import log
from pathlib import Path
from typing import Any

from helpers.checksums import write_checksums

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "docs" / "growth.csv"
PICTURE = ROOT / "docs" / "growth.png"
COLUMNS = ["what", "times", "rows", "seconds", "exponent"]

Found = dict[str, tuple[int, float]]  # rows and seconds of each thing

# Tables that grow together: the copies of one point to copies of the others.
GROWN = ("sources", "places", "people", "events", "event_people", "attestations", "stays", "claims")
_CYCLE = 28  # years after which the days of the week and the leap days come again
_SHIFTS = 7
_MOST_YEARS = _SHIFTS * _CYCLE  # pandas counts some dates in nanoseconds, which end in 2262
_SECONDS = 3600  # for one size; what takes longer is left out, and said so
_BYTES = 14 * 1024**3  # of memory, likewise
_WORDS = 100  # times: the most for the counts of words
_NUMBER = "\N{REPLACEMENT CHARACTER}"  # stands for the number of the copy until it is written
_YEAR = re.compile(r"\b(\d{4})(?=\b|-)")


def grow(target: Path, times: int) -> int:
    """Write helpers and its data with so many times the rows; the rows of all grown tables."""
    data, schemas = _copied(target)
    total = 0
    for name in GROWN:
        path = data / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        pages = [
            _page(list(copies(rows, schemas[name], shift, _NUMBER))) for shift in range(_SHIFTS + 1)
        ]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(rows[0]) + "\n")
            for number in range(times):
                page, count = pages[(number - 1) % _SHIFTS + 1 if number else 0]
                file.write(page.replace(_NUMBER, str(number)))
                total += count
    write_checksums(data)  # so that the tables are read as those of the course are
    return total


def grow_words(target: Path, times: int) -> int:
    """Write helpers and its data with so many times the counts of words, of as many chapters."""
    data, _ = _copied(target)
    path = data / "word_counts.csv.gz"
    head, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    page = "".join(f"{_NUMBER},".join(line.split(",", 1)) + "\n" for line in lines)
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
        file.write(f"{head}\n")
        for number in range(times):
            file.write(page.replace(_NUMBER, f"-copy{number}" if number else ""))
    write_checksums(data)
    return len(lines) * times


def _copied(target: Path) -> tuple[Path, dict[str, Any]]:
    """Helpers with a folder of data in the target: that folder, and the schemas of its tables."""
    shutil.copytree(ROOT / "src" / "helpers", target / "helpers")
    data = target / "helpers" / "data"
    shutil.copytree(ROOT / "data", data)
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    return data, {one["name"]: one["schema"] for one in package["resources"]}


def _page(rows: list[dict[str, str]]) -> tuple[str, int]:
    """Rows as lines of CSV, and how many there are."""
    page = StringIO()
    csv.writer(page, lineterminator="\n").writerows(row.values() for row in rows)
    return page.getvalue(), len(rows)


def copies(
    rows: list[dict[str, str]], schema: dict[str, Any], number: int, called: str = ""
) -> Iterator[dict[str, str]]:
    """The rows under other names and in other years; those of number 0 are the rows themselves.

    called: what stands in the names in place of the number.
    """
    if not number:
        yield from rows
        return
    called = called or str(number)
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
        made = {name: renamed(row[name], called) if name in own else row[name] for name in row}
        about = row.get("field", "")
        if about.endswith("place_id") and row.get("stated"):
            made["stated"] = renamed(row["stated"], called)
        moved = dates | ({"stated"} if row.get("calendar") else set())
        yield {name: later(text, number) if name in moved else text for name, text in made.items()}


def renamed(text: str, called: str) -> str:
    """A name for a copy: letters, digits and hyphens, as the schema wants it."""
    return f"{text}-copy{called}" if text else text


def later(text: str, number: int) -> str:
    """A date some multiple of 28 years later; no 29 February, which not every such year has."""
    years = number * _CYCLE % _MOST_YEARS
    moved = _YEAR.sub(lambda year: f"{int(year[1]) + years:04}", text)
    return moved.replace("-02-29", "-02-28")


def measure() -> None:
    """In a process that has the grown data: a line for each thing, with its processor seconds."""
    helpers, show = _ready()
    from helpers.evidence import _witnesses_by_row

    tables: dict[str, Any] = {}

    def loading() -> None:
        tables.update({name: helpers.load(name) for name in GROWN})

    def itinerary() -> None:
        stays = tables["stays"].sort_values(["start_earliest", "end_latest"])
        places = tables["places"][["place_id", "name_then", "lat", "lon"]]
        tables["itinerary"] = stays.merge(places, on="place_id", validate="many_to_one")

    _timed(
        {
            "loading": loading,
            "itinerary": itinerary,
            "map of the itinerary": lambda: show(helpers.map_route(tables["itinerary"])),
            "timeline": lambda: show(helpers.timeline(tables["events"])),
            "witnesses of each event": lambda: _witnesses_by_row() and helpers.witnesses("events"),
            "standing of each event": lambda: helpers.standings("events"),
            "verdict on each claim": lambda: helpers.judge_all(tables["claims"]),
        }
    )


def measure_words() -> None:
    """The same for the counts of words."""
    helpers, _ = _ready()
    tables: dict[str, Any] = {}

    def loading() -> None:
        tables["counts"] = helpers.load("word_counts")

    def distinctive() -> None:
        counts = tables["counts"]
        helpers.distinctive(counts, text=counts["chapter_id"].iloc[0], by="chapter_id")

    _timed({"loading of the words": loading, "distinctive words": distinctive})


def _ready() -> tuple[Any, Callable[[Any], None]]:
    """Helpers with the grown data, after a first drawing has read the fonts; how to show one."""
    import matplotlib as mpl

    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    mpl.use("agg")
    import helpers

    def show(ax: Any) -> None:
        helpers.show(ax, title="All", caption="All", source="data")

    show(helpers.bars(helpers.load("votes")["body"].value_counts(), unit="votes"))
    return helpers, show


def _timed(works: dict[str, Callable[[], Any]]) -> None:
    for name, work in works.items():
        start = time.process_time()
        work()
        print(f"{name}\t{time.process_time() - start:.4f}", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"memory after {name}, GB\t{most:.3f}")


def exponents(sizes: Sequence[int], seconds: Sequence[float]) -> list[float]:
    """For each size but the first: the power of the rows by which the time grew since the last.

    >>> exponents([1, 10, 100], [1.0, 10.0, 1000.0])
    [1.0, 2.0]
    """
    pairs = list(zip(sizes, seconds, strict=True))
    return [
        round(log(later[1] / earlier[1]) / log(later[0] / earlier[0]), 2)
        for earlier, later in pairwise(pairs)
    ]


def run(times: int) -> Found:
    """Rows and seconds of each thing that was done in time, at one size."""
    found = _run("measure", grow, times)
    return found | (_run("words", grow_words, times) if times <= _WORDS else {})


def _run(part: str, make: Callable[[Path, int], int], times: int) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        rows = make(Path(folder), times)
        print(f"{part}, {times} times: {rows} rows made in {time.process_time() - start:.0f} s")
        command = [sys.executable, __file__, part]
        log_file, own = Path(folder) / "lines.txt", os.environ | {"PYTHONPATH": folder}
        with log_file.open("w", encoding="utf-8") as out:
            try:
                done = subprocess.run(command, stdout=out, cwd=folder, env=own, timeout=_SECONDS)
                if done.returncode:
                    print(f"{times} times: stopped with {done.returncode}", file=sys.stderr)
            except subprocess.TimeoutExpired:
                print(f"{times} times: stopped after {_SECONDS} s", file=sys.stderr)
        lines = (line.split("\t") for line in log_file.read_text(encoding="utf-8").splitlines())
        return {name: (rows, float(seconds)) for name, seconds in lines}


def table(found: dict[int, Found]) -> list[dict[str, Any]]:
    """A row for each thing at each size, with the exponent since the size before."""
    rows = []
    for name in dict.fromkeys(name for taken in found.values() for name in taken):
        sizes = [times for times in found if name in found[times]]
        counts, seconds = zip(*(found[times][name] for times in sizes), strict=True)
        powers = [None, *exponents(counts, seconds)]
        for values in zip(sizes, counts, seconds, powers, strict=True):
            rows.append(dict(zip(COLUMNS, (name, *values), strict=True)))
    return rows


def stored(path: Path = STORED) -> dict[int, Found]:
    """What was measured before, by size."""
    found: dict[int, Found] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                taken = found.setdefault(int(row["times"]), {})
                taken[row["what"]] = int(row["rows"]), float(row["seconds"])
    return found


def write(found: dict[int, Found], path: Path = STORED) -> None:
    """Store the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table(dict(sorted(found.items()))))


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Rows against seconds, both as powers of ten, with a line that grows as n log n."""
    import matplotlib.pyplot as plt

    from helpers.palette import CYCLE, MARKERS, PALETTE

    ax = plt.subplots(figsize=(8.5, 4.6), layout="constrained")[1]
    things = [name for name in dict.fromkeys(row["what"] for row in rows) if "memory" not in name]
    colours = cycle(PALETTE[name] for name in CYCLE)
    for name, marker, colour in zip(things, MARKERS, colours, strict=False):
        points = [row for row in rows if row["what"] == name]
        counts, seconds = ([row[key] for row in points] for key in ("rows", "seconds"))
        ax.loglog(counts, seconds, marker=marker, color=colour, label=name)
    counts = sorted({row["rows"] for row in rows})
    start = min(row["seconds"] for row in rows if row["rows"] == counts[0])
    steep = [start * n * log(n) / (counts[0] * log(counts[0])) for n in counts]
    ax.loglog(counts, steep, color=PALETTE["grey"], linestyle="--", label="n log n")
    ax.set(xlabel="rows", ylabel="seconds of the processor")
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
    {"measure": measure, "words": measure_words}.get(" ".join(sys.argv[1:]), main)()
