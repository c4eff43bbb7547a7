"""One submission, from the file to its marks and words: repaired, run, compared.

Both ways of grading end here, `make grade` and nbgrader's own autograde, so that they agree. What
is found is plain JSON, kept beside the course, and not found a second time for the same file.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from grading.compare import Judge
from grading.folder import read_record
from grading.question import Question
from grading.repair import Repaired, repair
from grading.sandbox import Run, Sandbox
from grading.submission import about_cell, is_test, owner

FORMAT = 1  # of the marks on disk: raise it when the same file would get other words
ASSIGNMENTS = "GRADING_ASSIGNMENTS"  # another package of questions, for tests

Marks = dict[str, Any]


class NoSuchAssignmentError(ValueError):
    """There is nothing to grade by; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """Where the files of an assignment stand in the folder of a course."""

    folder: Path
    assignment: str

    @property
    def release(self) -> Path:
        """The notebook that students got."""
        return self.folder / "release" / self.assignment / f"{self.assignment}.ipynb"

    def submitted(self, student: str) -> Path:
        """The notebook that a student handed in."""
        name = f"{self.assignment}.ipynb"
        return self.folder / "submitted" / student / self.assignment / name

    def marks(self, student: str) -> Path:
        """What grading found in it."""
        return self.folder / "marks" / self.assignment / f"{student}.json"

    def students(self) -> list[str]:
        """All who handed something in for this assignment, even if the notebook is missing."""
        found = self.folder.glob(f"submitted/*/{self.assignment}")
        return sorted(path.parent.name for path in found if path.is_dir())


class Marker:
    """All that is needed to grade one assignment of one course.

    Raises NoSuchAssignmentError where there is no release or no question.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        try:
            self._release_bytes = place.release.read_bytes()
        except OSError:
            raise NoSuchAssignmentError(
                f"{place.release} is missing: make the course with make assignments"
            ) from None
        self.release = plain_sources(json.loads(self._release_bytes))
        about = read_record(place.folder)["assignments"].get(place.assignment)
        if about is None:
            raise NoSuchAssignmentError(f"{place.folder} has no assignment {place.assignment!r}")
        self._parameters = about["parameters"]
        self._judges: dict[str, Judge] = {}
        self.questions = questions_of(place.assignment)
        tests = [about_cell(cell) for cell in self.release["cells"] if is_test(cell)]
        self.points = {owner(test["grade_id"]): test["points"] for test in tests}

    def digest(self, submitted: bytes | None) -> str:
        """The same for the same file, release and parameters; another one for any other."""
        parts = [str(FORMAT), json.dumps(self._parameters, sort_keys=True)]
        whole = hashlib.sha256("\n".join(parts).encode() + self._release_bytes)
        whole.update(b"missing" if submitted is None else b"file" + submitted)
        return whole.hexdigest()

    def repaired(self, submitted: bytes | None) -> Repaired:
        """The notebook that is graded."""
        if submitted is None:
            blank = repair(b"", self.release)
            blank.notes = [f"There is no file {self.place.assignment}.ipynb, or it is a link."]
            return blank
        return repair(submitted, self.release)

    def known(self, student: str, digest: str) -> Marks | None:
        """The marks found earlier for the same file, if there are any."""
        try:
            marks = json.loads(self.place.marks(student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return marks if marks.get("digest") == digest else None

    def mark(self, student: str, sandbox: Sandbox) -> Marks:
        """Grade what a student handed in, unless that is done, and keep what was found."""
        submitted = read_submission(self.place.submitted(student))
        digest = self.digest(submitted)
        known = self.known(student, digest)
        if known is not None:
            return known
        found = self.repaired(submitted)
        run = Run() if found.status == "unreadable" else self._run(found, sandbox)
        marks = self._marks(found, run) | {"student": student, "digest": digest, "recorded": False}
        store(self.place.marks(student), marks)
        return marks

    def _run(self, found: Repaired, sandbox: Sandbox) -> Run:
        cells = found.notebook["cells"]
        code = {
            place: cell["source"]
            for place, cell in enumerate(cells)
            if cell["cell_type"] == "code" and not is_test(cell) and cell["source"].strip()
        }
        return sandbox.run(code, list(self.points))

    def _marks(self, found: Repaired, run: Run) -> Marks:
        ids = [cell["id"] for cell in found.notebook["cells"]]
        troubles = {ids[place]: words for place, words in _troubles(run).items()}
        answers = {}
        for name in self.points:
            if found.status in ("unreadable", "other course"):
                answers[name] = {"right": False, "words": f"{name}: not graded. {found.notes[0]}"}
            else:
                trouble = f"Its cell {troubles[name]}." if name in troubles else ""
                verdict = self._judge(name).verdict(run.answers.get(name), trouble)
                answers[name] = {"right": verdict.right, "words": verdict.words}
        notes = found.notes + [f"{_cell_name(name)} {words}." for name, words in troubles.items()]
        return {
            "status": found.status,
            "notes": notes,
            "answers": answers,
            "points": sum(self.points[name] for name in answers if answers[name]["right"]),
            "of": sum(self.points.values()),
            "outputs": {ids[place]: shown for place, shown in _outputs(run).items()},
            "cpu_seconds": round(run.cpu_seconds, 3),
        }

    def _judge(self, name: str) -> Judge:
        if name not in self._judges:
            question = self.questions[name]
            self._judges[name] = Judge(name, question, self._parameters.get(name, {}))
        return self._judges[name]


def questions_of(assignment: str) -> Mapping[str, Question]:
    """The questions of an assignment, by the name of the variable that holds the answer.

    Raises NoSuchAssignmentError.
    """
    package = os.environ.get(ASSIGNMENTS, "grading.assignments")
    module = f"{package}.{assignment.replace('-', '_')}"
    try:
        return import_module(module).QUESTIONS
    except ModuleNotFoundError:
        raise NoSuchAssignmentError(f"there are no questions for {assignment!r}") from None


def read_submission(path: Path) -> bytes | None:
    """A submitted file; None where there is none, or a link to something else."""
    try:
        return None if path.is_symlink() or not path.is_file() else path.read_bytes()
    except OSError:
        return None


def store(path: Path, content: Any) -> None:
    """Write JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(json.dumps(content, ensure_ascii=True), encoding="utf-8")
    part.replace(path)


