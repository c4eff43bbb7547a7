"""Exercises of lesson 42, The Fourth International."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _missing(column: str) -> int:
    """For how many organisations a column is empty."""
    return int(load("organisations")[column].isna().sum())


def _value(figure_id: str) -> int:
    return int(load("membership").set_index("figure_id").loc[figure_id, "value"])


def _ratio(above: str, below: str) -> float:
    """How often one number of the table goes into another."""
    return _value(above) / _value(below)


def _counted(counted: str, measure: str = "members") -> pd.Series:
    """Whose numbers of one measure one kind of counter gives, each as often as it stands there."""
    figures = load("membership")
    rows = figures[(figures["counted"] == counted) & (figures["measure"] == measure)]
    return rows["organisation_id"].dropna()


def _whatever_was_measured(counted: str) -> list[str]:
    figures = load("membership")
    rows = figures[figures["counted"] == counted]["organisation_id"].dropna()
    return sorted(set(rows))


EXERCISES = {
    "42.1": Exercise(
        task="Ask the column founded of organisations with .isna(), and add up.",
        form="number",
        answer=lambda: _missing("founded"),
        finding="These are missing in the heatmap, too: it shows what is dated.",
        slips=(
            Slip(
                lambda: len(load("organisations")) - _missing("founded"),
                "Those are the rows with a founding. The task asks for those without.",
            ),
            Slip(
                lambda: _missing("ended"),
                "You asked the column ended. The founding stands in founded.",
            ),
            Slip(
                lambda: len(load("organisations")),
                "Those are all rows. Add up the answers of .isna() with .sum().",
            ),
        ),
    ),
    "42.2": Exercise(
        task="Divide the value of wrp-1985-claimed by that of wrp-1985-found.",
        form="number",
        answer=lambda: _ratio("wrp-1985-claimed", "wrp-1985-found"),
        finding="A claim can be off by a factor of more than ten. No average mends that.",
        tolerance=0.1,
        slips=(
            Slip(
                lambda: _value("wrp-1985-claimed") - _value("wrp-1985-found"),
                "That is the difference. How many times larger: divide.",
            ),
            Slip(
                lambda: _ratio("wrp-1985-found", "wrp-1985-claimed"),
                "You divided the other way round. The claim goes on top.",
            ),
            Slip(
                lambda: _ratio("militant-1988", "militant-1983"),
                "Those are the two numbers of Militant. Take the two of the wrp.",
            ),
        ),
    ),
    "42.3": Exercise(
        task="Filter members by counted == 'itself' and give each organisation_id once.",
        form="names",
        answer=lambda: sorted(set(_counted("itself"))),
        finding="Half a dozen groups at most, and all of them late: older claims were lost, or "
        "came down to us through writers of the movement.",
        slips=(
            Slip(
                lambda: list(_counted("itself")),
                "One of them stands there twice. Use .drop_duplicates().",
            ),
            Slip(
                lambda: _whatever_was_measured("itself"),
                "You took all measures. Start from members, which holds one.",
            ),
            Slip(
                lambda: sorted(set(_counted("own historian"))),
                "Those were counted by later writers. The task asks for itself.",
            ),
        ),
    ),
    "42.4": Exercise(
        task="Divide the value of lcr-2002-votes by that of lcr-2009.",
        form="number",
        answer=lambda: _ratio("lcr-2002-votes", "lcr-2009"),
        finding="Hundreds of voters for each member: two measures of two different things.",
        tolerance=0.6,
        slips=(
            Slip(
                lambda: _ratio("lo-2002-votes", "lcr-2009"),
                "Those are the votes for Laguiller, the candidate of another party.",
            ),
            Slip(
                lambda: _ratio("lcr-2007-votes", "lcr-2009"),
                "Those are the votes of 2007. You need those of 2002.",
            ),
            Slip(
                lambda: _ratio("lcr-2002-votes", "npa-2009"),
                "Those are the members of the party that followed. Take lcr-2009.",
            ),
            Slip(
                lambda: _ratio("lcr-2009", "lcr-2002-votes"),
                "You divided members by votes. Votes go on top.",
            ),
        ),
    ),
}
