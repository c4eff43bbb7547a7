"""A plugin of pytest: each test is run once as the code is, and then those that a fault concerns.

All tests are collected once. A fault gets a fork of this process, in which it is put in place and
only the tests that call the changed function are run, the quickest first, up to the first failure.
"""

import gc
import importlib
import json
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from types import CodeType
from typing import NamedTuple

import pytest

from mutation.calls import Calls, Place
from mutation.in_place import functions_of, put_constants, put_functions

# What a mutant changes: some functions by their names, or constants of the module with this code.
Code = dict[str, CodeType] | CodeType
# A mutant as it is given to a session: its module, its number, and what it changes.
Change = tuple[str, int, Code]


class Sound(NamedTuple):
    """A test that passes as the code is: what it calls, and the seconds of work that it takes."""

    item: pytest.Item
    called: set[Place]
    seconds: float


class Faults:
    """Runs the tests on each of several changes; tells what became of each as a line of JSON."""

    def __init__(self, changes: Iterable[Change], calls: Calls, tell: int) -> None:
        """tell: the file descriptor for the lines."""
        self.changes, self.calls, self.tell = changes, calls, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        sound = [self._passes(item) for item in session.items]
        assert not session.testsfailed, "tests fail as the code is"
        sound.sort(key=lambda one: one.seconds)
        self._say({"seconds": sum(one.seconds for one in sound), "tests": len(sound)})
        gc.freeze()
        # A test that fails the second time, whatever the code, would notice every fault.
        again = in_a_fork(partial(_first_failure, [one.item for one in sound]))
        assert not again, f"{again} fails when it is run again"
        for module, number, code in self.changes:
            name = in_a_fork(partial(self._notices, sound, module, code))
            self._say({"of": module, "number": number, "name": name})
        return True

    def _notices(self, sound: list[Sound], module: str, code: Code) -> str:
        """The first of the tests that fails with a fault; "" where none does."""
        try:
            concerned = _put(module, code)
        except Exception as error:
            return f"the module cannot be loaded: {type(error).__name__}"
        self.calls.forget(concerned)
        return _first_failure([one.item for one in sound if concerned(one.called)])

    def _passes(self, item: pytest.Item) -> Sound:
        start = time.process_time()
        with self.calls.listening() as called:
            _run(item)
        return Sound(item, called, time.process_time() - start)

    def _say(self, line: dict) -> None:
        os.write(self.tell, json.dumps(line).encode() + b"\n")


def _run(item: pytest.Item) -> None:
    """With all its fixtures made for it alone, so that none hides what it calls.

    An example of a docstring loses its names once it has run: it gets them back for the next time.
    """
    example = getattr(item, "dtest", None)
    names = dict(example.globs) if example else {}
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    if example:
        example.globs.update(names)


def _first_failure(items: list[pytest.Item]) -> str:
    """The first of some tests that fails; "" where none does."""
    for item in items:
        _run(item)
        if item.session.testsfailed:
            return item.nodeid
    return ""


def _put(module: str, code: Code) -> Callable[[set[Place]], bool]:
    """Put a fault in place; whether it concerns those who call some functions."""
    loaded = importlib.import_module(f"helpers.{module}")
    if isinstance(code, dict):
        put_functions(functions_of(loaded), code)
        changed = {(module, name) for name in code}
        return lambda called: not changed.isdisjoint(called)
    holders = {name.removeprefix("helpers.") for name in put_constants(loaded, code)}
    return lambda called: any(one in holders for one, _ in called)


def in_a_fork(job: Callable[[], str]) -> str:
    """The text that a job gives in a fork of this process, or which signal ended it.

    Raises RuntimeError where the job itself fails; what it said stands in the log.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            os.write(writer, job().encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        said = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status > 0:
        raise RuntimeError("a fork failed")
    return said if status == 0 else f"ended by {signal.Signals(-status).name}"