def plain_sources(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook from a file, with each source as one text."""
    for cell in notebook["cells"]:
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
    return notebook


def _troubles(run: Run) -> dict[int, str]:
    """For each cell that failed: how, in words that go on after the name of the cell."""
    found = {place: f"was left out, because it {words}" for place, words in run.ended.items()}
    for place, error in run.errors.items():
        if error["name"] == "Timeout":
            found[place] = f"was {error['value']}"
        else:
            said = f"{error['name']}: {error['value']}".strip(": ")
            found[place] = f"stopped with {' '.join(said.split())[:200]}{_explained(said)}"
    return dict(sorted(found.items()))


def _explained(said: str) -> str:
    for sign, words in _EXPLANATIONS.items():
        if sign in said:
            return f" ({words})"
    return ""


_EXPLANATIONS = {
    "Read-only file system": "nothing outside its own folder can be changed",
    "Permission denied": "nothing outside its own folder can be changed",
    "unreachable": "there is no network while grading",
    "name resolution": "there is no network while grading",
    "Name or service": "there is no network while grading",
    "MemoryError": "more memory than a submission may use",
    "Unable to allocate": "more memory than a submission may use",
    "Resource temporarily unavailable": "no other program can be started while grading",
    "can't start new thread": "no other program can be started while grading",
    "SystemExit": "sys.exit ends the cell; the next ones were run",
}


def _cell_name(name: str) -> str:
    return f"A cell of the student's own ({name})" if name.startswith("own-") else f"{name}: it"


def _outputs(run: Run) -> dict[int, list[dict[str, Any]]]:
    """The outputs of each cell, its error at the end."""
    shown = {place: list(outputs) for place, outputs in run.outputs.items()}
    for place, error in run.errors.items():
        lines = error["traceback"] or [f"{error['name']}: {error['value']}"]
        output = {"output_type": "error", "ename": error["name"], "evalue": error["value"]}
        shown.setdefault(place, []).append(output | {"traceback": [str(line) for line in lines]})
    return shown
