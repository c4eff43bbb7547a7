"""What is timed inside one new process: each line of its output is a name and two numbers.

python inner.py imports | loads | figures

The first line is always what all lessons import: by it the pace of the machine is known.
"""

import contextlib
import gc
import inspect
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@contextlib.contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how many milliseconds the block took, by the wall and of the processor.

    What went before has left work for Python's garbage collector, 80 ms of it after the imports.
    It is done first, so that no block pays for another.
    """
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name}\t{1000 * wall:.3f}\t{1000 * cpu:.3f}", flush=True)


def imports() -> None:
    """What a lesson imports; and what its first cell costs on top of pandas and pyplot."""
    with timed("import helpers"):
        import helpers
    with timed("first load (people)"):
        helpers.load("people")
    with timed("first check"):
        from helpers.checks import verdict

        verdict("11.1", 3)


def loads() -> None:
    """Tables, and what is computed from them."""
    import helpers
    from helpers.tables import load_checked, names

    with timed("all tables"):
        for name in names():
            helpers.load(name)
    with timed("all tables but the words, a second time"):
        for name in names():
            if name != "word_counts":
                helpers.load(name)
    with timed("standing of all events"):
        helpers.standings("events")
    with timed("witnesses of all events"):
        helpers.witnesses("events")
    with timed("verdicts on all claims"):
        helpers.judge_all()
    with timed("one table checked cell by cell (attestations)"):
        load_checked("attestations")
    counts = helpers.load("word_counts").rename(columns={"chapter_id": "text_id"})
    with timed("distinctive words"):
        helpers.distinctive(counts, text=counts["text_id"].iloc[0])
    with timed("distances of all chapters"):
        helpers.distances(counts)


def figures() -> None:
    """Every figure of every lesson, from the first drawing function to the end of `show`.

    The lessons run here without a kernel; their figures are as their readers see them.
    """
    import matplotlib.pyplot as plt

    import helpers

    plt.subplots()[1].set_title("the fonts are read")
    plt.gcf().canvas.draw()
    watch = _Watch(helpers)
    os.environ["TROTSKY_ANSWERS"] = str(Path(tempfile.mkdtemp()) / "answers.csv")
    for path in sorted([*NOTEBOOKS.glob("00-*.ipynb"), *NOTEBOOKS.glob("[1-4]-*/*.ipynb")]):
        watch.lesson = path.stem[:2]
        watch.count = 0
        os.chdir(path.parent)
        names: dict[str, Any] = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                with contextlib.redirect_stdout(io.StringIO()):
                    exec("".join(cell["source"]), names)  # noqa: S102 - our own lessons
        plt.close("all")


class _Watch:
    """Puts a clock round the drawing functions of helpers, and one line out for each figure."""

    def __init__(self, helpers: Any) -> None:
        self.lesson, self.count, self.depth = "", 0, 0
        self.drawn: list[str] = []
        self.wall = self.cpu = 0.0
        self.out = sys.stdout
        for name in helpers.__all__:
            function = getattr(helpers, name)
            if name in ("show", "axes") or "ax" in inspect.signature(function).parameters:
                setattr(helpers, name, self._clocked(name, function))

    def _clocked(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def clocked(*given: Any, **named: Any) -> Any:
            if not self.drawn and not self.depth:
                gc.collect()  # as `timed` does: a new figure begins
            wall, cpu = time.perf_counter(), time.process_time()
            self.depth += 1
            try:
                return function(*given, **named)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.wall += time.perf_counter() - wall
                    self.cpu += time.process_time() - cpu
                    self._note(name)

        clocked.__signature__ = inspect.signature(function)
        return clocked

    def _note(self, name: str) -> None:
        if name != "show":
            self.drawn.append(name)
            return
        self.count += 1
        what = next((one for one in self.drawn if one != "axes"), "axes")
        place = f"{what}\t{self.lesson}, figure {self.count}"
        print(f"{place}\t{1000 * self.wall:.3f}\t{1000 * self.cpu:.3f}", file=self.out, flush=True)
        self.drawn, self.wall, self.cpu = [], 0.0, 0.0


if __name__ == "__main__":
    with timed("import pandas, pyplot"):
        import matplotlib.pyplot  # noqa: F401
        import pandas  # noqa: F401
    {"imports": imports, "loads": loads, "figures": figures}[sys.argv[1]]()
