"""Every fault of the sample of data, tried in forks of one process that has all tables loaded."""

import json
import os
import random
import tempfile
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl

from helpers import figures
from helpers.tables import path_of
from mutation.cells import SEED, Fault, faults
from mutation.judges import ask_all, caught_at_once, caught_by, checks_of_facts, checks_of_lessons

_LONGEST = 100  # characters of a cell that are kept


def at_once(known: set[int]) -> Iterator[dict[str, Any]]:
    """What `make data` and the codebook say of each fault of the sample that is not known yet."""
    for number, fault in _mixed():
        if number not in known:
            yield trial(number, fault, *caught_at_once(fault))


def trials(last: dict[int, dict[str, Any]], *, lessons: bool) -> Iterator[dict[str, Any]]:
    """What rules about facts and the record, or else the lessons, say of each fault.

    last: what noticed it so far. Both are asked of all that only the codebook notices, or nothing:
    a codebook is made anew with the data, and speaks only to those who read what has changed.
    """
    mpl.use("agg")
    figures._picture = lambda figure: b""  # pixels are compared nowhere, and take longest
    os.environ["TROTSKY_ANSWERS"] = tempfile.mkstemp(suffix=".csv")[1]
    asked = ask_all(checks_of_lessons() if lessons else checks_of_facts())
    done = "lessons" if lessons else "facts"
    for number, fault in _mixed():
        one = last.get(number)
        if one and one["by"] in ("", "codebook") and done not in one["asked"]:
            by, name = _in_a_fork(lambda fault=fault: caught_by(fault, asked))
            found = (by, name) if by else (one["by"], one["name"])
            yield trial(number, fault, *found) | {"asked": [*one["asked"], done]}


def _mixed() -> list[tuple[int, Fault]]:
    """The faults with their numbers, in an order that is mixed but always the same."""
    found = list(enumerate(faults()))
    random.Random(SEED).shuffle(found)  # noqa: S311 - no secret
    return found


def trial(number: int, fault: Fault, by: str, name: str) -> dict[str, Any]:
    """A fault and what noticed it, as it is kept."""
    statistics = path_of(fault.table).startswith("statistics/")
    return {
        **{"what": "data", "subject": "statistics" if statistics else "life", "of": fault.table},
        **{"place": fault.row_id, "kind": fault.kind},
        **{"before": f"{fault.column} {fault.before[:_LONGEST]}".strip()},
        **{"after": fault.after[:_LONGEST], "number": number, "by": by, "name": name, "asked": []},
    }


def _in_a_fork(job: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    """What a job returns that a fork of this process does; what it raises is printed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, json.dumps(job()).encode())
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as stream:
        by, name = json.loads(stream.read())
    return by, name
