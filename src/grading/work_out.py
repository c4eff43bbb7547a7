"""Work out the pools of all questions on all cores: `make pools` writes them into pools.json."""

import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

from grading.catalogue import assignments
from grading.stored import FILE, stored, text


def main() -> int:
    """The command: say what was written."""
    work_out_pools()
    pools = {
        f"{one.name}/{grade_id}": pool
        for one in assignments()
        for grade_id, pool in one.pools().items()
    }
    FILE.write_text(text(pools), encoding="utf-8", newline="\n")
    print(f"{FILE}: {len(pools)} pools, {sum(map(len, pools.values()))} variants")
    return 0


def work_out_pools() -> None:
    """Work out on all cores the pools that are not known. What is wrong is said later."""
    asked = [(one.name, grade_id) for one in assignments() for grade_id in one.questions]
    keys = [(name, grade_id) for name, grade_id in asked if not stored(f"{name}/{grade_id}")]
    if not keys:
        return
    print("Working out the variants; this takes a minute.", flush=True)
    with ProcessPoolExecutor() as workers:
        list(workers.map(_work_out, keys))


def _work_out(key: tuple[str, str]) -> None:
    name, grade_id = key
    assignment = next(one for one in assignments() if one.name == name)
    with suppress(TypeError):
        assignment.variants(grade_id, assignment.questions[grade_id].pool)


if __name__ == "__main__":
    sys.exit(main())
