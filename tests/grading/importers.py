"""How Moodle and Canvas read the files of marks, by the rules that they document.

Neither platform can run here. Moodle: docs.moodle.org, "Grade import", and its importer,
grade/import/csv. Canvas: its importer, lib/gradebook_importer.rb. Each rule stands beside its line.
"""

import csv
import io
import re

Rows = list[list[str]]


def rows(content: bytes) -> Rows:
    """The rows of a file in UTF-8; a mark of the order of bytes would become part of a name."""
    assert not content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert len({len(row) for row in found}) == 1, "every row has as many columns as the header"
    return found


def moodle(
    content: bytes, users: dict[str, dict[str, str]], mark: str, *, comma: bool = False
) -> dict[str, tuple[float, str]]:
    """The marks and the feedback that Moodle takes over, by user.

    users: their fields, under the names that the columns have. mark: the column that the teacher
    maps to a grade item. comma: a site whose language writes 33,5.

    Raises ValueError where Moodle breaks off: it imports everything or nothing.
    """
    header, *found = rows(content)
    header = [name.strip() for name in header]
    who, at = header[0], header.index(mark)
    taken, user = {}, None
    for row in found:
        if row[0] not in ("", "0"):  # PHP takes both for empty: the user of the row before stays
            known = [one for one, fields in users.items() if fields.get(who) == row[0]]
            if len(known) != 1:
                raise ValueError(f"no one user whose {who} is {row[0]!r}")
            user = known[0]
        text = row[at].replace(",", ".") if comma else row[at]
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            raise ValueError(f"{row[at]!r} is no mark")
        if float(text) > 100:
            raise ValueError(f"{text} is more than 100")
        taken[user] = float(text), row[header.index(f"{mark} feedback")]
    return taken


def canvas(
    content: bytes, students: dict[str, dict[str, str]], assignments: dict[int, str]
) -> dict[str, dict[str, tuple[float, float]]]:
    """The marks and the points possible that Canvas takes over, by assignment and student.

    students: name and identifiers by number in Canvas. assignments: titles by number; any other
    title makes a new assignment, and whoever is not known makes a new student.

    Raises ValueError for a header that Canvas refuses.
    """
    header, *found = rows(content)
    if "Student" not in header[0] or "ID" not in header[1]:
        raise ValueError("the first columns are Student and ID")
    sis = 2 if header[2:4] == ["SIS User ID", "SIS Login ID"] else int(header[2] == "SIS Login ID")
    if "Section" not in header[2 + sis]:
        raise ValueError("Section stands behind what identifies a student")
    first = content.decode().splitlines()[:3]
    assert len({line.count(";") for line in first} - {0}) == 0, "or it splits at semicolons"
    columns = range(3 + sis, len(header))
    possible, taken = {}, {}
    for row in found:
        if "Points Possible" in row[0]:
            possible = {column: float(_with_point(row[column])) for column in columns}
            continue
        for column in columns:
            title = _title(header[column], assignments)
            student = _student(dict(zip(header, row, strict=True)), students)
            mark = float(_with_point(row[column])), possible[column]
            taken.setdefault(title, {})[student] = mark
    return taken


def _with_point(text: str) -> str:
    """Canvas takes the last comma or point of a number for the point of its decimals."""
    whole, _, digits = re.sub(",", ".", text).rpartition(".")
    return f"{whole.replace('.', '')}.{digits}" if whole else digits


def _title(name: str, assignments: dict[int, str]) -> str:
    number = re.search(r"\((\d+)\)$", name)
    if number and int(number[1]) in assignments:
        return assignments[int(number[1])]
    return name if name in assignments.values() else f"new: {name}"


def _student(row: dict[str, str], students: dict[str, dict[str, str]]) -> str:
    """By number first, then by the two identifiers of the student system, then by name."""
    if row["ID"] in students:
        return row["ID"]
    for name in ("SIS User ID", "SIS Login ID", "Student"):
        known = [one for one, fields in students.items() if row[name] and fields[name] == row[name]]
        if known:
            return known[0]
    return f"new: {row['Student']}"
