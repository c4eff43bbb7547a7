"""Exercises of lesson 32, The circle."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load

SORTED_BY_US = {
    "executed": "killed",
    "murdered": "killed",
    "died-in-custody": "killed",
    "natural": "other death",
    "suicide": "other death",
    "accident": "other death",
    "killed-in-war": "other death",
    "unknown": "not known",
}


def _circle() -> pd.DataFrame:
    """The people of lesson 32 who may have been alive when Trotsky was carried off."""
    committee = load("central_committee_1917")
    committee = committee[committee["person_id"] != "trotsky"]
    both = pd.concat([load("circle"), committee.assign(group="committee 1917", lived="ussr")])
    both = both.merge(load("people"), on="person_id")
    events = load("events").set_index("event_id")
    start = events.loc["carried-off-1928", "date_earliest"]
    circle = both[(both["died_latest"] >= start) | both["died"].isna()].copy()
    circle["end"] = circle["fate"].replace(SORTED_BY_US)
    for column in ("died_earliest", "last_seen_earliest"):
        circle.loc[circle[column] >= "1954-01-01", "end"] = "outlived 1953"
    return circle


def _group(group: str, *ends: str) -> pd.DataFrame:
    """The members of a group whose lives ended so; all of them when no end is named."""
    members = _circle().query("group == @group")
    return members[members["end"].isin(ends)] if ends else members


def _share(group: str, *ends: str) -> float:
    return len(_group(group, *ends)) / len(_group(group)) * 100


def _killed_abroad(column: str, since: str) -> int:
    killed = _group("followers abroad", "killed")
    return int((killed[column] >= since).sum())


def _murdered_but_counted_elsewhere() -> pd.DataFrame:
    circle = _circle()
    return circle[(circle["fate"] == "murdered") & (circle["end"] != "killed")]


EXERCISES = {
    "32.1": Exercise(
        task="Filter lives by the group opposition and by the end killed, and count the rows.",
        form="number",
        answer=lambda: len(_group("opposition", "killed")),
        finding="Behind this number stand names, and the table holds them: look at them too.",
        slips=(
            Slip(
                lambda: len(_group("opposition")),
                "Those are all of the group. Filter by the column end as well.",
            ),
            Slip(
                lambda: len(_group("opposition", "killed", "not known")),
                "That is the most there can have been. Leave out the ends that are not known.",
            ),
            Slip(
                lambda: len(_circle().query("end == 'killed'")),
                "Those are the killed of all groups. Filter by the column group as well.",
            ),
        ),
    ),
    "32.2": Exercise(
        task="Divide the killed and the not known of the household by all of it, times 100.",
        form="number",
        answer=lambda: _share("household", "killed", "not known"),
        finding="A few lives that nobody told to the end could change the picture of this group.",
        tolerance=0.5,
        slips=(
            Slip(
                lambda: _share("household", "killed"),
                "That is the least. The most counts those whose end is not known, too.",
            ),
            Slip(
                lambda: len(_group("household", "killed", "not known")),
                "That is a number of people. Divide it by all of the household, times 100.",
            ),
            Slip(
                lambda: (
                    len(_group("household", "killed"))
                    / (len(_group("household")) - len(_group("household", "not known")))
                    * 100
                ),
                "You left those not known out of the whole. Divide by all of the household.",
            ),
        ),
    ),
    "32.3": Exercise(
        task="Filter lives by the fate murdered and by an end that is not killed; give person_id.",
        form="names",
        answer=lambda: list(_murdered_but_counted_elsewhere()["person_id"]),
        finding="A private crime, decades later. One word in a column can hold two stories.",
        slips=(
            Slip(
                lambda: list(_murdered_but_counted_elsewhere()["name"]),
                "That is the name. The task asks for the column person_id.",
            ),
            Slip(
                lambda: list(_circle().query("fate == 'murdered'")["person_id"]),
                "Those are all who were murdered. Keep those whose end is not killed.",
            ),
            Slip(
                lambda: list(
                    _circle().query("fate == 'murdered' and end == 'killed'")["person_id"]
                ),
                "You kept the ones that were counted as killed. Turn the sign round: !=.",
            ),
        ),
    ),
    "32.4": Exercise(
        task="Filter the killed followers abroad by died_latest, from 1939-09-01 on, and count.",
        form="number",
        answer=lambda: _killed_abroad("died_latest", "1939-09-01"),
        finding="The war brought other killers, too. The word killed does not say who did it.",
        slips=(
            Slip(
                lambda: len(_group("followers abroad", "killed")),
                "Those are all the killed of this group. Keep those who died in the war.",
            ),
            Slip(
                lambda: (
                    len(_group("followers abroad", "killed"))
                    + len(_group("followers abroad", "other death"))
                ),
                "You counted other deaths as well. Filter by the end killed.",
            ),
            Slip(
                lambda: int((_group("followers abroad")["died_latest"] >= "1939-09-01").sum()),
                "You counted all who died after that day. Filter by the end killed first.",
            ),
        ),
    ),
}
