"""The folder of a course on disk: what was made there, what is a user's, and how it is replaced."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grading.template import variant

RECORD = "course.json"
GRADEBOOK = "gradebook.db"
MADE = ("nbgrader_config.py", "source/*/*.ipynb", "release/*/*.ipynb")
WORK = ("submitted", "autograded", "feedback")
ELSEWHERE = "Nothing was changed. Move the folder away, or name another one with OUT=…"


class CourseError(ValueError):
    """What keeps a course from being made, in words that say what to do."""


def read_record(folder: Path) -> dict[str, Any]:
    """What `make assignments` wrote of a course: its name, its variants and what it made.

    assignments: for each its `variant` and its `parameters` by grade_id. made: a digest by path.

    Raises CourseError for a folder that holds no course.
    """
    try:
        return json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{folder} holds no course: its {RECORD} cannot be read.") from error


def write_record(folder: Path, course: str, parameters: Mapping[str, Mapping[str, Any]]) -> None:
    """Write down the name of a course, the parameters of its assignments and what was made."""
    about = {
        name: {"variant": variant(chosen), "parameters": chosen}
        for name, chosen in parameters.items()
    }
    made = {path: _digest(folder / path) for path in _made(folder)}
    record = {"course": course, "assignments": about, "made": made}
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", newline="\n")


def check_free(out: Path, course: str) -> None:
    """Refuse a folder in which making a course could lose anything of a user's.

    Raises CourseError that names what is there.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out / RECORD).is_file():
        raise CourseError(f"{out} holds files, but no course that was made here. {ELSEWHERE}")
    record = read_record(out)
    if record["course"] != course:
        raise CourseError(f"{out} holds the course {record['course']}. {ELSEWHERE}")
    work = [path for part in WORK for path in sorted(out.glob(f"{part}/*/*"))]
    if work or _graded(out):
        there = work[0].relative_to(out) if work else GRADEBOOK
        raise CourseError(f"{out} holds work of students, such as {there}. {ELSEWHERE}")
    changed = [
        path
        for path, digest in record["made"].items()
        if (out / path).is_file() and _digest(out / path) != digest
    ]
    if changed:
        raise CourseError(f"{out}: changed since it was made: {', '.join(changed)}. {ELSEWHERE}")


def start(out: Path, workshop: Path) -> Path:
    """A folder to work in: a copy of the course as it is, without what is about to be made anew."""
    if not out.exists():
        workshop.mkdir()
        return workshop
    shutil.copytree(out, workshop, symlinks=True)
    if (workshop / RECORD).exists():
        for path in [RECORD, *read_record(workshop)["made"]]:
            (workshop / path).unlink(missing_ok=True)
    return workshop


def store(workshop: Path, out: Path) -> None:
    """Put a finished folder in the place of the old one, whole or not at all."""
    if out.exists():
        old = out.rename(workshop.parent / "old")
        try:
            workshop.rename(out)
        except BaseException:
            old.rename(out)
            raise
    else:
        workshop.rename(out)


def _made(folder: Path) -> list[str]:
    found = {path for pattern in MADE for path in folder.glob(pattern)}
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _graded(folder: Path) -> bool:
    """Whether the gradebook of a course knows any submission."""
    path = folder / GRADEBOOK
    if not path.is_file():
        return False
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return bool(connection.execute("select count(*) from submitted_assignment").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise CourseError(f"{path} cannot be read: {error}. {ELSEWHERE}") from error
    finally:
        connection.close()
