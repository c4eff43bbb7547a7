"""Exercises of lesson 11, The farmer's son."""

import pandas as pd

from helpers.evidence import witnesses
from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _youth() -> pd.DataFrame:
    """The events that lesson 11 calls youth."""
    events = load("events")
    return events[
        (events["date_latest"] < "1897-03-01") & (events["date_earliest"] >= "1879-01-01")
    ]


def _olga(bound: str) -> pd.Timestamp:
    return load("events").set_index("event_id").loc["olga-born-1883", f"date_{bound}"]


def _width() -> int:
    return (_olga("latest") - _olga("earliest")).days


def _places_with(*counts: int) -> list[str]:
    found = _youth()["place_id"].value_counts()
    return list(found[found.isin(counts)].index)


def _first_places() -> list[str]:
    """The places that the lesson shows with head(6)."""
    return list(_youth()["place_id"].value_counts().head(6).index)


def _witness_counts(field: str = "") -> pd.Series:
    """For each event of youth the number of its witnesses, or of those of one field."""
    return _youth()["event_id"].map(witnesses("events", field))


def _alone(column: str = "event_id") -> list[str]:
    """The events of youth with a single witness."""
    return list(_youth().loc[_witness_counts() == 1, column])


def _with_precision(*precisions: str, own_life: bool = False) -> int:
    """How many events of youth have dates of these precisions."""
    youth = _youth()
    if own_life:
        youth = youth[youth["category"] != "context"]
    return int(youth["date_precision"].isin(precisions).sum())


EXERCISES = {
    "11.1": Exercise(
        task='Filter youth by date_precision with .isin(["season", "year"]); count the rows.',
        form="number",
        answer=lambda: _with_precision("season", "year"),
        finding="More than half of them all: for none of these do we know the day.",
        slips=(
            Slip(
                lambda: _with_precision("season", "year", own_life=True),
                "Those are events of his own life. Filter youth, the whole of it.",
            ),
            Slip(
                lambda: _with_precision("year"),
                "Those are dates of a year. Put the second word into the list, too.",
            ),
            Slip(
                lambda: _with_precision("season"),
                "Those are dates of a season. Put the second word into the list, too.",
            ),
            Slip(
                lambda: len(_youth()),
                "Those are all events of youth. Filter by the column date_precision.",
            ),
        ),
    ),
    "11.2": Exercise(
        task="Subtract date_earliest from date_latest in the row olga-born-1883.",
        form="number",
        answer=_width,
        finding="When only the year is known, the date is a year wide: subtracting loses one day.",
        slips=(
            Slip(
                lambda: _width() + 1,
                "You counted both ends. The difference of two days leaves one of them out.",
            ),
            Slip(
                lambda: -_width(),
                "The minus sign says that you took the earlier day first. Turn the two around.",
            ),
            Slip(
                lambda: _olga("latest").year - _olga("earliest").year,
                "That counts years. Subtract the whole dates, then take .days.",
            ),
            Slip(
                lambda: _olga("latest").year,
                "That is the year. How many days are there between its first and its last?",
            ),
        ),
    ),
    "11.3": Exercise(
        task="Count youth by place_id, keep the counts that are 1, and give their index.",
        form="names",
        answer=lambda: _places_with(1),
        finding="A place with one event is often one that history happened to pass through.",
        slips=(
            Slip(
                lambda: list(_youth()["place_id"].dropna().unique()),
                "Those are all places. Keep only those whose count is 1.",
            ),
            Slip(
                lambda: list(set(_youth()["place_id"].dropna()) - set(_places_with(1))),
                "Those are the places with more than one event. Use == and not > or !=.",
            ),
            Slip(
                lambda: _places_with(1, 2),
                "Your list holds places with two events too. Exactly one was asked for.",
            ),
            Slip(
                lambda: [place for place in _first_places() if place in _places_with(1)],
                "You read them off head(6), which hid some places. Filter the whole count.",
            ),
            Slip(
                lambda: _youth()["place_id"].value_counts().tail(1).index,
                "value_counts puts the rarest last, but more than one place can be the rarest.",
            ),
        ),
    ),
    "11.4": Exercise(
        task="Filter youth by witness_counts == 1 and give the event_ids.",
        form="names",
        answer=_alone,
        finding="The protest at school is among them. Look up whose voice each of them rests on.",
        slips=(
            Slip(
                lambda: list(_youth().loc[_witness_counts() > 1, "event_id"]),
                "Those have two witnesses or more. A single one was asked for: use ==.",
            ),
            Slip(
                lambda: list(_youth().loc[_witness_counts() <= 2, "event_id"]),
                "Your list holds events with two witnesses as well. Use == and not <=.",
            ),
            Slip(
                lambda: list(_youth().loc[_witness_counts("date") == 1, "event_id"]),
                "You counted the witnesses of the date only. Use witness_counts of the lesson.",
            ),
            Slip(
                lambda: list(witnesses("events").index[witnesses("events") == 1]),
                "Your list holds events of his whole life. Filter youth.",
            ),
            Slip(
                lambda: _alone("title"),
                "Those are the titles. The task asks for the event_ids.",
            ),
            Slip(
                lambda: list(_youth().index[_witness_counts() == 1]),
                "Those are the numbers of the rows. Choose the column event_id.",
            ),
        ),
    ),
}
