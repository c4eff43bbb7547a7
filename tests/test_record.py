"""The record: one heading for each event, made from the data and up to date."""

import pytest
from lessons import RECORD, anchors

from helpers import record
from helpers.tables import load


def test_the_stored_record_is_what_the_data_make(tmp_path):
    for path in record.write(tmp_path):
        kept = (RECORD / path.name).read_bytes()
        assert path.read_bytes() == kept, f"{path.name} has drifted: run make record"


def stored(part: str) -> str:
    """The page of a part as it is stored: by the test above, what `record` makes of the data."""
    return (RECORD / f"{record.PARTS[part][0]}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", record.PARTS)
def test_each_part_has_a_heading_for_each_event(part):
    wanted = load("events").query("part == @part")
    found = anchors(stored(part)) - {"The-record:-" + record.PARTS[part][1].replace(" ", "-")}
    assert found == set(wanted["event_id"])


def test_every_event_shows_all_its_sources():
    stated = load("attestations").query("table == 'events'").groupby("row_id").size()
    pages = "".join(stored(part) for part in record.PARTS)
    texts = {text.splitlines()[0].replace(" ", "-"): text for text in pages.split("\n## ")[1:]}
    for event_id, count in stated.items():
        rows = [line for line in texts[event_id].splitlines() if line.startswith("| ")]
        assert len(rows) == count + 2, event_id


def test_an_event_reads_date_place_standing_and_sources():
    event = load("events").set_index("event_id", drop=False).loc["birth-1879"]
    text = record.event_text(event.to_dict())
    assert text.startswith("## birth 1879\n\n**26 October (7 November) 1879. ")
    assert "- Place: Yanovka" in text
    assert "- How it stands: " in text
    assert "*My Life" in text
    assert "nan" not in text.split()
