"""What became of each fault: kept line by line, so that a run that is stopped goes on later."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from lessons import ROOT

WORK = ROOT / ".venv" / "mutation-work"


def read(name: str) -> list[dict[str, Any]]:
    """The trials that are kept under a name, code or data."""
    file = WORK / f"{name}.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


def keep(name: str, trials: Iterator[dict[str, Any]], say: Callable[[str], object]) -> None:
    """Add trials to those that are kept, each as soon as it is made, and say how it went."""
    WORK.mkdir(parents=True, exist_ok=True)
    with (WORK / f"{name}.jsonl").open("a", encoding="utf-8") as stream:
        for trial in trials:
            stream.write(json.dumps(trial, ensure_ascii=False) + "\n")
            stream.flush()
            say(f"{trial['by'] or 'SURVIVED'}: {trial['of']} {trial['place']}, {trial['kind']}")
