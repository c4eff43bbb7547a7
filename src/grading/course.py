"""A course of its own, made from the common assignments and its name: `make assignments`.

The folder of the course is an nbgrader course: `source/` for the teacher, `release/` for the
students, made by nbgrader itself. The same name gives the same files, byte for byte.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import rules, soundness
from grading.catalogue import COURSE, ROOT, Assignment, assignments
from grading.folder import CourseError, check_free, start, store, write_record
from grading.leaks import leaks, texts
from grading.release import make_release
from grading.template import fill, kind, points
from grading.work_out import work_out_pools

CONFIG = "nbgrader_config.py"
LONGEST = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: say what was made, or what is wrong and what to do."""
    parser = argparse.ArgumentParser(prog="grading.course", description=__doc__.splitlines()[0])
    parser.add_argument("course", help="the name of the course, such as history-101-2027")
    parser.add_argument("--out", type=Path, help="the folder to make; courses/NAME if not given")
    given = parser.parse_args(arguments)
    try:
        check_name(given.course)
        out = given.out or ROOT / "courses" / given.course
        check_free(out, given.course)
        work_out_pools()
        for line in derive(given.course, out, assignments()):
            print(line)
    except (CourseError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def derive(course: str, out: Path, chosen: Sequence[Assignment]) -> list[str]:
    """Make the folder of a course, and say in lines what it holds.

    Nothing is written before everything has been found in order, and nothing that a user wrote is
    lost: a folder that holds anything of theirs is left as it is.

    Raises CourseError that says what to do.
    """
    check_name(course)
    check_free(out, course)
    if not chosen:
        raise CourseError("there are no assignments: notebooks/assignments/source/ is empty")
    made = {assignment.name: source(assignment, course) for assignment in chosen}
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as workshop:
        folder = start(out, Path(workshop) / "course")
        _write(folder, course, made)
        make_release(folder)
        for name, notebook in made.items():
            _check_release(folder, name, notebook)
        parameters = {assignment.name: assignment.parameters(course) for assignment in chosen}
        write_record(folder, course, parameters)
        store(folder, out)
    lines = [_summary(name, notebook) for name, notebook in made.items()]
    return [*lines, f"Hand out: {out / 'release'}"]


def check_name(course: str) -> None:
    """Refuse a name that cannot be a folder, an address and an nbgrader course everywhere.

    Raises CourseError that proposes a name.
    """
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", course) and len(course) <= LONGEST:
        return
    proposal = "-".join(re.findall(r"[a-z0-9]+", course.casefold()))[:LONGEST].strip("-")
    raise CourseError(
        f"the name of a course has small letters, digits and single hyphens, {LONGEST} at most; "
        f"{course!r} is not one. Write for example COURSE={proposal or 'history-101-2027'}"
    )


def source(assignment: Assignment, course: str) -> NotebookNode:
    """The source notebook of a course's variant, checked.

    Raises CourseError that lists every fault of the notebook and of the variant.
    """
    template = nbformat.read(assignment.source, as_version=4)
    try:
        found = rules.faults(template, assignment)
        if found:
            raise CourseError("\n".join(found))
        parameters = assignment.parameters(course)
        notebook = fill(template, course, assignment.name, parameters)
    except CourseError:
        raise
    except (TypeError, ValueError, SyntaxError) as error:
        raise CourseError(f"{assignment.name}: {error}") from error
    for grade_id, question in assignment.questions.items():
        faults = soundness.faults(question, parameters[grade_id])
        found += [f"{assignment.name}/{grade_id}, {parameters[grade_id]}: {one}" for one in faults]
    if found:
        raise CourseError("\n".join(found))
    return notebook


def _write(folder: Path, course: str, made: dict[str, NotebookNode]) -> None:
    """The settings and the source notebooks of a course."""
    settings = (COURSE / CONFIG).read_text(encoding="utf-8").replace("{{course}}", course)
    (folder / CONFIG).write_text(settings, encoding="utf-8", newline="\n")
    for name, notebook in made.items():
        path = folder / "source" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _check_release(folder: Path, name: str, notebook: NotebookNode) -> None:
    release = nbformat.read(folder / "release" / name / f"{name}.ipynb", as_version=4)
    found = leaks(notebook, texts(release))
    if found:
        listed = "\n".join(f"  {line}" for line in found)
        raise CourseError(
            f"{name}: the release would show what students must not see:\n{listed}\n"
            "Take these lines out of the tasks, or word them otherwise in the solutions."
        )


def _summary(name: str, notebook: NotebookNode) -> str:
    kinds = [kind(cell) for cell in notebook.cells]
    total = sum(map(points, notebook.cells))
    return (
        f"{name}: {kinds.count('test')} questions, {kinds.count('essay')} essays, "
        f"{total:g} points, variant {notebook.metadata['assignment']['variant']}"
    )


if __name__ == "__main__":
    sys.exit(main())
