"""The lessons, read for testing: their cells, words, dates, figures and links."""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
RECORD = NOTEBOOKS / "9-the-record"

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
FULL_DATE = re.compile(
    rf"\b\d{{1,2}} (?:\(\d{{1,2}}\) )?{MONTH}(?: \(\d{{1,2}} {MONTH}\))? \d{{4}}\b"
)
OTHER_DATE = re.compile(
    rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?{MONTH}\b"
    r"|\b\d{1,2} (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{4}\b"
    r"|\b(?:18|19|20)\d\d-\d\d-\d\d\b"
)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def lesson_paths() -> list[Path]:
    """The lessons: 00 and those of the four parts."""
    return sorted([*NOTEBOOKS.glob("00-*.ipynb"), *NOTEBOOKS.glob("[1-4]-*/*.ipynb")])


@dataclass(frozen=True)
class Picture:
    """An image in a stored output."""

    alt: str
    caption: str


@dataclass(frozen=True)
class Lesson:
    """A notebook with its path, read only."""

    path: Path
    notebook: nbformat.NotebookNode

    @classmethod
    def read(cls, path: Path) -> "Lesson":
        """The notebook at a path."""
        return cls(path, nbformat.read(path, as_version=4))

    @property
    def cells(self) -> list[nbformat.NotebookNode]:
        """All cells, in order."""
        return self.notebook.cells

    @cached_property
    def code(self) -> list[nbformat.NotebookNode]:
        """The code cells that hold any code."""
        return [cell for cell in self.cells if cell.cell_type == "code" and cell.source.strip()]

    @cached_property
    def prose(self) -> str:
        """The text of the Markdown cells."""
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """The text and the target of each Markdown link."""
        return LINK.findall(self.prose)

    @property
    def about(self) -> dict[str, Any]:
        """The metadata of the lesson: number, title, question and so on."""
        return self.notebook.metadata.get("lesson", {})

    def outputs(self) -> list[tuple[nbformat.NotebookNode, nbformat.NotebookNode]]:
        """Each stored output with its cell."""
        return [(cell, output) for cell in self.code for output in cell.outputs]

    def pictures(self) -> list[Picture]:
        """The images in the HTML of the stored outputs."""
        found = []
        for _, output in self.outputs():
            page = _Images()
            page.feed(output.get("data", {}).get("text/html", ""))
            found += [Picture(alt, page.caption.strip()) for alt in page.alts]
        return found


class _Images(HTMLParser):
    """Collects the alternative texts of images and the text of captions."""

    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.caption = ""
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")
        self._in_caption = self._in_caption or tag == "figcaption"

    def handle_endtag(self, tag: str) -> None:
        self._in_caption = self._in_caption and tag != "figcaption"

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.caption += data


def plain_text(markdown: str) -> str:
    """Markdown without emphasis, code and wrapped lines, so that each date stands in one piece."""
    return re.sub(r"[\s*_]+", " ", re.sub(r"`[^`]*`", "", markdown))


def anchors(text: str) -> set[str]:
    """The anchors that JupyterLab gives to the headings of a Markdown text."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {heading.strip().replace(" ", "-") for heading in headings}


def text_of(path: Path) -> str:
    """The Markdown of a notebook or of a page."""
    return Lesson.read(path).prose if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
