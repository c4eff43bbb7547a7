"""The record: four Markdown pages, 91 to 94, made from data/, with one heading for each event.

The heading of an event is its event_id with blanks for hyphens. JupyterLab, GitHub and MyST all
turn that into the anchor ``#event-id``. The pages are Markdown and not notebooks because a link
from a lesson then lands on the heading at once: JupyterLab 4.6 opens a notebook at its top.

    python -m helpers.record notebooks/9-the-record
"""

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.bibliography import cite
from helpers.calendars import plain
from helpers.evidence import attestations, standing
from helpers.tables import load
from helpers.writing import write_whole

PARTS = {
    "early-life": ("91-early-life", "Early life, 1879 to May 1917"),
    "revolution": ("92-revolution", "Revolution, 1917 to 1927"),
    "exile": ("93-exile", "Exile, 1928 to 1940"),
    "legacy": ("94-legacy", "Legacy, from 1940 on"),
}

HOW_STANDS = {
    "well attested": "well attested (two or more independent sources agree)",
    "attested": "attested (sources of one lineage)",
    "contested": "contested (independent sources disagree)",
    "unattested": "unattested",
}


def record(part: str) -> str:
    """The page, in Markdown, that records the events of one part of the course.

    Raises KeyError for an unknown part.
    """
    title = PARTS[part][1]
    events = load("events").query("part == @part").sort_values(["date_earliest", "date_latest"])
    opening = (
        f"# The record: {title}\n\n"
        f"{len(events)} events in order of time, each with its sources. This page is made from "
        "the tables in `data/` by `make record`: mend the tables, not the page.\n\n"
        "A date such as 25 October (7 November) 1917 gives the Old Style first, then the New "
        "Style in brackets. How a fact stands is computed from its sources: see "
        "[the data essay](../../data/README.md)."
    )
    return (
        "\n\n".join([opening, *(event_text(event) for event in events.to_dict("records"))]) + "\n"
    )


def event_text(event: dict[str, Any]) -> str:
    """The Markdown of one event: heading, date, place, people, how it stands, and its sources."""
    event_id = event["event_id"]
    when = plain(event["date"], _text(event["date_os"]))
    lines = [
        f"## {event_id.replace('-', ' ')}",
        f"**{when}. {event['title']}**",
        event["summary"],
        _details(event),
        _source_table(event_id),
    ]
    if _text(event["note"]):
        lines.append(f"*Note.* {event['note']}")
    return "\n\n".join(lines)


def write(folder: Path) -> list[Path]:
    """The paths of the four pages, written into the folder: once all are made, each whole."""
    pages = {folder / f"{name}.md": record(part) for part, (name, _) in PARTS.items()}
    for path, page in pages.items():
        write_whole(path, page.encode("utf-8"))
    return list(pages)


def _details(event: dict[str, Any]) -> str:
    """Place, people and standing, each on a line of a list."""
    event_id, details = event["event_id"], []
    if _text(event["place_id"]):
        place = _places()[event["place_id"]]
        now = f" (now {place['name_now']})" if place["name_now"] != place["name_then"] else ""
        details.append(f"- Place: {place['name_then']}{now}")
    if people := _people().get(event_id):
        details.append(f"- People: {people}")
    details.append(f"- How it stands: {HOW_STANDS[standing('events', event_id)]}")
    if standing("events", event_id, "date") == "unattested":
        details.append("- The date is our reckoning: no source that was read gives one")
    return "\n".join(details)


@cache
def _places() -> dict[str, dict[str, Any]]:
    return load("places").set_index("place_id").to_dict("index")


@cache
def _people() -> dict[str, str]:
    """For each event that has people: their names, each with the roles."""
    names = load("people").set_index("person_id")["name"].to_dict()
    roles = load("event_people").groupby(["event_id", "person_id"], sort=False)["role"]
    found: dict[str, list[str]] = {}
    for (event_id, person_id), role in roles.agg(", ".join).items():
        found.setdefault(event_id, []).append(f"{names[person_id]} ({role})")
    return {event_id: "; ".join(people) for event_id, people in found.items()}


def _source_table(event_id: str) -> str:
    """A Markdown table of what each source says of the event."""
    rows = [
        "| Source | Says | Lineage | Remark |",
        "| --- | --- | --- | --- |",
    ]
    for one in attestations("events", event_id).itertuples():
        cells = [cite(one.source_id, one.locator), stated(one), one.lineage, _text(one.note)]
        rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(rows)


def stated(attestation: Any) -> str:
    """What a source states, in words, with its calendar; a row of `attestations` is given."""
    value, calendar = _text(attestation.stated), _text(attestation.calendar)
    if not value:
        return f"tells of it ({attestation.field})"
    if not calendar:
        return f"{attestation.field}: {value}"
    return f"{plain(value)}, {'Old Style' if calendar == 'os' else 'New Style'}"


def _text(value: Any) -> str:
    """The text of a cell; empty for a missing one."""
    return "" if pd.isna(value) else str(value)


if __name__ == "__main__":
    # A file or an old console may not know every letter: better an escape than an end.
    sys.stdout.reconfigure(errors="backslashreplace")
    for written in write(Path(sys.argv[1])):
        print(written)
