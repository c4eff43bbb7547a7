"""The documents of the site, as Sphinx reads them: home, course map, guides, essay and licence."""

import re
import tomllib
from typing import Any

import yaml

from course_site.facts import rows
from course_site.lessons import Lesson, all_lessons, by_part
from course_site.repository import ROOT, turned


def sources() -> dict[str, bytes]:
    """The Markdown of each document, and the pictures in them, by path."""
    made = {
        "index": home(),
        "lessons/index": course_map(),
        "about": _copied("README.md", "# About the course"),
        "teaching": _copied("docs/teaching.md"),
        "accessibility": _copied("docs/accessibility.md"),
        "contributing": _copied("docs/contributing.md"),
        "hub": _copied("docs/hub/README.md"),
        "data": _essay(),
        "licence": _licence(),
        "cite": _cite(),
    }
    files = {f"source/{name}.md": text.encode("utf-8") for name, text in made.items()}
    for picture in sorted((ROOT / "docs").glob("*.png")):
        files[f"source/pictures/{picture.name}"] = picture.read_bytes()
    return files


def home() -> str:
    """The first page: what this is, and the ways in."""
    described = {part: _row_of(lessons) for part, lessons in by_part().items() if part}
    parts = "\n".join(f"- **{part}**: {row}" for part, row in described.items())
    first = all_lessons()[0]
    counted = {name: f"{len(rows(name)):,}" for name in ("events", "people", "places", "sources")}
    return f"""# Trotsky in data

An open course on the life of Leon Trotsky. It teaches what happened, how historians know it, and
how to work with data in Python. Every event can be traced to its sources, and doubts are shown as
doubts.

{_timeline()}

## The course

Begin with [{first.title}](/{first.page}.ipynb). It needs no Python.

{parts}

[The course map](/lessons/index.md) says what each lesson teaches and how long it takes.

## The record

- [The record](#record): {counted["events"]} events, each with what its sources say
- [People](#people): {counted["people"]}, with their ties and their fates
- [Places](#places): {counted["places"]}, under the names of the time
- [Sources](#sources): {counted["sources"]}, with what was read of each
- [A to Z](#a-z): an index of everything

## Use it

- [Run the lessons](/about.md#start) on your own machine or in a browser
- [Teach with the course](/teaching.md), and [run a hub for a class](/hub.md)
- [Accessibility](/accessibility.md): what is tested, and what is missing
- [The data](/data.md): who made them and what is missing; [the tables](#tables) to download
- [Contribute](/contributing.md), [cite](/cite.md), [licence](/licence.md)

```{{toctree}}
:hidden:

lessons/index
about
teaching
accessibility
hub
data
contributing
cite
licence
```
"""


def _row_of(lessons: list[Lesson]) -> str:
    return " · ".join(f"[{lesson.title}](/{lesson.page}.ipynb)" for lesson in lessons)


def _timeline() -> str:
    """The first picture of the README, with its alternative text."""
    found = re.search(r"!\[.*?\]\(\S+\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    return turned(found[0], "README.md") if found else ""


def course_map() -> str:
    """The lessons by part, with what each teaches."""
    parts = []
    for part, lessons in by_part().items():
        parts.append(
            f"## {part or 'Begin here'}\n\n" + "\n\n".join(_described(lesson) for lesson in lessons)
        )
    listed = "\n".join(lesson.path.stem for lesson in all_lessons())
    return (
        "# The lessons\n\nA lesson is a notebook: text, short pieces of code, and their results. "
        "On these pages you read it; to run it, download it or see "
        "[how to run the course](/about.md#start).\n\n"
        + "\n\n".join(parts)
        + f"\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    )


def _described(lesson: Lesson) -> str:
    about = lesson.about
    return (
        f"### [{lesson.title}](/{lesson.page}.ipynb)\n\n"
        f"*{about['question']}*\n\n"
        f"- History: {about['history']}\n- Data: {about['data']}\n- Thinking: {about['thinking']}\n"
        f"- Minutes: {about['minutes']}, {about['exercise_minutes']} of them exercises"
    )


def _copied(path: str, title: str = "") -> str:
    """A document of the repository for the site, perhaps under another title."""
    text = (ROOT / path).read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    return re.sub(r"\A# .*", lambda found: title or found[0], turned(text, path))


def _essay() -> str:
    text = _copied("data/README.md")
    first, _, rest = text.partition("\n## ")
    pointer = "[All tables](#tables), with their columns, to look at and to download."
    return f"{first}\n{pointer}\n\n## {rest}"


def _licence() -> str:
    """The licence: its opening as text, the legal text as it is printed."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    opening, mark, legal = text.partition("\nBSD 3-Clause License")
    opening = re.sub(r"(https://[^\s,]+)", r"<\1>", opening)
    return f"# Licence\n\n{opening}\n```text\n{(mark + legal).strip()}\n```\n"


def _cite() -> str:
    """How to cite the course, from CITATION.cff, and a single fact."""
    cff: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    authors = " and ".join(
        one.get("name") or f"{one['given-names']} {one['family-names']}" for one in cff["authors"]
    )
    year = str(cff["date-released"])[:4]
    address = cff.get("url") or cff.get("repository-code") or ""
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = {
        "author": f"{{{authors}}}",
        "title": f"{{{cff['title']}}}",
        "year": year,
        "version": str(cff["version"]),
        "url": address,
    }
    bibtex = "\n".join(f"  {name} = {{{value}}}," for name, value in lines.items() if value)
    return f"""# How to cite

{authors}, *{cff["title"]}*, version {cff["version"]} ({year}){", " + address if address else ""}.

```bibtex
@software{{{python["project"]["name"]},
{bibtex}
}}
```

For a single fact, cite the source that the record names for it, with its place in that source.
The address of an event in the record stays the same.
"""
