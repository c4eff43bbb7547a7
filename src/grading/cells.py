"""The cells of a notebook, run from top to bottom as JupyterLab would, without a kernel.

This is what runs behind the walls of `grading.isolation`. It trusts nobody after the first cell:
each cell's result leaves the process at once, so that what ends the process later takes nothing
with it.
"""

import json
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grading.isolation import Limits
from grading.values import encode

CUT = "\n… cut: the output is too long …\n"
_KINDS = ("text/html", "text/markdown", "image/png", "image/svg+xml", "text/plain")


class CellTimeoutError(BaseException):
    """A cell that took too long; no BaseException, so that ``except Exception`` lets it pass."""


class Outputs:
    """What the cells print and show, cut to a size that nobody has to fear."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.output
        self.begin()

    def begin(self) -> None:
        """Forget the outputs of the cell before."""
        self.found: list[dict[str, Any]] = []
        self._text_left = self._limits.cell_text

    def write(self, name: str, text: str) -> None:
        """Keep printed text: as much of it as a cell may print."""
        if self._text_left <= 0 or not text:
            return
        kept = text[: self._text_left] + (CUT if len(text) > self._text_left else "")
        self._text_left -= len(text)
        last = self.found[-1] if self.found else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += kept
        else:
            self.found.append({"output_type": "stream", "name": name, "text": kept})

    def show(self, data: dict[str, Any], count: int | None = None) -> None:
        """Keep something shown, as the last line of a cell (with its count) or by display()."""
        kept = {kind: data[kind] for kind in _KINDS if isinstance(data.get(kind), str)}
        size = sum(len(text) for text in kept.values())
        if size > self._left or len(self.found) > 100:
            return self.write("stdout", CUT)
        self._left -= size
        kind = {"output_type": "display_data"}
        if count is not None:
            kind = {"output_type": "execute_result", "execution_count": count}
        self.found.append(kind | {"data": kept, "metadata": {}})
        return None


class Stream:
    """What ``print`` writes to."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        """Keep the text; how long it is."""
        self._outputs.write(self.name, str(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Keep each line."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """It is no terminal."""
        return False


class _Hook(DisplayHook):
    outputs: Any = None

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.outputs.show(format_dict, self.prompt_count)


class _Publisher(DisplayPublisher):
    outputs: Any = None

    def publish(self, data: Any, *_: Any, **__: Any) -> None:
        self.outputs.show(data)


class _Shell(InteractiveShell):
    displayhook_class = _Hook
    display_pub_class = _Publisher

    def showtraceback(self, *_: Any, **__: Any) -> None:
        pass  # the error is read from the result of the cell

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}  # nobody reads it, and colouring a traceback takes a second

    def enable_gui(self, gui: Any = None) -> None:
        pass  # there is no window here


def new_shell() -> InteractiveShell:
    """A shell without history, ready before the first submission comes."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.HistoryManager.hist_file = ":memory:"
    shell = _Shell.instance(config=settings)
    shell.enable_matplotlib("inline")
    shell.run_cell("import helpers, pandas, matplotlib.pyplot; 1 + 1", store_history=False)
    shell.reset(new_session=False)
    return shell


def run(
    shell: InteractiveShell,
    cells: list[tuple[int, str]],
    names: list[str],
    limits: Limits,
    send: Callable[[bytes], None],
) -> None:
    """Run cells and send lines of JSON: before each cell, after it, and for each answer found.

    cells: number and code of each. names: the variables that hold answers.
    """
    outputs = Outputs(limits)
    shell.displayhook.outputs = shell.display_pub.outputs = outputs
    sys.stdout, sys.stderr = Stream(outputs, "stdout"), Stream(outputs, "stderr")
    signal.signal(signal.SIGALRM, _stop)
    known: dict[str, str] = {}
    for number, code in cells:
        send(_line({"begins": number}))
        outputs.begin()
        error = _run_cell(shell, code, limits.cell_seconds)
        send(_line({"cell": number, "outputs": outputs.found, "error": error}))
        for name in names:
            found = json.dumps(encode(shell.user_ns[name])) if name in shell.user_ns else ""
            if found and known.get(name) != found:
                known[name] = found
                send(_line({"answer": name, "value": json.loads(found), "cell": number}))
    send(_line({"ends": True}))


def _run_cell(shell: InteractiveShell, code: str, seconds: float) -> dict[str, Any] | None:
    """Run one cell; None, or what stopped it."""
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    begun = time.monotonic()
    try:
        result = shell.run_cell(code, store_history=True, silent=False)
        error = result.error_before_exec or result.error_in_exec
    except BaseException as raised:  # the timer can ring inside the shell itself
        error = raised
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if error is None:
        return None
    if isinstance(error, CellTimeoutError) or time.monotonic() - begun >= seconds:
        said = f"stopped after {seconds:g} seconds: an endless loop, or too much work"
        return {"name": "Timeout", "value": said, "traceback": []}
    return _described(error, code)


def _described(error: BaseException, code: str) -> dict[str, Any]:
    """An error with the lines of the student's own code that led to it."""
    try:
        name, value = type(error).__name__, str(error)[:500]
        steps = traceback.extract_tb(error.__traceback__)[-40:]
    except Exception:  # an exception of the student's own may not want to be printed
        return {"name": "Error", "value": "", "traceback": []}
    lines = code.splitlines()
    shown = []
    for step in steps:
        if "ipython-input" in step.filename and 0 < (step.lineno or 0) <= len(lines):
            shown.append(f"line {step.lineno}: {lines[step.lineno - 1].strip()}")
    return {"name": name, "value": value, "traceback": [*shown[-5:], f"{name}: {value}"]}


def _stop(*_: Any) -> None:
    raise CellTimeoutError


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message, default=str).encode("utf-8", "replace") + b"\n"
