"""What all tests share: no network, neither here nor in the kernels that run the lessons.

It stands at the top so that it also holds when only a notebook is tested.
"""

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import network
import pytest
from xdist.scheduler import LoadScopeScheduling

GUARD = Path(network.__file__)
# It needs nbgrader, which stands in the second environment: tests/grading/test_grade.py runs it.
collect_ignore = [] if find_spec("nbgrader") else ["src/grading/preprocessor.py"]
# Grading shuts student code in with the means of Linux: src/grading/isolation.py.
if not sys.platform.startswith("linux"):
    collect_ignore += ["src/grading", "tests/grading"]
_ipython_folder = pytest.StashKey[tempfile.TemporaryDirectory]()


# The longest come first, in this order, so that no worker is left alone with one at the end. These
# of grading go to one worker, which makes the course once that all of them share.
ONE_COURSE = tuple(f"tests/grading/test_{name}.py" for name in ("proof", "grade", "release"))
LONG = ("tests/browser/", *ONE_COURSE, "tests/grading/", "notebooks/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        ranks = (place for place, start in enumerate(LONG) if item.nodeid.startswith(start))
        return next(ranks, len(LONG))

    items.sort(key=rank)


class OneCourse(LoadScopeScheduling):
    """A module goes to one worker, and so do the modules that share a course."""

    def _split_scope(self, nodeid: str) -> str:
        return "one course" if nodeid.startswith(ONE_COURSE) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> OneCourse | None:
    return OneCourse(config, log) if config.getvalue("dist") == "loadscope" else None


# The same examples in every run, and no limit of time: timing belongs in `make bench`.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True)
hypothesis.settings.load_profile("course")


def pytest_configure(config: pytest.Config) -> None:
    network.forbid()
    folder = tempfile.TemporaryDirectory(prefix="ipython-")
    startup = Path(folder.name) / "profile_default" / "startup"
    startup.mkdir(parents=True)
    line = f"__import__('runpy').run_path({str(GUARD)!r})['forbid']()\n"
    (startup / "00-no-network.py").write_text(line, encoding="utf-8")
    os.environ["IPYTHONDIR"] = folder.name
    no_settings = Path(folder.name) / "matplotlibrc"
    no_settings.touch()
    os.environ["MATPLOTLIBRC"] = str(no_settings)
    os.environ["TROTSKY_ANSWERS"] = str(Path(folder.name) / "my-answers.csv")
    config.stash[_ipython_folder] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_ipython_folder].cleanup()
