"""Small pieces of HTML, and the one way to write an address inside the site.

An address starts with ``~/``, the top of the site, wherever it is written; `rooted` makes it
relative when the page that holds it is written, so that the site also works from a folder.
"""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

_HEADING = re.compile(r"<h([2-6]) id=")


class Page(NamedTuple):
    """A page made from the data: its name (its address without ``.html``), title and HTML.

    summary: one sentence for search engines. words: what the search finds it by, beside its title.
    """

    name: str
    title: str
    body: str
    summary: str
    words: str


def text(value: object) -> str:
    """A cell of a table as text of a page."""
    return html.escape(str(value), quote=False)


def link(page: str, words: str, anchor: str = "") -> str:
    """A link to a page of the site by its name, perhaps to one of its anchors.

    >>> link("people/lenin", "Vladimir Lenin")
    '<a href="~/people/lenin.html">Vladimir Lenin</a>'
    """
    return f'<a href="~/{page}.html{"#" + anchor if anchor else ""}">{text(words)}</a>'


def download(path: str, words: str) -> str:
    """A link that saves a file of the site."""
    return f'<a href="~/downloads/{path}" download>{text(words)}</a>'


def rooted(body: str, name: str) -> str:
    """The HTML with every address relative to the page of that name.

    >>> rooted('<a href="~/a-z.html">', "people/lenin")
    '<a href="../a-z.html">'
    """
    return re.sub(r'(href|src)="~/', rf'\1="{"../" * name.count("/")}', body)


def heading(level: int, words: str, anchor: str) -> str:
    """A heading that can be linked to."""
    return f'<h{level} id="{anchor}">{text(words)}</h{level}>\n'


def section(title: str, *parts: str) -> str:
    """A heading of the second level and what stands under it; nothing when nothing does."""
    anchor = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    filled = [part for part in parts if part]
    return heading(2, title, anchor) + "\n".join(filled) if filled else ""


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms, each with its HTML; those without any are left out."""
    rows = [f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs if value]
    return '<dl class="facts">\n' + "\n".join(rows) + "\n</dl>" if rows else ""


def items(rows: Iterable[str]) -> str:
    """A bulleted list of pieces of HTML; nothing when there are none."""
    found = [f"<li>{row}</li>" for row in rows]
    return "<ul>\n" + "\n".join(found) + "\n</ul>" if found else ""


def table(label: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with headers for its columns and its rows; nothing when there are no rows.

    label: what a screen reader calls it. It scrolls sideways, by keyboard too, on small screens.
    """
    lines = []
    for row in rows:
        first, *others = row
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    name = html.escape(label)
    return (
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{name}">\n'
        f'<table class="table">\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody>\n</table>\n</div>"
    )


def contents(body: str) -> str:
    """A list of links to the headings of the second level that have an anchor."""
    found = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', body)
    rows = [f'<li><a href="#{anchor}">{words}</a></li>' for anchor, words in found]
    return f'<ul class="jumps">{"".join(rows)}</ul>\n' if len(rows) > 2 else ""


def plain_words(body: str) -> str:
    """The words of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", " ", body))
