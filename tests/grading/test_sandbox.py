"""Student code behind its walls: what it cannot do, and what is left of what it did before."""

import json
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from hand_in import walls

from grading.isolation import Limits
from grading.sandbox import Sandbox, SandboxError

LIMITS = Limits(cell_seconds=1.5, seconds=5, memory=300_000_000, output=500_000, cell_text=2_000)


@pytest.fixture(scope="module")
def sandbox():
    with walls(LIMITS) as made:
        yield made


def run(sandbox, *cells):
    return sandbox.run(dict(enumerate(cells)), ["q1", "q2", "q3"])


def number(run, name):
    return run.answers[name]["value"]


def text(run, cell):
    return "".join(output.get("text", "") for output in run.outputs[cell])


def test_cells_run_in_order_and_answers_come_back(sandbox):
    code = "from helpers import load\nq1 = len(load('events'))"
    found = run(sandbox, code, "print('hello')\nq2 = q1 + 1\nq2")
    assert number(found, "q2") == number(found, "q1") + 1
    assert text(found, 1) == "hello\n"
    assert found.outputs[1][1]["data"]["text/plain"] == str(number(found, "q2"))
    assert not found.errors
    assert not found.ended


def test_nothing_is_left_of_the_submission_before(sandbox):
    run(sandbox, "q1 = secret = 1\nopen('note', 'w').write('x')\nimport helpers\nhelpers.load = 1")
    found = run(sandbox, "import os, helpers\nq1 = len(os.listdir())\nq2 = callable(helpers.load)")
    assert number(found, "q1") == 0
    assert found.answers["q2"]["value"] is True
    assert run(sandbox, "q1 = secret").errors[0]["name"] == "NameError"


def test_an_answer_that_is_changed_later_is_the_later_one(sandbox):
    assert number(run(sandbox, "q1 = 1", "q1 = 2"), "q1") == 2


def test_an_error_stops_its_cell_only(sandbox):
    found = run(sandbox, "q1 = 1", "x = 1\n1 / 0", "q2 = 2")
    assert found.errors[1]["name"] == "ZeroDivisionError"
    assert found.errors[1]["traceback"][0] == "line 2: 1 / 0"
    assert (number(found, "q1"), number(found, "q2")) == (1, 2)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("while True: pass", "Timeout"),
        ("import time\ntime.sleep(60)", "Timeout"),
        ("x = [0] * 10**9", "MemoryError"),
        ("x = []\nwhile True: x.append(bytes(10**7))", "MemoryError"),
        ("import sys\nsys.exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import shutil, helpers.tables as t\nshutil.rmtree(t.data_path('works.csv').parent)",
         "OSError"),
        ("open('/usr/x', 'w')", "OSError"),
        ("open('/x', 'w')", "OSError"),
        ("open('big', 'wb').write(b'x' * 10**8)", "OSError"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 22))", "OSError"),
        ("import subprocess\nsubprocess.run(['ls'])", "BlockingIOError"),
        ("import os\nos.fork()", "BlockingIOError"),
        ("import grading.assignments", "ModuleNotFoundError"),
        ("from grading.question import Question", "ModuleNotFoundError"),
        ("class E(Exception):\n  def __str__(self): raise self\nraise E", "Error"),
        ("q1 = = 3", "SyntaxError"),
    ],
)  # fmt: skip
def test_trouble_ends_one_cell(sandbox, code, name):
    found = run(sandbox, "q1 = 1", code, "q2 = 2")
    assert found.errors[1]["name"] == name
    assert (number(found, "q1"), number(found, "q2")) == (1, 2)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os\nos._exit(0)", "by itself"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass", "stop"),
    ],
)
def test_what_ends_the_process_costs_no_other_answer(sandbox, monkeypatch, code, words):
    monkeypatch.setattr(sandbox, "limits", replace(LIMITS, seconds=2))  # one waits for them
    found = run(sandbox, "q1 = 1", code, "q2 = 2")
    assert words in found.ended[1]
    assert (number(found, "q1"), number(found, "q2")) == (1, 2)


def test_a_hundred_megabytes_of_output_are_cut(sandbox):
    found = run(sandbox, "for _ in range(100): print('x' * 10**6)", "q1 = 1")
    assert len(text(found, 0)) < 3_000
    assert "the output is too long" in text(found, 0)
    assert number(found, "q1") == 1


