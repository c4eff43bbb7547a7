"""The gates of the built site: what is wrong with its pages, in words.

python -m course_site.check FOLDER
"""

import re
import sys
from functools import cached_property
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

LARGEST = 1_500_000  # bytes of a page with its pictures

_ID = re.compile(r'\sid="([^"]*)"')
_TAG = re.compile(r"<(script|link|img|iframe|source|a)\b([^>]*)>")
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_FETCHED = {"script", "link", "img", "iframe", "source"}  # what a browser fetches by itself
_OUTSIDE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)
_CSS_OUTSIDE = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]*)")


class BuiltPage:
    """A page as it was built: its anchors, and what it fetches and links to."""

    def __init__(self, name: str, html: str) -> None:
        self.name, self.html = name, html

    @cached_property
    def ids(self) -> list[str]:
        """All anchors, in order."""
        return [unescape(found) for found in _ID.findall(self.html)]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """All anchors, to look one up."""
        return frozenset(self.ids)

    @cached_property
    def addresses(self) -> list[tuple[str, str]]:
        """The name of each tag with an address, and the address."""
        pairs = [(tag, _ADDRESS.search(rest)) for tag, rest in _TAG.findall(self.html)]
        return [(tag, unescape(found[1])) for tag, found in pairs if found]

    def fetched(self) -> list[str]:
        """What a browser fetches without being asked to."""
        return [address for tag, address in self.addresses if tag in _FETCHED]

    def pictures(self) -> list[str]:
        """The files of its pictures, from the top of the site."""
        found = [address for tag, address in self.addresses if tag == "img"]
        return [_resolved(self.name, one)[0] for one in found if not one.startswith("data:")]


def read(folder: Path) -> dict[str, BuiltPage]:
    """All pages of a built site, by their path."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("_static/"):
            found[name] = BuiltPage(name, path.read_text(encoding="utf-8"))
    return found


def faults(folder: Path, largest: int = LARGEST) -> list[str]:
    """What is wrong with a built site; empty when nothing is.

    Raises FileNotFoundError where there is no page at all.
    """
    pages = read(folder)
    if not pages:
        raise FileNotFoundError(f"no page in {folder}: run make site")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    found = [fault for page in pages.values() for fault in _of_page(page, folder, largest)]
    for page in pages.values():
        found += _links(page, pages, files)
    return found + _styles(folder)


def _of_page(page: BuiltPage, folder: Path, largest: int) -> list[str]:
    """What is wrong with a page by itself."""
    found = [
        f"{page.name}: fetches {address} from outside. Keep a copy, or leave it out."
        for address in page.fetched()
        if _OUTSIDE.match(address)
    ]
    weight = len(page.html.encode("utf-8")) + sum(
        (folder / name).stat().st_size for name in set(page.pictures()) if (folder / name).exists()
    )
    if weight > largest:
        found.append(f"{page.name}: {weight:,} bytes with its pictures, expected {largest:,}.")
    if (count := len(re.findall(r"<h1\b", page.html))) != 1:
        found.append(f"{page.name}: {count} headings of the first level, expected one.")
    twice = {one for one in page.ids if page.ids.count(one) > 1} if _repeats(page.ids) else set()
    return found + [f"{page.name}: the anchor {one!r} stands twice." for one in sorted(twice)]


def _repeats(names: list[str]) -> bool:
    return len(set(names)) < len(names)


def _links(page: BuiltPage, pages: dict[str, BuiltPage], files: set[str]) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for _, address in page.addresses:
        if _OUTSIDE.match(address) or re.match(r"(data|mailto):", address) or address == "#":
            continue
        name, anchor = _resolved(page.name, address)
        if name not in files:
            found.append(f"{page.name}: {address} leads to {name}, which is missing.")
        elif anchor and name in pages and anchor not in pages[name].anchors:
            found.append(f"{page.name}: {address} leads to no anchor of {name}.")
    return found


def _resolved(name: str, address: str) -> tuple[str, str]:
    """The file and the anchor that an address on a page means."""
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])
    return (normpath(join(dirname(name), path)) if path else name), unquote(anchor)


def _styles(folder: Path) -> list[str]:
    """Style sheets that fetch from outside."""
    return [
        f"{path.relative_to(folder).as_posix()}: fetches {address} from outside."
        for path in sorted(folder.rglob("*.css"))
        for address in _CSS_OUTSIDE.findall(path.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    all_faults = faults(Path(sys.argv[1]))
    print(*all_faults, sep="\n")
    sys.exit(1 if all_faults else 0)
