"""Exercises of lesson 22, Brest-Litovsk."""

import pandas as pd

from helpers.evidence import standings
from helpers.exercise import Exercise, Slip
from helpers.tables import load

_FORMULA = "cc-24-january-1918-formula"
_EVENING = "cc-18-february-1918-evening"
_TERMS = "cc-23-february-1918"
_PEACE = "party-conference-21-january-peace"
_FOR_PEACE = (
    _PEACE,
    "cc-17-february-1918",
    "cc-18-february-1918-morning",
    _EVENING,
    _TERMS,
    "vtsik-24-february-1918",
    "seventh-congress-1918-lenin",
    "fourth-congress-1918",
)


def _votes() -> pd.DataFrame:
    return load("votes").set_index("vote_id")


def _of_conference(way: str) -> float:
    """Per cent of the party workers of 21 January who chose one of the three ways."""
    votes = _votes()
    conference = votes[votes["body"] == "Conference of party workers"]
    return float(100 * conference.loc[way, "in_favour"] / conference["in_favour"].sum())


def _cast(*columns: str) -> int:
    """Votes of 23 February, added over the columns named."""
    return int(_votes().loc[_TERMS, list(columns)].sum())


def _wide() -> pd.DataFrame:
    """The table wide of lesson 22: a row for each person, a column for each vote with names."""
    named = load("vote_members").merge(load("people"), on="person_id")
    named = named[named["vote_id"].isin([_FORMULA, _EVENING, _TERMS])]
    return named.pivot(index="name", columns="vote_id", values="vote")


def _compared(before: str, after: str, *, moved: bool) -> list[str]:
    """Those with both votes whose vote changed, or did not."""
    both = _wide().dropna(subset=[before, after])
    return list(both.index[(both[before] != both[after]) == moved])


def _of_peace(standing: str) -> list[str]:
    found = standings("votes").loc[list(_FOR_PEACE)]
    return list(found.index[found == standing])


EXERCISES = {
    "22.1": Exercise(
        task="Divide the votes for a separate peace by the sum of the three ways; times 100.",
        form="number",
        tolerance=0.6,
        answer=lambda: _of_conference(_PEACE),
        finding="Fewer than one in four. In March a congress of the party approved the peace.",
        slips=(
            Slip(
                lambda: 100.0,
                "You divided the votes for peace by themselves. The empty cells under against "
                "are not zeros: those who did not agree chose one of the other two ways.",
            ),
            Slip(
                lambda: _votes().loc[_PEACE, "in_favour"],
                "That is the number of votes. The task asks for a share of all party workers.",
            ),
            Slip(
                lambda: _of_conference("party-conference-21-january-war"),
                "That is the share for a revolutionary war. Take the row of Lenin's motion.",
            ),
            Slip(
                lambda: _of_conference("party-conference-21-january-trotsky"),
                "That is the share for Trotsky's way. Take the row of Lenin's motion.",
            ),
            Slip(
                lambda: _of_conference(_PEACE) / 100,
                "That is a part of one. For per cent, multiply it by a hundred.",
            ),
        ),
    ),
    "22.2": Exercise(
        task="Keep the people of wide with both February votes and with a change between them.",
        form="names",
        answer=lambda: _compared(_EVENING, _TERMS, moved=True),
        finding="Look in the grid: only one of them moved away from peace, and that was Trotsky.",
        slips=(
            Slip(
                lambda: list(_wide().index[_wide()[_EVENING] != _wide()[_TERMS]]),
                "An empty cell is unlike anything, so it looks like a change. First use dropna.",
            ),
            Slip(
                lambda: _compared(_EVENING, _TERMS, moved=False),
                "Those voted the same way twice. Use != and not ==.",
            ),
            Slip(
                lambda: _compared(_FORMULA, _EVENING, moved=True),
                "You compared January with February. Take the two columns of February.",
            ),
            Slip(
                lambda: list(_wide().dropna(subset=[_EVENING, _TERMS]).index),
                "Those are all who have both votes. Keep those whose vote changed.",
            ),
        ),
    ),
    "22.3": Exercise(
        task="For the motion of 23 February, add the votes against and the abstentions.",
        form="number",
        answer=lambda: _cast("against", "abstained"),
        finding="One more than the votes in favour: the motion would have failed.",
        slips=(
            Slip(
                lambda: _cast("against"),
                "That is one of the two numbers. Add those against and those who abstained.",
            ),
            Slip(
                lambda: _cast("in_favour", "abstained"),
                "You moved the abstentions to the votes in favour. Move them to the other side.",
            ),
            Slip(
                lambda: _cast("in_favour", "against", "abstained"),
                "Those are all who voted. Leave out the votes in favour.",
            ),
        ),
    ),
    "22.4": Exercise(
        task="Take the standings of the votes in for_peace and keep those that are contested.",
        form="names",
        answer=lambda: _of_peace("contested"),
        finding="Sources quarrel over one vote more or less; of the last one over day and count.",
        slips=(
            Slip(
                lambda: _of_peace("well attested"),
                "Those are well attested: their sources agree. Look for the other word.",
            ),
            Slip(
                lambda: list(standings("votes").index[standings("votes") == "contested"]),
                "Your list holds votes from other years and on other motions. Use .loc first.",
            ),
            Slip(
                lambda: list(_FOR_PEACE),
                "Those are all eight. Keep those whose standing is contested.",
            ),
        ),
    ),
}
