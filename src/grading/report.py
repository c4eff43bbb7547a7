"""What a teacher reads after grading: one line for each student, as a table and in words."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from grading.marking import Marks, Place

_STATUS = {
    "fit": "graded",
    "repaired": "graded, after repairs",
    "other course": "NOT GRADED: notebook of another course",
    "unreadable": "NOT GRADED: cannot be read",
    "missing": "NOT GRADED: no notebook",
}


def one_line(marks: Marks) -> str:
    """A student's result and what was found, in one line."""
    notes = f" ({' '.join(marks['notes'])})" if marks["notes"] else ""
    return f"{marks['student']}: {marks['points']:g} of {marks['of']:g} points{notes}"


def write_report(place: Place, all_marks: Sequence[Marks]) -> Path:
    """Write reports/ASSIGNMENT.csv and .md into the folder of the course; the path of the table."""
    folder = place.folder / "reports"
    folder.mkdir(exist_ok=True)
    table = folder / f"{place.assignment}.csv"
    _write(table, _table(all_marks))
    _write(folder / f"{place.assignment}.md", _words(place, all_marks))
    return table


def safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula.

    >>> safe("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _table(all_marks: Sequence[Marks]) -> str:
    questions = list(all_marks[0]["answers"]) if all_marks else []
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["student", "status", "points", "of", *questions, "found"])
    for marks in all_marks:
        right = [int(marks["answers"][name]["right"]) for name in questions]
        found = safe(" ".join(marks["notes"]))
        row = [safe(marks["student"]), _STATUS[marks["status"]], marks["points"], marks["of"]]
        writer.writerow([*row, *right, found])
    return stream.getvalue()


def _words(place: Place, all_marks: Sequence[Marks]) -> str:
    """The same for reading: first what needs a person, then each question, then each student."""
    graded = [marks for marks in all_marks if marks["status"] in ("fit", "repaired")]
    lines = [
        f"# {place.assignment}: {len(graded)} of {len(all_marks)} submissions graded",
        "",
        "Points are those of the questions that are graded by machine; essays are added later.",
        "",
        "## To look at",
        "",
    ]
    lines += [f"- {one_line(marks)}" for marks in all_marks if marks["notes"]] or ["Nothing."]
    lines += ["", "## Questions", ""]
    for name in graded[0]["answers"] if graded else []:
        right = sum(marks["answers"][name]["right"] for marks in graded)
        lines.append(f"- {name}: {right} of {len(graded)} right")
    lines += ["", "## Students", ""]
    for marks in all_marks:
        wrong = [answer["words"] for answer in marks["answers"].values() if not answer["right"]]
        lines.append(f"- **{marks['student']}**: {marks['points']:g} of {marks['of']:g} points")
        if marks in graded:
            lines += [f"  - {words}" for words in wrong]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
