"""Every mutant of the modules, tried until a test fails."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from lessons import ROOT

from mutation.calls import Calls
from mutation.in_place import NotInPlaceError, change
from mutation.mutants import Mutant, mutants
from mutation.session import Change, Faults
from mutation.subjects import LEFT_OUT, MODULES, all_tests, first_tests
from mutation.workshop import apart, changed, run_tests

SEED = 1879
Trial = dict[str, Any]


def all_mutants() -> list[tuple[str, int, Mutant]]:
    """Module, number and mutant, in an order that is mixed but always the same."""
    found = [
        (module, number, one)
        for module in MODULES
        for number, one in enumerate(mutants(_path(ROOT, module).read_text(encoding="utf-8")))
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311 - no secret
    return found


def trials(course: Path, wanted: list[tuple[str, int, Mutant]]) -> Iterator[Trial]:
    """What became of each mutant, one by one: first those that can be put in place.

    course: a copy of the course. wanted: the mutants to try, as `all_mutants` gives them.

    Raises AssertionError where a test fails without a mutant.
    """
    in_place, anew = _sorted(wanted)
    mutant = {(module, number): one for module, number, one in wanted}
    for (module, number), name in noticed_in_place(course, in_place):
        yield _trial(module, number, mutant[module, number], name)
    for module, number in anew:
        one = mutant[module, number]
        yield _trial(module, number, one, noticed_anew(course, module, one))


def _sorted(wanted: list[tuple[str, int, Mutant]]) -> tuple[list[Change], list[tuple[str, int]]]:
    """The mutants that can be put in place, with what they change, and the others."""
    whole = {module: _path(ROOT, module).read_text(encoding="utf-8") for module in MODULES}
    in_place, anew = [], []
    for module, number, one in wanted:
        try:
            in_place.append((module, number, change(whole[module], one.source)))
        except NotInPlaceError:
            anew.append((module, number))
    return in_place, anew


def noticed_in_place(course: Path, changes: list[Change]) -> Iterator[tuple[tuple[str, int], str]]:
    """Module and number of each mutant, and the test that notices it; "" where none does."""
    if not changes:
        return
    job, log = partial(_session, course, changes), course.parent / "in-place.log"
    for line in apart(course, job, log):
        if "tests" in line:
            print(f"{line['tests']} tests pass as the code is, in {line['seconds']:.0f} s of work")
        elif "name" in line:
            yield (line["of"], line["number"]), line["name"]
        else:
            assert line["exit"] == 0, log.read_text(encoding="utf-8")[-2000:]


def _session(course: Path, changes: list[Change], tell: int) -> int:
    """One run of pytest for all the changes."""
    calls = Calls({str(_path(course, module)): module for module in MODULES})
    calls.replace_caches()
    return run_tests([*all_tests(), f"-knot {LEFT_OUT}"], Faults(changes, calls, tell))


def noticed_anew(course: Path, module: str, one: Mutant) -> str:
    """The test that notices a mutant in a fork that loads the course with it; "" for none."""
    log = course.parent / "anew.log"
    with changed(_path(course, module), one.source.encode()):
        for files in (first_tests(module), all_tests()):
            arguments = [*files, f"-knot {LEFT_OUT}"]
            (end,) = apart(course, lambda _, given=arguments: run_tests(given), log)
            if end["exit"] != 0:
                return _failed(log)
    return ""


def _failed(log: Path) -> str:
    """What a log says that failed."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    told = (line.partition(" ")[2] for line in lines if line.startswith(("FAILED ", "ERROR ")))
    return next((one.partition(" - ")[0] for one in told), "no test could be run to its end")


def _trial(module: str, number: int, one: Mutant, name: str) -> Trial:
    return {
        **{"what": "code", "subject": MODULES[module], "of": module},
        **{"place": one.line, "kind": one.kind, "before": one.before, "after": one.after},
        **{"number": number, "by": "test" if name else "", "name": name},
    }


def _path(root: Path, module: str) -> Path:
    return root / "src" / "helpers" / f"{module}.py"
