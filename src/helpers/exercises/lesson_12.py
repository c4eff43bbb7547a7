"""Exercises of lesson 12, From Nikolaev to London."""

import pandas as pd

from helpers.dates import days_between
from helpers.evidence import standings
from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _away() -> pd.DataFrame:
    """The stays that lesson 12 calls away: from the arrest to the first weeks in London."""
    stays = load("stays")
    stays = stays[stays["end_latest"] < "1902-12-01"]
    first_prison = stays[stays["stay_id"] == "nikolaev-prison-1898"]
    return stays[stays["start_earliest"] >= first_prison["start_earliest"].item()]


def _route() -> pd.DataFrame:
    """The stays of lesson 12 with their places."""
    return _away().merge(load("places"), on="place_id")


def _in_country(country: str, column: str = "country_now") -> int:
    return int((_route()[column] == country).sum())


def _days_until(stay_id: str, end: str = "end") -> tuple[int, int]:
    """Fewest and most days from the arrest to one end of a stay."""
    stays = _away().set_index("stay_id")
    return days_between(stays.loc["nikolaev-prison-1898", "start"], stays.loc[stay_id, end])


def _stays_that_are(standing: str) -> list[str]:
    found = standings("stays").loc[_away()["stay_id"]]
    return list(found.index[found == standing])


def _prisons(days: int, column: str = "place_id", *, bound: str = "least") -> list[str]:
    """The prisons of away that held him for so many days or more, at least or at most."""
    prison = _away()[_away()["condition"] == "prison"]
    length = {
        "least": prison["end_earliest"] - prison["start_latest"],
        "most": prison["end_latest"] - prison["start_earliest"],
    }
    return list(prison.loc[length[bound].dt.days >= days, column])


EXERCISES = {
    "12.1": Exercise(
        task="Filter route by country_now Ukraine and count the rows.",
        form="number",
        answer=lambda: _in_country("Ukraine"),
        finding="Three prisons at the start, and three stops of the flight.",
        slips=(
            Slip(
                lambda: _in_country("Russia"),
                "Those lie in today's Russia. Filter by the other country.",
            ),
            Slip(
                lambda: len(_route()),
                "Those are all stays of route. Filter by the column country_now.",
            ),
            Slip(
                lambda: len(_route()) - _in_country("Ukraine"),
                "Those lie in other countries. Use == and not !=.",
            ),
        ),
    ),
    "12.2": Exercise(
        task="Give days_between the arrest and the end of moscow-transfer-prison-1899; take [0].",
        form="number",
        answer=lambda: _days_until("moscow-transfer-prison-1899")[0],
        finding="More than two years behind walls, before Siberia had begun.",
        slips=(
            Slip(
                lambda: _days_until("moscow-transfer-prison-1899")[1],
                "That is the greatest number of days. The least is the first of the two: [0].",
            ),
            Slip(
                lambda: _days_until("moscow-transfer-prison-1899", "start")[0],
                "You counted up to his coming to Moscow. Use the end of the stay.",
            ),
            Slip(
                lambda: _days_until("odessa-prison-1898", "start")[0],
                "You counted up to the Odessa prison. The Moscow prison came after it.",
            ),
        ),
    ),
    "12.3": Exercise(
        task="Filter route by the standing contested and give the stay_ids.",
        form="names",
        answer=lambda: _stays_that_are("contested"),
        finding="Look up its attestations, and read what the quarrel is about.",
        slips=(
            Slip(
                lambda: _stays_that_are("attested"),
                "Those have a single witness. Contested means that witnesses disagree.",
            ),
            Slip(
                lambda: list(standings("stays").index[standings("stays") == "contested"]),
                "Your list holds stays from other years too. Keep those of away.",
            ),
            Slip(
                lambda: list(
                    _away().set_index("stay_id").loc[_stays_that_are("contested"), "place_id"]
                ),
                "Those are place_ids. The task asks for the stay_ids.",
            ),
            Slip(
                lambda: list(_away()["stay_id"]),
                "Those are all stays of away. Keep those whose standing is contested.",
            ),
        ),
    ),
    "12.4": Exercise(
        task='Filter prison by prison["least"].dt.days >= 100 and give the place_ids.',
        form="names",
        answer=lambda: _prisons(100),
        finding="A least number that is large is a proof: no choice of dates makes the stay short.",
        slips=(
            Slip(
                lambda: _prisons(100, bound="most"),
                "You asked how long he may have been there. Use the column least.",
            ),
            Slip(
                lambda: list(set(_prisons(0)) - set(_prisons(100))),
                "Those are the prisons with fewer days. Use >= and not <.",
            ),
            Slip(
                lambda: _prisons(100, "stay_id"),
                "Those are stay_ids. The task asks for the place_ids.",
            ),
            Slip(
                lambda: _prisons(0),
                "Those are all the prisons. Keep those whose least is 100 days or more.",
            ),
        ),
    ),
}
