"""How long things take, side by side in one run: medians of several rounds, with their spread.

The floor is a notebook that imports pandas and pyplot and draws three points. The rounds of all
candidates are mixed, so that a slow moment of the machine falls on all of them alike.

python tests/bench.py [ROUNDS]
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import nbformat
from lessons import ROOT, lesson_paths
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5

FLOOR = """\
import pandas as pd
import matplotlib.pyplot as plt
ax = plt.subplots()[1]
ax.plot([1, 2, 3], [1, 3, 2], "o");
"""
IN_ONE_PROCESS = """\
import time
import pandas, matplotlib.pyplot
start = time.perf_counter()
import helpers
print("import helpers", time.perf_counter() - start)
from helpers.tables import names
start = time.perf_counter()
tables = {name: helpers.load(name) for name in names()}
print("load all tables", time.perf_counter() - start)
start = time.perf_counter()
helpers.standings("events")
print("standings of all events", time.perf_counter() - start)
stays = tables["stays"].head(27).merge(tables["places"], on="place_id")
figures = {
    "timeline of 25 events": lambda: helpers.timeline(tables["events"].head(25)),
    "timeline of 60 events": lambda: helpers.timeline(tables["events"].head(60)),
    "spans": lambda: helpers.spans(stays, row="place_id", group="condition"),
    "bars": lambda: helpers.bars(stays["condition"].value_counts(), unit="stays"),
    "map of places": lambda: helpers.map_places(tables["places"].head(25)),
    "map of a route": lambda: helpers.map_route(stays, view="eurasia"),
}
for name, draw in figures.items():
    start = time.perf_counter()
    helpers.show(draw(), title="A title", caption="A caption")
    print(name, time.perf_counter() - start)
"""


def run_notebook(notebook: nbformat.NotebookNode, folder: Path) -> float:
    """Seconds for Run All in a new kernel, its start included."""
    start = time.perf_counter()
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    return time.perf_counter() - start


def run_lesson(path: Path) -> float:
    """Seconds for Run All of a lesson."""
    return run_notebook(nbformat.read(path, as_version=4), path.parent)


def run_floor() -> float:
    """Seconds for Run All of the floor."""
    return run_notebook(new_notebook(cells=[new_code_cell(FLOOR)]), ROOT)


def run_suite() -> float:
    """Seconds for the whole test suite."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def run_process() -> dict[str, float]:
    """Seconds for each thing that is timed inside one new process."""
    command = [sys.executable, "-c", IN_ONE_PROCESS]
    result = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    lines = (line.rsplit(" ", 1) for line in result.stdout.splitlines())
    return {name: float(seconds) for name, seconds in lines}


def main() -> None:
    """Print the table."""
    lessons: dict[str, Callable[[], float]] = {"floor": run_floor}
    lessons |= {
        f"lesson {path.stem}": lambda path=path: run_lesson(path) for path in lesson_paths()
    }
    times: dict[str, list[float]] = {}
    for round_number in range(ROUNDS):
        for name, run in lessons.items():
            times.setdefault(name, []).append(run())
        for name, seconds in run_process().items():
            times.setdefault(name, []).append(seconds)
        if round_number == 0:  # it takes minutes, so it runs once
            times["test suite"] = [run_suite()]
    floor = median(times["floor"])
    print(f"{'':44}{'median s':>10}{'least':>8}{'most':>8}{'x floor':>9}")
    for name, seconds in times.items():
        ratio = f"{median(seconds) / floor:9.2f}" if name in lessons else ""
        print(f"{name:44}{median(seconds):10.3f}{min(seconds):8.3f}{max(seconds):8.3f}{ratio}")


if __name__ == "__main__":
    main()
