"""The folder that Sphinx reads: written file by file, and only where something changed.

A file that is unchanged keeps its time, so that Sphinx does not read it again.
"""

from pathlib import Path

from course_site import documents, lessons
from course_site.launch import Buttons
from helpers.bibliography import bibtex, csl_json
from helpers.figures import PALETTE
from helpers.tables import data_path, names, path_of

_FOLDERS = ("source", "extra", "static")


def files(buttons: Buttons) -> dict[str, bytes]:
    """All that Sphinx needs, by path: ``source/`` is read, ``extra/`` and ``static/`` copied."""
    made = {"static/palette.css": palette().encode("utf-8")}
    return {**documents.sources(), **lessons.sources(buttons), **downloads(), **made}


def palette() -> str:
    """The colours of the figures as CSS variables, such as ``--course-blue``."""
    lines = [f"  --course-{name}: {value};" for name, value in PALETTE.items()]
    return "\n".join([":root {", *lines, "}", ""])


def downloads() -> dict[str, bytes]:
    """The data as they stand in the repository, and the sources for reference managers."""
    paths = ["datapackage.json", *(path_of(name) for name in names())]
    made = {f"extra/downloads/data/{path}": data_path(path).read_bytes() for path in paths}
    made["extra/downloads/sources.bib"] = bibtex().encode("utf-8")
    made["extra/downloads/sources.json"] = csl_json().encode("utf-8")
    return made


def write(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """The paths that were written; a file that is no longer wanted is removed."""
    ours = [path for top in _FOLDERS for path in (folder / top).rglob("*")]
    for path in ours:
        if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    written = []
    for name, content in wanted.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(name)
    return written
