"""The record: a page for each event, one for each part, and the way in."""

from collections.abc import Iterator
from itertools import groupby

from course_site import names
from course_site.facts import Row, by_id, in_time, rows, when, where
from course_site.lessons import citing
from course_site.markup import Page, contents, heading, items, link, section, terms, text
from course_site.witness import how_it_stands, source_table
from helpers.evidence import standing


def pages() -> Iterator[Page]:
    """All pages of the record."""
    yield _entrance()
    for part in names.PARTS:
        yield _part(part)
    ordered = in_time(rows("events"))
    neighbours = zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False)
    for row, before, after in neighbours:
        yield _event(row, before, after)


def _event(row: Row, before: Row | None, after: Row | None) -> Page:
    event_id, title = row["event_id"], row["title"]
    people = _people(event_id)
    facts = terms(
        [
            ("Place", _place(row["place_id"])),
            ("People", people),
            ("How it stands", how_it_stands("events", event_id)),
            ("The date", _date_standing(event_id)),
            ("Part", link(f"record/{row['part']}", names.PARTS[row["part"]], event_id)),
            ("In the lessons", "; ".join(link(*one) for one in citing(event_id))),
            ("Row", f"<code>{event_id}</code> in {link('data/events', 'events.csv')}"),
        ]
    )
    body = (
        f'<p class="when">{text(when(row))}</p>\n<h1>{text(title)}</h1>\n'
        f'<p class="lead">{text(row["summary"])}</p>\n{facts}\n'
        + section("Note", f"<p>{text(row['note'])}</p>" if row["note"] else "")
        + section("What the sources say", source_table("events", event_id))
        + _neighbours(before, after)
    )
    words = " ".join([when(row), row["summary"], row["note"], *_plain_people(event_id)])
    return Page(f"events/{event_id}", title, body, f"{when(row)}: {row['summary']}", words)


def _place(place_id: str) -> str:
    if not place_id:
        return ""
    row = by_id("places")[place_id]
    now = f" (now {text(row['name_now'])})" if row["name_now"] != row["name_then"] else ""
    return names.place(place_id) + now


def _roles(event_id: str) -> dict[str, list[str]]:
    """For each person in an event: the roles."""
    found: dict[str, list[str]] = {}
    for one in where("event_people", "event_id", event_id):
        found.setdefault(one["person_id"], []).append(one["role"].replace("-", " "))
    return found


def _people(event_id: str) -> str:
    parts = _roles(event_id).items()
    return "; ".join(f"{names.person(who)} ({', '.join(roles)})" for who, roles in parts)


def _plain_people(event_id: str) -> list[str]:
    return [by_id("people")[who]["name"] for who in _roles(event_id)]


def _date_standing(event_id: str) -> str:
    if standing("events", event_id, "date") != "unattested":
        return standing("events", event_id, "date")
    return "our reckoning: no source that was read gives one"


def _neighbours(before: Row | None, after: Row | None) -> str:
    """Links to the events before and after in time."""
    found = [("Before", before), ("After", after)]
    lines = [
        f"<li>{word}: {names.event(row['event_id'])}, {text(when(row))}</li>"
        for word, row in found
        if row
    ]
    return f'<nav class="neighbours" aria-label="In time"><ul>{"".join(lines)}</ul></nav>'


def _part(part: str) -> Page:
    """The events of a part, year by year, each with its summary and an anchor of its own."""
    found = in_time(where("events", "part", part))
    years = []
    for year, group in groupby(found, key=lambda row: row["date_earliest"].year):
        entries = "\n".join(_entry(row) for row in group)
        years.append(heading(2, str(year), f"y{year}") + entries)
    title = f"The record: {names.PARTS[part]}"
    listed = "\n".join(years)
    opening = (
        f"<p>{len(found)} events in order of time, under the year in which each can have begun. "
        "The title leads to the sources.</p>\n"
    )
    body = f"<h1>{text(title)}</h1>\n{opening}{contents(listed)}{listed}"
    return Page(f"record/{part}", title, body, f"{len(found)} events, year by year.", "")


def _entry(row: Row) -> str:
    event_id = row["event_id"]
    stands = standing("events", event_id)
    where_it_was = f" · {names.place(row['place_id'])}" if row["place_id"] else ""
    return (
        f'<div class="entry" id="{event_id}">\n'
        f"<h3>{names.event(event_id)}</h3>\n"
        f'<p class="when">{text(when(row))}{where_it_was} · {stands}</p>\n'
        f"<p>{text(row['summary'])}</p>\n</div>"
    )


def _entrance() -> Page:
    parts = []
    for part, words in names.PARTS.items():
        found = where("events", "part", part)
        parts.append(f"{link(f'record/{part}', words)}: {len(found)} events")
    body = (
        "<h1>The record</h1>\n"
        '<p class="lead">Every event of the course has a page that shows what each source says '
        "of it. The dates in the lessons lead there.</p>\n"
        + items(parts)
        + "<p>A date such as 25 October (7 November) 1917 gives the Old Style first, then the New "
        "Style in brackets. How a fact stands is computed from its sources, never decided by us: "
        f"{link('data', 'the data essay', 'how')} says how.</p>\n"
        "<p>The address of an event never changes: it is the short name of its row, such as "
        f"{link('events/birth-1879', 'events/birth-1879.html')}.</p>\n"
        + section(
            "Other ways in",
            items(
                [
                    link("people", "People") + ", with their ties and their fates",
                    link("places", "Places") + ", with his stays",
                    link("works", "Works") + " of Trotsky's",
                    link("organisations", "Organisations") + ", their splits and fusions",
                    link("sources", "Sources") + ", each with the events that rest on it",
                    link("a-z", "Everything from A to Z"),
                ]
            ),
        )
    )
    return Page("record", "The record", body, "Every event with its sources.", "")
