"""The web site, built once for all tests that read it, whichever worker they run on."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from lessons import ROOT

PYTHON = ROOT / ".venv" / "site" / ("Scripts" if os.name == "nt" else "bin") / "python"
LONGEST = 600  # seconds that a worker waits for another to build


def built_site(factory: pytest.TempPathFactory) -> Path:
    """The folder of the site: only read it. Without its environment, skips, or fails in CI."""
    if not PYTHON.exists():
        message = "no environment for the site: run make site-environment"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # that of the whole run
    folder = shared / "site"
    try:
        folder.mkdir()
    except FileExistsError:
        return _when_built(folder)
    _build(folder)
    return folder / "out"


def _build(folder: Path) -> None:
    """Build the site and leave word of how it went, for the other workers."""
    command = [str(PYTHON), str(ROOT / "docs" / "site" / "build.py")]
    command += ["--out", str(folder / "out"), "--work", str(folder / "work")]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    words = done.stdout + done.stderr if done.returncode else "built"
    (folder / "done").write_text(words, encoding="utf-8")
    assert done.returncode == 0, words


def _when_built(folder: Path) -> Path:
    """The site that another worker builds, or has built."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if (folder / "done").exists():
            assert (folder / "done").read_text(encoding="utf-8") == "built"
            return folder / "out"
        time.sleep(0.2)
    raise TimeoutError(f"the site was not built in {LONGEST} seconds")
