"""Exercises of lesson 23, The Red Army and the civil war."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _war() -> pd.DataFrame:
    """The stays that lesson 23 calls war, with the days that are sure and those possible."""
    stays = load("stays")
    stays = stays[stays["start_earliest"] >= "1918-08-08"]
    stays = stays[stays["start_latest"] < "1920-10-14"].copy()
    stays["least"] = stays["end_earliest"] - stays["start_latest"]
    stays["most"] = stays["end_latest"] - stays["start_earliest"]
    return stays


def _front() -> pd.DataFrame:
    war = _war()
    return war[war["condition"] == "front"]


def _longest(stays: pd.DataFrame, column: str) -> str:
    return stays.set_index("stay_id")[column].idxmax()


def _share(vote_id: str, side: str) -> float:
    """The per cent of the votes cast for and against that went to one side."""
    vote = load("votes").set_index("vote_id").loc[vote_id]
    return float(100 * vote[side] / (vote["in_favour"] + vote["against"]))


def _percent_of_the_winners() -> float:
    vote = load("votes").set_index("vote_id").loc["eighth-congress-military-vote-1919"]
    return float(100 * vote["against"] / vote["in_favour"])


def _causes(least: int) -> list[str]:
    deaths = load("civil_war_deaths")
    return list(deaths.loc[deaths["deaths"] >= least, "cause"])


EXERCISES = {
    "23.1": Exercise(
        task="Count the different place_ids of front with nunique.",
        form="number",
        answer=lambda: _front()["place_id"].nunique(),
        finding="A few places saw him twice or more. Voronezh and Sviyazhsk are among them.",
        slips=(
            Slip(
                lambda: len(_front()),
                "Those are all stays at the front. Some places come more than once.",
            ),
            Slip(
                lambda: _war()["place_id"].nunique(),
                "You counted Moscow too. Use front and not war.",
            ),
            Slip(lambda: len(_war()), "Those are all rows of war. Take front, and places."),
        ),
    ),
    "23.2": Exercise(
        task="Divide the votes against by all votes of the congress, and multiply by 100.",
        form="number",
        tolerance=0.06,
        answer=lambda: _share("eighth-congress-military-vote-1919", "against"),
        finding="The critics had about two in three in the army section, one in three in all.",
        slips=(
            Slip(
                _percent_of_the_winners,
                "You divided by the votes in favour. Divide by all votes, for and against.",
            ),
            Slip(
                lambda: _share("eighth-congress-military-vote-1919", "in_favour"),
                "That is the share of the Central Committee. Take the other side.",
            ),
            Slip(
                lambda: _share("eighth-congress-military-section-1919", "against"),
                "That is the army section, where the question was the opposite one.",
            ),
            Slip(
                lambda: _share("eighth-congress-military-vote-1919", "against") / 100,
                "That is a part of one. Multiply by 100 to get per cent.",
            ),
        ),
    ),
    "23.3": Exercise(
        task="Filter front by the greatest value of least and read the stay_id.",
        form="text",
        answer=lambda: _longest(_front(), "least"),
        finding="Both its ends are dated to the day, by an order and by the call back to Moscow.",
        slips=(
            Slip(
                lambda: _longest(_front(), "most"),
                "That stay could have been the longest, but hardly a day of it is sure.",
            ),
            Slip(
                lambda: _longest(_war(), "least"),
                "That is a stay in Moscow. Use front and not war.",
            ),
            Slip(
                lambda: _front().sort_values("least")["stay_id"].iloc[0],
                "That one has the fewest sure days. Take max and not min.",
            ),
            Slip(
                lambda: _front().set_index("stay_id").loc[_longest(_front(), "least"), "place_id"],
                "That is the place. He came there twice: give the stay_id.",
            ),
        ),
    ),
    "23.4": Exercise(
        task="Filter deaths by 1000000 or more and give the values of cause.",
        form="names",
        answer=lambda: _causes(1_000_000),
        finding="By Erlikhman's estimates each killed more than fighting did in any of the armies.",
        slips=(
            Slip(
                lambda: _causes(900_000),
                "Some of these stay under a million. Look at the zeros of the limit.",
            ),
            Slip(
                lambda: _causes(1_200_001),
                "One is missing. Use >= with one and six zeros.",
            ),
            Slip(
                lambda: list(load("civil_war_deaths")["cause"]),
                "Those are all causes. Keep the rows with a million deaths or more.",
            ),
            Slip(
                lambda: list(load("civil_war_deaths").query("deaths < 1000000")["cause"]),
                "Those are the causes below a million. Turn the sign round.",
            ),
        ),
    ),
}
