"""A release as the real nbgrader makes it: the same every time, free of answers, and runnable."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import few
import nbformat
import pytest

from grading.leaks import leaks, secrets, texts

# The sources of a course, or with nbgrader the whole of it, and some pools worked out anew.
PROGRAM = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import few, nbformat, sample
from grading.catalogue import assignments
from grading.course import derive, source
out, course, step = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
out.parent.joinpath("sample").mkdir()
every = [sample.assignment(out.parent / "sample"), *assignments()]
if step == 1:
    derive(course, out, every)
sources = {one.name: nbformat.writes(source(one, course)) for one in every}
json.dump([sources, list(few.variants(step))], sys.stdout)
"""
SOME, ALL = 12, 1


def made_files(folder: Path) -> dict[str, bytes]:
    """All that `make assignments` makes, but for nbgrader's database."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def pairs(course: Path) -> list[tuple[Path, Path]]:
    """Each source notebook of a course with its release."""
    found = sorted(course.glob("source/*/*.ipynb"))
    return [(path, course / "release" / path.relative_to(course / "source")) for path in found]


@pytest.fixture(
    scope="module", params=[SOME, pytest.param(ALL, marks=pytest.mark.proof)], ids=["some", "all"]
)
def elsewhere(request, course, tmp_path_factory) -> tuple[Path, dict, list, int]:
    """The course made once more, with another order of sets, in another zone and language.

    Its pools are those that are stored. So the variants of some are worked out anew. Without the
    marker `proof`, the sources alone are made, which nbgrader then turns into releases.
    """
    out = tmp_path_factory.mktemp("elsewhere") / "other"
    command = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent), str(out), course.name]
    command.append(str(request.param))
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    run = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    sources, variants = json.loads(run.stdout)
    return out, sources, variants, request.param


def test_the_same_name_gives_the_same_bytes_in_another_process_and_place(course, elsewhere):
    out, sources, _, step = elsewhere
    here = {path.stem: path.read_bytes() for path, _ in pairs(course)}
    assert {name: f"{text}\n".encode() for name, text in sources.items()} == here
    assert not any(b"\r" in content for content in made_files(course).values())
    if step == ALL:
        assert made_files(out) == made_files(course)


def test_another_process_proposes_and_chooses_the_same_variants_with_the_same_answers(elsewhere):
    """All that is proposed, and the few that are chosen first, with what is computed of them."""
    *_, there, step = elsewhere
    here = {question: parts for question, *parts in few.variants(step)}
    assert {question: parts for question, *parts in there} == here
    assert len(here) >= 40 // step
    assert all(proposed and chosen for proposed, chosen in here.values())
    assert sum(len(chosen) for _, chosen in here.values()) >= 2 * len(here)


def test_no_solution_hidden_test_or_model_answer_is_in_a_release(course):
    for path, release in pairs(course):
        source = nbformat.read(path, as_version=4)
        assert len(secrets(source)) >= 12
        assert leaks(source, texts(nbformat.read(release, as_version=4))) == []
        text = release.read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("SOLUTION", "HIDDEN", "grading", "{{"))


def test_a_release_has_stubs_and_no_outputs(course):
    for _, path in pairs(course):
        release = nbformat.read(path, as_version=4)
        for cell in release.cells:
            about = cell.metadata.get("nbgrader", {})
            if about.get("solution") and cell.cell_type == "code":
                assert cell.source.splitlines()[0] == f"{about['grade_id']} = ..."
                assert len(cell.source.splitlines()) == 2
            elif about.get("solution"):
                assert cell.source == "*Write your answer here.*"
            assert not cell.get("outputs")


def test_an_untouched_release_runs_in_plain_python(course, capsys):
    for _, path in pairs(course):
        ran: dict = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(cell.source, ran)  # noqa: S102 - our own code
                if re.fullmatch(r"q\d+-test", cell.id):
                    assert "not answered yet" in capsys.readouterr().out


@pytest.mark.proof
def test_an_untouched_release_runs_in_a_plain_kernel(course, tmp_path):
    """One kernel for all of them, which forgets every name before each."""
    every = nbformat.v4.new_notebook()
    for _, path in pairs(course):
        every.cells.append(nbformat.v4.new_code_cell("%reset -f"))
        for cell in nbformat.read(path, as_version=4).cells:
            cell.id = f"{path.stem}-{cell.id}"
            every.cells.append(cell)
    (tmp_path / "every.ipynb").write_text(nbformat.writes(every), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    run = subprocess.run(
        [*command, str(tmp_path / "every.ipynb")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    cells = nbformat.read(tmp_path / "every.ipynb", as_version=4).cells
    for _, path in pairs(course):
        tests = [one for one in cells if re.fullmatch(rf"{path.stem}-q\d+-test", one.id)]
        assert len(tests) >= 8
        assert all("not answered yet" in one.outputs[0].text for one in tests)


def test_nbgrader_knows_the_assignments_and_their_points(course):
    query = """
        select assignment.name, sum(grade_cells.max_score) from grade_cells
        join base_cell on grade_cells.id = base_cell.id
        join notebook on base_cell.notebook_id = notebook.id
        join assignment on notebook.assignment_id = assignment.id group by assignment.name"""
    book = sqlite3.connect(course / "gradebook.db")
    known = dict(book.execute(query))
    book.close()
    assert known == {path.stem: 100 for path, _ in pairs(course)}


def test_a_release_imports_helpers_and_neither_nbgrader_nor_grading(course):
    for _, path in pairs(course):
        code = "\n".join(
            cell.source
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"
        )
        assert re.search(r"^from helpers import .*check_form", code, re.MULTILINE)
        assert not re.search(r"^\s*(import|from) (nbgrader|grading)", code, re.MULTILINE)
