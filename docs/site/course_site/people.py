"""A page for each person, and the list of all."""

from collections.abc import Iterator

from course_site import names
from course_site.facts import Row, by_id, in_time, pointing, rows, span, when, where
from course_site.listing import alphabet
from course_site.markup import Page, items, link, section, table, terms, text
from course_site.witness import short_sources, source_table

# Where a person's rows have a place of their own on the page.
_SHOWN = {"event_people", "relations", "offices", "vote_members"}


def pages() -> Iterator[Page]:
    """The list of people, then a page for each."""
    yield _everyone()
    for row in rows("people"):
        yield _person(row)


def _person(row: Row) -> Page:
    person_id, name = row["person_id"], row["name"]
    facts = terms(
        [
            ("In its own script", text(row["name_native"])),
            (
                "Born",
                ", ".join(filter(None, [when(row, "born"), names.place(row["birth_place_id"])])),
            ),
            (
                "Died",
                ", ".join(filter(None, [when(row, "died"), names.place(row["death_place_id"])])),
            ),
            ("How the life ended", text(row["fate"].replace("-", " "))),
            ("Affiliation", text(row["affiliation"])),
            ("Wikidata", text(row["wikidata"])),
            ("Note", text(row["note"])),
            ("Other tables", _elsewhere(person_id)),
        ]
    )
    body = (
        f"<h1>{text(name)}</h1>\n"
        + (f'<p class="lead">{text(row["role"])}</p>\n' if row["role"] else "")
        + facts
        + section("Ties", _ties(person_id))
        + section("Offices", _offices(person_id))
        + section("Votes", _votes(person_id))
        + section("Events", _events(person_id))
        + section("What the sources say of these facts", source_table("people", person_id))
    )
    words = " ".join([row["name_native"], row["role"], row["affiliation"], row["note"]])
    summary = f"{name} ({names.life(row)}): {row['role']}"
    return Page(f"people/{person_id}", name, body, summary, words)


def _ties(person_id: str) -> str:
    """The ties of a person: what each one was to the other, with the dates."""
    lines = []
    for row in where("relations", "person_a", person_id):
        lines.append(_tie(row, row["person_b"], f"{row['relation'].replace('-', ' ')} of"))
    for row in where("relations", "person_b", person_id):
        lines.append(_tie(row, row["person_a"], f"had as {row['relation'].replace('-', ' ')}"))
    return table("Ties", ("Person", "Tie", "When", "Remark", "Sources"), sorted(lines, key=str))


def _tie(row: Row, other: str, tie: str) -> tuple[str, ...]:
    sources = short_sources("relations", row["relation_id"])
    return names.person(other), tie, text(span(row)), text(row["note"]), sources


def _offices(person_id: str) -> str:
    lines = [
        (
            f"{text(row['office'])}, {text(row['body'])}",
            text(span(row)),
            text(row["note"]),
            short_sources("offices", row["office_id"]),
        )
        for row in in_time(where("offices", "person_id", person_id), "start")
    ]
    return table("Offices", ("Office", "When", "Remark", "Sources"), lines)


def _votes(person_id: str) -> str:
    found = [
        (by_id("votes")[row["vote_id"]], row)
        for row in where("vote_members", "person_id", person_id)
    ]
    found.sort(key=lambda pair: str(pair[0]["date_earliest"]))
    lines = [
        (text(vote["motion"]), text(vote["body"]), text(when(vote)), text(row["vote"]))
        for vote, row in found
    ]
    return table("Votes", ("Motion", "Body", "When", "Vote"), lines)


def _events(person_id: str) -> str:
    roles: dict[str, list[str]] = {}
    for one in where("event_people", "person_id", person_id):
        roles.setdefault(one["event_id"], []).append(one["role"].replace("-", " "))
    found = in_time([by_id("events")[event_id] for event_id in roles])
    return items(
        f"{text(when(row))}: {names.event(row['event_id'])} ({', '.join(roles[row['event_id']])})"
        for row in found
    )


def _elsewhere(person_id: str) -> str:
    """The other tables that name the person, with the number of their rows."""
    found: dict[str, int] = {}
    for name, column in pointing("people"):
        if name not in _SHOWN and (count := len(where(name, column, person_id))):
            found[name] = found.get(name, 0) + count
    return "; ".join(
        f"{link(f'data/{name}', name)} ({count} row{'s' if count > 1 else ''})"
        for name, count in found.items()
    )


def _everyone() -> Page:
    found = [
        (names.family_first(row["name"]), f"people/{row['person_id']}", _remark(row))
        for row in rows("people")
    ]
    body = (
        "<h1>People</h1>\n"
        f'<p class="lead">{len(found)} people with a part in an event, or a tie to another.</p>\n'
        + alphabet(found)
    )
    return Page("people", "People", body, "All people of the record, from A to Z.", "")


def _remark(row: Row) -> str:
    life = names.life(row)
    return ", ".join(filter(None, [f"({life})" if life else "", row["role"]]))
