"""A course derived from its name: what it holds, what it refuses, and what it never overwrites."""

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import sample

from grading import course as module
from grading import release
from grading.catalogue import assignments
from grading.course import check_name, derive, main, source
from grading.folder import CourseError, read_record
from grading.template import fill, variant

COURSE = "history-101-2027"


def shorten(folder: Path, *, leak: str = "") -> None:
    """A stand-in for nbgrader that is quick: a release of the tasks alone."""
    for path in folder.glob("source/*/*.ipynb"):
        made = nbformat.read(path, as_version=4)
        made.cells = [cell for cell in made.cells if cell.id.endswith("-task")]
        made.cells[0].source += leak
        to = folder / "release" / path.parent.name / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, to)
    with sqlite3.connect(folder / "gradebook.db") as book:
        book.execute("create table if not exists submitted_assignment (id)")
    book.close()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(module, "make_release", shorten)


@pytest.fixture
def made(quick, tmp_path):
    """A course of the sample, and how to make it once more."""
    out = tmp_path / "courses" / COURSE

    def again(name=COURSE, notebook=None):
        return derive(name, out, [sample.assignment(tmp_path, notebook)])

    again()
    return out, again


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["history-101-2027", "h", "2027", "a" * 60])
def test_a_good_name_is_accepted(name):
    check_name(name)


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("History 101 (2027)", "history-101-2027"),
        ("../other", "other"),
        ("a--b", "a-b"),
        ("-a", "a"),
        ("a\n", "a"),
        ("é", "history-101-2027"),
        ("", "history-101-2027"),
        ("a" * 61, "a" * 60),
    ],
)
def test_a_bad_name_is_refused_with_a_good_one(name, proposal):
    with pytest.raises(CourseError, match=f"COURSE={proposal}$"):
        check_name(name)


def test_the_command_says_what_is_wrong(capsys):
    assert main(["History 101"]) == 1
    assert "COURSE=history-101" in capsys.readouterr().err


def test_the_command_makes_a_course(quick, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(module, "assignments", lambda: [sample.assignment(tmp_path)])
    monkeypatch.setattr(module, "work_out_pools", lambda: None)
    assert main([COURSE, f"--out={tmp_path / 'out'}"]) == 0
    said = capsys.readouterr().out
    assert "sample: 8 questions, 2 essays, 100 points, variant " in said
    assert (tmp_path / "out" / "release" / "sample" / "sample.ipynb").is_file()


def test_a_parameter_that_cannot_be_stored_is_named(quick, tmp_path):
    one = sample.assignment(tmp_path)
    odd = replace(one, essays={"essay-1": [{"person": {"Kamenev"}}]})
    with pytest.raises(CourseError, match="sample/essay-1, parameter person: set found"):
        derive(COURSE, tmp_path / "out", [odd])


def test_the_course_names_itself_and_its_variant(made):
    out, _ = made
    record = read_record(out)
    parameters = record["assignments"]["sample"]["parameters"]
    about = nbformat.read(out / "release/sample/sample.ipynb", as_version=4).metadata.assignment
    assert about == {"course": COURSE, "name": "sample", "variant": variant(parameters)}
    assert record["assignments"]["sample"]["variant"] == about["variant"]
    assert f'"{COURSE}"' in (out / "nbgrader_config.py").read_text(encoding="utf-8")


def test_placeholders_are_filled_and_each_solution_begins_with_its_stub(made):
    out, _ = made
    text = (out / "source/sample/sample.ipynb").read_text(encoding="utf-8")
    assert "{{" not in text
    cells = {cell.id: cell for cell in nbformat.reads(text, as_version=4).cells}
    year = read_record(out)["assignments"]["sample"]["parameters"]["q3"]["year"]
    assert cells["q3"].source.startswith("q3 = ...\n### BEGIN SOLUTION\n")
    assert f"(year_of_event == {year})" in cells["q3"].source
    assert cells["q3-task"].source.startswith(f"How many events has {year}?")
    assert COURSE in cells["cover"].source


def test_lists_are_written_for_readers_and_for_python():
    notebook = nbformat.v4.new_notebook()
    task = {"nbgrader": {"grade_id": "q1-task"}}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("Of {{people}}, in {{ year }}", metadata=task),
        nbformat.v4.new_code_cell("x = {{people}}", metadata={"nbgrader": {"grade_id": "q1"}}),
    ]
    parameters = {"q1": {"people": ["O'Hara", "Max"], "year": 1917}}
    prose, code = fill(notebook, "c", "sample", parameters).cells
    assert prose.source == "Of O'Hara, Max, in 1917"
    assert code.source == """x = ["O'Hara", 'Max']"""


def test_text_that_breaks_out_of_its_quotes_is_refused():
    code = nbformat.v4.new_code_cell('x = "{{a}}"', metadata={"nbgrader": {"grade_id": "q1"}})
    notebook = nbformat.v4.new_notebook(cells=[code])
    with pytest.raises(ValueError, match="break out of its quotes"):
        fill(notebook, "c", "sample", {"q1": {"a": '" + "'}})


