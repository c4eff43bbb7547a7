"""The data pages: each table with its schema, its size and a copy to download."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from course_site.facts import pointing
from course_site.markup import Page, download, link, section, table, terms, text
from helpers.tables import data_path, foreign_keys, load, names, path_of


def pages() -> Iterator[Page]:
    """The list of tables, then a page for each."""
    yield _all_tables()
    for name in names():
        yield _table(name)


@cache
def _about() -> dict[str, dict[str, Any]]:
    package = json.loads(data_path("datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def size(name: str) -> str:
    """The size of a table's file, for a reader."""
    count = data_path(path_of(name)).stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def _all_tables() -> Page:
    lines = [
        (
            link(f"data/{name}", name),
            text(about["title"]),
            text(about["description"]),
            f"{len(load(name)):,}",
            download(f"data/{path_of(name)}", f"CSV, {size(name)}"),
        )
        for name, about in _about().items()
    ]
    body = (
        "<h1>The tables</h1>\n"
        f'<p class="lead">{len(lines)} tables in one {_package()}. '
        f"{link('data', 'The data essay')} says who made them, and what is missing.</p>\n"
        + table("All tables", ("Table", "Title", "A row is", "Rows", "Download"), lines)
    )
    return Page("tables", "The tables", body, "All tables with their schema.", "")


def _package() -> str:
    return download("data/datapackage.json", "Frictionless Data Package")


def _table(name: str) -> Page:
    about = _about()[name]
    schema = about["schema"]
    points = foreign_keys(name)
    users = dict.fromkeys(user for user, _ in pointing(name) if user != name)
    facts = terms(
        [
            ("Rows", f"{len(load(name)):,}"),
            ("Download", download(f"data/{path_of(name)}", f"{path_of(name)}, {size(name)}")),
            ("Schema", _package()),
            (
                "One row is named by",
                ", ".join(f"<code>{one}</code>" for one in schema["primaryKey"]),
            ),
            ("Tables that point here", ", ".join(link(f"data/{user}", user) for user in users)),
            ("In Python", f'<code>load("{name}")</code>'),
        ]
    )
    fields = [_field(field, points) for field in schema["fields"]]
    body = (
        f"<h1>{text(about['title'])}</h1>\n"
        f'<p class="lead">{text(about["description"])}</p>\n{facts}\n'
        + section("Fields", table("Fields", ("Field", "Type", "Meaning", "Rules"), fields))
    )
    words = " ".join([name, about["description"], *(field["name"] for field in schema["fields"])])
    return Page(f"data/{name}", f"Table: {about['title']}", body, about["description"], words)


def _field(field: dict[str, Any], points: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    name, kind = field["name"], field["type"]
    if "EDTF" in field.get("rdfType", ""):
        kind = "date (EDTF)"
    rules = [_rule(*one) for one in field.get("constraints", {}).items()]
    if name in points:
        target, column = points[name]
        rules.append(f"a row of {link(f'data/{target}', target)} ({column})")
    kept = "; ".join(filter(None, rules))
    return f"<code>{name}</code>", kind, text(field.get("description", "")), kept


def _rule(name: str, value: Any) -> str:
    """A constraint of Table Schema in words."""
    if name == "enum":
        return "one of " + ", ".join(text(one) for one in value)
    if name in ("required", "unique"):
        return name if value else ""
    if name == "pattern":
        return f"pattern <code>{text(value)}</code>"
    return f"{name} {text(value)}"
