"""Exercises of lesson 24, The fall."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load

LEADERS = ["trotsky", "stalin", "zinoviev", "kamenev", "bukharin", "rykov"]


def _held() -> pd.DataFrame:
    """The offices of the six leaders, with their names."""
    offices = load("offices").merge(load("people")[["person_id", "name"]], on="person_id")
    return offices[offices["person_id"].isin(LEADERS)]


def _ended() -> pd.DataFrame:
    """The offices of lesson 24 that ended after Stalin became general secretary."""
    held = _held()
    ended = held[held["end_latest"] >= "1922-04-03"]
    return ended[ended["office_id"] != "trotsky-war-commissar"]


def _losers(year: int, column: str = "person_id") -> list[str]:
    """Whose offices ended in a year, each as often as an office ended."""
    ended = _ended()
    return list(ended[ended["end_earliest"].dt.year == year][column])


def _struggle() -> pd.DataFrame:
    """How many events of lesson 24 have a category (rows) and a precision (columns)."""
    events = load("events")
    events = events[events["date_earliest"] >= "1923-10-01"]
    events = events[(events["date_latest"] < "1928-02-01") & (events["weight"] >= 2)]
    return pd.crosstab(events["category"], events["date_precision"])


def _members() -> pd.DataFrame:
    return load("central_committee_1917").merge(load("people"), on="person_id")


def _later() -> pd.DataFrame:
    """The members of lesson 24 who died in 1936 or later."""
    members = _members()
    return members[members["died_earliest"] >= "1936-01-01"]


def _with_fate(people: pd.DataFrame, *fates: str) -> int:
    return int(people["fate"].isin(fates).sum())


EXERCISES = {
    "24.1": Exercise(
        task="Ask the column end of offices with .isna, and count with .sum.",
        form="number",
        answer=lambda: load("offices")["end"].isna().sum(),
        finding="Ask each row which it means: the office went on, or nobody told us.",
        slips=(
            Slip(
                lambda: load("offices")["end"].notna().sum(),
                "Those have an end. Ask for the empty cells.",
            ),
            Slip(
                lambda: _held()["end"].isna().sum(),
                "Those are the six leaders only. Use offices, not held.",
            ),
            Slip(
                lambda: load("offices")["successor"].isna().sum(),
                "You asked the column successor. Ask the column end.",
            ),
            Slip(
                lambda: len(load("offices")),
                "Those are all rows. Add up the answers of .isna() with .sum().",
            ),
        ),
    ),
    "24.2": Exercise(
        task="Filter ended by the year 1926 and give each person_id once.",
        form="names",
        answer=lambda: sorted(set(_losers(1926))),
        finding="The leaders of the United Opposition, in the year in which they joined forces.",
        slips=(
            Slip(
                lambda: _losers(1926),
                "Some of them stand there more than once. Use .drop_duplicates().",
            ),
            Slip(
                lambda: sorted(set(_losers(1926, "name"))),
                "Those are names. The task asks for the column person_id.",
            ),
            Slip(
                lambda: sorted(set(_losers(1927))),
                "That is the year after. Filter by 1926.",
            ),
            Slip(
                lambda: LEADERS,
                "Those are all six. Keep those whose offices ended in 1926.",
            ),
        ),
    ),
    "24.3": Exercise(
        task='Use pd.crosstab(struggle["category"], struggle["date_precision"]): meeting, day.',
        form="number",
        answer=lambda: _struggle().loc["meeting", "day"],
        finding="Most meetings are spans: a congress takes more than one day.",
        slips=(
            Slip(
                lambda: _struggle().loc["meeting"].sum(),
                "Those are all meetings. Read the column day.",
            ),
            Slip(
                lambda: _struggle().loc["meeting", "span"],
                "Those run over several days. Read the column day.",
            ),
            Slip(
                lambda: _struggle().loc["expulsion", "day"],
                "Those are expulsions. Read the row meeting.",
            ),
            Slip(
                lambda: _struggle()["day"].sum(),
                "Those are all events known to the day. Read the row meeting.",
            ),
        ),
    ),
    "24.4": Exercise(
        task="Filter later by the two fates executed and murdered, and count the rows.",
        form="number",
        answer=lambda: _with_fate(_later(), "executed", "murdered"),
        finding="More than half of those who led the party in October were killed in 1936 to 1940.",
        slips=(
            Slip(
                lambda: _with_fate(_members(), "executed", "murdered"),
                "You counted the deaths of 1918, too. Filter later, not members.",
            ),
            Slip(
                lambda: _with_fate(_later(), "executed"),
                "Those were executed. Put the second word into the list, too.",
            ),
            Slip(
                lambda: len(_later()),
                "Those are all who died in 1936 or later. Filter by the column fate, with .isin.",
            ),
        ),
    ),
}
