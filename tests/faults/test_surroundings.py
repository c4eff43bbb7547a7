"""Other places to run in: no home, no cache, other languages, hours and seeds; warnings are errors.

Each lesson says there what its notebook has stored. The pixels of figures are left out.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lessons import Lesson, lesson_paths

import helpers

PROGRAM = Path(__file__).with_name("course.py")
# Two lessons, which between them draw maps and networks, count, search the record and judge claims.
FEW = ("14", "44")
NOWHERE = os.devnull + "/no-folder"


def language(name: str, folder: Path) -> str:
    """A language of the system, made if need be; that of C where that cannot be done."""
    if shutil.which("localedef"):
        command = ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
        subprocess.run(command, capture_output=True, check=False)
    return f"{name}.UTF-8" if (folder / f"{name}.UTF-8").exists() else "C.UTF-8"


def run(tmp_path: Path, *lessons: str, drop: str = "", **own: str) -> tuple[dict, str]:
    """What the lessons say in surroundings of their own, by lesson and cell, and what is warned."""
    own |= {"TROTSKY_ANSWERS": str(tmp_path / "answers.csv"), "PYTHONUTF8": "1"}
    own = {name: value for name, value in (os.environ | own).items() if name != drop}
    command = [sys.executable, "-W", "error", str(PROGRAM), *lessons]
    done = subprocess.run(command, env=own, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def stored(number: str) -> list[str]:
    """What the notebook has stored of each of its cells, as far as it is plain text."""
    path = next(path for path in lesson_paths() if path.name.startswith(number))
    return ["".join(map(text_of, cell.outputs)) for cell in Lesson.read(path).code]


def text_of(output: dict) -> str:
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.data["text/plain"]


def assert_as_stored(told: dict[str, list[str]]) -> None:
    for number, cells in told.items():
        assert cells == stored(number), f"lesson {number}"


@pytest.mark.parametrize("name", ["tr_TR", pytest.param("ar_EG", marks=pytest.mark.proof)])
def test_a_place_without_home_and_cache_says_what_is_stored(tmp_path, name):
    seed, hours = ("0", "Pacific/Kiritimati") if name == "tr_TR" else ("1", "America/Adak")
    chosen = FEW[:1] if name == "tr_TR" else FEW[1:]
    told, warned = run(
        tmp_path,
        *chosen,
        drop="HOME",
        LOCPATH=str(tmp_path),
        LC_ALL=language(name, tmp_path),
        TZ=hours,
        PYTHONHASHSEED=seed,
        MPLCONFIGDIR=NOWHERE,
        XDG_CACHE_HOME=NOWHERE,
        XDG_CONFIG_HOME=NOWHERE,
        MPLBACKEND="agg",
    )
    assert list(told) == list(chosen)
    assert_as_stored(told)
    # On a slow machine matplotlib asks for patience; of its cache it says nothing.
    assert [line for line in warned.splitlines() if "may take a moment" not in line] == []


def test_of_matplotlib_only_the_words_about_its_cache_are_left_out():
    assert helpers.cacheless
    kept = {"findfont: Font family %r not found.": True, "%s is not a writable directory": False}
    for words, is_kept in kept.items():
        record = logging.LogRecord("matplotlib", logging.WARNING, "", 1, words, ("x",), None)
        assert bool(logging.getLogger("matplotlib").filter(record)) is is_kept
