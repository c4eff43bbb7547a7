"""What can be said of a page from its HTML alone, without a browser."""

import re
from html.parser import HTMLParser

# Parts whose marks are text, not page.
_ASIDE = re.compile(r"<(script|style|svg|pre)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_SPEAKING = ("aria-label", "aria-labelledby", "title")


def faults(page: str) -> list[str]:
    """What a reader with a screen reader would miss on a page, in words; empty for a good one."""
    seen = _Page()
    seen.feed(_ASIDE.sub("", page))
    found = list(seen.faults)
    if not seen.language:
        found.append("no language: <html lang=...>")
    if not seen.title.strip():
        found.append("no title")
    if seen.levels.count(1) != 1:
        found.append(f"{seen.levels.count(1)} headings <h1>, expected one")
    for above, below in zip(seen.levels, seen.levels[1:], strict=False):
        if below > above + 1:
            found.append(f"<h{below}> comes after <h{above}>: a level is left out")
    return found


class _Page(HTMLParser):
    """Reads a page once: its language, title and headings, and faults of pictures and tables."""

    def __init__(self) -> None:
        super().__init__()
        self.language = self.title = ""
        self.levels: list[int] = []
        self.faults: list[str] = []
        self._inside: str = ""  # title, th or a: what the next words belong to
        self._words = ""
        self._tables: list[int] = []  # the headers so far of each table that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        elif tag == "table":
            self._tables.append(0)
        elif tag == "img":
            self._image(given)
        if tag in ("title", "th", "a"):
            self._inside = tag
            named = any(given.get(name) for name in _SPEAKING) or "href" not in given
            self._words = "named" if tag == "a" and named else ""

    def handle_data(self, data: str) -> None:
        """Keep the words of a title, a header or a link."""
        if self._inside == "title":
            self.title += data
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        """Judge what ends."""
        if tag in ("th", "a") and not self._words.strip():
            self.faults.append(f"an empty <{tag}>")
        if tag == "th" and self._tables:
            self._tables[-1] += 1
        elif tag == "table" and self._tables and not self._tables.pop():
            self.faults.append("a table without headers")
        if tag == self._inside:
            self._inside = ""

    def _image(self, given: dict[str, str | None]) -> None:
        if "alt" not in given:
            self.faults.append(f"a picture without alt: {str(given.get('src'))[:60]}")
        self._words += given.get("alt") or ""
