"""Links that open a lesson: from every form of an address, exactly, and none without an address."""

import argparse
import json
import subprocess
from pathlib import PureWindowsPath

import launch
import pytest
from launch import Repository, repository
from lessons import ROOT

FIRST = "notebooks/00-start-here.ipynb"
GITHUB = Repository("github.com", "who/trotsky", "main")
GITLAB = Repository("gitlab.com", "uni/history/trotsky", "v1.0")
OTHER = Repository("git.example.org", "who/trotsky", "main")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/who/trotsky", "https://github.com/who/trotsky"),
        ("https://github.com/who/trotsky.git\n", "https://github.com/who/trotsky"),
        ("git@github.com:who/trotsky.git", "https://github.com/who/trotsky"),
        ("ssh://git@github.com:22/who/trotsky.git", "https://github.com/who/trotsky"),
        ("git@gitlab.com:uni/history/trotsky.git", "https://gitlab.com/uni/history/trotsky"),
        ("https://me:secret@github.com/who/trotsky", "https://github.com/who/trotsky"),
        ("http://git.example.org:8080/a/b/", "http://git.example.org:8080/a/b"),
    ],
)
def test_every_form_of_an_address_is_understood_and_no_password_kept(address, expected):
    assert repository(address, "main").address == expected


@pytest.mark.parametrize(
    "address",
    ["/srv/git/trotsky", "../trotsky", "file:///srv/trotsky", "C:\\work\\trotsky", "C:/x"],
)
def test_a_folder_is_no_address_for_others(address):
    with pytest.raises(ValueError, match="is no address that others can fetch"):
        repository(address, "main")


@pytest.mark.parametrize(("address", "ref"), [("https://github.com/", "main"), ("a.org:b", "")])
def test_a_path_and_a_branch_are_needed(address, ref):
    with pytest.raises(ValueError, match="a path and a branch or tag are needed"):
        repository(address, ref)


def test_a_message_shows_no_password():
    with pytest.raises(ValueError, match="needed") as error:
        repository("https://me:secret@github.com", "main")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (GITHUB, "gh/who/trotsky/main"),
        (GITLAB, "gl/uni%2Fhistory%2Ftrotsky/v1.0"),
        (OTHER, "git/https%3A%2F%2Fgit.example.org%2Fwho%2Ftrotsky/main"),
        (Repository("github.com", "who/trotsky", "try/a b"), "gh/who/trotsky/try/a%20b"),
    ],
)
def test_binder_is_told_which_host_it_is(one, expected):
    link = f"https://mybinder.org/v2/{expected}?urlpath=lab/tree/{FIRST}"
    assert launch.binder(one, FIRST) == link


def test_a_hub_fetches_the_course_and_opens_the_lesson():
    assert launch.links(GITHUB, FIRST, "https://hub.uni.edu/jupyter/")["nbgitpuller"] == (
        "https://hub.uni.edu/jupyter/hub/user-redirect/git-pull"
        "?repo=https%3A%2F%2Fgithub.com%2Fwho%2Ftrotsky&branch=main"
        "&urlpath=lab%2Ftree%2Ftrotsky%2Fnotebooks%2F00-start-here.ipynb"
    )


def test_a_hub_that_has_the_course_opens_the_lesson():
    expected = "https://hub.uni.edu/hub/user-redirect/lab/tree/trotsky/" + FIRST
    assert launch.links(OTHER, FIRST, "https://hub.uni.edu/hub")["JupyterHub"] == expected


def test_a_link_within_a_link_is_quoted_twice():
    image = repository("https://github.com/uni/image", "HEAD")
    assert launch.links(GITHUB, FIRST, image=image)["Binder"] == (
        "https://mybinder.org/v2/gh/uni/image/HEAD?urlpath=git-pull"
        "%3Frepo%3Dhttps%253A%252F%252Fgithub.com%252Fwho%252Ftrotsky%26branch%3Dmain"
        "%26urlpath%3Dlab%252Ftree%252Ftrotsky%252Fnotebooks%252F00-start-here.ipynb"
    )


