"""The final project: eight soundings of the record, then a question of one's own."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pandas as pd

from grading.pools import question, spans_of_years
from grading.question import Parameters
from helpers.evidence import attestations, standings, witnesses
from helpers.tables import load


@cache
def _events() -> pd.DataFrame:
    """The events with their year, place and standing."""
    columns = ["event_id", "place_id", "category", "part", "date_earliest", "date_precision"]
    events = load("events")[columns]
    places = load("places")[["place_id", "country_now"]]
    return events.assign(
        year=events["date_earliest"].dt.year,
        standing=events["event_id"].map(standings("events")),
        of_date=events["event_id"].map(standings("events", "date")),
        witnesses=events["event_id"].map(witnesses("events")),
    ).merge(places, on="place_id", how="left")


@cache
def _in_years(first: int, last: int) -> pd.DataFrame:
    return _events()[(_events()["year"] >= first) & (_events()["year"] <= last)]


def _of(p: Parameters, category: bool = True, years: bool = True) -> pd.DataFrame:
    """The events of the years and the category of a variant, or without one of the two."""
    events = _in_years(p["first"], p["last"]) if years else _events()
    return events[events["category"] == p["category"]] if category else events


@cache
def _categories() -> list[str]:
    return sorted(set(_events()["category"]))


def _to_the_day(events: pd.DataFrame) -> float:
    return float(100 * (events["date_precision"] == "day").mean())


def _categories_and_years() -> list[dict[str, Any]]:
    spans = spans_of_years(1879, 1940, 10, 15, 20, 25)
    return [span | {"category": category} for span in spans for category in _categories()]


def _where_most_happened() -> list[dict[str, Any]]:
    """Variants whose kind of event has its first places elsewhere than all events of the time."""
    found = []
    for span in spans_of_years(1879, 1940, 10, 15, 20):
        of_all = _places(_in_years(span["first"], span["last"]))
        for category in _categories()[span["first"] % 3 :: 3]:
            places = _places(_of(span | {"category": category}))
            if places and of_all and set(places) != set(of_all):
                found.append(span | {"category": category})
    return found


# --- People ---


@cache
def _parts() -> pd.DataFrame:
    """Who took part in what, with the columns of the event."""
    return load("event_people").merge(_events(), on="event_id")


def _with(p: Parameters) -> pd.DataFrame:
    theirs = _parts()[_parts()["person_id"] == p["person_id"]]
    return theirs.drop_duplicates("event_id")


def _people() -> list[dict[str, str]]:
    names = load("people").set_index("person_id")["name"]
    times = _parts().groupby("person_id")["event_id"].nunique()
    often = times.index[times >= 8]
    return [{"person_id": one, "person": names[one]} for one in often if one != "trotsky"]


def _taking_part(p: Parameters, trotsky: bool = False, role: str = "") -> pd.Series:
    """In how many events of the years each person took part."""
    rows = _parts()[(_parts()["year"] >= p["first"]) & (_parts()["year"] <= p["last"])]
    if not trotsky:
        rows = rows[rows["person_id"] != "trotsky"]
    if role:
        rows = rows[rows["role"] == role]
    return rows.groupby("person_id")["event_id"].nunique()


def _at_least(times: pd.Series, least: int) -> list[str]:
    return list(times.index[times >= least])


def _years_and_times() -> list[dict[str, int]]:
    spans = spans_of_years(1896, 1940, 3, 4, 5, 6)
    return [span | {"least": least} for span in spans for least in (3, 4, 5, 6, 8)]


@cache
def _relations() -> pd.DataFrame:
    return load("relations")[["person_a", "person_b"]]


@cache
def _tied(person_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """With whom a person has a tie: as the first of the two, and as the second."""
    ties = _relations()
    return (
        frozenset(ties.loc[ties["person_a"] == person_id, "person_b"]),
        frozenset(ties.loc[ties["person_b"] == person_id, "person_a"]),
    )


def _all_ties(person_id: str) -> frozenset[str]:
    return _tied(person_id)[0] | _tied(person_id)[1]


def _between(p: Parameters) -> list[str]:
    return sorted(_all_ties(p["a"]) & _all_ties(p["b"]))


def _number_of_ties(p: Parameters) -> int:
    ties = _relations()
    both = [p["a"], p["b"]]
    return int((ties["person_a"].isin(both) | ties["person_b"].isin(both)).sum())


def _pairs() -> list[dict[str, str]]:
    """Two people, Trotsky not among them, who share two ties to others or more."""
    people = load("people").set_index("person_id")["name"]
    known = [one for one in people.index if len(_all_ties(one)) >= 4 and one != "trotsky"]
    return [
        {"a": a, "b": b, "name_a": people[a], "name_b": people[b]}
        for a, b in combinations(known, 2)
        if len(_all_ties(a) & _all_ties(b)) >= 2
    ]


# --- Places, standing, lineages ---

_SPANS = ((1879, 1917), (1879, 1940), (1900, 1920), (1902, 1929), (1917, 1929), (1929, 1940))


def _there(p: Parameters) -> pd.DataFrame:
    events = _in_years(p["first"], p["last"])
    return events[events["country_now"] == p["country"]]


def _countries() -> list[dict[str, Any]]:
    return [
        {"country": country, "first": first, "last": last}
        for first, last in _SPANS
        for country in sorted(set(_in_years(first, last)["country_now"].dropna()))
    ]


@cache
def _said() -> pd.DataFrame:
    said = attestations("events")
    events = _events()[["event_id", "category", "year"]].rename(columns={"year": "in_year"})
    return said.merge(events, left_on="row_id", right_on="event_id")


def _said_of(p: Parameters, category: bool = True) -> pd.DataFrame:
    years = (_said()["in_year"] >= p["first"]) & (_said()["in_year"] <= p["last"])
    said = _said()[years]
    return said[said["category"] == p["category"]] if category else said


def _share(said: pd.DataFrame, lineage: str) -> float:
    return float(100 * (said["lineage"] == lineage).mean())


def _share_of_events(said: pd.DataFrame, lineage: str) -> float:
    """The share of events of which a lineage speaks at all."""
    spoken = said.loc[said["lineage"] == lineage, "event_id"].nunique()
    return 100 * spoken / max(said["event_id"].nunique(), 1)


def _lineages() -> list[dict[str, Any]]:
    often = _said()["lineage"].value_counts().index[:5]
    return [
        {"first": first, "last": last, "category": category, "lineage": lineage}
        for first, last in _SPANS
        for category in _categories()
        for lineage in often
    ]


def _places(events: pd.DataFrame) -> list[str]:
    """The two places with most events; none where a third has as many as the second."""
    times = events["place_id"].value_counts()
    return [] if len(times) < 3 or times.iloc[1] == times.iloc[2] else list(times.index[:2])


# --- Works ---


@cache
def _works() -> pd.DataFrame:
    works = load("works")
    return works.assign(
        written_in=works["written_earliest"].dt.year,
        printed_in=works["published_earliest"].dt.year,
    )


def _written(p: Parameters) -> pd.DataFrame:
    return _works()[(_works()["written_in"] >= p["first"]) & (_works()["written_in"] <= p["last"])]


def _missing(works: pd.DataFrame, column: str = "published") -> float:
    return float(100 * works[column].isna().mean())


# --- The project ---


def _frames() -> Iterator[dict[str, int]]:
    """Spans of years for the project, with 80 to 200 events: as much to read for each course."""
    for span in spans_of_years(1896, 1940, 6, 8, 10, 12):
        if 80 <= len(_in_years(span["first"], span["last"])) <= 200:
            yield span


QUESTIONS = {
    "q1": question(
        form="number",
        candidates=_categories_and_years,
        answer=lambda p: _to_the_day(_of(p)),
        rows=lambda p: len(_of(p)),
        mistakes={
            "That is a count. Divide it by all events of that kind and time, times 100.": (
                lambda p: int((_of(p)["date_precision"] == "day").sum())
            ),
            "Those are the events that are not known to the day. The task asks for the others.": (
                lambda p: 100 - _to_the_day(_of(p))
            ),
            "You took events of every category. Keep {category}.": (
                lambda p: _to_the_day(_of(p, category=False))
            ),
            "You took all years. Keep {first} to {last}.": (
                lambda p: _to_the_day(_of(p, years=False))
            ),
        },
        retry="Keep the category {category} and the years {first} to {last}; how many per cent "
        "have the date_precision day?",
        tolerance=0.06,
    ),
    "q2": question(
        form="counts",
        candidates=_people,
        answer=lambda p: _with(p)["category"].value_counts(),
        rows=lambda p: len(_with(p)),
        mistakes={
            "You counted roles. The task asks for the column category of the events.": (
                lambda p: _with(p)["role"].value_counts()
            ),
            "You counted the parts of the life. The task asks for the column category.": (
                lambda p: _with(p)["part"].value_counts()
            ),
            "You counted all events. Keep those in which {person} took part.": (
                lambda p: _events()["category"].value_counts()
            ),
        },
        retry="Keep the rows of {person_id} in event_people, each event once, join the events, and "
        "count the column category.",
    ),
    "q3": question(
        form="names",
        candidates=_years_and_times,
        answer=lambda p: _at_least(_taking_part(p), p["least"]),
        rows=lambda p: int(_taking_part(p).sum()),
        mistakes={
            "Trotsky himself is in your list. Leave him out.": (
                lambda p: _at_least(_taking_part(p, trotsky=True), p["least"])
            ),
            "You left out those with {least} events exactly. At least means that many or more.": (
                lambda p: _at_least(_taking_part(p), p["least"] + 1)
            ),
            "You kept the role present only. Every role counts.": (
                lambda p: _at_least(_taking_part(p, role="present"), p["least"])
            ),
        },
        retry="Join event_people and events, keep the years {first} to {last}, leave Trotsky out, "
        "and keep those with {least} different events or more.",
    ),
    "q4": question(
        form="counts",
        candidates=_countries,
        answer=lambda p: _there(p)["standing"].value_counts(),
        rows=lambda p: len(_there(p)),
        mistakes={
            "That is how the dates stand. The task asks for the whole events.": (
                lambda p: _there(p)["of_date"].value_counts()
            ),
            "You counted the witnesses. The task asks for the standing.": (
                lambda p: _there(p)["witnesses"].value_counts()
            ),
            "You took all countries. Keep {country}.": (
                lambda p: _in_years(p["first"], p["last"])["standing"].value_counts()
            ),
        },
        retry="Join events and places, keep {country} and the years {first} to {last}, and count "
        "the standings.",
    ),
    "q5": question(
        form="number",
        candidates=_lineages,
        answer=lambda p: _share(_said_of(p), p["lineage"]),
        rows=lambda p: len(_said_of(p)),
        mistakes={
            "That is the share of events of which this lineage speaks. The task asks for its share "
            "of the attestations.": lambda p: _share_of_events(_said_of(p), p["lineage"]),
            "You took events of every category. Keep {category}.": (
                lambda p: _share(_said_of(p, category=False), p["lineage"])
            ),
            "That is a count. Divide it by all attestations of those events, times 100.": (
                lambda p: int((_said_of(p)["lineage"] == p["lineage"]).sum())
            ),
        },
        retry="Join the attestations of events to the events, keep {category} and {first} to "
        "{last}; how many per cent have the lineage {lineage}?",
        tolerance=0.06,
    ),
    "q6": question(
        form="names",
        candidates=_where_most_happened,
        answer=lambda p: _places(_of(p)),
        rows=lambda p: len(_of(p)),
        mistakes={
            "That is the first place alone. The task asks for two.": (
                lambda p: _places(_of(p))[:1]
            ),
            "You took events of every category. Keep {category}.": (
                lambda p: _places(_of(p, category=False))
            ),
            "Those are countries. The task asks for the column place_id.": (
                lambda p: list(_of(p)["country_now"].value_counts().index[:2])
            ),
        },
        retry="Keep the category {category} and the years {first} to {last}, count the column "
        "place_id, and take the first two.",
    ),
    "q7": question(
        form="number",
        candidates=lambda: spans_of_years(1900, 1940, 2, 3, 4, 5, 6, 8),
        answer=lambda p: _missing(_written(p)),
        rows=lambda p: len(_written(p)),
        mistakes={
            "That is a count. Divide it by all works of those years, times 100.": (
                lambda p: int(_written(p)["published"].isna().sum())
            ),
            "You asked for the place. The task asks for the column published.": (
                lambda p: _missing(_written(p), "place_id")
            ),
            "Those are the works with a date of printing. The task asks for the others.": (
                lambda p: 100 - _missing(_written(p))
            ),
        },
        retry="Keep the works written in {first} to {last}; for how many per cent is published "
        "empty?",
        tolerance=0.06,
    ),
    "q8": question(
        form="names",
        candidates=_pairs,
        answer=_between,
        rows=_number_of_ties,
        mistakes={
            "You looked at one direction only. A person can stand in person_a or in person_b.": (
                lambda p: sorted(_tied(p["a"])[0] & _tied(p["b"])[0])
            ),
            "Those have a tie to one of the two. The task asks for ties to both.": (
                lambda p: sorted(_all_ties(p["a"]) | _all_ties(p["b"]))
            ),
            "Those are the ties of {name_a}. Keep the ones that {name_b} has, too.": (
                lambda p: sorted(_all_ties(p["a"]))
            ),
        },
        retry="Collect the ties of {a} from both columns, then those of {b}, and give the people "
        "who are in both.",
    ),
}

ESSAYS: dict[str, Callable[[], list[Parameters]]] = {"essay-1": lambda: list(_frames())}
