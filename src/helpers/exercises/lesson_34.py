"""Exercises of lesson 34, Coyoacán, 1940."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _clock(step: str) -> pd.DataFrame:
    """The statements on one step, each with its source."""
    clock = load("coyoacan_hours").merge(load("sources"), on="source_id")
    return clock[clock["step"] == step]


def _different(step: str, column: str) -> list[str]:
    """The values of a column for one step, each once."""
    return sorted(_clock(step)[column].dropna().unique())


def _numbers(subject: str) -> pd.Series:
    counts = load("coyoacan_counts")
    return counts[counts["subject"] == subject]["number"]


def _name(kind: str, column: str = "name") -> str:
    """The first name of a kind in the table of Mercader's names."""
    names = load("mercader_names")
    return str(names[names["kind"] == kind][column].iloc[0])


VISITOR = "The visitor is in the garden"

EXERCISES = {
    "34.1": Exercise(
        task="Filter clock by the step of the visitor and give each lineage once.",
        form="names",
        answer=lambda: _different(VISITOR, "lineage"),
        finding="Yet only two people are named: Hansen himself, and Sedova in one of the four.",
        slips=(
            Slip(
                lambda: _different(VISITOR, "source_id"),
                "Those are sources. The task asks for the column lineage.",
            ),
            Slip(
                lambda: _different(VISITOR, "witness"),
                "Those are the people whose word is given. The task asks for the column lineage.",
            ),
            Slip(
                lambda: _different("Tea", "lineage"),
                "Those are the lineages for the tea. Filter by the step of the visitor.",
            ),
            Slip(
                lambda: _different("The attack", "lineage"),
                "Those are the lineages for the attack. Filter by the step of the visitor.",
            ),
        ),
    ),
    "34.2": Exercise(
        task="Divide the greatest number of the subject visits by the least.",
        form="number",
        answer=lambda: _numbers("visits").max() / _numbers("visits").min(),
        finding="Two books of good name, and nobody who kept a list at the gate is quoted.",
        tolerance=0.05,
        slips=(
            Slip(
                lambda: _numbers("visits").max(),
                "That is the greatest number. Divide it by the least.",
            ),
            Slip(
                lambda: _numbers("visits").max() - _numbers("visits").min(),
                "That is the difference, or the least number. Divide the greatest by the least.",
            ),
            Slip(
                lambda: _numbers("raiders").max() / _numbers("raiders").min(),
                "That is the spread of the raiders. Take the row visits.",
            ),
            Slip(
                lambda: _numbers("visits").min() / _numbers("visits").max(),
                "That is upside down: divide the greatest by the least.",
            ),
        ),
    ),
    "34.3": Exercise(
        task="Count the empty cells of the column published with .isna() and .sum().",
        form="number",
        answer=lambda: int(load("order_evidence")["published"].isna().sum()),
        finding="An empty cell is work to do: somebody must find the first print.",
        slips=(
            Slip(
                lambda: int(load("order_evidence")["published"].notna().sum()),
                "Those are the cells that are filled. Use .isna().",
            ),
            Slip(
                lambda: len(load("order_evidence")),
                "Those are all rows. Count the empty cells of one column.",
            ),
            Slip(
                lambda: int((load("order_evidence")["names_stalin"] == "yes").sum()),
                "That counts the pieces that name Stalin. Look at the column published.",
            ),
        ),
    ),
    "34.4": Exercise(
        task="Filter names by the kind grave; .item() takes the one name out.",
        form="text",
        answer=lambda: _name("grave"),
        finding="Even the stone kept the cover.",
        slips=(
            Slip(
                lambda: _name("true name"),
                "That is his true name. Filter by the kind grave.",
            ),
            Slip(
                lambda: _name("court"),
                "That is the name of the court's file. Filter by the kind grave.",
            ),
            Slip(
                lambda: _name("passport"),
                "That is the name of the passport of 1939. Filter by the kind grave.",
            ),
            Slip(
                lambda: _name("grave", "document"),
                "That is where the name stands. Take the column name.",
            ),
        ),
    ),
}
