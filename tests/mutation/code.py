"""Every mutant of the modules, tried until a test fails."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lessons import ROOT

from mutation.mutants import Mutant, mutants
from mutation.subjects import MODULES
from mutation.workshop import changed, run, tests

SEED = 1879


def all_mutants() -> list[tuple[str, int, Mutant]]:
    """Module, number and mutant, in an order that is mixed but always the same."""
    found = [
        (module, number, one)
        for module in MODULES
        for number, one in enumerate(mutants(_path(ROOT, module).read_text(encoding="utf-8")))
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311 - no secret
    return found


def trials(course: Path, known: set[tuple[str, int]], last: int = 9) -> Iterator[dict[str, Any]]:
    """What became of each mutant that is not known yet, one by one.

    course: a copy of the course, in which the module is mutated. last: the last stage of tests.

    Raises AssertionError where the tests of a module fail without a mutant.
    """
    sound: set[str] = set()
    for module, number, one in all_mutants():
        if (module, number) in known:
            continue
        if module not in sound:
            assert not caught_at(course, module, last=last, sound=True), f"{module} fails as it is"
            sound.add(module)
        with changed(_path(course, module), one.source.encode()):
            stage = caught_at(course, module, last=last)
        yield {
            **{"what": "code", "subject": MODULES[module].subject, "of": module},
            **{"place": one.line, "kind": one.kind, "before": one.before, "after": one.after},
            **{"number": number, "by": "test" if stage else "", "stage": stage, "last": last},
        }


def caught_at(
    course: Path, module: str, *, first: int = 1, last: int = 9, sound: bool = False
) -> int:
    """The first stage of tests that fails, counted from 1; 0 where none does.

    first, last: the stages to try. sound: whether the module is as it should be.
    """
    log = course.parent / "last.log"
    for stage, arguments in enumerate(MODULES[module].stages, 1):
        doctests = (f"src/helpers/{module}.py",) if stage == 1 else ()
        job = tests(*arguments, *doctests)
        if first <= stage <= last and run(course, job, log, keep=sound) != 0:
            return stage
    return 0


def _path(root: Path, module: str) -> Path:
    return root / "src" / "helpers" / f"{module}.py"
