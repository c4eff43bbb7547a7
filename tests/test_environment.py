"""The ways to install: pyproject.toml, requirements.txt, environment.yml and Binder agree."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from lessons import ROOT
from packaging.requirements import Requirement
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

CONDA_NAMES = {"matplotlib-base": "matplotlib"}


# What students and tests run, what teachers grade with, and the site: the file and its extra.
FILES = {
    "requirements.txt": "test",
    "requirements-grading.txt": "grading",
    "requirements-site.txt": "site",
}


def pins(file: str = "requirements.txt") -> dict[str, list[Requirement]]:
    """Every pin of a file by name; one name can have a pin for each Python."""
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            found.setdefault(requirement.name.lower(), []).append(requirement)
    return found


def pinned(name: str, python: str, file: str = "requirements.txt") -> str:
    """The version of a package that a file gives one Python."""
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    for requirement in pins(file).get(name, []):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            return str(requirement.specifier).removeprefix("==")
    raise AssertionError(f"{name} has no pin for Python {python}: run make pins")


def conda_lines() -> list[str]:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    return re.findall(r"^  - (.+)$", text.partition("dependencies:")[2], re.MULTILINE)


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_exact_and_no_line_names_a_registry(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)
    for requirements in pins(file).values():
        assert all(str(one.specifier).startswith("==") for one in requirements)


@pytest.mark.parametrize(("file", "extra"), FILES.items())
def test_every_dependency_of_the_project_is_pinned_within_its_bounds(file, extra):
    declared = project()
    for line in [*declared["dependencies"], *declared["optional-dependencies"][extra]]:
        requirement = Requirement(line)
        for python in ("3.11", "3.12", "3.13"):
            assert requirement.specifier.contains(pinned(requirement.name.lower(), python, file)), (
                line
            )


def test_teachers_grade_with_the_versions_that_students_have():
    students, teachers = pins(), pins("requirements-grading.txt")
    assert "nbgrader" in teachers
    assert "nbgrader" not in students
    for name in students.keys() & teachers.keys():
        assert {str(one) for one in teachers[name]} == {str(one) for one in students[name]}


def test_what_runs_here_is_what_is_pinned():
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name in ("jupyterlab", "pandas", "matplotlib", "numpy", "nbval", "ipykernel"):
        assert metadata.version(name) == pinned(name, python)


def test_conda_gets_the_versions_that_are_tested():
    lines = dict(line.split("=") for line in conda_lines() if "=" in line)
    python = lines.pop("python")
    assert Requirement(f"python{project()['requires-python']}").specifier.contains(f"{python}.0")
    for name, version in lines.items():
        assert version == pinned(CONDA_NAMES.get(name, name), python), name
    runtime = {Requirement(line).name for line in project()["dependencies"]}
    assert runtime <= {CONDA_NAMES.get(name, name) for name in lines}


@pytest.mark.parametrize("line", conda_lines())
def test_conda_can_read_every_line(line):
    assert MatchSpec(line).name is not None


def test_conda_refuses_a_broken_line():
    with pytest.raises(InvalidMatchSpecError):
        MatchSpec("pandas==>2")


def repo2docker(folder: Path) -> str:
    """The recipe that Binder would follow for a folder."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout + result.stderr


def binder_folder(tmp_path: Path) -> Path:
    """A copy of what decides Binder's choice, without the environment of this checkout."""
    for name in ("environment.yml", "postBuild", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_binder_chooses_the_right_python_and_installs_helpers(tmp_path):
    recipe = repo2docker(binder_folder(tmp_path))
    assert "Building conda environment for python=3.13" in recipe
    assert "environment.py-3.13-linux-64.lock" in recipe or "environment-2epy-2d3-2e13" in recipe
    assert '--file "environment.yml"' in recipe
    assert "RUN ./postBuild" in recipe
    assert "python -m pip install --no-deps ." in (ROOT / "postBuild").read_text(encoding="utf-8")


def test_a_loose_python_would_get_the_wrong_one(tmp_path):
    folder = binder_folder(tmp_path)
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    loose = text.replace("python=3.13", "python>=3.13")
    (folder / "environment.yml").write_text(loose, encoding="utf-8")
    assert "Building conda environment for python=3.13" not in repo2docker(folder)


def test_postbuild_can_be_run():
    assert (ROOT / "postBuild").stat().st_mode & 0o111


def test_make_names_the_missing_debian_package(tmp_path):
    fake = tmp_path / "python3"
    fake.write_text(
        '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) exit 0;; esac\n', encoding="utf-8"
    )
    fake.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    for name in ("requirements.txt", "pyproject.toml", "docs/jupyterlab.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    command = ["make", "-C", str(tmp_path), "test", f"PYTHON={fake}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "sudo apt install python3-venv" in result.stdout
    assert not (tmp_path / ".venv").exists()


def test_make_lab_opens_the_first_lesson_and_keeps_the_token():
    command = ["make", "--dry-run", "lab"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    start = next(line for line in result.stdout.splitlines() if "jupyter lab" in line)
    address = re.search(r"default_url=/lab/tree/(\S+)", start)[1]
    assert (ROOT / address).is_file()
    assert not re.search(r"token|password|allow_origin|disable_check", start)
