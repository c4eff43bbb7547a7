"""Checksums of the files of data/: how a change that nobody meant comes to light.

datapackage.json holds the SHA-256 and the length of each table's file, as they were when
`make data` last found no fault in them, that of basemap.json, and its own: the seal. To compare a
file costs a few milliseconds for all of data/, so that it is done each time that a table is loaded.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.reading import bytes_of, json_of
from helpers.writing import write_whole

PACKAGE = "datapackage.json"
OTHERS = "otherFiles"  # the property of the package with the checksums of files that are no tables
_SEAL = "hash"


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
    package = json_of(bytes_of(folder / PACKAGE, PACKAGE), PACKAGE)
    changed = []
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        facts = {"bytes": len(raw), "hash": checksum(raw)}
        if facts != {name: resource.get(name) for name in facts}:
            schema = resource.pop("schema")
            resource |= {**facts, "schema": schema}  # the schema is long: it stays last
            changed.append(resource["path"])
    for path, known in package.get(OTHERS, {}).items():
        package[OTHERS][path] = checksum(bytes_of(folder / path, path))
        changed += [path] if package[OTHERS][path] != known else []
    if changed:
        write_whole(folder / PACKAGE, _sealed(package))
    return changed


def seal(folder: Path) -> None:
    """Write its own checksum into the folder's datapackage.json, where a hand has changed it.

    Raises TableError where it is no JSON.
    """
    raw = bytes_of(folder / PACKAGE, PACKAGE)
    package = json_of(raw, PACKAGE)
    if not is_sealed(raw, package):
        write_whole(folder / PACKAGE, _sealed(package))


def is_sealed(raw: bytes, package: dict[str, Any]) -> bool:
    """Whether a datapackage.json is as `make data` wrote it.

    raw: its bytes. package: what they say. Its checksum is that of the file without it.
    """
    stated = str(package.get(_SEAL))
    return checksum(raw.replace(stated.encode("utf-8", "replace"), b"", 1)) == stated


def _sealed(package: dict[str, Any]) -> bytes:
    """The bytes of a datapackage.json with its own checksum, which stands before the tables."""
    package = {**package, _SEAL: "", "resources": package.pop("resources")}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    own = checksum(text.encode("utf-8"))
    return text.replace(f'"{_SEAL}": ""', f'"{_SEAL}": "{own}"', 1).encode("utf-8")
