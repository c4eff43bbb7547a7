"""The parts of the bench: each takes a number of rounds and gives rows.

The rounds of all candidates of a part are mixed, so that a slow moment of the machine falls on all
of them alike.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from lessons import ROOT

from bench import kernels
from bench.pace import START, at, pace
from bench.table import Row, Sample, row

HERE = Path(__file__).resolve().parent
GRADING = ROOT / ".venv" / "grading" / "bin" / "python"
TARGETS = {"import helpers": 30, "all tables": 150}  # ms
MAP, FIGURE = 250, 150  # ms
LESSON, MEMORY = 1.6, 60  # times the floor, MB over the floor
SUITE = 240  # s


class Skipped(Exception):  # noqa: N818 - not an error
    """A part that cannot be measured here, and why."""


def imports(rounds: int) -> list[Row]:
    """What a lesson's first cells cost, each round in a new process."""
    return _inner("imports", rounds)


def loads(rounds: int) -> list[Row]:
    """Tables and what is computed from them, each round in a new process."""
    return _inner("loads", rounds)


def figures(rounds: int) -> list[Row]:
    """For each drawing function: the slowest of all figures that the lessons draw with it."""
    slowest: dict[str, tuple[str, list[Sample]]] = {}
    found = _collect("figures", rounds)
    here = pace(found.pop((START,)))
    for (what, place), samples in found.items():
        if what not in slowest or _middle(samples) > _middle(slowest[what][1]):
            slowest[what] = (place, samples)
    rows = [
        row(
            *("figures", what, "ms", samples),
            target=MAP if what.startswith("map_") else FIGURE,
            note=f"slowest: lesson {place}",
        )
        for what, (place, samples) in sorted(slowest.items())
    ]
    return at(rows, here)


def lessons(rounds: int) -> list[Row]:
    """Run All of the floor and of every lesson, and what their kernels hold at the end."""
    times: dict[str, list[Sample]] = {}
    held: dict[str, list[Sample]] = {}
    os.environ["TROTSKY_ANSWERS"] = str(Path(tempfile.mkdtemp()) / "answers.csv")
    for _ in range(rounds):
        for name, (notebook, folder) in kernels.notebooks().items():
            sample, memory = kernels.run(notebook, folder)
            times.setdefault(name, []).append(sample)
            held.setdefault(name, []).append(Sample(memory, memory))
    floor, ground = _middle(times["floor"]), median(one.wall for one in held["floor"])
    rows = []
    for name, samples in times.items():
        more = {} if name == "floor" else {"note": f"{_middle(samples) / floor:.2f} x floor"}
        more |= {} if name == "floor" else {"target": round(LESSON * floor, 2)}
        rows.append(row("lessons", name, "s", samples, **more))
    for name, samples in held.items():
        more = {} if name == "floor" else {"target": round(ground + MEMORY)}
        rows.append(row("lessons", f"{name}, memory", "MB", samples, **more))
    return rows


def record(rounds: int) -> list[Row]:
    """The record made anew, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "helpers.record", folder]
        samples = [_run(command) for _ in range(rounds)]
    return [row("record", "make record", "s", samples)]


def site(rounds: int) -> list[Row]:
    """The site made anew: once, for it takes minutes."""
    if "\nsite:" not in (ROOT / "Makefile").read_text(encoding="utf-8"):
        raise Skipped("the Makefile has no target site")
    _run(["make", "site-environment"])
    return [row("site", "make site", "s", [_run(["make", "site"])])]


def grading(rounds: int) -> list[Row]:
    """One submission graded: model solutions of one assignment, one at a time."""
    if not GRADING.exists():
        raise Skipped("the environment of teachers is missing: make grading")
    times: dict[str, list[Sample]] = {}
    with tempfile.TemporaryDirectory() as folder:
        command = [str(GRADING), str(HERE / "graded.py"), folder, str(rounds)]
        for (name,), samples in _lines(command).items():
            times.setdefault(name, []).extend(samples)
    return [row("grading", name, "s", samples) for name, samples in times.items()]


def suite(rounds: int) -> list[Row]:
    """`make test` as outside CI, once; only when it is asked for."""
    here = pace(_collect("imports", rounds)[(START,)])
    sample = _run([sys.executable, "-m", "pytest", "-q", "-m", "not proof and not long"])
    return at([row("suite", "make test", "s", [sample], target=SUITE)], here)


PARTS: dict[str, Callable[[int], list[Row]]] = {
    one.__name__: one for one in (imports, loads, figures, lessons, record, site, grading, suite)
}
USUAL = [name for name in PARTS if name != "suite"]


def _inner(part: str, rounds: int) -> list[Row]:
    found = _collect(part, rounds)
    rows = [
        row(part, name, "ms", samples, target=TARGETS.get(name, 0))
        for (name,), samples in found.items()
    ]
    return at(rows, pace(found[(START,)]))


def _collect(part: str, rounds: int) -> dict[tuple[str, ...], list[Sample]]:
    """The samples of all rounds of a part of inner.py, by name."""
    found: dict[tuple[str, ...], list[Sample]] = {}
    for _ in range(rounds):
        for name, samples in _lines([sys.executable, str(HERE / "inner.py"), part]).items():
            found.setdefault(name, []).extend(samples)
    return found


def _lines(command: list[str]) -> dict[tuple[str, ...], list[Sample]]:
    """What a process prints: names and, last in each line, two numbers."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Skipped(f"{command[-1]} failed:\n{done.stderr.strip()[-500:]}")
    found: dict[tuple[str, ...], list[Sample]] = {}
    for line in done.stdout.splitlines():
        *name, wall, cpu = line.split("\t")
        found.setdefault(tuple(name), []).append(Sample(float(wall), float(cpu)))
    return found


def _middle(samples: list[Sample]) -> float:
    return median(one.wall for one in samples)


def _run(command: list[str]) -> Sample:
    """Seconds of a command, by the wall and of the processor."""
    with _both() as taken:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Skipped(f"{' '.join(command[-2:])} failed:\n{(done.stderr or done.stdout)[-500:]}")
    return Sample(*taken)


@contextmanager
def _both() -> Iterator[list[float]]:
    taken: list[float] = []
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    yield taken
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    taken += [wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]
