"""Files written whole or not at all: a full disk or a computer that goes off leaves the old one."""

import os
from pathlib import Path


def write_whole(path: Path, raw: bytes) -> None:
    """Put the bytes into the file, which until all of them are on the disk stays as it was.

    Raises OSError, and then leaves nothing behind.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
