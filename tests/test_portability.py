"""Windows and macOS: paths, letters, line ends, names of files, and what only one system has."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lessons import ROOT, Lesson, lesson_paths

# What one of the systems lacks. Grading, which is for Linux, is not looked at.
UNIX_MODULES = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "termios"}
UNIX_CALLS = {"fork", "forkpty", "getuid", "geteuid", "killpg", "setsid", "symlink_to", "mkfifo"}
UNIX_SIGNALS = {"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1"}
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
LONGEST = 120  # of the 260 characters that a path may have on Windows; the rest is the folder's


def sources() -> list[tuple[str, str]]:
    """The name and the code of each module and each lesson but grading's."""
    folders = [ROOT / "src" / "helpers", ROOT / "docs", ROOT / "tests"]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    found = [(path.name, path.read_text(encoding="utf-8")) for path in files if _is_ours(path)]
    for path in lesson_paths():
        found.append((path.name, "\n".join(cell.source for cell in Lesson.read(path).code)))
    return found


def _is_ours(path: Path) -> bool:
    return not {"grading", "hub"} & set(path.relative_to(ROOT).parts)


def unix_only(code: str) -> list[str]:
    """What a piece of code uses that Windows does not have, or writes otherwise."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name in UNIX_MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in UNIX_MODULES:
            found.append(node.module)
        elif isinstance(node, ast.Attribute) and node.attr in UNIX_CALLS | UNIX_SIGNALS:
            found.append(node.attr)
        elif isinstance(node, ast.Call) and _name(node) in ("strftime", "DateFormatter"):
            found += [text for text in _texts(node) if re.search(r"%[-#]|%[aAbBcxXp]", text)]
    return found


def unnamed_encodings(code: str) -> list[int]:
    """The lines that open text without saying how it is encoded: on Windows that differs."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and _is_text(node) and not _has(node, "encoding")
    ]


def _is_text(call: ast.Call) -> bool:
    """Whether a call reads or writes text."""
    if _name(call) in ("read_text", "write_text"):
        return True
    if _name(call) == "open":
        # open(path, mode) or path.open(mode); that of os opens no text
        is_of_os = getattr(getattr(call.func, "value", None), "id", "") == "os"
        return not is_of_os and not any(
            text in ("rb", "wb", "xb", "ab", "a+b") for text in _texts(call)
        )
    return _has(call, "text") and _name(call) in ("run", "Popen", "check_output")


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _has(call: ast.Call, keyword: str) -> bool:
    return any(one.arg in (keyword, None) for one in call.keywords)


def _texts(call: ast.Call) -> list[str]:
    values = [*call.args, *(one.value for one in call.keywords)]
    constants = [one.value for one in values if isinstance(one, ast.Constant)]
    return [text for text in constants if isinstance(text, str)]


def bad_names(paths: list[str]) -> list[str]:
    """What is wrong with names of files on Windows and macOS."""
    problems = [f"{path}: over {LONGEST} characters" for path in paths if len(path) > LONGEST]
    for path in paths:
        for part in path.split("/"):
            if FORBIDDEN.search(part) or RESERVED.fullmatch(part):
                problems.append(f"{path}: Windows allows no {part!r}")
    known: dict[str, str] = {}
    for path in paths:
        other = known.setdefault(path.casefold(), path)
        if other != path:
            problems.append(f"{path} and {other} are one file where case does not count")
    return problems


def git(*arguments: str, folder: Path = ROOT) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_no_code_needs_unix():
    """Only two tools do: `make bench` reads times from Linux, `make mutate` forks."""
    folders = ("bench", "mutation")
    tools = {path.name for one in folders for path in (ROOT / "tests" / one).glob("*.py")}
    found = {name: found for name, code in sources() if (found := unix_only(code))}
    assert {name: what for name, what in found.items() if name not in tools} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import fcntl",
        "from resource import getrusage",
        "os.fork()",
        "os.kill(1, signal.SIGKILL)",
        'day.strftime("%-d")',
        'DateFormatter(fmt="%d %b")',
    ],
)
def test_code_for_unix_is_caught(code):
    assert unix_only(code)


def test_all_text_says_how_it_is_encoded():
    assert {name: lines for name, code in sources() if (lines := unnamed_encodings(code))} == {}


