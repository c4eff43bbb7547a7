"""A variant of an assignment: parameters chosen from the name of a course, always the same ones."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


def pick(course: str, key: str, pool: Sequence[Choice]) -> Choice:
    """The member of the pool that a course gets for a key, such as "early-life/q3".

    The same course, key and pool give the same member on every machine and in every run, because
    the choice rests on a digest (SHA-256) and not on Python's own hash. Two keys of one course
    are chosen apart from each other.

    Raises ValueError for a course without a name or an empty pool.

    >>> pick("history-101-2027", "early-life/q1", ["odessa"])
    'odessa'
    """
    if not course.strip():
        raise ValueError("the course has no name: write for example COURSE=history-101-2027")
    if not pool:
        raise ValueError(f"{key}: nothing to choose from: its pool is empty")
    digest = hashlib.sha256(f"{course.strip()}\n{key}".encode()).digest()
    return pool[int.from_bytes(digest, "big") % len(pool)]
