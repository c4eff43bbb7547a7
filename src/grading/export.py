"""Marks for a learning platform: CSV files that Moodle and Canvas import.

`make marks COURSE=… ASSIGNMENT=… [ROSTER=roster.csv]`. The roster is a table with a column
`student` (the name of the folder that a submission stands in) and any of the columns `name`,
`email`, `id_number` (Moodle), `canvas_id`, `sis_user_id`, `sis_login_id` and `section` (Canvas).
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grading.folder import CourseError
from grading.grade import course_folder
from grading.gradebook import Gradebook, GradebookError, open_course
from grading.marking import Marks, Place
from grading.report import safe

ROSTER = ("name", "email", "id_number", "canvas_id", "sis_user_id", "sis_login_id", "section")
OUT_OF = 100
Row = dict[str, str]
Score = Mapping[str, Any]


class RosterError(ValueError):
    """A roster that cannot be used; the message says what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when every mark was written, 1 when some were left out, 2 when none was."""
    parser = argparse.ArgumentParser(prog="grading.export", description=__doc__.splitlines()[0])
    parser.add_argument("course")
    parser.add_argument("assignment")
    parser.add_argument("--roster", type=Path, help="a CSV file with the students")
    parser.add_argument("--canvas-name", help='the assignment in Canvas, such as "Exile (4711)"')
    parser.add_argument("--unread", action="store_true", help="marks with essays unread, too")
    given = parser.parse_args(arguments)
    try:
        place = Place(course_folder(given.course), given.assignment)
        gradebook = open_course(place.folder)
        scores = gradebook.scores(place.assignment)
        roster = read_roster(given.roster) if given.roster else {}
        marks = {one: _marks(place, one) for one in place.students()}
        comments = {one: _comment(place, gradebook, one, marks.get(one, {})) for one in scores}
    except (CourseError, GradebookError, RosterError) as error:
        print(error, file=sys.stderr)
        return 2
    status = {one: found.get("status", "not graded yet") for one, found in marks.items()}
    failed = {one: why for one, why in status.items() if why not in ("fit", "repaired")}
    ready, left = ready_scores(scores, failed, unread=given.unread)
    folder = place.folder / "reports"
    folder.mkdir(exist_ok=True)
    name = given.canvas_name or place.assignment
    for kind, text in (
        ("moodle", moodle(ready, roster, comments, place.assignment)),
        ("canvas", canvas(ready, roster, name)),
    ):
        path = folder / f"{place.assignment}-{kind}.csv"
        path.write_text(text, encoding="utf-8", newline="")
        print(f"{path}: {len(ready)} marks")
    for line in [*left, *strangers(ready, roster)]:
        print(line, file=sys.stderr)
    return 1 if left or not ready else 0


def ready_scores(
    scores: Mapping[str, Score], failed: Mapping[str, str], *, unread: bool
) -> tuple[dict[str, Score], list[str]]:
    """The marks that can be given out, and a line for each that cannot.

    failed: why nothing could be graded, by student.
    """
    left = {
        one: f"{one}: left out, the notebook could not be graded ({why})"
        for one, why in failed.items()
    }
    for one, score in scores.items():
        if one not in left and score["needs_manual_grade"] and not unread:
            left[one] = f"{one}: left out, essays are not graded yet"
    return {one: score for one, score in scores.items() if one not in left}, list(left.values())


def read_roster(path: Path) -> dict[str, Row]:
    """The rows of a roster by student.

    Raises RosterError for a file without the column ``student``, or with a student twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RosterError(f"{path} cannot be read: {error}. Save it as CSV, UTF-8.") from None
    if not rows or "student" not in rows[0]:
        raise RosterError(
            f"{path} needs a column 'student', with the name of each student's folder, and any of "
            f"{', '.join(ROSTER)}"
        )
    found: dict[str, Row] = {}
    for row in rows:
        student = (row["student"] or "").strip()
        if student in found:
            raise RosterError(f"{path} has {student!r} twice: keep one of the rows")
        found[student] = {name: (row.get(name) or "").strip() for name in ROSTER}
    return found


def moodle(
    scores: Mapping[str, Score],
    roster: Mapping[str, Row],
    comments: Mapping[str, str],
    assignment: str,
) -> str:
    """What Moodle imports (Grades, Import, CSV file): map "ID number" or "Email address"."""
    header = ["ID number", "Email address", assignment, f"{assignment} feedback"]
    rows = []
    for student, score in scores.items():
        row = roster.get(student, {})
        number = row.get("id_number") or ("" if roster else student)
        rows.append([number, row.get("email", ""), percent(score), safe(comments[student])])
    return _csv([header, *rows])


def canvas(scores: Mapping[str, Score], roster: Mapping[str, Row], name: str) -> str:
    """What Canvas imports (Grades, Import): its own columns, and a row of the points possible."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", name]
    rows = [["    Points Possible", "", "", "", "", str(OUT_OF)]]
    for student, score in scores.items():
        row = roster.get(student, {})
        login = row.get("sis_login_id") or ("" if roster else student)
        named = [row.get("name") or student, row.get("canvas_id", ""), row.get("sis_user_id", "")]
        rows.append([*map(safe, named), safe(login), safe(row.get("section", "")), percent(score)])
    return _csv([header, *rows])


def percent(score: Score) -> str:
    """A score out of 100, with two digits at most.

    >>> percent({"score": 40.0, "max_score": 60.0})
    '66.67'
    """
    if not score["max_score"]:
        return "0"
    return f"{round(OUT_OF * score['score'] / score['max_score'], 2):g}"


def strangers(scores: Mapping[str, Score], roster: Mapping[str, Row]) -> list[str]:
    """A line for each student whom the roster does not have, and for each who has no mark."""
    if not roster:
        return []
    unknown = [
        f"{one}: not in the roster; the platform cannot know whose mark this is"
        for one in scores
        if one not in roster
    ]
    return unknown + [
        f"{one}: in the roster, but without a mark" for one in roster if one not in scores
    ]


def _marks(place: Place, student: str) -> Marks:
    try:
        return json.loads(place.marks(student).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _comment(place: Place, gradebook: Gradebook, student: str, marks: Marks) -> str:
    """What was wrong, and what the person who graded wrote, as one text."""
    answers = marks.get("answers", {}).values()
    said = [answer["words"] for answer in answers if not answer["right"]]
    return " ".join([*said, *gradebook.comments(place.assignment, student)])


def _csv(rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
