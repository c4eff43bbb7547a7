"""What all tests share: no network, neither here nor in the kernels that run the lessons.

It stands at the top so that it also holds when only a notebook is tested.
"""

import os
import random
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import network
import pytest
import strict
from xdist.scheduler import LoadScopeScheduling

# What each kernel does at its start, by file and function.
AT_START = ((network.__file__, "forbid"), (strict.__file__, "warnings_are_errors"))
# It needs nbgrader, which stands in the second environment: tests/grading/test_grade.py runs it.
collect_ignore = [] if find_spec("nbgrader") else ["src/grading/preprocessor.py"]
# Grading shuts student code in with the means of Linux: src/grading/isolation.py.
if not sys.platform.startswith("linux"):
    collect_ignore += ["src/grading", "tests/grading"]
_ipython_folder = pytest.StashKey[tempfile.TemporaryDirectory]()


# Modules that share what is dear: one JupyterLab, one released course, one site. Those of one line
# go to one worker, which makes it once. The longest come first, so that no worker is left alone.
TOGETHER = {
    "one lab": ("tests/browser/",),
    "one course": tuple(f"tests/grading/test_{name}.py" for name in ("proof", "grade", "release")),
    "one site": (
        *(f"tests/browser/test_{name}.py" for name in ("site_pages", "no_script", "paper")),
        "tests/test_site.py",
    ),
}
LONG = (*TOGETHER, "tests/grading/", "notebooks/")


def together(nodeid: str) -> str:
    """The name under which a test goes to a worker together with others, or the test itself."""
    return next((name for name in reversed(TOGETHER) if nodeid.startswith(TOGETHER[name])), nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        where = together(item.nodeid)
        ranks = (place for place, start in enumerate(LONG) if where.startswith(start))
        return next(ranks, len(LONG))

    items.sort(key=rank)


class Together(LoadScopeScheduling):
    """A module goes to one worker, and so do the modules that share what is dear."""

    def _split_scope(self, nodeid: str) -> str:
        name = together(nodeid)
        return name if name in TOGETHER else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


# The same examples in every run, and no limit of time: timing belongs in `make bench`.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True)
hypothesis.settings.load_profile("course")


def pytest_configure(config: pytest.Config) -> None:
    network.forbid()
    folder = tempfile.TemporaryDirectory(prefix="ipython-")
    startup = Path(folder.name) / "profile_default" / "startup"
    startup.mkdir(parents=True)
    lines = [f"__import__('runpy').run_path({file!r})[{name!r}]()\n" for file, name in AT_START]
    (startup / "00-as-in-tests.py").write_text("".join(lines), encoding="utf-8")
    os.environ["IPYTHONDIR"] = folder.name
    # Each run another order of sets, the same for all its processes.
    os.environ.setdefault("PYTHONHASHSEED", str(random.randrange(1, 2**32)))  # noqa: S311
    no_settings = Path(folder.name) / "matplotlibrc"
    no_settings.touch()
    os.environ["MATPLOTLIBRC"] = str(no_settings)
    os.environ["TROTSKY_ANSWERS"] = str(Path(folder.name) / "my-answers.csv")
    config.stash[_ipython_folder] = folder


def pytest_report_header() -> str:
    return f"PYTHONHASHSEED={os.environ['PYTHONHASHSEED']} gives this run's order of sets again"


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_ipython_folder].cleanup()
