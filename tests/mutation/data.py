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
from mutation.judges import ask_all, caught_by, checks_of_facts, checks_of_lessons

_LONGEST = 100  # characters of a cell that are kept


def trials(known: set[int], survived: set[int] | None = None) -> Iterator[dict[str, Any]]:
    """What notices each fault that is not known yet, one by one: rules about facts and the record.

    survived: if given, the faults that those did not notice, which the lessons are asked of.
    """
    mpl.use("agg")
    figures._picture = lambda figure: b""  # pixels are compared nowhere, and take longest
    os.environ["TROTSKY_ANSWERS"] = tempfile.mkstemp(suffix=".csv")[1]
    asked = ask_all(checks_of_facts() if survived is None else checks_of_lessons())
    found = list(enumerate(faults()))
    random.Random(SEED).shuffle(found)  # noqa: S311 - no secret
    for number, fault in found:
        if number not in known and (survived is None or number in survived):
            by, name = _in_a_fork(lambda fault=fault: caught_by(fault, asked))
            yield trial(number, fault, by, name)


def trial(number: int, fault: Fault, by: str, name: str) -> dict[str, Any]:
    """A fault and what noticed it, as it is kept."""
    statistics = path_of(fault.table).startswith("statistics/")
    return {
        **{"what": "data", "subject": "statistics" if statistics else "life", "of": fault.table},
        **{"place": fault.row_id, "kind": fault.kind},
        **{"before": f"{fault.column} {fault.before[:_LONGEST]}".strip()},
        **{"after": fault.after[:_LONGEST], "number": number, "by": by, "name": name},
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
