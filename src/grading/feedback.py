"""A page for each student, with marks and hints and without tests: `make feedback …`."""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from grading.folder import CourseError
from grading.grade import course_folder
from grading.gradebook import GradebookError, write_feedback
from grading.marking import Place, store
from grading.submission import is_test


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 when every page was written, 1 when some were not, 2 when none was."""
    parser = argparse.ArgumentParser(prog="grading.feedback", description=__doc__.splitlines()[0])
    parser.add_argument("course")
    parser.add_argument("assignment")
    given = parser.parse_args(arguments)
    try:
        place = Place(course_folder(given.course), given.assignment)
        students = graded(place)
        if not students:
            raise CourseError("nobody is graded yet: run make grade first")
        pages = Pages(place)
        with pages.written(students):
            troubles = write_feedback(place.folder, place.assignment, students)
    except (CourseError, GradebookError) as error:
        print(error, file=sys.stderr)
        return 2
    for student in sorted(begun(place) - set(students)):
        old = pages.take_away(student)
        troubles.append(f"{student}: no page, because grading was cut off: run make grade again")
        print(troubles[-1])
        if old:
            print(f"  {old}")
    return 1 if troubles else 0


class Pages:
    """The pages of an assignment, of which only those are taken away that this command wrote.

    What it wrote stands in reports/.ASSIGNMENT-pages.json: a digest for each student. Any other
    file in a student's folder, and a page that was changed since, is a person's own.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._record = place.folder / "reports" / f".{place.assignment}-pages.json"
        try:
            self._known: dict[str, str] = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}

    @contextmanager
    def written(self, students: Sequence[str]) -> Iterator[None]:
        """Keep what is a person's own while nbgrader empties and fills the students' folders."""
        own = {path: path.read_bytes() for one in students for path in self._own(one)}
        try:
            yield
        finally:
            taken = {path: content for path, content in own.items() if path.is_file()}
            for path in own.keys() - taken.keys():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(own[path])
            for path, content in taken.items():
                self._put_beside(path, content)
            found = {one: _digest(self._page(one)) for one in students}
            self._known |= {one: digest for one, digest in found.items() if digest}
            store(self._record, self._known)

    def take_away(self, student: str) -> str:
        """Remove the page of a student who gets none; a sentence on what became of it, if any."""
        page = self._page(student)
        if not page.is_file():
            return ""
        shown = page.relative_to(self._place.folder)
        if _digest(page) != self._known.get(student):
            return f"{shown} was left: this command did not write it, or somebody changed it."
        page.unlink()
        return f"{shown} was removed: it was older than the grading that was cut off."

    def _page(self, student: str) -> Path:
        name = self._place.assignment
        return self._place.folder / "feedback" / student / name / f"{name}.html"

    def _own(self, student: str) -> list[Path]:
        page = self._page(student)
        files = [path for path in page.parent.rglob("*") if path.is_file()]
        ours = page if _digest(page) == self._known.get(student) else None
        return [path for path in files if path != ours]

    def _put_beside(self, path: Path, content: bytes) -> None:
        """Keep a page that a person changed under a free name, beside the new one."""
        if path.read_bytes() == content:
            return
        names = (f"{path.stem}-before-{number}{path.suffix}" for number in count(1))
        free = next(place for place in map(path.with_name, names) if not place.exists())
        free.write_bytes(content)
        print(f"  {free.relative_to(self._place.folder)}: the page that was changed by hand")


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def graded(place: Place) -> list[str]:
    """Those whose notebook is graded to its end, so that every test has a result."""
    return [student for student in sorted(begun(place)) if _is_whole(place, student)]


def begun(place: Place) -> set[str]:
    """Those with whom grading has begun, and who had handed in a notebook."""
    marks = (place.folder / "marks" / place.assignment).glob("*.json")
    copies = place.folder.glob(f"autograded/*/{place.assignment}")
    found = {path.stem for path in marks if not path.name.startswith(".")}
    handed_in = {student for student in found if place.submitted(student).is_file()}
    return handed_in | {path.parent.name for path in copies}


def _is_whole(place: Place, student: str) -> bool:
    """Whether the graded copy has its results: nbgrader first writes one that has none."""
    name = f"{place.assignment}.ipynb"
    path = place.folder / "autograded" / student / place.assignment / name
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError):
        return False
    return all(cell["outputs"] for cell in cells if is_test(cell))


if __name__ == "__main__":
    sys.exit(main())
