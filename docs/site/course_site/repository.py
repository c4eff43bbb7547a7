"""Where things stand in the repository, and where a link between its files leads on the site."""

import posixpath
import re
from functools import cache
from pathlib import Path

from course_site.names import PARTS

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = ROOT / "notebooks"

# The documents of the repository that are pages of the site.
DOCUMENTS = {
    "README.md": "about",
    "docs/teaching.md": "teaching",
    "docs/contributing.md": "contributing",
    "data/README.md": "data",
    "LICENSE": "licence",
    "CITATION.cff": "cite",
}
_LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^)\s]+)\)")


class UnknownLinkError(Exception):
    """A link to a file that the site does not have."""


@cache
def lesson_paths() -> list[Path]:
    """The notebooks of the lessons, in order."""
    return sorted([*NOTEBOOKS.glob("0*.ipynb"), *NOTEBOOKS.glob("[1-4]-*/*.ipynb")])


def record_parts() -> dict[str, str]:
    """For the first two figures of a page of the record, such as 91: the part that it records."""
    return {f"9{number}": part for number, part in enumerate(PARTS, 1)}


def turned(markdown: str, origin: str) -> str:
    """Markdown of a file of the repository with its links turned towards the site.

    origin: the path of that file inside the repository. Raises UnknownLinkError.

    >>> turned("[6 May](9-the-record/91-early-life.md#birth-1879)", "notebooks/a.ipynb")
    '[6 May](#events/birth-1879)'
    """
    return _LINK.sub(lambda found: f"{found[1]}({_target(found[2], origin)})", markdown)


def _target(address: str, origin: str) -> str:
    if re.match(r"[a-z]+:|#", address):
        return address
    path, _, anchor = address.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
    if path.startswith("notebooks/9-the-record/"):
        part = record_parts()[Path(path).name[:2]]
        return f"#events/{anchor}" if anchor else f"#record/{part}"
    if path.endswith(".ipynb") and ROOT / path in lesson_paths():
        return f"/lessons/{Path(path).name}" + (f"#{anchor}" if anchor else "")
    if path in DOCUMENTS:
        return f"/{DOCUMENTS[path]}.md" + (f"#{anchor}" if anchor else "")
    if path.startswith("docs/") and path.endswith(".png"):
        return f"/pictures/{Path(path).name}"
    raise UnknownLinkError(
        f"{origin} links to {address}, which is no page of the site. Correct the link, or add the "
        "file to DOCUMENTS in docs/site/course_site/repository.py."
    )
