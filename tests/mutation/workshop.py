"""A copy of the course in which faults are tried, by forks that have all libraries loaded.

pytest and the libraries take seconds to import. So they are imported once, and a fork imports only
the course.
"""

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lessons import ROOT

# pytest cannot rewrite the asserts of plugins that are loaded before it starts, and warns of it.
_PRELOADED = "ignore::pytest.PytestAssertRewriteWarning"
QUICK = (
    "-q",
    "-s",
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


def apart(folder: Path, job: Callable[[int], int], log: Path) -> Iterator[dict]:
    """What a job tells, line by line, in a fork of this process that works in the folder.

    job: takes the file descriptor to which it writes lines of JSON. log: where its output goes.
    Its exit code comes last.
    """
    assert "helpers" not in sys.modules, "a fork would not see the fault: it has the course loaded"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_alone(folder, lambda: job(writer), log))
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        yield from map(json.loads, stream)
    yield {"exit": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}


def _alone(folder: Path, job: Callable[[], int], log: Path) -> int:
    """The job, in the fork, with its output in a file."""
    with log.open("wb") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os.chdir(folder)
    source = str(folder / "src")
    sys.path[:] = [source, *(one for one in sys.path if not one.startswith(str(ROOT / "src")))]
    del sys.modules["lessons"]  # its ROOT is that of the course outside
    os.environ |= {"PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}
    sys.dont_write_bytecode = True
    try:
        return int(job())
    except BaseException as error:
        print(repr(error))
        return 99


def run_tests(arguments: Iterable[str], *plugins: object) -> int:
    """Run some tests up to the first that fails; 0 where none does."""
    import pytest

    return pytest.main([*QUICK, *arguments], plugins)
