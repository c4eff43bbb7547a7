"""A student's work in one file: what goes in, what does not, and that nothing is overwritten."""

import subprocess
import zipfile
from pathlib import Path, PureWindowsPath

import pytest

from helpers import answers, keeping
from helpers.keeping import Kept, save_my_work

LESSONS = ("notebooks/00-start-here.ipynb", "notebooks/3-exile/32-the-circle.ipynb")
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two lessons with a student in its first folder, and no git."""
    for lesson in (*LESSONS, "notebooks/assignments/source/x.ipynb"):
        (tmp_path / lesson).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / lesson).write_text("as it came", encoding="utf-8")
    monkeypatch.setattr(answers, "data_path", lambda _: tmp_path / "data" / "x.json")
    monkeypatch.setenv("TROTSKY_ANSWERS", str(tmp_path / "my-answers.csv"))
    monkeypatch.chdir(tmp_path / "notebooks" / "3-exile")
    return tmp_path


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def known(course):
    """The same, known to git."""
    git(course, "init", "--initial-branch", "main")
    git(course, "add", ".")
    git(course, *WHO, "commit", "--message", "course")
    return course


def inside(kept):
    with zipfile.ZipFile(kept.file) as archive:
        return set(archive.namelist())


def test_with_the_dots_nothing_is_written(course, capsys):
    assert save_my_work(...) is None
    assert save_my_work("  ") is None
    assert capsys.readouterr().out == (keeping.NOT_YET + "\n") * 2
    assert list(course.rglob("*.zip")) == []


def test_the_changed_notebook_and_the_answers_are_kept(known):
    (known / LESSONS[1]).write_text("changed", encoding="utf-8")
    (known / "notebooks" / "own.ipynb").write_text("new", encoding="utf-8")
    (known / "my-answers.csv").write_text("time", encoding="utf-8")
    kept = save_my_work("Anna")
    assert inside(kept) == {LESSONS[1], "notebooks/own.ipynb", "my-answers.csv"}
    assert kept.file.parent == known / "notebooks"
    assert kept.holds == "2 notebooks and your answers"


def test_what_a_hub_has_committed_counts_as_changed(known):
    git(known, "branch", "sent")
    git(known, "branch", "--set-upstream-to", "sent")
    (known / LESSONS[0]).write_text("changed", encoding="utf-8")
    git(known, *WHO, "commit", "--all", "--message", "by the hub")
    assert inside(save_my_work("Anna")) == {LESSONS[0]}


def test_where_git_cannot_tell_every_lesson_is_kept(course):
    assert inside(save_my_work("Anna")) == set(LESSONS)


def test_a_broken_git_loses_nothing(known, monkeypatch):
    monkeypatch.setattr(keeping.shutil, "which", lambda _: str(known / "no-git"))
    assert inside(save_my_work("Anna")) == set(LESSONS)


def test_nothing_changed_is_said(known, capsys):
    assert save_my_work("Anna") is None
    assert capsys.readouterr().out == keeping.NOTHING + "\n"


def test_apart_from_the_lessons_only_the_open_folder_is_looked_at(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    for name in ("one.ipynb", "deep/two.ipynb"):
        (tmp_path / name).touch()
    monkeypatch.setattr(answers, "data_path", lambda _: tmp_path / "x" / "data" / "x.json")
    monkeypatch.chdir(tmp_path)
    assert inside(save_my_work("Anna")) == {"one.ipynb"}


def test_no_file_is_overwritten(course):
    files = [save_my_work("Anna").file for _ in range(3)]
    assert len(set(files)) == 3
    assert all(zipfile.is_zipfile(file) for file in files)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Anna", "Anna"), ("Иван Å / 1", "Иван-Å-1"), ('../a:b*?"<>|', "a-b"), ("??", "student")],
)
def test_any_name_makes_the_name_of_a_file(course, name, expected):
    assert save_my_work(name).file.name.startswith(f"my-work-{expected}-2")
    assert len(save_my_work("x" * 300).file.name) < 90


def test_a_folder_that_cannot_be_written_to_is_said(course, capsys, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(keeping, "_write", refuse)
    assert save_my_work("Anna") is None
    said = capsys.readouterr().out
    assert "could not be saved" in said
    assert "Permission denied. In the menu File, Download" in said


def test_the_link_leads_from_the_open_lesson_to_the_file(course):
    kept = save_my_work("Å b")
    page = kept._repr_html_()
    assert 'href="../my-work-%C3%85-b-2' in page
    assert f'download="{kept.file.name}"' in page
    assert kept.file.name in repr(kept)


def test_windows_paths_become_links(monkeypatch):
    kept = Kept(PureWindowsPath(r"C:\course\notebooks\my work.zip"), "1 notebook")
    monkeypatch.setattr(keeping, "Path", PureWindowsPath)
    monkeypatch.setattr(keeping.os.path, "relpath", lambda _: r"..\my work.zip")
    assert 'href="../my%20work.zip"' in kept._repr_html_()


def test_another_drive_of_windows_has_no_link_but_a_sentence(monkeypatch):
    def refuse(_):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    kept = Kept(Path("my-work.zip"), "1 notebook")
    monkeypatch.setattr(keeping.os.path, "relpath", refuse)
    assert kept._repr_html_() is None
    assert "my-work.zip" in repr(kept)
