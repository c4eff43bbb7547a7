"""Marks for a learning platform: CSV files that Moodle and Canvas import.

`make marks COURSE=… ASSIGNMENT=… [ROSTER=roster.csv]`. The roster is a table with a column
`student` (the name of the folder that a submission stands in) and any of the columns `name`,
`email`, `id_number`, `username` (Moodle), `canvas_id`, `sis_user_id`, `sis_login_id` and `section`
(Canvas). The forms follow docs.moodle.org, page "Grade import", and what the importers of both
platforms do: `grade/import/csv/classes/load_data.php` in moodle/moodle and
`lib/gradebook_importer.rb` in instructure/canvas-lms.
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from grading.folder import CourseError
from grading.grade import course_folder
from grading.gradebook import Gradebook, GradebookError, open_course
from grading.marking import Marks, Place
from grading.report import safe

# The columns by which Moodle can know a student, and those of the roster that fill them.
MOODLE = {"ID number": "id_number", "Email address": "email", "Username": "username"}
CANVAS = {"ID": "canvas_id", "SIS User ID": "sis_user_id", "SIS Login ID": "sis_login_id"}
ROSTER = ("name", *MOODLE.values(), *CANVAS.values(), "section")
OUT_OF = 100
Row = dict[str, str]
Score = Mapping[str, Any]


class RosterError(ValueError):
    """A roster that cannot be used; the message says what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when marks were written, 2 when none was. It says who was left out and why."""
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
    status = {one: _status(found) for one, found in marks.items()}
    failed = {one: why for one, why in status.items() if why not in ("fit", "repaired")}
    ready, left = ready_scores(scores, failed, unread=given.unread)
    if roster:
        left += [f"{one}: left out, not in the roster" for one in ready if one not in roster]
        ready = {one: score for one, score in ready.items() if one in roster}
    folder = place.folder / "reports"
    folder.mkdir(exist_ok=True)
    name = given.canvas_name or place.assignment
    known = known_to_moodle(ready, roster)
    for kind, text, number in (
        ("moodle", moodle(ready, known, comments, place.assignment), len(known)),
        ("canvas", canvas(ready, roster, name), len(ready)),
    ):
        path = folder / f"{place.assignment}-{kind}.csv"
        path.write_text(text, encoding="utf-8", newline="")
        print(f"{path}: {number} marks")
    fields = " or ".join(MOODLE.values())
    unknown = [one for one in ready if one not in known] if known else ["everybody"]
    lines = left + [f"{one}: left out for Moodle, no {fields} in the roster" for one in unknown]
    lines += [f"{one}: in the roster, but without a mark" for one in roster if one not in ready]
    lines += [
        f"{one}: has {percent(score)}, and Moodle takes marks above {OUT_OF} only where its "
        "administrator allows them: it would import nobody's"
        for one, score in ready.items()
        if float(percent(score)) > OUT_OF
    ]
    if left:
        print(f"Left out: {len(left)} of {len(left) + len(ready)}.")
    for line in lines:
        print(f"  {line}")
    return 0 if ready else 2


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
            left[one] = f"{one}: left out, an essay has still to be read"
    return {one: score for one, score in scores.items() if one not in left}, list(left.values())


def read_roster(path: Path) -> dict[str, Row]:
    """The rows of a roster by student.

    Raises RosterError for a file without the column ``student``, with a student twice, or with
    two students whom a platform could not tell apart.
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
    for field in (*MOODLE.values(), *CANVAS.values()):
        seen: dict[str, str] = {}
        for student, row in found.items():
            other = seen.setdefault(row[field], student) if row[field] else student
            if other != student:
                raise RosterError(f"{path}: {other!r} and {student!r} have the same {field}")
    return found


def known_to_moodle(students: Iterable[str], roster: Mapping[str, Row]) -> dict[str, Row]:
    """For each student that Moodle can know: the columns that say who it is.

    All students have the same columns, each of them filled. Moodle gives a row whose first column
    is empty (or 0, which it reads as empty) to the student of the row before, and breaks off at one
    that it does not know.
    Without a roster, the names of the folders stand for ID numbers.
    """
    if not roster:
        return {student: {"ID number": student} for student in students}
    filled = {
        column: [student for student in students if roster[student][field] not in ("", "0")]
        for column, field in MOODLE.items()
    }
    most = max(map(len, filled.values()))
    known = next(found for found in filled.values() if len(found) == most)
    columns = [column for column, found in filled.items() if set(found) >= set(known)]
    return {
        student: {column: roster[student][MOODLE[column]] for column in columns}
        for student in known
    }


def moodle(
    scores: Mapping[str, Score],
    known: Mapping[str, Row],
    comments: Mapping[str, str],
    assignment: str,
) -> str:
    """What Moodle imports (Grades, Import, CSV file): who, the mark, the feedback in words."""
    columns = next(iter(known.values()), {"ID number": ""})
    header = [*columns, assignment, f"{assignment} feedback"]
    rows = [
        [*who.values(), percent(scores[student]), safe(comments[student])]
        for student, who in known.items()
    ]
    return _csv([header, *rows])


def canvas(scores: Mapping[str, Score], roster: Mapping[str, Row], name: str) -> str:
    """What Canvas imports (Grades, Import): its own columns, and a row of the points possible.

    What identifies a student stands as the roster has it.
    """
    header = ["Student", *CANVAS, "Section", name]
    rows = [["    Points Possible", "", "", "", "", str(OUT_OF)]]
    for student, score in scores.items():
        row = roster.get(student, {"sis_login_id": student})
        who = [row.get(field, "") for field in CANVAS.values()]
        called = safe(row.get("name") or student)
        rows.append([called, *who, safe(row.get("section", "")), percent(score)])
    return _csv([header, *rows])


def percent(score: Score) -> str:
    """A score out of 100, with two digits at most.

    >>> percent({"score": 40.0, "max_score": 60.0})
    '66.67'
    """
    if not score["max_score"]:
        return "0"
    return f"{round(OUT_OF * score['score'] / score['max_score'], 2):g}"


def _marks(place: Place, student: str) -> Marks:
    try:
        return json.loads(place.marks(student).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _status(marks: Marks) -> str:
    """How grading ended; a mark that is not noted may be in the gradebook in part."""
    return marks["status"] if marks.get("recorded") else "not finished: run make grade"


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
