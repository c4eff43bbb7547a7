"""Exercises of lesson 13, The dress rehearsal."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _wide() -> pd.DataFrame:
    """The table that lesson 13 calls wide: a row for each quarter, a column for each cause."""
    strikes = load("strikes_quarterly")
    strikes["label"] = strikes["quarter_earliest"].dt.to_period("Q").astype(str)
    return strikes.pivot(index="label", columns="cause", values="strikers")


def _fall(cause: str, start: str = "1905Q4", end: str = "1906Q1") -> int:
    """By how many thousand the strikers of a cause fell from one quarter to another."""
    wide = _wide()
    return int(wide.loc[start, cause] - wide.loc[end, cause])


def _share() -> pd.Series:
    wide = _wide()
    return wide["political"] / wide["total"]


def _more(cause: str, other: str) -> list[str]:
    wide = _wide()
    return list(wide.index[wide[cause] > wide[other]])


def _sum(cause: str, last: str = "1907Q4") -> int:
    """The strikers of a cause in thousands, added up to a quarter."""
    return int(_wide().loc[:last, cause].sum())


EXERCISES = {
    "13.1": Exercise(
        task="Subtract the political strikers of 1906Q1 from those of 1905Q4.",
        form="number",
        answer=lambda: _fall("political"),
        finding="The Soviet was arrested late in the first of them. That alone proves no cause.",
        slips=(
            Slip(
                lambda: -_fall("political"),
                "You subtracted the earlier quarter from the later one. Turn it round.",
            ),
            Slip(lambda: _fall("economic"), "Those are the economic strikers. Change the column."),
            Slip(lambda: _fall("total"), "Those are all strikers. Change the column."),
            Slip(
                lambda: _fall("political", end="1905Q1"),
                "You compared with the first quarter of 1905. The task asks for 1906.",
            ),
        ),
    ),
    "13.2": Exercise(
        task="Find the quarter in which share is greatest.",
        form="text",
        answer=lambda: str(_share().idxmax()),
        finding="Far fewer than in 1905 were on strike, and most of them for politics.",
        slips=(
            Slip(
                lambda: str(_wide()["political"].idxmax()),
                "That quarter has the greatest number. Look for the greatest share.",
            ),
            Slip(lambda: str(_share().idxmin()), "That is the smallest share of all."),
            Slip(
                lambda: str(_share()[:"1905Q4"].index[0]),
                "That is the first quarter of the table. Compare all twelve shares.",
            ),
            Slip(
                lambda: str(_share().sort_values().index[-2]),
                "Close: one quarter has a share that is a little greater.",
            ),
        ),
    ),
    "13.3": Exercise(
        task="Filter wide for more economic than political strikers and give the labels.",
        form="names",
        answer=lambda: _more("economic", "political"),
        finding="Even the quarter of Bloody Sunday is among them. Who decided what the cause was?",
        slips=(
            Slip(
                lambda: _more("political", "economic"),
                "Those have more political strikers. Turn the comparison round.",
            ),
            Slip(
                lambda: _more("total", "economic"),
                "You compared economic with total, so every quarter is in your list.",
            ),
            Slip(
                lambda: [one for one in _more("economic", "political") if one < "1906"],
                "You looked at 1905 only. The table has three years.",
            ),
        ),
    ),
    "13.4": Exercise(
        task='Take strikes.groupby("cause")["strikers"].sum() and read off economic.',
        form="number",
        answer=lambda: _sum("economic"),
        finding="Fewer than the political ones, although in 1905 there were more of them.",
        slips=(
            Slip(
                lambda: _sum("political"),
                "Those are the political strikers. Read the row economic.",
            ),
            Slip(
                lambda: _sum("total"),
                "Those are all strikers. Read the row economic.",
            ),
            Slip(
                lambda: _sum("economic", "1905Q4"),
                "That is 1905 alone. Group by cause only, not by year and cause.",
            ),
            Slip(
                lambda: len(_wide()),
                "That is the number of quarters. Add up the column strikers with .sum().",
            ),
        ),
    ),
}
