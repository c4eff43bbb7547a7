"""The pools that are stored with the course in pools.json, since to work them out takes a minute.

`make pools` writes them (see `grading.work_out`). They hold as long as the tables and the questions
are those that they were worked out from.
"""

import copy
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "src" / "grading" / "pools.json"
_TABLES = ("*.csv", "*.csv.gz")
_CODE = ("assignments/*.py", "pools.py", "question.py")

Pool = list[dict[str, Any]]


def stored(key: str) -> Pool | None:
    """A pool by its key, such as "exile/q1"; None where the stored one may be out of date."""
    pool = _up_to_date().get(key)
    return None if pool is None else copy.deepcopy(pool)


def rests_on() -> str:
    """A digest of the tables and of the code of all questions."""
    tables = [path for kind in _TABLES for path in (ROOT / "data").rglob(kind)]
    code = [path for kind in _CODE for path in (ROOT / "src" / "grading").glob(kind)]
    digest = hashlib.sha256()
    for path in sorted([*tables, *code, ROOT / "src" / "helpers" / "exercise.py"]):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def text(pools: Mapping[str, Pool]) -> str:
    """What the file holds: one variant in each line, so that a change is easy to read."""
    lines = []
    for key, pool in pools.items():
        variants = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in pool)
        lines.append(f" {json.dumps(key)}: [\n{variants}\n ]")
    return f'{{"of": "{rests_on()}", "pools": {{\n' + ",\n".join(lines) + "\n}}\n"


@cache
def _up_to_date() -> dict[str, Pool]:
    try:
        content = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content["pools"] if content["of"] == rests_on() else {}
