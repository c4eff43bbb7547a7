"""Pools that were worked out before: kept in a file until data/ or the code changes.

To work out which variants of a question are fair takes seconds, because the answers of all of them
are computed. The files hold nothing that is not derived, and may be deleted at any time.
"""

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from grading.stored import stored

try:
    import fcntl
except ModuleNotFoundError:  # Windows: two processes may do the same work
    fcntl = None

ROOT = Path(__file__).resolve().parents[2]


def remembered(key: str, work: Callable[[], list[Any]]) -> list[Any]:
    """What is stored for the key, or what work gives, or gave before for the same data and code.

    key: letters, digits, hyphens and slashes. The result must be what JSON can store. The folder is
    .venv/pools, or what TROTSKY_POOLS names; without it nothing is kept.
    """
    if (known := stored(key)) is not None:
        return known
    folder = Path(os.environ.get("TROTSKY_POOLS", ROOT / ".venv" / "pools"))
    if not folder.parent.is_dir():
        return work()
    path = folder / _state() / f"{key.replace('/', '-')}.json"
    with suppress(OSError, ValueError):
        return _read(path)
    with _alone(path):
        with suppress(OSError, ValueError):
            return _read(path)  # another process has worked it out meanwhile
        result = work()
        _keep(path, json.dumps(result, ensure_ascii=False))
        return result


def _read(path: Path) -> list[Any]:
    return json.loads(path.read_text(encoding="utf-8"))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let other processes that need the same file wait, where the system can do that."""
    with ExitStack() as stack:
        with suppress(OSError):
            _make_folder(path.parent)
            lock = stack.enter_context(path.with_suffix(".lock").open("w"))
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _state() -> str:
    """A digest of everything that a pool rests on."""
    digest = hashlib.sha256(f"{platform.python_version()} {pd.__version__}".encode())
    files = [path for part in ("data", "src") for path in (ROOT / part).rglob("*")]
    for path in sorted(path for path in files if path.suffix in (".py", ".csv", ".json", ".gz")):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def _make_folder(folder: Path) -> None:
    """Make the folder of a state, and forget what older data and code gave."""
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def _keep(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        _make_folder(path.parent)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, delete=False
        ) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError:
        return  # a folder that cannot be written only costs time
