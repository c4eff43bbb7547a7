"""The order of the house: who imports whom, what the files say of each other, clean notebooks."""

import ast
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from lessons import ROOT

HELPERS = ROOT / "src" / "helpers"
GRADING = ROOT / "src" / "grading"

# From the ground up: a module may import only what stands before it.
ORDER = [
    "cacheless",
    *("display", "dates", "calendars", "writing", "reading", "checksums", "released", "tables"),
    *("integrity", "evidence", "bibliography", "claims", "claim_form"),
    *("wording", "palette", "meanings", "demands", "accounts", "datatable", "layout"),
    *("canvas", "figures", "scales", "charts", "series", "grids", "networks", "trees"),
    *("clock", "labels", "thinning", "timerows", "timelines", "durations", "ground", "maps"),
    *("words", "exercise", "exercises", "answers", "checks", "keeping", "record"),
]

# The same for the course assignments, which stand on helpers.
GRADING_ORDER = [
    *(
        "variants",
        "question",
        "pools",
        "assignments",
        "stored",
        "remembered",
        "catalogue",
        "work_out",
        "soundness",
    ),
    *("template", "rules", "leaks", "folder", "release", "course"),
    *("isolation", "values", "cells", "server", "sandbox", "submission", "repair", "compare"),
    *("marking", "report", "gradebook", "grade", "feedback", "export", "preprocessor"),
]


def imports_of(source: str, package: str = "helpers") -> set[str]:
    """The modules of a package that a piece of code imports, and notebooks or tests if it does."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."] if node.level == 0 else ["."]
            if node.module == package:
                names = [f"{package}.{alias.name}" for alias in node.names]
        parts = [name.split(".") for name in names]
        found |= {part[1] if part[1:] else package for part in parts if part[0] == package}
        found |= {name for name in names if name.split(".")[0] in ("notebooks", "tests", "")}
    return found


def upward_imports(module: str, source: str) -> set[str]:
    """What a module imports that does not stand before it."""
    allowed = set(ORDER[: ORDER.index(module)])
    return imports_of(source) - allowed - ({"exercises"} if module == "checks" else set())


def grading_faults(module: str, source: str) -> set[str]:
    """What a module of grading imports that does not stand before it."""
    return imports_of(source, "grading") - set(GRADING_ORDER[: GRADING_ORDER.index(module)])


def sources(folder: Path) -> dict[Path, str]:
    """The code of each module of a folder."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}


def test_helpers_import_only_downward():
    faults = []
    for path, source in sources(HELPERS).items():
        if path != HELPERS / "__init__.py":
            module = "exercises" if path.parent.name == "exercises" else path.stem
            faults += [f"{path.name} imports {name}" for name in upward_imports(module, source)]
    assert faults == []


def test_helpers_know_nothing_of_grading():
    code = sources(HELPERS).items()
    assert [path.name for path, source in code if imports_of(source, "grading")] == []


def test_grading_imports_only_downward():
    faults = []
    for path, source in sources(GRADING).items():
        if path.stem != "__init__":
            module = "assignments" if path.parent.name == "assignments" else path.stem
            assert module in GRADING_ORDER, f"give {module} its place in GRADING_ORDER"
            faults += [f"{path.name} imports {name}" for name in grading_faults(module, source)]
    assert faults == []


def test_an_upward_import_in_grading_is_caught():
    assert grading_faults("question", "from grading.course import derive") == {"course"}
    assert grading_faults("question", "from grading import variants, leaks") == {"leaks"}
    assert grading_faults("rules", "import notebooks") == {"notebooks"}
    assert imports_of("from grading import course", "grading") == {"course"}


@pytest.mark.parametrize(
    "source",
    [
        "from helpers.figures import axes",
        "import helpers.checks",
        "import notebooks",
        "from . import x",
    ],
)
def test_an_upward_import_is_caught(source):
    assert upward_imports("tables", source)


def test_a_downward_import_is_let_pass():
    assert upward_imports("tables", "from helpers.dates import parse\nimport pandas") == set()


def test_code_and_notebooks_are_clean():
    for command in (["check"], ["format", "--check"]):
        result = _ruff(command, ROOT)
        assert result.returncode == 0, result.stdout


def test_an_untidy_notebook_is_caught(tmp_path):
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "a",
        "metadata": {},
        "outputs": [],
        "source": ["import os\n", "x = {  'a':1 }"],
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "untidy.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert "F401" in _ruff(["check"], tmp_path).stdout
    assert _ruff(["format", "--check"], tmp_path).returncode == 1


def _ruff(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    settings = ["--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(
        [sys.executable, "-m", "ruff", *command, *settings, str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_all_files_name_the_same_licences():
    code, content = "BSD-3-Clause", "CC-BY-4.0"
    for name in ("LICENSE", "README.md", "CITATION.cff", "pyproject.toml", "data/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("CC BY 4.0", content)
        text = text.replace("BSD 3-Clause", code)
        assert content in text, name
        if name != "data/README.md":
            assert code in text, name
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == [content]


def test_all_files_name_the_same_version():
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )[1]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {version}\n" in citation
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == version
    layout = (ROOT / "docs" / "labextension" / "package.json").read_text(encoding="utf-8")
    assert json.loads(layout)["version"] == version


def test_readme_and_teaching_guide_show_the_lessons_as_they_are():
    made = runpy.run_path(str(ROOT / "docs" / "readme.py"))
    for name, which in made["PICTURES"].items():
        picture = (made["DOCS"] / name).read_bytes()
        assert picture == made["figure"](*which)[0], "run make readme"
        assert len(picture) <= 150_000, f"{name} is too large for the README"
    text = made["README"].read_text(encoding="utf-8")
    assert made["readme"](text) == text, "the README has drifted: run make readme"
    assert text.count("| [00 Start here](notebooks/00-start-here.ipynb) |") == 1
    text = made["GUIDE"].read_text(encoding="utf-8")
    assert made["guide"](text) == text, "the teaching guide has drifted: run make readme"
    text = made["MAP"].read_text(encoding="utf-8")
    assert made["map_page"]() == text, "the course map has drifted: run make readme"
