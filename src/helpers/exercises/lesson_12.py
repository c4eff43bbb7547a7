"""Exercises of lesson 12, From Nikolaev to London."""

import pandas as pd

from helpers.evidence import standings
from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _away() -> pd.DataFrame:
    """The stays that lesson 12 calls away: from the arrest on."""
    stays = load("stays")
    first_prison = stays[stays["stay_id"] == "nikolaev-prison-1898"]
    return stays[stays["start_earliest"] >= first_prison["start_earliest"].item()]


def _count(condition: str) -> int:
    return int((_away()["condition"] == condition).sum())


def _odessa(end: str, start: str) -> int:
    """Days in the Odessa prison, from one bound of its start to one of its end."""
    stay = _away().set_index("stay_id").loc["odessa-prison-1898"]
    return (stay[f"end_{end}"] - stay[f"start_{start}"]).days


def _stays_that_are(standing: str) -> list[str]:
    found = standings("stays").loc[_away()["stay_id"]]
    return list(found.index[found == standing])


EXERCISES = {
    "12.1": Exercise(
        task="Filter away by the condition internal-exile and count the rows.",
        form="number",
        answer=lambda: _count("internal-exile"),
        finding="The police moved him about even in exile, or let him move.",
        slips=(
            Slip(
                lambda: _count("prison"),
                "That is the number of prisons. Exile followed upon prison.",
            ),
            Slip(lambda: len(_away()), "Those are all stays of away. Filter by condition."),
            Slip(
                lambda: len(_away()) - _count("internal-exile"),
                "You counted the stays that are not internal exile. Use == and not !=.",
            ),
        ),
    ),
    "12.2": Exercise(
        task="For odessa-prison-1898 subtract the earliest start from the latest end.",
        form="number",
        answer=lambda: _odessa("latest", "earliest"),
        finding="At most: the true number may be some weeks smaller.",
        slips=(
            Slip(
                lambda: _odessa("earliest", "latest"),
                "That is the least number of days: the latest start and the earliest end.",
            ),
            Slip(
                lambda: _odessa("earliest", "earliest"),
                "You took the earliest end. At most means the latest end.",
            ),
            Slip(
                lambda: _odessa("latest", "latest"),
                "You took the latest start. At most means the earliest start.",
            ),
        ),
    ),
    "12.3": Exercise(
        task="List the stay_ids of away whose standing is contested.",
        form="names",
        answer=lambda: _stays_that_are("contested"),
        finding="Open the record of these prisons and read what the quarrel is about.",
        slips=(
            Slip(
                lambda: _stays_that_are("attested"),
                "Those have a single witness. Contested means that witnesses disagree.",
            ),
            Slip(
                lambda: list(standings("stays").index[standings("stays") == "contested"]),
                "Your list holds stays from before the arrest too. Keep those of away.",
            ),
            Slip(
                lambda: list(_away()["stay_id"]),
                "Those are all stays of away. Keep those whose standing is contested.",
            ),
        ),
    ),
}
