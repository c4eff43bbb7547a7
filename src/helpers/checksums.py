"""Checksums of the files of data/: how a change that nobody meant comes to light.

datapackage.json holds the SHA-256 and the length of each table's file, as they were when
`make data` last found no fault in them. To compare a file costs a few milliseconds for all of
data/, so that it is done each time that a table is loaded.
"""

import json
from hashlib import sha256
from pathlib import Path

PACKAGE = "datapackage.json"


class ChangedTable(UserWarning):
    """A table's file is not the one that `make data` has checked."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"data/{path} is not the file that was checked last: its checksum differs. It has the "
            "right form and is used as it is, but the lessons may now say other things than it. "
            f"If you changed it on purpose, run `make data`. If not, restore it: "
            f"git restore data/{path}"
        )


def checksum(raw: bytes) -> str:
    """The SHA-256 of a file's bytes, written as the Data Package standard has it.

    >>> checksum(b"")[:19]
    'sha256:e3b0c44298fc'
    """
    return f"sha256:{sha256(raw).hexdigest()}"


def write_checksums(folder: Path) -> list[str]:
    """Write length and checksum of each table's file into the folder's datapackage.json.

    The paths of the files that had changed come back; where none has, nothing is written.
    """
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    changed = []
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        facts = {"bytes": len(raw), "hash": checksum(raw)}
        if facts != {name: resource.get(name) for name in facts}:
            schema = resource.pop("schema")
            resource |= {**facts, "schema": schema}  # the schema is long: it stays last
            changed.append(resource["path"])
    if changed:
        text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        draft = folder / f"{PACKAGE}.new"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(folder / PACKAGE)  # whole or not at all
    return changed
