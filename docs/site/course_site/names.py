"""What things are called on the site, where their pages are, and in which order they stand."""

import re
import unicodedata
from functools import cache

from course_site.facts import Row, by_id
from course_site.markup import link

PARTS = {
    "early-life": "Early life, 1879 to May 1917",
    "revolution": "Revolution, 1917 to 1927",
    "exile": "Exile, 1928 to 1940",
    "legacy": "Legacy, from 1940 on",
}
SOURCE_KINDS = {
    "primary": "Primary sources",
    "scholarly": "Scholarly works",
    "reference": "Reference works",
    "press": "The press",
    "archive": "Archives and museums",
}


def event(event_id: str) -> str:
    """A link to the page of an event, under its title."""
    return link(f"events/{event_id}", by_id("events")[event_id]["title"])


def person(person_id: str) -> str:
    """A link to the page of a person, under the name; nothing for no one."""
    return link(f"people/{person_id}", by_id("people")[person_id]["name"]) if person_id else ""


def place(place_id: str) -> str:
    """A link to the page of a place, under its name at the time; nothing for no place."""
    return link(f"places/{place_id}", by_id("places")[place_id]["name_then"]) if place_id else ""


def organisation(organisation_id: str) -> str:
    """A link to an organisation in the list of them."""
    return link("organisations", by_id("organisations")[organisation_id]["name"], organisation_id)


def work(work_id: str) -> str:
    """A link to a work in the list of them."""
    return link("works", by_id("works")[work_id]["title"], work_id)


@cache
def source(source_id: str) -> str:
    """A short name of a source, such as "Deutscher 1963", that links to its full citation."""
    row = by_id("sources")[source_id]
    families = [name.partition(", ")[0].strip() for name in row["author"].split(";")]
    words = families[0] + (" and others" if len(families) > 2 else "")
    if len(families) == 2:
        words = " and ".join(families)
    year = re.search(r"\d{4}", row["year"])
    short = " ".join(filter(None, [words or row["title"], year[0] if year else ""]))
    return link(f"sources/{row['kind']}", short, source_id)


def family_first(name: str) -> str:
    """A name as an index has it; rulers, and those of one name, stay as they are.

    >>> family_first("Jean van Heijenoort"), family_first("Artem (Fyodor Sergeyev)")
    ('Heijenoort, Jean van', 'Artem (Fyodor Sergeyev)')
    """
    bare, bracket, rest = name.partition(" (")
    first, _, last = bare.rpartition(" ")
    if not first or re.fullmatch(r"[IVX]+", last):
        return name
    return f"{last}, {first}{bracket}{rest}"


def without_article(title: str) -> str:
    """A title as an index has it.

    >>> without_article("The Bronx"), without_article("An armistice")
    ('Bronx', 'Armistice')
    """
    bare = re.sub(r"^(The|A|An) ", "", title)
    return bare[0].upper() + bare[1:]


def sort_key(words: str) -> str:
    """Letters and digits alone, without accents, so that Žižek stands under Z."""
    bare = unicodedata.normalize("NFKD", words).casefold()
    return re.sub(r"[^a-z0-9 ,]", "", bare).strip()


def letter(words: str) -> str:
    """The letter under which an index has it; ``0-9`` for figures."""
    first = sort_key(words)[:1].upper()
    return first if first.isalpha() else "0-9"


def life(row: Row) -> str:
    """The years of birth and death of a person, such as 1879-1940; a gap where one is unknown."""
    born, died = (str(row[name])[:4] for name in ("born_latest", "died_latest"))
    return f"{born or '?'}\N{EN DASH}{died}" if born or died else ""
