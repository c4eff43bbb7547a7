"""What the code imports is declared for its environment, and what is declared is used there.

pyproject.toml has one list for each environment, which no checker that was tried can tell apart.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from lessons import ROOT, Lesson, lesson_paths
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The code that runs in each environment; "" is what a student gets.
CODE = {
    "": ["src/helpers"],
    "grading": ["src/grading"],
    "hub": ["docs/hub"],
    "site": ["docs/site"],
    "test": [
        "tests",
        "conftest.py",
        "docs/codebook.py",
        "docs/launch.py",
        "docs/readme.py",
        "docs/licences.py",
    ],
}
# A distribution whose module has another name.
MODULES = {
    "axe-playwright-python": "axe_playwright_python",
    "beautifulsoup4": "bs4",
    "ipython": "IPython",
    "jupyter-repo2docker": "repo2docker",
    "py-rattler": "rattler",
    "pytest-xdist": "xdist",
    "pyyaml": "yaml",
}
# What no code imports, and where it is called by name.
CALLED = {
    "editables": ("Makefile", "--no-build-isolation --no-deps --editable"),
    "hatchling": ("pyproject.toml", 'build-backend = "hatchling.build"'),
    "jupyter-repo2docker": ("tests/test_environment.py", '"-m", "repo2docker"'),
    "jupyterhub": ("docs/hub/trial.py", '"jupyterhub'),
    "jupyterhub-idle-culler": ("docs/hub/jupyterhub_config.py", "jupyterhub_idle_culler"),
    "jupyterhub-systemdspawner": ("docs/hub/jupyterhub_config.py", "systemd"),
    "jupyterlab": ("Makefile", "/jupyter lab"),
    "myst-nb": ("docs/site/conf.py", "myst_nb"),
    "nbgitpuller": ("docs/hub/jupyterhub_config.py", "/git-pull"),
    "nbval": ("pyproject.toml", '"-pnbval"'),
    "pydata-sphinx-theme": ("docs/site/conf.py", "pydata_sphinx_theme"),
    "pytest-xdist": ("pyproject.toml", '"-pxdist"'),
    "ruff": ("Makefile", "/ruff check"),
}


def needed(name: str) -> set[str]:
    """The distributions that one extra lists; "" is what everyone gets."""
    lines = PROJECT["optional-dependencies"][name] if name else PROJECT["dependencies"]
    found = {Requirement(line).name.lower() for line in lines}
    return found - {PROJECT["name"]}


def needed_to_mutate() -> set[str]:
    """What `make mutate` installs besides, in a folder of its own."""
    lines = (ROOT / "tests/mutation/requirements.txt").read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line}


@cache
def imported(code: str) -> frozenset[str]:
    """The modules of others that a piece of code imports, by their first name."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).partition(".")[0])
    return frozenset(names - sys.stdlib_module_names)


def files(environment: str) -> list[Path]:
    """The modules that run in an environment."""
    found = []
    for place in CODE[environment]:
        path = ROOT / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def ours() -> set[str]:
    """The names of the modules and packages of this house."""
    paths = [path for one in CODE for path in files(one)]
    return {path.stem for path in paths} | {path.parent.name for path in paths}


def undeclared(codes: Iterable[str], declared: set[str]) -> set[str]:
    """The modules that code imports and no distribution in the list brings."""
    known = {MODULES.get(name, name.replace("-", "_")) for name in declared}
    return set().union(*map(imported, codes)) - known - ours()


def unused(codes: Iterable[str], declared: set[str]) -> set[str]:
    """The distributions in the list that no code imports and nothing calls by name."""
    modules = set().union(*map(imported, codes))
    idle = {one for one in declared if MODULES.get(one, one.replace("-", "_")) not in modules}
    return {one for one in idle if not called(one)}


def called(name: str) -> bool:
    """Whether the file that should call a distribution by name does."""
    file, words = CALLED.get(name, ("pyproject.toml", "\0"))
    return words in (ROOT / file).read_text(encoding="utf-8")


def codes_of(environment: str) -> list[str]:
    codes = [path.read_text(encoding="utf-8") for path in files(environment)]
    if environment == "":
        codes += [cell.source for path in lesson_paths() for cell in Lesson.read(path).code]
    return codes


@pytest.mark.parametrize("environment", CODE)
def test_what_is_imported_is_declared_for_its_environment(environment):
    declared = needed(environment) | needed("") | (needed("local") if environment else set())
    declared |= needed_to_mutate() if environment == "test" else set()
    assert undeclared(codes_of(environment), declared) == set()


@pytest.mark.parametrize("environment", CODE)
def test_what_is_declared_is_used(environment):
    assert unused(codes_of(environment), needed(environment)) == set()


def test_every_list_of_the_project_is_looked_at():
    assert set(PROJECT["optional-dependencies"]) == set(CODE) - {""} | {"local"}
    assert unused([], needed("local")) == set()
    everywhere = set().union(*map(needed, ["local", *CODE]))
    assert set(CALLED) | set(MODULES) <= everywhere


def test_a_missing_and_an_idle_dependency_are_caught():
    code = "import os, lxml.html\nfrom yaml import load\nfrom . import x\nimport helpers"
    assert undeclared([code], {"pyyaml", "pandas"}) == {"lxml"}
    assert unused([code], {"pyyaml", "pandas", "ruff"}) == {"pandas"}
