"""Pages that list things with an anchor for each: works, organisations and sources."""

from collections.abc import Iterator

from course_site import names
from course_site.facts import Row, in_time, rows, when, where
from course_site.markup import Page, contents, download, heading, items, link, table, terms, text
from course_site.witness import citation, short_sources

# What the descent of an organisation means, said from the child and from the parent.
_CAME_FROM = {
    "split": "left",
    "fusion": "was joined by",
    "renaming": "was earlier",
    "section": "was a section of",
}
_WENT_TO = {
    "split": "lost",
    "fusion": "went into",
    "renaming": "became",
    "section": "had as a section",
}


def pages() -> Iterator[Page]:
    """The works, the organisations, and the sources by their kind."""
    yield _works()
    yield _organisations()
    yield _all_sources()
    for kind in names.SOURCE_KINDS:
        yield _sources(kind)


def _entry(anchor: str, title: str, facts: str) -> str:
    return f'<div class="entry" id="{anchor}">\n<h3>{title}</h3>\n{facts}\n</div>'


def _works() -> Page:
    found = in_time(rows("works"), "published")
    decades: dict[str, list[Row]] = {}
    for row in found:
        first = str(row["published_earliest"] or row["written_earliest"])[:3]
        decades.setdefault(f"{first}0s" if first else "Without a date", []).append(row)
    parts = [
        heading(2, decade, f"d{decade[:5].strip().lower()}")
        + "\n".join(map(_work, decades[decade]))
        for decade in sorted(decades)
    ]
    listed = "\n".join(parts)
    body = (
        f"<h1>Works</h1>\n<p class='lead'>{len(found)} books, pamphlets, articles and papers of "
        f"Trotsky's, or edited by him, that the course names.</p>\n{contents(listed)}{listed}"
    )
    words = " ".join(f"{row['title']} {row['title_original']}" for row in found)
    return Page("works", "Works", body, "Works of Trotsky's that the course names.", words)


def _work(row: Row) -> str:
    facts = terms(
        [
            ("Original title", text(row["title_original"])),
            ("Kind", text(", ".join(filter(None, [row["kind"], row["language"]])))),
            ("Written", text(when(row, "written"))),
            ("Published", text(when(row, "published"))),
            ("Where", names.place(row["place_id"])),
            ("Note", text(row["note"])),
            ("Sources", short_sources("works", row["work_id"])),
        ]
    )
    return _entry(row["work_id"], text(row["title"]), facts)


def _organisations() -> Page:
    found = sorted(rows("organisations"), key=lambda row: names.sort_key(row["name"]))
    countries: dict[str, list[Row]] = {}
    for row in found:
        countries.setdefault(row["country"], []).append(row)
    parts = []
    for country in sorted(countries, key=lambda name: (name != "international", name)):
        anchor = names.sort_key(country).replace(" ", "-").replace(",", "")
        entries = "\n".join(_organisation(row) for row in countries[country])
        parts.append(heading(2, country[0].upper() + country[1:], f"in-{anchor}") + entries)
    listed = "\n".join(parts)
    body = (
        f"<h1>Organisations</h1>\n<p class='lead'>{len(found)} Internationals, parties, leagues "
        f"and groups, by country.</p>\n{contents(listed)}{listed}"
    )
    words = " ".join(row["name"] for row in found)
    return Page("organisations", "Organisations", body, "Parties and Internationals.", words)


def _organisation(row: Row) -> str:
    organisation_id = row["organisation_id"]
    facts = terms(
        [
            ("Founded", text(when(row, "founded"))),
            ("Ended", text(when(row, "ended"))),
            ("International", text(row["international"])),
            ("Descent", _descent(organisation_id)),
            ("Note", text(row["note"])),
            ("Sources", short_sources("organisations", organisation_id)),
        ]
    )
    return _entry(organisation_id, text(row["name"]), facts)


def _descent(organisation_id: str) -> str:
    """What an organisation came from, and what came of it, in words with dates."""
    lines = [
        (_CAME_FROM[row["kind"]], row["parent_id"], row)
        for row in where("splits", "child_id", organisation_id)
    ] + [
        (_WENT_TO[row["kind"]], row["child_id"], row)
        for row in where("splits", "parent_id", organisation_id)
    ]
    said = []
    for verb, other, row in lines:
        date = f" ({text(when(row))})" if row["date"] else ""
        said.append(f"{verb} {names.organisation(other)}{date}")
    return "; ".join(said)


def _all_sources() -> Page:
    kinds = [
        f"{link(f'sources/{kind}', words)}: {len(where('sources', 'kind', kind))}"
        for kind, words in names.SOURCE_KINDS.items()
    ]
    body = (
        "<h1>Sources</h1>\n"
        f'<p class="lead">{len(rows("sources"))} books, documents, pages and newspaper articles '
        "on which the record rests. Only what was read is cited.</p>\n"
        + items(kinds)
        + f"<p>For Zotero and similar programs: {download('sources.bib', 'BibTeX')}, "
        f"{download('sources.json', 'CSL-JSON')}.</p>"
    )
    return Page("sources", "Sources", body, "All sources of the record.", "")


def _sources(kind: str) -> Page:
    found = sorted(where("sources", "kind", kind), key=_by_author)
    lines = [
        (
            f'<span id="{row["source_id"]}">{citation(row["source_id"])}</span>',
            text(row["standpoint"]),
            text(row["lineage"]),
            text(row["seen"]),
            _used(row["source_id"]),
        )
        for row in found
    ]
    title = names.SOURCE_KINDS[kind]
    heads = ("Source", "Standpoint", "Lineage", "What was read", "Speaks of")
    body = (
        f"<h1>Sources: {text(title.lower())}</h1>\n"
        f"<p>{len(found)} sources. Lineage says where a source has its knowledge.</p>\n"
        + table(title, heads, lines)
    )
    words = " ".join(f"{row['author']} {row['title']}" for row in found)
    return Page(f"sources/{kind}", f"Sources: {title.lower()}", body, title, words)


def _by_author(row: Row) -> tuple[str, str]:
    return names.sort_key(row["author"] or row["title"]), str(row["year"])


def _used(source_id: str) -> str:
    """The events of which a source speaks, folded away, and the number of other facts."""
    said = where("attestations", "source_id", source_id)
    events = dict.fromkeys(row["row_id"] for row in said if row["table"] == "events")
    others = sum(row["table"] != "events" for row in said)
    parts = []
    if events:
        count = f"{len(events)} event{'s' if len(events) > 1 else ''}"
        links = items(names.event(event_id) for event_id in events)
        parts.append(f"<details><summary>{count}</summary>{links}</details>")
    if others:
        parts.append(f"{others} statement{'s' if others > 1 else ''} on other facts")
    return " ".join(parts)