def test_many_pictures_are_cut(sandbox):
    code = (
        "from IPython.display import HTML, display\nfor _ in range(50): display(HTML('x' * 10**5))"
    )
    found = run(sandbox, code)
    assert sum(len(str(output)) for output in found.outputs[0]) < 700_000


def test_a_figure_comes_back(sandbox):
    found = run(sandbox, "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])")
    kinds = [kind for output in found.outputs[0] for kind in output["data"]]
    assert "image/png" in kinds


def test_nobody_is_at_home(sandbox):
    code = (
        "import os, pathlib\nq1 = sorted(os.listdir(pathlib.Path.home().parent))\nq2 = os.getpid()"
    )
    found = run(sandbox, code, "q3 = [n for n in os.environ if 'TOKEN' in n or 'COURSE' in n]")
    assert [item["value"] for item in found.answers["q1"]["items"]] == ["student"]
    assert number(found, "q2") == 1
    assert found.answers["q3"]["items"] == []


def test_rights_cannot_be_won_back(sandbox):
    code = """
import ctypes, resource
libc = ctypes.CDLL(None)
q1 = [libc.unshare(flag) for flag in (0x10000000, 0x20000, 0x40000000)]
q2 = libc.mount(b"none", b"/home", b"tmpfs", 0, None)
try: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)); q3 = "raised"
except (ValueError, OSError): q3 = "refused"
"""
    found = run(sandbox, code)
    assert [item["value"] for item in found.answers["q1"]["items"]] == [-1, -1, -1]
    assert number(found, "q2") == -1
    assert found.answers["q3"]["value"] == "refused"


@pytest.mark.parametrize(
    "line", ["rubbish", "[]", '{"answer": "q1"}', '{"cell": {}}', '{"begins": []}', "x" * 10**6]
)
def test_rubbish_in_the_pipe_is_passed_over(sandbox, line):
    code = f"import os\nos.write(3, {line!r}.encode() + b'\\n')\nq1 = 1"
    assert number(run(sandbox, code), "q1") == 1


def test_a_server_that_is_killed_is_started_again(sandbox):
    folder = Path(sandbox._root)
    assert folder.is_dir()
    sandbox._server.kill()
    assert "ended the process" in run(sandbox, "q1 = 1").ended[0]
    assert number(run(sandbox, "q1 = 1"), "q1") == 1
    assert not folder.exists()


def test_a_machine_without_walls_is_told_so(monkeypatch):
    reply = {"status": "refused", "words": "the system refuses unshare: Not permitted"}
    monkeypatch.setattr("grading.sandbox.subprocess.Popen", MagicMock())
    monkeypatch.setattr(Sandbox, "_ask", lambda *_: (reply, b""))
    with pytest.raises(SandboxError, match=r"refuses unshare.*UNSAFE=1"):
        Sandbox().__enter__()


def test_a_server_that_has_ended_is_told_so(monkeypatch):
    monkeypatch.setattr("grading.sandbox.sys.executable", "/bin/true")
    with pytest.raises(SandboxError, match="has ended"):
        Sandbox().__enter__()


def test_without_walls_limits_still_hold():
    with Sandbox(LIMITS, unsafe=True) as sandbox:
        found = run(sandbox, "q1 = 1\nopen('note', 'w').write('x')", "while True: pass", "q2 = 2")
        assert (number(found, "q1"), number(found, "q2")) == (1, 2)
        assert found.errors[1]["name"] == "Timeout"
        found = run(sandbox, "import os\nq1 = len(os.listdir())")
        assert number(found, "q1") == 0


def test_nothing_runs_on_when_the_grading_is_killed(sandbox):
    """The last one: it ends the server of this module."""
    endless = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    request = json.dumps({"cells": [[0, endless]], "names": [], "seconds": 60})
    sandbox._server.stdin.write(request.encode() + b"\n")
    sandbox._server.stdin.flush()
    deadline = time.monotonic() + 20
    while not (children := _children(sandbox._server.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    sandbox._server.stdin.close()  # as the end of a process does with its pipes
    sandbox._server.wait(timeout=20)
    assert children
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert not Path(sandbox._root).exists()
    assert time.monotonic() < deadline


def _children(pid):
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text(encoding="utf-8").split()] if path.exists() else []
