"""Exercises of lesson 43, The historians' Trotsky."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load

WORDS = ["favourable", "mixed", "critical"]


def _books() -> pd.DataFrame:
    return load("books_on_trotsky")


def _cleared(column: str = "person_id", *, event_id: str = "moscow-trials-annulled-1988") -> list:
    """Who was cleared on the day of an event."""
    events = load("events").set_index("event_id")
    rulings = load("rehabilitations").merge(load("people")[["person_id", "name"]], on="person_id")
    return sorted(rulings[rulings["date"] == events.loc[event_id, "date"]][column])


def _grid() -> pd.DataFrame:
    """The grid of lesson 43: one stance for each author and question."""
    readings = load("readings").merge(load("historians"), on="historian_id")
    judged = readings[readings["stance"].isin(["favourable", "critical"])]["question"]
    judging = readings[readings["question"].isin(judged) & readings["stance"].isin(WORDS)]
    parties = judging["standpoint"].str.contains("party to|participant|Oppositionist")
    grid = judging[~parties].drop_duplicates(["name", "question"])
    return grid[grid.groupby("name")["question"].transform("nunique") >= 2]


def _cells() -> int:
    grid = _grid()
    return grid["name"].nunique() * grid["question"].nunique()


def _share(part: float) -> float:
    return 100 * part / _cells()


EXERCISES = {
    "43.1": Exercise(
        task="Filter books by year < 1980 and count the rows with len.",
        form="number",
        answer=lambda: int((_books()["year"] < 1980).sum()),
        finding="Nearly all of them lacked Harvard's letters of exile. Deutscher was let in.",
        slips=(
            Slip(
                lambda: int((_books()["year"] >= 1980).sum()),
                "Those came out in 1980 or later. Turn the sign round.",
            ),
            Slip(
                lambda: len(_books()),
                "That is the whole table. Filter it by the year first.",
            ),
            Slip(
                lambda: int((_books()["year"] < 1970).sum()),
                "You stopped ten years too early. The seventies count, too.",
            ),
            Slip(
                lambda: int((_books()["year"] < 1988).sum()),
                "That is the year of the figure. The door at Harvard opened earlier.",
            ),
        ),
    ),
    "43.2": Exercise(
        task='Count the rows whose archive is the words "not seen".',
        form="number",
        answer=lambda: int((_books()["archive"] == "not seen").sum()),
        finding="More than half: what we do not know is the largest part of this table.",
        slips=(
            Slip(
                lambda: int(_books()["archive"].isna().sum()),
                "No cell is empty: the gap is written out in words. Compare with those words.",
            ),
            Slip(
                lambda: int((_books()["archive"] != "not seen").sum()),
                "Those are the books of which it is known. Turn the comparison round.",
            ),
            Slip(
                lambda: int(_books()["written_in"].isna().sum()),
                "Those are the books without a country. Look at the column archive.",
            ),
        ),
    ),
    "43.3": Exercise(
        task="Filter rulings by the day and give the column person_id as a list.",
        form="names",
        answer=_cleared,
        finding="Two trials fell on one Monday, and with them thirty-three sentences in all.",
        slips=(
            Slip(
                lambda: _cleared("name"),
                "Those are names. The task asks for the column person_id.",
            ),
            Slip(
                lambda: _cleared(event_id="bukharin-cleared-1988"),
                "They were cleared in February. You need the ruling of June.",
            ),
            Slip(
                lambda: sorted(
                    load("rehabilitations").query("date_earliest.dt.year == 1988")["person_id"]
                ),
                "Those are all rulings of the year. Compare date with the day.",
            ),
        ),
    ),
    "43.4": Exercise(
        task="Take len(grid) from size, divide by size, and multiply by 100.",
        form="number",
        answer=lambda: _share(_cells() - len(_grid())),
        finding="A matrix shows at a glance what a list hides: most questions were not asked.",
        tolerance=0.06,
        slips=(
            Slip(
                lambda: _share(len(_grid())),
                "That is the share of the filled cells. Take it from 100.",
            ),
            Slip(
                lambda: _cells() - len(_grid()),
                "That is the number of empty cells. Divide it by all cells, times 100.",
            ),
            Slip(
                lambda: (_cells() - len(_grid())) / _cells(),
                "That is a fraction of one. Multiply it by 100.",
            ),
        ),
    ),
}
