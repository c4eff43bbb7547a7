"""Exercises of lesson 14, Without a country."""

import pandas as pd

from helpers.dates import days_between, weekday
from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _days(from_stay: str, to_stay: str, end: str = "end") -> int:
    """Fewest days from the start of one stay to an end of another."""
    stays = load("stays").set_index("stay_id")
    return days_between(stays.loc[from_stay, "start"], stays.loc[to_stay, end])[0]


def _with_word(*columns: str, word: str = "Vienna") -> list[pd.Series]:
    """Whether each event has the word in each of the columns."""
    events = load("events")
    return [events[column].str.contains(word) for column in columns]


def _landing(source_id: str) -> str:
    """The day on which a source lets him land in New York."""
    said = load("attestations")
    said = said[(said["row_id"] == "arrival-new-york-1917") & (said["field"] == "date")]
    return said[said["source_id"] == source_id]["stated"].item()


def _ties() -> pd.DataFrame:
    """The ties of lesson 14, with the people: one row for each person."""
    ties = load("relations")
    ties = ties[ties["person_b"] == "trotsky"]
    ties = ties[ties["relation"].isin(["comrade", "colleague", "friend", "adversary"])]
    ties = ties[ties["start_latest"] < "1917-05-01"]
    began = ties["start_latest"] >= "1907-04-01"
    lasted = ties["end_latest"] >= "1908-01-01"
    ties = ties[began | lasted]
    ties = ties.merge(load("people"), left_on="person_a", right_on="person_id")
    return ties.drop_duplicates("name")


def _names(*, adversaries: bool | None, with_party: bool | None) -> list[str]:
    """The people of the ties, kept by being adversaries or not, and by having a party or not."""
    ties = _ties()
    if adversaries is not None:
        ties = ties[(ties["relation"] == "adversary") == adversaries]
    if with_party is not None:
        ties = ties[ties["affiliation"].notna() == with_party]
    return list(ties["name"])


EXERCISES = {
    "14.1": Exercise(
        task="Give days_between the start of halifax-citadel-1917 and the end of amherst-1917.",
        form="number",
        answer=lambda: _days("halifax-citadel-1917", "amherst-1917"),
        finding="Nearly four weeks, while the revolution at home went on without him.",
        slips=(
            Slip(
                lambda: _days("amherst-1917", "amherst-1917"),
                "You counted the camp only. He was first held for a night at Halifax.",
            ),
            Slip(
                lambda: _days("kristianiafjord-1917", "amherst-1917"),
                "You began when he sailed from New York. On the ship he was still free.",
            ),
            Slip(
                lambda: _days("halifax-citadel-1917", "petrograd-may-1917", "start"),
                "You counted on to Petrograd. Stop at the end of amherst-1917.",
            ),
            Slip(
                lambda: _days("kristianiafjord-1917", "halifax-citadel-1917", "start"),
                "You counted the voyage before he was held. Take the two stays of the task.",
            ),
        ),
    ),
    "14.2": Exercise(
        task="Import weekday from helpers and give it 1917-01-13.",
        form="text",
        answer=lambda: weekday(_landing("deutscher-1954-armed")),
        finding="Day and date do not fit together. A weekday is a test of a date.",
        slips=(
            Slip(
                lambda: weekday(_landing("ackerman-2016")),
                "That is what Deutscher writes. Ask weekday, not Deutscher.",
            ),
            Slip(
                lambda: _landing("deutscher-1954-armed"),
                "That is the date itself. Give it to weekday, and answer with the day it names.",
            ),
            Slip(
                lambda: weekday(_landing("deutscher-1954-armed").replace("1917", "1916")),
                "That is the weekday one year too early. Look at the year.",
            ),
        ),
    ),
    "14.3": Exercise(
        task="Filter ties by the relation adversary, then by the group no party named; give name.",
        form="names",
        answer=lambda: _names(adversaries=True, with_party=False),
        finding="A minister, ambassadors, an officer: here states stand against him, not comrades.",
        slips=(
            Slip(
                lambda: _names(adversaries=True, with_party=None),
                "Those are all adversaries. Filter once more, by group.",
            ),
            Slip(
                lambda: _names(adversaries=None, with_party=False),
                "Those are all people with no party named. Some of them were on his side.",
            ),
            Slip(
                lambda: _names(adversaries=True, with_party=True),
                "Those adversaries have a party or group. You want the others.",
            ),
            Slip(
                lambda: _names(adversaries=False, with_party=False),
                "These have no party named, but are no adversaries. Use == and not !=.",
            ),
        ),
    ),
    "14.4": Exercise(
        task="Ask title and summary with .str.contains, join the two with |, count the rows.",
        form="number",
        answer=lambda: sum(map(any, zip(*_with_word("title", "summary"), strict=True))),
        finding="A word in the text is not the place of the event: some only speak of the city.",
        slips=(
            Slip(
                lambda: _with_word("title")[0].sum(),
                "Those have it in the title. The summary counts, too.",
            ),
            Slip(
                lambda: _with_word("summary")[0].sum(),
                "Those have it in the summary. The title counts, too.",
            ),
            Slip(
                lambda: sum(each.sum() for each in _with_word("title", "summary")),
                "You added up two counts, so events with both count twice. Join them with |.",
            ),
            Slip(
                lambda: sum(map(all, zip(*_with_word("title", "summary"), strict=True))),
                "Those have it in both. The task says or: join the two with |.",
            ),
        ),
    ),
}