def test_other_names_get_other_variants(chosen):
    for assignment in chosen[::3]:
        one, other = (source(assignment, name) for name in ("history-101", "history-102"))
        assert one.metadata["assignment"]["variant"] != other.metadata["assignment"]["variant"]
        assert [cell.source for cell in one.cells] != [cell.source for cell in other.cells]


def test_a_notebook_against_the_rules_makes_no_course(quick, tmp_path):
    notebook = sample.notebook()
    notebook.cells.pop()
    with pytest.raises(CourseError, match="1 essay cells, expected 2"):
        derive(COURSE, tmp_path / "out", [sample.assignment(tmp_path, notebook)])
    assert not (tmp_path / "out").exists()


def test_a_release_that_tells_too_much_makes_no_course(monkeypatch, tmp_path):
    told = "Others saw a schemer."
    monkeypatch.setattr(module, "make_release", lambda folder: shorten(folder, leak=told))
    with pytest.raises(CourseError, match=f"must not see:\n  {told}"):
        derive(COURSE, tmp_path / "courses" / "out", [sample.assignment(tmp_path)])
    assert list((tmp_path / "courses").iterdir()) == []


def test_no_assignments_are_no_course(tmp_path):
    with pytest.raises(CourseError, match="there are no assignments"):
        derive(COURSE, tmp_path / "out", [])


def test_a_missing_module_is_named(tmp_path):
    path = tmp_path / "source" / "final-project" / "final-project.ipynb"
    path.parent.mkdir(parents=True)
    path.touch()
    try:
        import grading.assignments.final_project  # noqa: F401
    except ModuleNotFoundError:
        with pytest.raises(FileNotFoundError, match=r"src/grading/assignments/final_project\.py"):
            assignments(tmp_path)
    else:
        assert [one.name for one in assignments(tmp_path)] == ["final-project"]


def test_nbgrader_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(release, "find_spec", lambda name: None)
    monkeypatch.setattr(release, "ROOT", tmp_path)
    with pytest.raises(CourseError, match="make grading"):
        release.nbgrader_python()


def test_making_it_again_changes_nothing_and_keeps_what_users_added(made):
    out, again = made
    before = contents(out)
    (out / "source" / "sample" / "map.png").write_bytes(b"a map")
    (out / "notes.txt").write_text("ours", encoding="utf-8")
    again()
    added = {"source/sample/map.png": b"a map", "notes.txt": b"ours"}
    assert contents(out) == before | added
    assert [path.name for path in out.parent.iterdir()] == [COURSE]


def test_a_changed_template_is_made_anew(made):
    out, again = made
    notebook = sample.notebook()
    notebook.cells[0].source += " Good luck."
    again(notebook=notebook)
    assert "Good luck." in (out / "source/sample/sample.ipynb").read_text(encoding="utf-8")


def submit(out: Path, part: str) -> None:
    (out / part / "anna" / "sample").mkdir(parents=True)
    (out / part / "anna" / "sample" / "sample.ipynb").write_text("{}", encoding="utf-8")


def grade(out: Path) -> None:
    with sqlite3.connect(out / "gradebook.db") as book:
        book.execute("insert into submitted_assignment values (1)")
    book.close()


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda out: submit(out, "submitted"), "holds work of students, such as submitted/anna"),
        (lambda out: submit(out, "autograded"), "holds work of students, such as autograded/anna"),
        (lambda out: submit(out, "feedback"), "holds work of students, such as feedback/anna"),
        (grade, r"holds work of students, such as gradebook\.db"),
        (lambda out: (out / "gradebook.db").write_bytes(b"x" * 4096), "cannot be read"),
        (lambda out: (out / "source/sample/sample.ipynb").write_bytes(b"{}"), "changed since"),
        (lambda out: (out / "nbgrader_config.py").write_bytes(b"#"), "changed since"),
        (lambda out: (out / "course.json").unlink(), "no course that was made here"),
        (lambda out: (out / "course.json").write_bytes(b"{"), "cannot be read"),
    ],
)
def test_what_a_user_made_is_never_overwritten(made, work, said):
    out, again = made
    work(out)
    before = contents(out)
    with pytest.raises(CourseError, match=said):
        again()
    assert contents(out) == before


def test_the_folder_of_another_course_is_left_alone(made):
    out, again = made
    before = contents(out)
    with pytest.raises(CourseError, match=f"holds the course {COURSE}"):
        again("history-102")
    assert contents(out) == before


def test_a_failure_leaves_the_old_course(made, monkeypatch):
    out, again = made
    before = contents(out)
    monkeypatch.setattr(module, "make_release", lambda folder: shutil.rmtree(folder / "source"))
    with pytest.raises(FileNotFoundError):
        again()
    assert contents(out) == before


def test_the_record_is_json_that_a_person_can_read(made):
    out, _ = made
    text = (out / "course.json").read_text(encoding="utf-8")
    assert json.loads(text)["course"] == COURSE
    assert text.count("\n") > 10
