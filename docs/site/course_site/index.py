"""Everything from A to Z: the index of the site, which needs no JavaScript."""

from collections.abc import Iterator

from course_site import names
from course_site.facts import rows, when
from course_site.listing import Entry, alphabet
from course_site.markup import Page


def pages() -> Iterator[Page]:
    """The one page of the index."""
    entries = [*_people(), *_others()]
    body = (
        "<h1>A to Z</h1>\n"
        f'<p class="lead">{len(entries):,} people, places, events, organisations and works. People '
        "stand under their family names. Your browser's own search finds a word on this page.</p>\n"
        + alphabet(entries)
    )
    yield Page("a-z", "A to Z", body, "The index of the site.", "")


def _people() -> Iterator[Entry]:
    for row in rows("people"):
        life = names.life(row)
        remark = f"({life})" if life else "(person)"
        yield names.family_first(row["name"]), f"people/{row['person_id']}", remark


def _others() -> Iterator[Entry]:
    for row in rows("places"):
        yield names.without_article(row["name_then"]), f"places/{row['place_id']}", "(place)"
        if row["name_now"] != row["name_then"]:
            then = f"(place, then {row['name_then']})"
            yield names.without_article(row["name_now"]), f"places/{row['place_id']}", then
    for row in rows("events"):
        title = names.without_article(row["title"])
        yield title, f"events/{row['event_id']}", f"(event, {when(row)})"
    for row in rows("organisations"):
        title = names.without_article(row["name"])
        yield title, f"organisations#{row['organisation_id']}", "(organisation)"
    for row in rows("works"):
        yield names.without_article(row["title"]), f"works#{row['work_id']}", f"({row['kind']})"
