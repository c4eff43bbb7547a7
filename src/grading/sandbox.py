"""Student code, run where it cannot hurt: a server that forks one walled-in process at a time.

The server has pandas, matplotlib, the helpers and all tables ready, so that a submission costs
tenths of a second instead of the start of a kernel. It knows no questions and no answers: those
stay in the process that asks (see `grading.marking`). `Sandbox` is that process's side;
`grading.server` is the other.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grading.isolation import Limits

_TRIES = 3  # how often a notebook whose process ends is run again, without the cell that ended it


@dataclass
class Run:
    """What came of a notebook: outputs and error of each cell by number, answers by name.

    ended: for each cell that ended its process, how; it was left out in the next try.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    errors: dict[int, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    ended: dict[int, str] = field(default_factory=dict)
    cpu_seconds: float = 0.0


class SandboxError(RuntimeError):
    """Student code cannot be run safely here; the message says why and what to do."""


class Sandbox:
    """The server of one worker; use it in a ``with`` block.

    unsafe: run student code without walls, with limits alone, where the machine cannot do better.

    Raises SandboxError when the machine cannot shut student code in.
    """

    def __init__(self, limits: Limits | None = None, *, unsafe: bool = False) -> None:
        self.limits, self._unsafe = limits or Limits(), unsafe
        self._server: subprocess.Popen[bytes] | None = None
        self._root = ""  # the server's folder; removed here too, for a server that was killed

    def __enter__(self) -> "Sandbox":
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.stdin.close()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server.stdout.close()
            shutil.rmtree(self._root, ignore_errors=True)

    def run(self, cells: dict[int, str], names: list[str]) -> Run:
        """Run the code of cells, by number, in order; names are the variables with answers."""
        run, left, begun = Run(), dict(cells), time.monotonic()
        for _ in range(_TRIES):
            spent = time.monotonic() - begun
            seconds = max(self.limits.seconds / 2, self.limits.seconds - spent)
            try:
                reply, lines = self._ask(left, names, seconds)
            except SandboxError:  # the system was short of memory, perhaps: the others must go on
                self.__exit__()
                self._start()
                run.ended[next(iter(left), 0)] = "ended the process that runs student code"
                break
            run.cpu_seconds += reply["cpu"]
            stopped = _read(run, lines)
            if reply["status"] == "done" and stopped is None:
                break
            if stopped is None or stopped not in left:
                break
            run.ended[stopped] = reply["words"]
            del left[stopped]
        return run

    def _start(self) -> None:
        self._root = tempfile.mkdtemp(prefix="grading-")
        limits = json.dumps(asdict(self.limits))
        arguments = [sys.executable, "-m", "grading.server", limits, self._root]
        arguments += ["--unsafe"] if self._unsafe else []
        paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        quiet = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        settings = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "MPLBACKEND": "agg"}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._server = subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=kept | quiet | settings | {"PYTHONHASHSEED": "0"},
            start_new_session=True,
        )
        try:
            reply, _ = self._ask({0: "1"}, [], 20.0)
        except SandboxError:
            self.__exit__()
            raise
        if reply["status"] != "done":
            self.__exit__()
            raise SandboxError(
                f"this machine cannot shut student code in ({reply['words']}). Grade on a Linux "
                "machine that lets users make namespaces, or, if you have read every submission, "
                "grade with UNSAFE=1: then student code runs with your own rights."
            )

    def _ask(
        self, cells: dict[int, str], names: list[str], seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """One try: how it went, and the lines that came back."""
        request = {"cells": list(cells.items()), "names": names, "seconds": seconds}
        try:
            self._server.stdin.write(json.dumps(request).encode() + b"\n")
            self._server.stdin.flush()
            reply = json.loads(self._server.stdout.readline())
            return reply, self._server.stdout.read(reply["bytes"])
        except (OSError, ValueError) as error:
            raise SandboxError(f"the process that runs student code has ended: {error}") from None


def _read(run: Run, lines: bytes) -> int | None:
    """Put what a try sent into the run; the cell that ended the process, None if none did.

    A student's code can write here what it likes: anything of another form is passed over.
    """
    current = None
    for line in lines.splitlines():
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            message = json.loads(line)
            if "begins" in message:
                current = int(message["begins"])
            elif "answer" in message:
                run.answers[str(message["answer"])] = dict(message["value"])
            elif "cell" in message:
                number = int(message["cell"])
                run.outputs[number] = [dict(output) for output in message["outputs"]]
                run.errors.pop(number, None)
                if message["error"]:
                    run.errors[number] = dict(message["error"])
            elif "ends" in message:
                current = None
    return current
