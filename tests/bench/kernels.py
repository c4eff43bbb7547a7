"""Notebooks run from top to bottom in a kernel of their own, as nbval and a reader run them."""

import resource
import time
from pathlib import Path

import nbformat
from lessons import ROOT, lesson_paths
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from bench.table import Sample

FLOOR = """\
import pandas as pd
import matplotlib.pyplot as plt
ax = plt.subplots()[1]
ax.plot([1, 2, 3], [1, 3, 2], "o");
"""


def floor() -> tuple[nbformat.NotebookNode, Path]:
    """A notebook that imports pandas and pyplot and draws three points, and where it runs.

    No lesson can take less.
    """
    return new_notebook(cells=[new_code_cell(FLOOR)]), ROOT


def lessons() -> dict[str, tuple[nbformat.NotebookNode, Path]]:
    """Every lesson, with the folder in which it runs."""
    return {
        f"lesson {path.stem[:2]}": (nbformat.read(path, as_version=4), path.parent)
        for path in lesson_paths()
    }


def run(notebook: nbformat.NotebookNode, folder: Path) -> tuple[Sample, float]:
    """Seconds for Run All in a new kernel, its start and end included, and its memory at the end.

    The time of the processor is the kernel's alone. Memory is in MB, as Linux counts what a process
    holds of its own (with a share of what it holds with others); 0 on other systems.
    """
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # each kernel warns that it is not encrypted
        resources={"metadata": {"path": str(folder)}},
    )
    wall, cpu = time.perf_counter(), _children()
    client.reset_execution_trackers()
    with client.setup_kernel():
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
        memory = _held(client.km.provisioner.pid)
    return Sample(time.perf_counter() - wall, _children() - cpu), memory


def _children() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _held(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if not rollup.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in rollup.read_text(encoding="utf-8").splitlines()[1:])
    return int(lines["Pss"].split()[0]) / 1024
