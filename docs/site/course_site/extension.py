"""The Sphinx extension: pages made from the data beside those that Sphinx reads.

Each such page is a label, so that Markdown links to it as ``[...](#events/birth-1879)`` and Sphinx
warns of one that does not exist. Its words go into the search index.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from course_site import catalogues, events, index, people, places, tables
from course_site.lessons import by_part
from course_site.markup import Page, rooted

_MAKERS = (events, people, places, catalogues, tables, index)
# Where the pages of a folder belong: the page above them, and its name.
_TRAILS = {
    "lessons": ("lessons/index", "Lessons"),
    "events": ("record", "The record"),
    "record": ("record", "The record"),
    "people": ("people", "People"),
    "places": ("places", "Places"),
    "sources": ("sources", "Sources"),
    "data": ("tables", "The tables"),
}
_KNOWN = "made-pages.json"  # what was written for each page, so that an unchanged one is kept


@cache
def made_pages() -> list[Page]:
    """All pages that are made from the data."""
    return [page for maker in _MAKERS for page in maker.pages()]


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls: it says which of our functions are called when."""
    app.add_config_value("course_fingerprint", "", "env", types=[str])
    app.connect("builder-inited", _keep_outputs_inside, priority=900)  # after MyST-NB's own
    app.connect("env-before-read-docs", _label)
    app.connect("html-collect-pages", _collect)
    app.connect("html-page-context", _context)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}


def _keep_outputs_inside(app: Sphinx) -> None:
    """Have MyST-NB write its files into our folder of work, not beside the site."""
    folder = str(Path(app.doctreedir).parent / "outputs")
    app.env.mystnb_config = app.env.mystnb_config.copy(output_folder=folder)


def _label(app: Sphinx, env: BuildEnvironment, _: list[str]) -> None:
    """Make a label of each page."""
    standard = env.domains.standard_domain
    for page in made_pages():
        standard.anonlabels[page.name] = (page.name, "")
        standard.labels[page.name] = (page.name, "", page.title)


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages for Sphinx to write: those that changed since the last time."""
    _index(app)
    path = Path(app.doctreedir) / _KNOWN
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    now: dict[str, str] = {}
    for page in made_pages():
        now[page.name] = _digest(page, app.config.course_fingerprint)
        file = Path(app.outdir) / f"{page.name}.html"
        if known.get(page.name) != now[page.name] or not file.exists():
            yield page.name, _as_context(page), "page.html"
    path.write_text(json.dumps(now), encoding="utf-8", newline="\n")


def _digest(page: Page, fingerprint: str) -> str:
    return sha256("\0".join([*page, fingerprint]).encode("utf-8")).hexdigest()


def _as_context(page: Page) -> dict[str, Any]:
    return {"title": page.title, "body": rooted(page.body, page.name), "summary": page.summary}


def _index(app: Sphinx) -> None:
    """Put the pages into the search index, which else drops what Sphinx did not read."""
    indexer = app.builder.indexer
    if indexer is None:
        return
    indexer.lang.stem = cache(indexer.lang.stem)  # most words come back: a third of the time
    document = new_document("made")
    for page in made_pages():
        document.children = [nodes.title("", page.title), nodes.paragraph("", page.words)]
        document.setup_child(document[0])
        indexer.feed(page.name, f"{page.name}.html", page.title, document)
    made, prune = {page.name for page in made_pages()}, indexer.prune
    indexer.prune = lambda names: prune({*names, *made})


def _context(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """What our templates need beside what Sphinx gives them."""
    tag = context["css_tag"]
    # MyST-NB writes its style sheet after the first build: the second alone would see its checksum.
    context["css_tag"] = lambda css: re.sub(r"(mystnb\.\w+\.css)\?v=\w+", r"\1", tag(css))
    is_lesson = name.startswith("lessons/") and name != "lessons/index"
    context["sidebars"] = ["course-sidebar.html"] if is_lesson else []
    context["lessons_by_part"] = by_part() if is_lesson else {}
    context["trail"] = _TRAILS.get(name.partition("/")[0] if "/" in name else "")
