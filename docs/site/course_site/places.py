"""A page for each place, and the list of all."""

from collections.abc import Iterator

from course_site import names
from course_site.facts import Row, in_time, rows, span, when, where
from course_site.listing import alphabet
from course_site.markup import Page, items, section, table, terms, text
from course_site.witness import short_sources, source_table


def pages() -> Iterator[Page]:
    """The list of places, then a page for each."""
    yield _everywhere()
    for row in rows("places"):
        yield _place(row)


def _place(row: Row) -> Page:
    place_id, name = row["place_id"], row["name_then"]
    inside = [names.place(one["place_id"]) for one in where("places", "within", place_id)]
    facts = terms(
        [
            ("Name today", text(row["name_now"]) if row["name_now"] != name else ""),
            ("State then", text(row["state_then"])),
            ("Country today", text(row["country_now"])),
            ("Within", names.place(row["within"])),
            ("Contains", "; ".join(inside)),
            ("Point", _point(row)),
            ("Note", text(row["note"])),
        ]
    )
    body = (
        f"<h1>{text(name)}</h1>\n{facts}"
        + section("Trotsky's stays", _stays(place_id))
        + section("Events", _events(place_id))
        + section("Born here", items(_people("birth_place_id", place_id)))
        + section("Died here", items(_people("death_place_id", place_id)))
        + section("Published here", _works(place_id))
        + section("What the sources say of these facts", source_table("places", place_id))
    )
    words = " ".join([row["name_now"], row["state_then"], row["country_now"], row["note"]])
    summary = f"{name}, {row['state_then']}: stays and events."
    return Page(f"places/{place_id}", name, body, summary, words)


def _point(row: Row) -> str:
    """Latitude and longitude as an atlas gives them, with how far off they may be."""
    north, east = ("N" if row["lat"] >= 0 else "S"), ("E" if row["lon"] >= 0 else "W")
    point = f"{abs(row['lat']):.3f}° {north}, {abs(row['lon']):.3f}° {east}"
    return f"{point}, within {row['accuracy_km']:g} km"


def _stays(place_id: str) -> str:
    lines = [
        (
            text(span(row)),
            text(row["condition"].replace("-", " ")),
            text(row["address"]),
            text(row["note"]),
            short_sources("stays", row["stay_id"]),
        )
        for row in in_time(where("stays", "place_id", place_id), "start")
    ]
    return table("Stays", ("When", "Condition", "Address", "Remark", "Sources"), lines)


def _events(place_id: str) -> str:
    found = in_time(where("events", "place_id", place_id))
    return items(f"{text(when(row))}: {names.event(row['event_id'])}" for row in found)


def _people(column: str, place_id: str) -> list[str]:
    found = where("people", column, place_id)
    return [f"{names.person(row['person_id'])} ({names.life(row)})" for row in found]


def _works(place_id: str) -> str:
    found = in_time(where("works", "place_id", place_id), "published")
    return items(
        ", ".join(filter(None, [names.work(row["work_id"]), text(when(row, "published"))]))
        for row in found
    )


def _everywhere() -> Page:
    found = [
        (names.without_article(row["name_then"]), f"places/{row['place_id']}", _remark(row))
        for row in rows("places")
    ]
    body = (
        "<h1>Places</h1>\n"
        f'<p class="lead">{len(found)} places under the names they had at the time: towns, but '
        "also prisons and houses.</p>\n" + alphabet(found)
    )
    return Page("places", "Places", body, "All places of the record, from A to Z.", "")


def _remark(row: Row) -> str:
    now = f"now {row['name_now']}, " if row["name_now"] != row["name_then"] else ""
    return f"({now}{row['country_now']})"
