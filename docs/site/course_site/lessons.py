"""The lessons, as Sphinx reads them, and what the rest of the site needs to know of them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from course_site.launch import Buttons
from course_site.outputs import mended
from course_site.repository import NOTEBOOKS, ROOT, lesson_paths, turned

_TITLES = {"0": "", "1": "Early life", "2": "Revolution", "3": "Exile", "4": "Legacy"}


class Lesson(NamedTuple):
    """A lesson of the course: where its notebook is, and what its metadata say of it."""

    path: Path
    about: dict[str, Any]

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"lessons/{self.path.stem}"

    @property
    def title(self) -> str:
        """Number and title."""
        return f"{self.about['number']} {self.about['title']}"

    @property
    def part(self) -> str:
        """The part of the course to which it belongs; empty for the first lesson."""
        return _TITLES[self.about["number"][0]]


@cache
def all_lessons() -> list[Lesson]:
    """All lessons, in order."""
    return [Lesson(path, _read(path)["metadata"]["lesson"]) for path in lesson_paths()]


def by_part() -> dict[str, list[Lesson]]:
    """The lessons by part of the course."""
    found: dict[str, list[Lesson]] = {}
    for lesson in all_lessons():
        found.setdefault(lesson.part, []).append(lesson)
    return found


@cache
def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _citing() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for lesson in all_lessons():
        links = re.findall(r"9-the-record/9\d-[a-z-]+\.md#([a-z0-9-]+)", _prose(lesson.path))
        for event_id in dict.fromkeys(links):
            found.setdefault(event_id, []).append((lesson.page, lesson.title))
    return found


def citing(event_id: str) -> list[tuple[str, str]]:
    """The pages and titles of the lessons that link to an event."""
    return _citing().get(event_id, [])


def _prose(path: Path) -> str:
    cells = _read(path)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def sources(buttons: Buttons) -> dict[str, bytes]:
    """What Sphinx reads of the lessons: the notebooks, and their pictures, by path."""
    files: dict[str, bytes] = {}
    for lesson in all_lessons():
        notebook, pictures = _staged(lesson, buttons)
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
        files[f"source/{lesson.page}.ipynb"] = text.encode("utf-8")
        files |= {f"extra/lessons/figures/{name}": png for name, png in pictures.items()}
        files[f"extra/downloads/notebooks/{lesson.path.name}"] = lesson.path.read_bytes()
    return files


def _staged(lesson: Lesson, buttons: Buttons) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A copy of a notebook for the site, and its pictures by name."""
    notebook = json.loads(lesson.path.read_text(encoding="utf-8"))
    origin = lesson.path.relative_to(ROOT).as_posix()
    pictures: dict[str, bytes] = {}
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            source = turned(source, origin)
            if number == 0:
                source = _with_launch(source, lesson, buttons)
            cell["source"] = source
        for output in cell.get("outputs", []):
            pictures |= _mend(output, f"Output of cell {cell['execution_count']}")
    return notebook, pictures


def _mend(output: dict[str, Any], label: str) -> dict[str, bytes]:
    """The pictures of an output, which is changed to show them as files."""
    data = output.get("data", {})
    if "text/html" not in data:
        return {}
    data["text/html"], pictures = mended("".join(data["text/html"]), label)
    return pictures


def _with_launch(source: str, lesson: Lesson, buttons: Buttons) -> str:
    """The first cell with the ways to run the lesson under its title."""
    title, _, rest = source.partition("\n")
    where = lesson.path.relative_to(NOTEBOOKS.parent).as_posix()
    links = [
        f'<a href="../downloads/notebooks/{lesson.path.name}" download>Download the notebook</a>',
        *(f'<a href="{address}">{name}</a>' for name, address in buttons(where).items()),
        '<a href="../about.html#start">How to run it</a>',
    ]
    return f'{title}\n\n<p class="launch">{" ".join(links)}</p>\n{rest}'
