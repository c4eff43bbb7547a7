"""Write what README, course map and teaching guide take from the lessons.

The README takes the picture, the map and the skills, the teaching guide the time of each lesson.
The course map is a page for students, in a tab beside lesson 00.

python docs/readme.py
"""

import base64
import html
import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
DOCS = ROOT / "docs"
PICTURES = {"exile.png": ("31", 2), "escape.png": ("12", 3)}  # file: lesson, which of its figures
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "teaching.md"
MAP = NOTEBOOKS / "course-map.md"


def lessons() -> list[tuple[Path, dict[str, Any]]]:
    """The path of each lesson with what its metadata say of it, in order."""
    paths = sorted([*NOTEBOOKS.glob("0*.ipynb"), *NOTEBOOKS.glob("[1-4]-*/*.ipynb")])
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    abouts = [notebook["metadata"]["lesson"] for notebook in notebooks]
    return list(zip(paths, abouts, strict=True))


def figure(lesson: str, place: int) -> tuple[bytes, str]:
    """The picture and the alternative text of a figure of a lesson, the first being 1."""
    path = next(path for path, about in lessons() if about["number"] == lesson)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    pages = [
        "".join(output["data"]["text/html"])
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    page = [page for page in pages if "<figure" in page][place - 1]
    picture = re.search(r"base64,([^\"]+)", page)[1]
    return base64.b64decode(picture), html.unescape(re.search(r'alt="([^"]*)"', page)[1])


def course_map() -> str:
    """A Markdown table with a row for each lesson."""
    rows = [
        "| Lesson | Minutes | History | Python and data | Thinking |",
        "| --- | --- | --- | --- | --- |",
    ]
    for path, about in lessons():
        link = f"[{about['number']} {about['title']}]({path.relative_to(ROOT).as_posix()})"
        cells = [link, about["minutes"], about["history"], about["data"], about["thinking"]]
        rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def map_page() -> str:
    """The page of the course map, with a table for each part of the course."""
    parts: dict[str, list[str]] = {}
    for path, about in lessons():
        place = path.relative_to(NOTEBOOKS)
        _, _, part = place.parts[0].partition("-") if len(place.parts) > 1 else ("", "", "start")
        link = f"[{about['number']} {about['title']}]({place.as_posix()})"
        row = f"| {link} | {about['minutes']} | {about['history']} | {about['data']} |"
        parts.setdefault(part.replace("-", " ").capitalize(), []).append(row)
    head = "| Lesson | Minutes | History | Python and data |\n| --- | --- | --- | --- |"
    tables = [f"## {part}\n\n{head}\n" + "\n".join(rows) for part, rows in parts.items()]
    return "\n\n".join([MAP_OPENING, *tables, MAP_END]) + "\n"


MAP_OPENING = """\
<!-- make readme writes this page from the lessons -->
# The course map

A click on a lesson opens it. Begin with 00, and take the others in their order: each explains \
only the names of Python that are new."""
MAP_END = """\
## Besides the lessons

- The record has the sources of every event: [early life](9-the-record/91-early-life.md), \
[revolution](9-the-record/92-revolution.md), [exile](9-the-record/93-exile.md), \
[legacy](9-the-record/94-legacy.md).
- [The data essay](../data/README.md) says who made the tables, from what, and what is missing.
- [Save your work](00-start-here.ipynb#Save-your-work): on Binder, before you leave."""


def skills() -> str:
    """A Markdown table of the names of Python that each lesson teaches."""
    rows = ["| Lesson | New names |", "| --- | --- |"]
    for _, about in lessons():
        names = ", ".join(f"`{name}`" for name in about["teaches"]).replace("|", "\\|")
        rows.append(f"| {about['number']} | {names or 'none: it practises'} |")
    return "\n".join(rows)


def times() -> str:
    """A Markdown table of what each lesson takes: minutes in class and for its exercises."""
    rows = [
        "| Lesson | In class, minutes | Exercises, minutes | Exercises |",
        "| --- | --- | --- | --- |",
    ]
    for path, about in lessons():
        text = path.read_text(encoding="utf-8")
        checks, is_open = len(set(re.findall(r"check\(\\\"([\d.]+)", text))), "<details>" in text
        minutes = about["minutes"] - about["exercise_minutes"]
        name = f"[{about['number']} {about['title']}](../{path.relative_to(ROOT).as_posix()})"
        found = f"{checks} checked{', 1 open' if is_open else ''}"
        rows.append(f"| {name} | {minutes} | {about['exercise_minutes']} | {found} |")
    return "\n".join(rows)


def readme(text: str) -> str:
    """The text of a README with its picture, course map and skills brought up to date."""
    for name, which in PICTURES.items():
        shown = f"![{figure(*which)[1]}](docs/{name})"
        text = re.sub(rf"!\[.*?\]\(docs/{re.escape(name)}\)", lambda _, new=shown: new, text)
    return _filled(text, {"course map": course_map(), "skills": skills()})


def guide(text: str) -> str:
    """The text of the teaching guide with its table of time brought up to date."""
    return _filled(text, {"time of the lessons": times()})


def _filled(text: str, tables: dict[str, str]) -> str:
    """The text with each table in place of what stands between its two marks."""
    for name, table in tables.items():
        marks = rf"(<!-- {name}: make readme -->\n).*?(\n<!-- end of {name} -->)"
        found = re.compile(marks, flags=re.DOTALL)
        text = found.sub(lambda mark, table=table: f"{mark[1]}\n{table}\n{mark[2]}", text)
    return text


if __name__ == "__main__":
    for name, which in PICTURES.items():
        (DOCS / name).write_bytes(figure(*which)[0])
    for page, renew in ((README, readme), (GUIDE, guide)):
        text = renew(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")
    MAP.write_text(map_page(), encoding="utf-8", newline="\n")
    written = (*(DOCS / name for name in PICTURES), README, GUIDE, MAP)
    print(*(one.relative_to(ROOT) for one in written), sep="\n")
