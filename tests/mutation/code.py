"""Every mutant of the modules, tried until a test fails."""

import json
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


def trials(course: Path, known: set[tuple[str, int]]) -> Iterator[dict[str, Any]]:
    """What became of each mutant that is not known yet, one by one.

    course: a copy of the course, in which the module is mutated.
    """
    for module, number, one in all_mutants():
        if (module, number) not in known:
            with changed(_path(course, module), one.source.encode()):
                stage = caught_at(course, module)
            yield {"module": module, "number": number, "stage": stage} | {
                name: getattr(one, name) for name in ("line", "kind", "before", "after")
            }


def caught_at(course: Path, module: str) -> int:
    """The first stage of tests that fails, counted from 1; 0 where none does."""
    doctest = ("--doctest-modules", f"src/helpers/{module}.py")
    log = course.parent / "last.log"
    for stage, files in enumerate(MODULES[module].stages, 1):
        arguments = (*doctest, *files) if stage == 1 and "-k" not in files else files
        if run(course, tests(*arguments), log) != 0:
            return stage
    return 0


def _path(root: Path, module: str) -> Path:
    return root / "src" / "helpers" / f"{module}.py"


def known(file: Path) -> list[dict[str, Any]]:
    """The trials that a file of JSON lines keeps."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