def test_colab_opens_repositories_of_github_alone():
    expected = "https://colab.research.google.com/github/who/trotsky/blob/main/" + FIRST
    assert launch.links(GITHUB, FIRST)["Colab"] == expected
    assert "Colab" not in launch.links(GITLAB, FIRST)
    assert "Colab" not in launch.links(OTHER, FIRST)


def test_colab_gets_helpers_and_no_second_jupyter():
    cell = launch.colab_cell(GITHUB)
    assert cell.startswith("%pip install --quiet --no-deps git+https://github.com/who/trotsky@main")
    assert "pandas==" in cell
    assert "matplotlib==" in cell
    assert "jupyter" not in cell


def test_a_hub_without_an_address_is_refused():
    with pytest.raises(ValueError, match="is no address of a JupyterHub"):
        launch.links(GITHUB, FIRST, "hub.uni.edu")


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def test_address_and_branch_come_from_git(tmp_path):
    git(tmp_path, "init", "--initial-branch", "spring")
    assert launch.asked([], tmp_path).address == ""
    git(tmp_path, "remote", "add", "upstream", "git@github.com:who/trotsky.git")
    assert launch.asked([], tmp_path).address == "git@github.com:who/trotsky.git"
    git(tmp_path, "remote", "add", "origin", "https://gitlab.com/me/trotsky")
    found = launch.asked([], tmp_path)
    assert (found.address, found.ref) == ("https://gitlab.com/me/trotsky", "spring")
    given = launch.asked(["--address", "https://a.org/b/c", "--ref", "v2"], tmp_path)
    assert (given.address, given.ref) == ("https://a.org/b/c", "v2")


def test_outside_of_git_there_is_no_address(tmp_path):
    assert launch.asked([], tmp_path / "none").address == ""


def test_a_tag_that_is_checked_out_is_named(tmp_path):
    git(tmp_path, "init", "--initial-branch", "main")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(tmp_path, *who, "commit", "--allow-empty", "--message", "first")
    git(tmp_path, "tag", "v1.0")
    git(tmp_path, "checkout", "--detach", "v1.0")
    assert launch.branch_or_tag(tmp_path) == "v1.0"


def options(**given):
    return argparse.Namespace(**{"address": "", "ref": "main", "hub": "", "image": ""} | given)


def test_the_readme_gets_a_row_for_each_lesson_and_can_be_made_again_from_itself():
    page = "before\n<!-- launch links: make launch -->\n<!-- end of launch links -->\nafter\n"
    made = launch.filled(page, options(address="git@github.com:who/x.git", hub="https://h.org"))
    assert made.count("https://mybinder.org/v2/gh/who/x/main?urlpath=lab/tree/notebooks/") == 17
    assert made.count("https://h.org/hub/user-redirect/git-pull?") == 17
    assert "| Lesson | Binder | nbgitpuller | JupyterHub | Colab |" in made
    assert launch.filled(made, launch.options_of(made)) == made
    assert launch.filled(made, options()) == launch.filled(page, options())
    assert made.startswith("before\n")
    assert made.endswith("\nafter\n")


def test_a_readme_without_its_marks_is_left_alone():
    with pytest.raises(ValueError, match="has no part between"):
        launch.filled("nothing", options())


def test_the_readme_names_no_address_that_nobody_gave():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    made_from = launch.options_of(text)
    assert launch.filled(text, made_from or options()) == text, "run make launch"
    if not made_from:
        assert "mybinder.org" not in text
        assert "OWNER" not in text


def test_windows_paths_become_links(monkeypatch):
    course = PureWindowsPath(r"C:\course")
    path = course / "notebooks" / "3-exile" / "32-the-circle.ipynb"
    monkeypatch.setattr(launch, "ROOT", course)
    monkeypatch.setattr(launch, "lessons", lambda: [(path, {"number": "32", "title": "T"})])
    assert "?urlpath=lab/tree/notebooks/3-exile/32-the-circle.ipynb)" in launch.table(OTHER)


def test_the_readme_says_that_binder_forgets():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "It forgets your work." in text
    lesson = json.loads((ROOT / FIRST).read_text(encoding="utf-8"))
    prose = "".join("".join(cell["source"]) for cell in lesson["cells"])
    assert "**Binder forgets everything when you leave**" in prose
    assert "save_my_work(...)" in prose
