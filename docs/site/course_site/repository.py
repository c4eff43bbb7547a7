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
    "notebooks/course-map.md": "lessons/index",
    "README.md": "about",
    "docs/teaching.md": "teaching",
    "docs/accessibility.md": "accessibility",
    "docs/contributing.md": "contributing",
    "docs/hub/README.md": "hub",
    "data/README.md": "data",
    "LICENSE": "licence",
    "CITATION.cff": "cite",
}
_LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^)\s]+)\)")


class UnknownLinkError(Exception):
    """A link to a file that neither the site nor the repository has."""


@cache
def lesson_paths() -> list[Path]:
    """The notebooks of the lessons, in order."""
    return sorted([*NOTEBOOKS.glob("0*.ipynb"), *NOTEBOOKS.glob("[1-4]-*/*.ipynb")])


def record_parts() -> dict[str, str]:
    """For the first two figures of a page of the record, such as 91: the part that it records."""
    return {f"9{number}": part for number, part in enumerate(PARTS, 1)}


def turned(markdown: str, origin: str) -> str:
    """Markdown of a file of the repository with its links turned towards the site.

    Of a link to a file that is no page, such as a program, the words remain. origin: the path of
    that file inside the repository. Raises UnknownLinkError.

    >>> turned("[6 May](9-the-record/91-early-life.md#birth-1879)", "notebooks/a.ipynb")
    '[6 May](#events/birth-1879)'
    """

    def turn(found: re.Match[str]) -> str:
        target = _target(found[2], origin)
        return f"{found[1]}({target})" if target else found[1][1:-1]

    return _LINK.sub(turn, markdown)


def _target(address: str, origin: str) -> str:
    """Where a link leads on the site; empty for a file of the repository that is no page."""
    if re.match(r"[a-z]+:", address):
        return address
    path, _, anchor = address.partition("#")
    anchor = anchor.lower()  # JupyterLab keeps capitals in the anchors of headings, MyST does not
    if not path:
        return f"#{anchor}"
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
    if (ROOT / path).is_file():
        return ""
    raise UnknownLinkError(f"{origin} links to {address}, which is missing. Correct the link.")
