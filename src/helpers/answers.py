"""What a student answered, kept in a file of their own: nothing is sent, nothing overwritten."""

import csv
import datetime
import os
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
    text = " ".join(str(answer).split())
    row = [_now(), exercise, text[:_LONGEST], result]
    file = path()
    try:
        is_new = not file.exists() or file.stat().st_size == 0
        with file.open("a", encoding="utf-8", errors="replace", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if is_new:
                writer.writerow(COLUMNS)
            writer.writerow(row)
    except OSError as error:
        return f"(This answer could not be kept in {file}: {error.strerror}.)"
    return ""


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
        kept = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{file} cannot be read ({error}): {_MEND}") from None
    if list(kept.columns) != COLUMNS:
        raise ValueError(f"{file} has the columns {list(kept.columns)}, not {COLUMNS}: {_MEND}")
    strange = kept.loc[~kept["exercise"].str.fullmatch(r"\d+\.\d+"), "exercise"]
    if not strange.empty:
        raise ValueError(f"{file} has a line of no exercise, {strange.iloc[0]!r}: {_MEND}")
    kept = kept.assign(right=kept["result"] == "right")
    tried = kept.groupby("exercise").agg(
        tries=("answer", "size"), right=("right", "any"), last=("answer", "last")
    )
    tried["result"] = tried["right"].map({True: "right", False: "not yet"})
    order = sorted(tried.index, key=lambda number: [int(part) for part in number.split(".")])
    return tried.loc[order].reset_index()[["exercise", "tries", "result", "last"]]


_MEND = "move it elsewhere, and the next check begins a new one"


def _now() -> str:
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