@pytest.mark.parametrize(
    ("code", "is_named"),
    [
        ("open('x')", False),
        ("path.open('w')", False),
        ("path.read_text()", False),
        ("path.write_text('x')", False),
        ("subprocess.run(x, text=True)", False),
        ("path.open('rb')", True),
        ("path.read_text(encoding='utf-8')", True),
        ("subprocess.run(x, capture_output=True)", True),
        ("os.open('x', os.O_RDONLY)", True),
    ],
)
def test_text_without_an_encoding_is_caught(code, is_named):
    assert (unnamed_encodings(code) == []) is is_named


def test_every_name_of_a_file_is_allowed_everywhere():
    paths = git("ls-files", "-z").split("\0")[:-1]
    assert bad_names(paths) == []
    assert not [line for line in git("ls-files", "--stage").splitlines() if line[:6] == "120000"]


@pytest.mark.parametrize(
    "paths",
    [["a/con.csv"], ["a:b"], ["what?.md"], ["end."], ["x" * 200], ["data/A.csv", "data/a.csv"]],
)
def test_a_name_that_windows_refuses_is_caught(paths):
    assert bad_names(paths)


def test_a_checkout_on_windows_keeps_the_line_ends(tmp_path):
    """Tables are refused with Windows line ends, and the record is compared letter by letter."""
    git("init", "--quiet", folder=tmp_path)
    for name, value in (("autocrlf", "true"), ("eol", "crlf")):
        git("config", f"core.{name}", value, folder=tmp_path)
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    names = ("events.csv", "lesson.ipynb", "page.md", "postBuild", "picture.png")
    for name in names:
        (tmp_path / name).write_bytes(b"one\ntwo\n")
    git("add", ".", folder=tmp_path)
    for name in names:
        (tmp_path / name).unlink()
    git("checkout", "--", ".", folder=tmp_path)
    assert {(tmp_path / name).read_bytes() for name in names} == {b"one\ntwo\n"}


# What a student does, in a place with other letters than ours. A third package may open its own
# files as it likes: only our modules must name an encoding.
LESSON = """
import warnings
from pathlib import Path
for ours in (r"helpers(\\..*)?", "__main__"):
    warnings.filterwarnings("error", category=EncodingWarning, module=ours)
import helpers.answers
from helpers import check, load, my_answers, save_my_work, show, timeline
helpers.answers.data_path = lambda name: Path.cwd() / "data" / name
show(timeline(load("events").head(8)), title="Eight events", caption="The first of them all.")
check("11.1", "Троцкий")
assert my_answers()["last"].tolist() == ["Троцкий"]
Path("one.ipynb").touch()
assert save_my_work("Anna").file.name.startswith("my-work-Anna")
print("кириллица")
"""
FAULT = """
import runpy
import helpers.tables as tables
load, chosen = tables.load_checked, ["people", "places"]
def broken(name):
    table = load(name)
    return table.assign(birth_place_id="Львов") if name == "people" else table
tables.load_checked, tables.names = broken, lambda: chosen
runpy.run_module("helpers.integrity", run_name="__main__")
"""


def run_elsewhere(program: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A program run with the code page of Windows for what it prints, and ASCII for files."""
    own = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    own |= {"PYTHONIOENCODING": "cp1252", "PYTHONWARNDEFAULTENCODING": "1"}
    own["TROTSKY_ANSWERS"] = str(folder / "my-answers.csv")
    file = folder / "program.py"
    file.write_text(program, encoding="utf-8")
    command = [sys.executable, str(file)]
    return subprocess.run(command, cwd=folder, env=os.environ | own, capture_output=True)


def test_a_lesson_works_where_other_letters_are_usual(tmp_path):
    result = run_elsewhere(LESSON, tmp_path)
    # All of it ran but the last line, which shows that the place is what it should be.
    assert "UnicodeEncodeError: 'charmap'" in result.stderr.decode("ascii", "replace"), (
        result.stderr.decode("utf-8", "replace")
    )
    assert b"print(" in result.stderr


def test_a_fault_in_russian_letters_ends_no_command(tmp_path):
    """What the code page lacks is written as an escape: `make data` into a file, on Windows."""
    result = run_elsewhere(FAULT, tmp_path)
    assert result.returncode == 1
    assert b"UnicodeEncodeError" not in result.stderr, result.stderr
    assert b"'\\u041b\\u044c" in result.stdout
