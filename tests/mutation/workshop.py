"""A copy of the course in which faults are tried: each by a fork that has all libraries loaded.

pytest and the libraries take seconds to import, and a test fails in a fraction of one. So they are
imported once, and each fault gets a process of its own, which imports only the course.
"""

import os
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lessons import ROOT

LIMIT = 30  # seconds of work, after which a fault that makes a test run for ever counts as caught
# pytest cannot rewrite the asserts of plugins that are loaded before it starts, and warns of it.
_PRELOADED = "ignore::pytest.PytestAssertRewriteWarning"
QUICK = (
    "-q",
    "-x",
    "-n0",
    "-pno:cacheprovider",
    "-pmutation.brisk",
    "-opython_functions=test_*",
    f"-W{_PRELOADED}",
)
_OLD = 1_000_000_000  # a time of change for all files, so that compiled ones stay valid


def copy_of_the_course(folder: Path) -> Path:
    """The files that git knows or would take, copied into a folder."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    files = subprocess.run(
        listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    for name in filter(None, files.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        os.utime(target, (_OLD, _OLD))
    return folder


def load_libraries() -> None:
    """Import what tests need and no fault touches."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (
            *("pytest", "xdist.plugin", "nbval.plugin", "hypothesis", "hypothesis.strategies"),
            *("pandas", "numpy", "nbformat.v4", "matplotlib.pyplot", "edtf", "nbconvert"),
            "_hypothesis_pytestplugin",
        ):
            __import__(name)


@contextmanager
def changed(file: Path, content: bytes) -> Iterator[None]:
    """A file with other content, for as long as the block lasts."""
    kept = file.read_bytes()
    file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(kept)
        os.utime(file, (_OLD, _OLD))


def run(folder: Path, job: Callable[[], int], log: Path, *, keep: bool = False) -> int:
    """What a job returns that a fork of this process does in the folder; -1 after the LIMIT.

    log: where its output goes. keep: whether to store what Python compiles, which it must not
    while there is a fault.
    """
    assert "helpers" not in sys.modules, "a fork would not see the fault: it has the course loaded"
    child = os.fork()
    if child == 0:
        sys.dont_write_bytecode = not keep
        os._exit(_alone(folder, job, log))
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), -1)


def _alone(folder: Path, job: Callable[[], int], log: Path) -> int:
    """The job, in the fork: with its output in a file, and a limit of time."""
    signal.setitimer(signal.ITIMER_PROF, LIMIT)  # of work: the machine may be busy
    with log.open("wb") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os.chdir(folder)
    source = str(folder / "src")
    sys.path[:] = [source, *(one for one in sys.path if not one.startswith(str(ROOT / "src")))]
    os.environ |= {"PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return int(job())
    except BaseException as error:
        print(repr(error))
        return 99


def tests(*arguments: str) -> Callable[[], int]:
    """A job that runs some tests up to the first that fails; 0 where none does."""

    def job() -> int:
        import pytest

        return pytest.main([*QUICK, *arguments])

    return job
