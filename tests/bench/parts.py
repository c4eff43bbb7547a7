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
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from lessons import ROOT
from nbformat import NotebookNode

from bench import kernels
from bench.pace import START, at_pace
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
    starts = found.pop((START,))
    for (what, place), samples in found.items():
        if what not in slowest or _middle(samples) > _middle(slowest[what][1]):
            slowest[what] = (place, samples)
    return [
        row(
            *("figures", what, "ms", samples),
            target=MAP if what.startswith("map_") else FIGURE,
            at_pace=at_pace(samples, starts),
            note=f"slowest: lesson {place}",
        )
        for what, (place, samples) in sorted(slowest.items())
    ]


def lessons(rounds: int) -> list[Row]:
    """Run All of every lesson, as a multiple of the floor, and what its kernel holds at the end.

    The floor is run before and after each lesson, and the lesson is held against their mean.
    """
    os.environ["TROTSKY_ANSWERS"] = str(Path(tempfile.mkdtemp()) / "answers.csv")
    times: dict[str, list[Sample]] = defaultdict(list)
    held: dict[str, list[Sample]] = defaultdict(list)
    ratios: dict[str, list[Sample]] = defaultdict(list)

    def run(name: str, notebook: tuple[NotebookNode, Path]) -> Sample:
        sample, memory = kernels.run(*notebook)
        times[name].append(sample)
        held[name].append(Sample(memory, memory))
        return sample

    for _ in range(rounds):
        before = run("floor", kernels.floor())
        for name, notebook in kernels.lessons().items():
            lesson = run(name, notebook)
            after = run("floor", kernels.floor())
            ratios[name].append(_over(lesson, before, after))
            before = after
    return _lesson_rows(times, held, ratios)


def _over(lesson: Sample, before: Sample, after: Sample) -> Sample:
    """How many times as long as the floors before and after it a lesson takes."""
    wall, cpu = (before.wall + after.wall) / 2, (before.cpu + after.cpu) / 2
    return Sample(lesson.wall / wall, lesson.cpu / cpu)


def _lesson_rows(
    times: dict[str, list[Sample]], held: dict[str, list[Sample]], ratios: dict[str, list[Sample]]
) -> list[Row]:
    """The floor in seconds, each lesson as its multiple, and the memory of each in MB."""
    rows = [row("lessons", "floor", "s", times["floor"])]
    for name, samples in ratios.items():
        note = f"{_middle(times[name]):.2f} s"
        rows.append(row("lessons", name, "x floor", samples, target=LESSON, note=note))
    rows.append(row("lessons", "floor, memory", "MB", held["floor"]))
    most = round(_middle(held["floor"]) + MEMORY)
    for name in ratios:
        rows.append(row("lessons", f"{name}, memory", "MB", held[name], target=most))
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
    starts = _collect("imports", rounds)[(START,)]
    sample = _run([sys.executable, "-m", "pytest", "-q", "-m", "not proof and not long"])
    paced = at_pace([sample] * len(starts), starts)
    return [row("suite", "make test", "s", [sample], target=SUITE, at_pace=paced)]


PARTS: dict[str, Callable[[int], list[Row]]] = {
    one.__name__: one for one in (imports, loads, figures, lessons, record, site, grading, suite)
}
USUAL = [name for name in PARTS if name != "suite"]


def _inner(part: str, rounds: int) -> list[Row]:
    found = _collect(part, rounds)
    rows = []
    for (name,), samples in found.items():
        target = TARGETS.get(name, 0)
        paced = at_pace(samples, found[(START,)]) if target else 0
        rows.append(row(part, name, "ms", samples, target=target, at_pace=paced))
    return rows


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
