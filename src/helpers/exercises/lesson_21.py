"""Exercises of lesson 21, 1917."""

import pandas as pd

from helpers.evidence import attestations
from helpers.exercise import Exercise, Slip
from helpers.tables import load

SR_LIST = "Left SRs (the SR list)"


def _petrograd_share(party: str) -> float:
    """The share of a list in the votes of Petrograd, in per cent."""
    votes = load("constituent_petrograd").set_index("party")["votes"]
    return float(100 * votes[party] / votes.sum())


def _petrograd_votes(party: str) -> int:
    return int(load("constituent_petrograd").set_index("party")["votes"][party])


def _town_votes() -> pd.DataFrame:
    """The votes of townspeople for the Bolsheviks and the Kadets, a row for each town with both."""
    towns = load("constituent_towns")
    towns = towns[towns["voters"] == "town"]
    bolsheviks = towns[towns["party"] == "Bolsheviks"]
    return bolsheviks.merge(towns[towns["party"] == "Kadets"], on="town")


def _kadets_ahead() -> list[str]:
    both = _town_votes()
    return list(both[both["votes_y"] > both["votes_x"]]["town"])


def _bolsheviks_ahead() -> list[str]:
    both = _town_votes()
    return list(both[both["votes_x"] > both["votes_y"]]["town"])


def _kadets_first() -> list[str]:
    """Towns in which no list at all had more votes of townspeople than the Kadets."""
    towns = load("constituent_towns")
    towns = towns[towns["voters"] == "town"]
    best = towns.groupby("town")["votes"].transform("max")
    return list(towns[(towns["votes"] == best) & (towns["party"] == "Kadets")]["town"])


def _seats(party: str) -> pd.Series:
    national = load("constituent_national")
    return national[(national["party"] == party) & (national["measure"] == "seats")]["value"]


def _range_of_seats(party: str) -> float:
    return float(_seats(party).max() - _seats(party).min())


def _october() -> pd.DataFrame:
    """The events that lesson 21 calls october."""
    events = load("events")
    return events[
        (events["date_earliest"] >= "1917-10-23") & (events["date_latest"] <= "1917-11-08")
    ]


def _october_told_by(column: str, value: str) -> int:
    """How many events of october have an attestation with this value in this column."""
    said = attestations("events")
    said = said[said["row_id"].isin(_october()["event_id"])]
    return int(said[said[column] == value]["row_id"].nunique())


EXERCISES = {
    "21.1": Exercise(
        task="Find the two parties with most votes in petrograd and subtract.",
        form="number",
        answer=lambda: _petrograd_votes("Bolsheviks") - _petrograd_votes("Kadets"),
        finding="By far the first list of the capital, and yet no majority of its votes.",
        slips=(
            Slip(
                lambda: _petrograd_votes("Bolsheviks"),
                "Those are all votes of the Bolsheviks. The lead is what they had more.",
            ),
            Slip(
                lambda: _petrograd_votes("Bolsheviks") - _petrograd_votes(SR_LIST),
                "You took the Socialist-Revolutionaries. Another party was second.",
            ),
            Slip(
                lambda: round(_petrograd_share("Bolsheviks")) - round(_petrograd_share("Kadets")),
                "That is the lead in per cent of all votes. Use the column votes.",
            ),
        ),
    ),
    "21.2": Exercise(
        task="Merge the townspeople's votes for the two parties on town; compare the two columns.",
        form="names",
        answer=_kadets_ahead,
        finding="Liberal towns existed, too. The table has few towns, and they are no sample.",
        slips=(
            Slip(
                _bolsheviks_ahead,
                "There the Bolsheviks were ahead. Turn the comparison round.",
            ),
            Slip(
                _kadets_first,
                "There the Kadets were ahead of all lists. The task compares two parties only.",
            ),
            Slip(
                lambda: list(_town_votes()["town"]),
                "Those are all towns in which both parties have a number. Compare the numbers.",
            ),
        ),
    ),
    "21.3": Exercise(
        task="Filter national by the Socialist-Revolutionaries and by seats; greatest less least.",
        form="number",
        answer=lambda: _range_of_seats("Socialist-Revolutionaries"),
        finding="The houses differ in size as well. Ask whom each count took for an SR.",
        slips=(
            Slip(
                lambda: _range_of_seats("Bolsheviks"),
                "Those are the seats of the Bolsheviks. Filter by Socialist-Revolutionaries.",
            ),
            Slip(
                lambda: _range_of_seats("Ukrainian Socialist-Revolutionaries"),
                "Those are the Ukrainian SRs, a party of their own in this table.",
            ),
            Slip(
                lambda: float(_seats("Socialist-Revolutionaries").max()),
                "That is the greatest count alone. Take the least away from it.",
            ),
            Slip(
                lambda: float(_seats("Socialist-Revolutionaries").min()),
                "That is the least count alone. Take it away from the greatest.",
            ),
        ),
    ),
    "21.4": Exercise(
        task="From the events of october take away those with an attestation of lineage trotsky.",
        form="number",
        answer=lambda: len(_october()) - _october_told_by("lineage", "trotsky"),
        finding="For these days we can hear others without him. Look who they are.",
        slips=(
            Slip(
                lambda: _october_told_by("lineage", "trotsky"),
                "That many have his lineage. The task asks for the others.",
            ),
            Slip(
                lambda: len(_october()) - _october_told_by("author", "Trotsky, Leon"),
                "You looked at the author. Books by others can rest on him: use the lineage.",
            ),
            Slip(lambda: len(_october()), "Those are all events of october."),
        ),
    ),
}
