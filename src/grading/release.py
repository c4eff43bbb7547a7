"""The release of a course, made by the real nbgrader: in this environment, or in .venv/grading."""

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from grading.catalogue import ROOT
from grading.folder import CourseError


def nbgrader_python() -> Path:
    """The Python that has nbgrader.

    Raises CourseError that says how to get it.
    """
    if find_spec("nbgrader"):
        return Path(sys.executable)
    beside = ROOT / ".venv" / "grading" / "bin" / "python"
    if not beside.is_file():
        raise CourseError("nbgrader is not installed. Run make grading, once; it takes a minute.")
    return beside


def make_release(folder: Path) -> None:
    """Let nbgrader make the release of every assignment in a course's folder.

    Settings that the user has for nbgrader elsewhere are not read, so that the release is the same
    on every machine. nbgrader finds its own programs, such as alembic, on the path.

    Raises CourseError with what nbgrader said.
    """
    python = nbgrader_python()
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", os.defpath)])
    with tempfile.TemporaryDirectory() as nowhere:
        result = subprocess.run(  # noqa: S603
            [str(python), "-m", "nbgrader", "generate_assignment", "*", "--force"],
            cwd=folder,
            env=os.environ | {"JUPYTER_CONFIG_DIR": nowhere, "PATH": path},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if result.returncode:
        raise CourseError(f"nbgrader could not make the release:\n{result.stderr.strip()}")
