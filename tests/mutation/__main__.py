"""Try faults in code and data, keep what became of each, and write the tables of docs/."""

import argparse
import itertools
import tempfile
from pathlib import Path

from mutation import code, report, trials
from mutation.workshop import copy_of_the_course, load_libraries

WHAT = ("code", "data", "facts", "lessons", "report")


def main() -> None:
    """Go on with what was tried before, as far as is asked for; then write both tables."""
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--what", choices=WHAT, default="report")
    parser.add_argument("--most", type=int, help="stop after so many faults; go on another time")
    given = parser.parse_args()
    if given.what == "code":
        _try_code(given.most)
    elif given.what != "report":
        _try_data(given.what, given.most)
    _write(latest())


def _write(found: list[dict]) -> None:
    """Write both tables, unless they tell of more faults than are kept here."""
    told = sum(int(one["tried"]) for one in report.read(report.COUNTS))
    if len(found) < told:
        print(f"docs/mutation.csv tells of {told} faults, and {len(found)} are kept in")
        print(f"{trials.WORK}: both tables stay as they are. Try the others too.")
        return
    report.write(found)


def latest() -> list[dict]:
    """The trials of code and data, each fault once: what was tried last counts."""
    found = {(one["what"], one["of"], one["number"]): one for one in _all()}
    return list(found.values())


def _all() -> list[dict]:
    return [*trials.read("code"), *trials.read("data")]


def _try_code(most: int | None) -> None:
    known = {(one["of"], one["number"]) for one in trials.read("code")}
    wanted = [one for one in code.all_mutants() if one[:2] not in known][:most]
    with tempfile.TemporaryDirectory() as folder:
        course = copy_of_the_course(Path(folder) / "course")
        load_libraries()
        trials.keep("code", code.trials(course, wanted), print)


def _try_data(what: str, most: int | None) -> None:
    # Here, because it loads the course, which a fork that tries code must load for itself.
    from mutation import data

    last = {one["number"]: one for one in trials.read("data")}
    found = (
        data.at_once(set(last)) if what == "data" else data.trials(last, lessons=what == "lessons")
    )
    trials.keep("data", itertools.islice(found, most), print)


if __name__ == "__main__":
    main()
