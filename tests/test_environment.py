"""The ways to install: pyproject.toml, requirements.txt, environment.yml and Binder agree."""

import os
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

# Tests and grading import these, too; a student has them with JupyterLab.
BROUGHT_BY_JUPYTERLAB = {
    *("ipython", "nbclient", "nbconvert", "nbformat", "packaging", "pyyaml", "traitlets")
}
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


# What students run, what tests add, what teachers grade with, what serves a class, the site.
FILES = {
    "requirements.txt": "local",
    "requirements-test.txt": "test",
    "requirements-grading.txt": "grading",
    "requirements-hub.txt": "hub",
    "requirements-site.txt": "site",
}
INSTALLER = "requirements-uv.txt"
with_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
on_unix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes or shell scripts")


def pins(file: str = "requirements.txt") -> dict[str, list[Requirement]]:
    """Every pin of a file by name; one name can have a pin for each Python."""
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in " #":
            requirement = Requirement(line.removesuffix("\\"))
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


def loose(text: str) -> list[str]:
    """What a file of pins leaves open: versions, files without a checksum, where they come from."""
    entries = re.split(r"^(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.M)
    whole = re.compile(r"[\w.-]+==[\w.+]+( ; [^\\]+)? (\\\n    --hash=sha256:[0-9a-f]{64} ?)+\n")
    return [entry for entry in entries if entry and not whole.fullmatch(entry)]


@pytest.mark.parametrize("file", [*FILES, INSTALLER])
def test_every_pin_is_exact_and_has_checksums_and_no_line_names_a_registry(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert loose(text) == []
    assert pins(file)


@pytest.mark.parametrize(
    "text",
    [
        "pandas==3.1.1\n",
        "pandas>=3.1.1 \\\n    --hash=sha256:" + 64 * "a" + "\n",
        "pandas==3.1.1 \\\n    --hash=md5:" + 32 * "a" + "\n",
        "--index-url elsewhere\n",
        "pandas @ file:///home/me/pandas\n",
    ],
)
def test_a_loose_pin_is_caught(text):
    assert loose(text) == [text]
    assert loose("pandas==3.1.1 \\\n    --hash=sha256:" + 64 * "a" + "\n    # via x\n") == []


@pytest.mark.parametrize(("file", "extra"), FILES.items())
def test_every_dependency_of_the_project_is_pinned_within_its_bounds(file, extra):
    declared = project()
    for line in [*declared["dependencies"], *declared["optional-dependencies"][extra]]:
        requirement = Requirement(line)
        if requirement.name == declared["name"]:  # another extra of its own
            continue
        for python in ("3.11", "3.12", "3.13"):
            assert requirement.specifier.contains(pinned(requirement.name.lower(), python, file)), (
                line
            )


@pytest.mark.parametrize("file", ["requirements-test.txt", "requirements-grading.txt"])
def test_all_use_the_versions_that_students_have(file):
    students, others = pins(), pins(file)
    shared = students.keys() & others.keys()
    assert {"jupyterlab", "pandas", "matplotlib", "numpy"} <= shared
    for name in shared:
        assert {str(one) for one in others[name]} == {str(one) for one in students[name]}


def test_students_get_no_tools_of_tests_and_teachers():
    tools = {
        Requirement(line).name
        for extra in ("test", "grading")
        for line in project()["optional-dependencies"][extra]
    } - BROUGHT_BY_JUPYTERLAB
    assert {"nbval", "nbgrader"} <= tools
    assert not tools & pins().keys()
    assert not tools & {line.split("=")[0] for line in conda_lines()}


def test_what_runs_here_is_what_is_pinned():
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name in ("jupyterlab", "pandas", "matplotlib", "numpy", "nbval", "ipykernel"):
        assert metadata.version(name) == pinned(name, python, "requirements-test.txt")


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
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return result.stdout + result.stderr


def binder_folder(tmp_path: Path) -> Path:
    """A copy of what decides Binder's choice, without the environment of this checkout."""
    for name in ("environment.yml", "postBuild", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def left_in_the_image(folder: Path) -> set[str]:
    """The files of a folder that Binder copies, chosen as repo2docker chooses them."""
    from docker.utils.build import exclude_paths

    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return {Path(path).as_posix() for path in exclude_paths(str(folder), patterns)}


@on_unix
def test_binder_chooses_the_right_python_and_installs_helpers(tmp_path):
    recipe = repo2docker(binder_folder(tmp_path))
    assert "Building conda environment for python=3.13" in recipe
    assert "environment.py-3.13-linux-64.lock" in recipe or "environment-2epy-2d3-2e13" in recipe
    assert '--file "environment.yml"' in recipe
    assert "RUN ./postBuild" in recipe
    steps = (ROOT / "postBuild").read_text(encoding="utf-8").splitlines()
    assert [step for step in steps if not step.startswith("#")] == [
        "set -e",
        "python -m pip install --no-cache-dir --no-deps .",
        "python -c 'import matplotlib.font_manager'",
    ]


@on_unix
def test_the_image_holds_what_lessons_use_and_nothing_else(tmp_path):
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    for name in listed.stdout.splitlines():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    kept = left_in_the_image(tmp_path)
    assert {"notebooks/00-start-here.ipynb", "notebooks/course-map.md", "data/README.md"} <= kept
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    needed = {"pyproject.toml", "README.md", "LICENSE", "environment.yml", "postBuild"}
    needed |= set(built["build"]["targets"]["wheel"]["shared-data"])
    assert needed <= kept
    folders = ("tests", "src/grading", "notebooks/assignments", "docs/site", "docs/hub", ".ci")
    assert not [name for name in kept if name.startswith(folders)]
    assert not [name for name in kept if name.startswith("requirements")]


@on_unix
def test_a_loose_python_would_get_the_wrong_one(tmp_path):
    folder = binder_folder(tmp_path)
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    loose = text.replace("python=3.13", "python>=3.13")
    (folder / "environment.yml").write_text(loose, encoding="utf-8")
    assert "Building conda environment for python=3.13" not in repo2docker(folder)


@on_unix
def test_postbuild_can_be_run():
    assert (ROOT / "postBuild").stat().st_mode & 0o111


@with_make
@on_unix
def test_make_names_the_missing_debian_package(tmp_path):
    fake = tmp_path / "python3"
    fake.write_text(
        '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) exit 0;; esac\n', encoding="utf-8"
    )
    fake.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    for name in (*FILES, INSTALLER, "pyproject.toml", "docs/jupyterlab.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    command = ["make", "-C", str(tmp_path), "test", f"PYTHON={fake}"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode != 0
    assert "sudo apt install python3-venv" in result.stdout
    assert not (tmp_path / ".venv").exists()


@with_make
def test_make_lab_opens_the_first_lesson_and_keeps_the_token():
    command = ["make", "--dry-run", "lab"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    start = next(line for line in result.stdout.splitlines() if "jupyter lab" in line)
    address = re.search(r"default_url=/lab/workspaces/trotsky/tree/(\S+)", start)[1]
    assert (ROOT / address).is_file()
    assert not re.search(r"token|password|allow_origin|disable_check", start)
    assert "requirements-test.txt" not in result.stdout


def test_windows_and_conda_start_the_course_as_make_does():
    """The commands of the README, held against the Makefile, which is tried at every run."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"^FIRST := (\S+)", makefile, re.MULTILINE)[1]
    start = re.search(r"jupyter lab (--\S+)", makefile)[1].replace("$(FIRST)", first)
    assert readme.count(f"jupyter lab {start}\n") == 2
    windows = readme.partition("```powershell\n")[2].partition("```")[0].splitlines()
    assert windows[0] == "py -3.13 -m venv .venv"
    for step in ("--no-deps --requirement requirements.txt", "--no-deps --editable ."):
        assert any(line.endswith(step) for line in windows), step
    assert all(line.startswith(".venv\\Scripts\\") for line in windows[1:])


UV = ROOT / ".venv" / "bin" / "uv"
with_uv = pytest.mark.skipif(not UV.exists(), reason="make has not made .venv")
ENVIRONMENTS = {"students": ".", "grading": "grading", "site": "site", "hub": "hub"}


def unmet(python: Path) -> str:
    """What `uv pip check` says where a package lacks another, or has a version that it refuses."""
    command = [UV, "pip", "check", "--python", python]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stderr if done.returncode else ""


@with_uv
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_package_has_what_it_needs(name):
    python = ROOT / ".venv" / ENVIRONMENTS[name] / "bin" / "python"
    if not python.exists():
        pytest.skip(f"the environment is missing: {python.relative_to(ROOT)}")
    assert unmet(python) == ""


@with_uv
def test_a_package_without_what_it_needs_is_caught(tmp_path):
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "e"], check=True)
    (packages,) = (tmp_path / "e").glob("lib/*/site-packages")
    folder = packages / "lonely-1.0.dist-info"
    folder.mkdir()
    text = "Metadata-Version: 2.1\nName: lonely\nVersion: 1.0\nRequires-Dist: not-here\n"
    (folder / "METADATA").write_text(text, encoding="utf-8")
    assert "not-here" in unmet(tmp_path / "e" / "bin" / "python")
