"""Sources as readers and reference managers want them: citations, BibTeX and CSL-JSON.

Citations follow the notes form of the Chicago Manual of Style (17th edition, 2017, chapter 14).
BibTeX and CSL-JSON (citeproc) can be imported into Zotero and similar programs.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from helpers.tables import load

_BIBTEX_TYPES = {"primary": "book", "scholarly": "book", "reference": "misc", "press": "article"}
_CSL_TYPES = {
    "primary": "book",
    "scholarly": "book",
    "reference": "entry-encyclopedia",
    "press": "article-newspaper",
    "archive": "webpage",
}


def cite(source_id: str, locator: str = "") -> str:
    """A citation of a source in Chicago notes form, as Markdown, with a place in it if given.

    Raises KeyError for an unknown source.

    >>> cite("trotsky-1930-my-life", "chapter 1").startswith("Leon Trotsky, *My Life")
    True
    """
    source = _sources([source_id])[0]
    authors = " and ".join(_given_first(name) for name in _names(source))
    imprint = ", ".join(filter(None, [source["publisher"], source["year"]]))
    pieces = [authors, f"*{source['title']}*" + (f" ({imprint})" if imprint else ""), locator]
    return ", ".join(filter(None, pieces))


def bibtex(source_ids: str | Iterable[str] | None = None) -> str:
    """BibTeX entries of the source or sources named, or of all."""
    return "\n".join(_bibtex_entry(source) for source in _sources(source_ids))


def csl_json(source_ids: str | Iterable[str] | None = None) -> str:
    """CSL-JSON of the source or sources named, or of all."""
    items = [_csl_item(source) for source in _sources(source_ids)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _sources(source_ids: str | Iterable[str] | None) -> list[dict[str, str]]:
    """The rows of the source or sources named, in that order, or all; empty cells are text."""
    known = _all_sources()
    if source_ids is None:
        source_ids = known
    wanted = [source_ids] if isinstance(source_ids, str) else list(source_ids)
    unknown = [source_id for source_id in wanted if source_id not in known]
    if unknown:
        raise KeyError(f"there is no source {unknown[0]!r}; look in load('sources')")
    return [known[source_id] for source_id in wanted]


@cache
def _all_sources() -> dict[str, dict[str, str]]:
    """Each source by its name: to look one up in the table takes far longer."""
    table = load("sources").fillna("")
    return {source["source_id"]: source for source in table.to_dict("records")}


def _names(source: dict[str, str]) -> list[str]:
    return [name.strip() for name in source["author"].split(";") if name.strip()]


def _given_first(name: str) -> str:
    """A name such as "Trotsky, Leon" given name first; one without a comma as it is."""
    family, _, given = name.partition(", ")
    return f"{given} {family}".strip()


def _bibtex_entry(source: dict[str, str]) -> str:
    fields = {
        "author": " and ".join(name if ", " in name else f"{{{name}}}" for name in _names(source)),
        "title": f"{{{source['title']}}}",
        "year": source["year"][:4],
        "publisher": source["publisher"],
        "language": source["language"],
        "url": source["url"],
    }
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
    kind = _BIBTEX_TYPES.get(source["kind"], "misc")
    return "\n".join([f"@{kind}{{{source['source_id']},", *lines, "}", ""])


def _escaped(text: str) -> str:
    """Text with the signs that BibTeX reads as commands made plain."""
    return "".join(f"\\{sign}" if sign in "&%$#_" else sign for sign in text)


def _csl_item(source: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": source["source_id"],
        "type": _CSL_TYPES[source["kind"]],
        "title": source["title"],
        "language": source["language"],
    }
    if source["author"]:
        item["author"] = [_csl_name(name) for name in _names(source)]
    if source["year"]:
        item["issued"] = {"date-parts": [[int(source["year"][:4])]]}
    for csl_name, column in (("publisher", "publisher"), ("URL", "url")):
        if source[column]:
            item[csl_name] = source[column]
    return item


def _csl_name(name: str) -> dict[str, str]:
    family, _, given = name.partition(", ")
    return {"family": family, "given": given} if given else {"literal": family}
