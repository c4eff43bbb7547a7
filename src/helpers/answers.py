"""What a student answered, kept in a file of their own: nothing is sent, nothing overwritten."""

import csv
import datetime
import errno
import os
import re
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.tables import data_path

FILE = "my-answers.csv"
COLUMNS = ["time", "exercise", "answer", "result"]
_LONGEST = 200  # characters of an answer that are kept


def path() -> Path:
    """Where the answers are kept: in the course folder, or where TROTSKY_ANSWERS says."""
    chosen = os.environ.get("TROTSKY_ANSWERS", "")
    return Path(chosen) if chosen else course_folder() / FILE


def course_folder() -> Path:
    """The folder in which the folder notebooks/ lies.

    Where helpers is installed apart from the lessons, as on Binder, it is that of the folder
    notebooks/ in which the lesson lies; and where there is none, the folder that is open.
    """
    root = data_path("datapackage.json").parents[1]
    if (root / "notebooks").is_dir():
        return root
    here = Path.cwd()
    lessons = (folder for folder in (here, *here.parents) if folder.name == "notebooks")
    return next((folder.parent for folder in lessons), here)


def keep(exercise: str, answer: object, result: str) -> str:
    """Add one answer to the file; "" when that worked, else what to tell the student.

    result: right, or not yet. An answer is kept as text, cut after 200 characters.
    """
    file = path()
    try:
        _append(file, [_now(), exercise, _as_text(answer), result])
    except OSError as error:
        return f"(This answer could not be kept in {file}: {error.strerror or error}.)"
    return ""


def _as_text(answer: object) -> str:
    """The beginning of an answer on one line, or its kind where it has no text."""
    try:
        text = str(answer)
    except Exception:  # any object may be an answer, such as a number of 5,000 digits
        return f"({type(answer).__name__})"
    return " ".join(text.replace("\0", " ").split())[:_LONGEST]


def _append(file: Path, row: list[str]) -> None:
    """Add a row at the end of the file, whole or not at all; two kernels may do so at once.

    The row goes out in one piece, which a system never mixes with what another program appends.
    """
    with file.open("a+b", buffering=0) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - 1, 0))
        start = [] if size else [COLUMNS]
        torn = "\n" if stream.read(1) not in (b"", b"\n") else ""  # a computer went off meanwhile
        text = StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([*start, row])
        raw = (torn + text.getvalue()).encode("utf-8", errors="replace")
        written = stream.write(raw) or 0
        if written < len(raw):
            stream.truncate(stream.tell() - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def my_answers() -> pd.DataFrame:
    """Your own record: for each exercise that you tried, in the order of the course, one row.

    exercise, tries (how often you answered), result (right, if it ever was) and last (your last
    answer). The file itself, my-answers.csv, has every try; it stays on this computer.

    Raises ValueError when the file is not as `check` wrote it.
    """
    file = path()
    if not file.exists():
        return pd.DataFrame(columns=["exercise", "tries", "result", "last"])
    try:
        rows = _rows(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} cannot be read ({error}): {_MEND}") from None
    if rows and rows[0] != COLUMNS:
        raise ValueError(f"{file} has the columns {rows[0]}, not {COLUMNS}: {_MEND}")
    rows = [row for row in rows if row != COLUMNS]
    if strange := [row for row in rows if not _is_answer(row)]:
        raise ValueError(f"{file} has a line of no exercise, {strange[0]}: {_MEND}")
    kept = pd.DataFrame(rows, columns=COLUMNS, dtype="str")
    kept = kept.assign(right=kept["result"] == "right")
    tried = kept.groupby("exercise").agg(
        tries=("answer", "size"), right=("right", "any"), last=("answer", "last")
    )
    tried["result"] = tried["right"].map({True: "right", False: "not yet"})
    order = sorted(tried.index, key=lambda number: [int(part) for part in number.split(".")])
    return tried.loc[order].reset_index()[["exercise", "tries", "result", "last"]]


def _rows(text: str) -> list[list[str]]:
    """The cells of each line, without lines that a computer which went off left unfinished.

    The header can stand there twice: two kernels may both have found the file empty.
    """
    lines = text.splitlines()
    rows = [row for line in lines for row in csv.reader([line])]
    return [row for row in rows if not _is_torn(row)]


def _is_torn(row: list[str]) -> bool:
    """Whether a row is the beginning of one that `keep` writes, and no more."""
    if not row:
        return True
    has_time = re.match(r"\d{4}-\d\d-\d\dT", row[0]) is not None
    result = row[-1] if len(row) == len(COLUMNS) else ""
    return has_time and len(row) <= len(COLUMNS) and result not in _RESULTS


def _is_answer(row: list[str]) -> bool:
    return len(row) == len(COLUMNS) and re.fullmatch(r"\d+\.\d+", row[1]) is not None


_RESULTS = ("right", "not yet")
_MEND = "move it elsewhere, and the next check begins a new one"


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
