"""The assignment on exile (lessons 31 to 34): on whose word we know what we know."""

from collections.abc import Callable
from functools import cache
from itertools import combinations

import pandas as pd

from grading.pools import question, spans_of_years, windows
from grading.question import Parameters
from helpers.evidence import attestations, standings, witnesses
from helpers.tables import load

# --- Where was he? ---


@cache
def _stays() -> pd.DataFrame:
    stays = load("stays").merge(load("places"), on="place_id")
    return stays[["stay_id", "place_id", "country_now", "condition", *_BOUNDS]]


_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def _touching(
    p: Parameters, first: str = "start_earliest", last: str = "end_latest"
) -> pd.DataFrame:
    """The stays that overlap a span of days, by their widest bounds unless others are named."""
    stays = _stays()
    return stays[(stays[first] <= p["last"]) & (stays[last] >= p["first"])]


def _started(p: Parameters) -> pd.DataFrame:
    stays = _stays()
    starts = stays["start_earliest"]
    return stays[(starts >= p["first"]) & (starts <= p["last"])]


def _each(column: pd.Series) -> list[str]:
    return column.drop_duplicates().to_list()


def _begun(p: Parameters) -> pd.DataFrame:
    """The stays that began in some years, each with the number of its stretch in one country."""
    return _begun_in(p["first"], p["last"])


@cache
def _begun_in(first: int, last: int) -> pd.DataFrame:
    years = _stays()["start_earliest"].dt.year
    return _numbered(_stays()[(years >= first) & (years <= last)], "country_now")


def _numbered(stays: pd.DataFrame, column: str) -> pd.DataFrame:
    return stays.assign(stretch=(stays[column] != stays[column].shift()).cumsum())


def _days(stays: pd.DataFrame, country: str, bound: str = "least") -> int:
    """The days of the longest stretch in a country, from its first start to its last end."""
    start, end = "start_latest", "end_earliest"
    if bound == "most":
        start, end = "start_earliest", "end_latest"
    stretches = stays[stays["country_now"] == country].groupby("stretch")
    return int((stretches[end].last() - stretches[start].first()).dt.days.max())


def _single(stays: pd.DataFrame, country: str) -> pd.Series:
    """The sure days of each stay in a country, by its stretch."""
    there = stays[stays["country_now"] == country].set_index("stretch")
    return (there["end_earliest"] - there["start_latest"]).dt.days


def _plain_stretches(stays: pd.DataFrame) -> pd.Series:
    """For each country: whether the last stay of each stretch is also the last to end for certain.

    If a stay inside ends later for certain than the last one, as in Kazakhstan in January 1929,
    two answers are right.
    """
    stretches = stays.groupby(["country_now", "stretch"])
    starts, ends = stretches["start_latest"], stretches["end_earliest"]
    plain = (starts.first() == starts.min()) & (ends.last() == ends.max())
    return plain.groupby("country_now").all()


def _countries_and_years() -> list[dict[str, object]]:
    spans = [
        {"first": first, "last": last}
        for first, last in ((1879, 1917), (1879, 1940), (1898, 1927), (1902, 1917), (1902, 1940))
    ]
    spans += spans_of_years(1902, 1940, 6, 8, 10)
    found: list[dict[str, object]] = []
    for span in spans:
        stays = _begun(span)
        several = stays.groupby("country_now")["stay_id"].count() >= 2
        found += [
            span | {"country": country}
            for country in several.index[several & _plain_stretches(stays)]
        ]
    return found


# --- What did states answer? ---


@cache
def _answers() -> pd.DataFrame:
    return load("asylum").merge(load("sources"), on="source_id")


def _dated(p: Parameters) -> pd.DataFrame:
    years = _answers()["date_earliest"].dt.year
    return _answers()[(years >= p["first"]) & (years <= p["last"])]


# --- Who says when? ---


def _said(p: Parameters, field: str = "") -> pd.DataFrame:
    """What is said of the events of a span, or of one field of theirs."""
    said = _all_said(field)
    return said[said["row_id"].isin(_happened(p)["event_id"])]


@cache
def _all_said(field: str) -> pd.DataFrame:
    return attestations("events", field=field)


# --- Was he where the confessions put him? ---

_NAMES = {"trotsky": "Trotsky", "lev-sedov": "Lev Sedov"}


def _people_and_times() -> list[dict[str, str]]:
    spans = windows("1931-01", "1936-12", 3, 6, 9)
    people = [{"person_id": person_id, "person": name} for person_id, name in _NAMES.items()]
    return [person | span for span in spans for person in people]


@cache
def _seen() -> pd.DataFrame:
    known = ["whereabouts_id", "person_id", "shows", "witness_kind", "place_id"]
    return load("whereabouts")[[*known, "date_earliest", "date_latest"]]


def _witnesses(p: Parameters, person: bool = True) -> pd.DataFrame:
    """Who says of a person, or of anybody, where they were in a span of days."""
    seen = _seen()
    seen = seen[(seen["date_earliest"] <= p["last"]) & (seen["date_latest"] >= p["first"])]
    seen = seen[seen["shows"] == "there"]
    return seen[seen["person_id"] == p["person_id"]] if person else seen


@cache
def _claims() -> pd.DataFrame:
    places = load("places")[["place_id", "country_now"]]
    return load("trial_meetings").merge(places, on="place_id").assign(person_id=_said_of)


def _said_of(claims: pd.DataFrame) -> pd.Series:
    return claims["said_of"]


@cache
def _records() -> pd.DataFrame:
    """Stays and witnesses in one table, each with its first and last day."""
    places = load("places")[["place_id", "country_now"]]
    stays = load("stays").assign(person_id="trotsky", witness_kind="stays")
    stays = stays.rename(columns={"start_earliest": "first", "end_latest": "last"})
    seen = load("whereabouts").query("shows == 'there'")
    seen = seen.rename(columns={"date_earliest": "first", "date_latest": "last"})
    keep = ["person_id", "first", "last", "place_id", "witness_kind"]
    return pd.concat([stays[keep], seen[keep]]).merge(places, on="place_id")


@cache
def _pairs() -> pd.DataFrame:
    """Each claim beside each record of that person and time."""
    pairs = _claims().merge(_records(), on="person_id")
    pairs = pairs[
        (pairs["first"] <= pairs["date_latest"]) & (pairs["last"] >= pairs["date_earliest"])
    ]
    places = ["place_id_x", "place_id_y", "country_now_x", "country_now_y"]
    return pairs[["meeting_id", "witness_kind", *places]]


def _believed(p: Parameters) -> list[str]:
    return [p[name] for name in ("kind_a", "kind_b", "kind_c", "kind_d")]


def _against(kinds: list[str] | None, column: str = "place_id", same: bool = False) -> pd.Series:
    """The claims that a record of these kinds puts elsewhere, or in the same place, for each pair.

    column: what is compared, place_id or country_now.
    """
    pairs = _pairs()
    if kinds is not None:
        pairs = pairs[pairs["witness_kind"].isin(kinds)]
    return pairs[(pairs[f"{column}_x"] == pairs[f"{column}_y"]) == same]["meeting_id"]


def _four_kinds() -> list[dict[str, str]]:
    kinds = sorted(set(load("whereabouts")["witness_kind"]))
    names = ("kind_a", "kind_b", "kind_c", "kind_d")
    return [dict(zip(names, four, strict=True)) for four in combinations(kinds, 4)]


# --- Numbers, names, standing ---


@cache
def _counts() -> pd.DataFrame:
    return load("coyoacan_counts")


def _without(p: Parameters) -> pd.DataFrame:
    return _counts()[_counts()["counted"] != p["counted"]]


def _ranges(counts: pd.DataFrame, by: str = "subject") -> pd.DataFrame:
    return counts.groupby(by)["number"].agg(["min", "max"])


def _wide(ranges: pd.DataFrame, factor: float) -> list[str]:
    return list(ranges.index[ranges["max"] >= factor * ranges["min"]])


def _gaps() -> list[dict[str, object]]:
    factors = [1.15, 1.2, 1.4, 1.8, 2.5, 3.5, 4.5, 5.5]
    sources = _counts()["counted"].drop_duplicates()
    return [{"counted": one, "factor": factor} for one in sources for factor in factors]


@cache
def _names() -> pd.DataFrame:
    return load("mercader_names")


def _in_use(p: Parameters, first: str = "start_earliest", last: str = "end_latest") -> pd.DataFrame:
    names = _names()
    return names[(names[first] <= p["last"]) & (names[last] >= p["first"])]


@cache
def _events() -> pd.DataFrame:
    events = load("events")
    return events.assign(
        standing=events["event_id"].map(standings("events")),
        of_date=events["event_id"].map(standings("events", "date")),
        witnesses=events["event_id"].map(witnesses("events")),
    )


def _happened(p: Parameters) -> pd.DataFrame:
    events = _events()
    return events[(events["date_earliest"] >= p["first"]) & (events["date_earliest"] <= p["last"])]


QUESTIONS = {
    "q1": question(
        form="names",
        candidates=lambda: windows("1927-12", "1940-08", 2, 3, 4),
        answer=lambda p: _each(_touching(p)["place_id"]),
        rows=lambda p: len(_touching(p)),
        mistakes={
            "Those stays began in the span. One that began before it and was still going on "
            "counts, too.": lambda p: _each(_started(p)["place_id"]),
            "Those are stays. The task asks for the column place_id.": lambda p: _each(
                _touching(p)["stay_id"]
            ),
            "Those are countries. The task asks for the column place_id.": lambda p: _each(
                _touching(p)["country_now"]
            ),
        },
        retry="Keep the stays that overlap {span} by their widest bounds; give each place_id once.",
    ),
    "q2": question(
        form="number",
        candidates=lambda: spans_of_years(1902, 1940, 3, 4, 5, 6, 7, 8),
        answer=lambda p: int(_begun(p)["stretch"].max()),
        rows=lambda p: len(_begun(p)),
        mistakes={
            "That is the number of stays. Join neighbours in one country before you count.": (
                lambda p: len(_begun(p))
            ),
            "That is the number of countries. He came back to some: each return is a stretch "
            "of its own.": lambda p: _begun(p)["country_now"].nunique(),
            "You joined stays of one condition. The task asks for stretches in one country.": (
                lambda p: int(_numbered(_begun(p), "condition")["stretch"].max())
            ),
        },
        retry="Compare country_now with the row before, add up the changes, take the greatest.",
    ),
    "q3": question(
        form="number",
        candidates=_countries_and_years,
        answer=lambda p: _days(_begun(p), p["country"]),
        rows=lambda p: len(_begun(p)),
        mistakes={
            "That is the most that it can have lasted. The task asks for the least.": (
                lambda p: _days(_begun(p), p["country"], "most")
            ),
            "That is the longest single stay. Join neighbours in one country first.": (
                lambda p: int(_single(_begun(p), p["country"]).max())
            ),
            "You added up the sure days of single stays. Take the first start and the last end of "
            "the stretch: the borders inside do not matter.": (
                lambda p: int(_single(_begun(p), p["country"]).groupby("stretch").sum().max())
            ),
        },
        retry="Join neighbours in one country, take the first start and the last end of each "
        "stretch, subtract for the least, and look for the longest in {country}.",
    ),
    "q4": question(
        form="counts",
        candidates=lambda: spans_of_years(1929, 1936, 1, 2, 3, 4, 5, 6, 7),
        answer=lambda p: _dated(p)["kind"].value_counts(),
        rows=lambda p: len(_dated(p)),
        mistakes={
            "You counted all years. Keep the answers of {first} to {last} first.": (
                lambda p: _answers()["kind"].value_counts()
            ),
            "You counted the grades. The task asks for the column kind.": (
                lambda p: _dated(p)["grade"].value_counts()
            ),
            "You counted the answers themselves. Count the kind of source.": (
                lambda p: _dated(p)["answer"].value_counts()
            ),
            "You counted the lineages. The task asks for the column kind.": (
                lambda p: _dated(p)["lineage"].value_counts()
            ),
        },
        retry="Join asylum to sources, keep the years {first} to {last}, and count the kinds.",
    ),
    "q5": question(
        form="number",
        candidates=lambda: windows("1928-01", "1940-12", 12, 18, 24),
        answer=lambda p: _said(p)["lineage"].nunique(),
        rows=lambda p: len(_said(p)),
        mistakes={
            "That is the number of attestations. One lineage can have several: count each once.": (
                lambda p: len(_said(p))
            ),
            "You counted a lineage once for each event. Count it once for the whole span.": (
                lambda p: int(_said(p).groupby("row_id")["lineage"].nunique().sum())
            ),
            "You counted what is said of the dates only. The task asks for any field.": (
                lambda p: _said(p, "date")["lineage"].nunique()
            ),
        },
        retry='Keep the rows of attestations("events") whose row_id is an event of {span}, and '
        "count the different lineages.",
    ),
    "q6": question(
        form="names",
        candidates=_people_and_times,
        answer=lambda p: _witnesses(p)["whereabouts_id"].to_list(),
        rows=lambda p: len(_witnesses(p)),
        mistakes={
            "You took the witnesses of everybody. Keep {person} only.": (
                lambda p: _witnesses(p, person=False)["whereabouts_id"].to_list()
            ),
            "Those are kinds of witnesses. The task asks for the column whereabouts_id.": (
                lambda p: _each(_witnesses(p)["witness_kind"])
            ),
            "Those are places. The task asks who speaks: the column whereabouts_id.": (
                lambda p: _each(_witnesses(p)["place_id"])
            ),
        },
        retry="Keep {person}, what shows there, and what overlaps {span}; give whereabouts_id.",
    ),
    "q7": question(
        form="names",
        candidates=_four_kinds,
        answer=lambda p: _each(_against(_believed(p))),
        rows=lambda p: int(_records()["witness_kind"].isin(_believed(p)).sum()),
        mistakes={
            "You believed all records. Keep only the four kinds that the task names.": (
                lambda p: _each(_against(None))
            ),
            "Some claims stand there more than once, for each record against them. Give each "
            "once.": lambda p: _against(_believed(p)).to_list(),
            "You compared countries. The task asks for another place.": (
                lambda p: _each(_against(_believed(p), "country_now"))
            ),
            "Those are the claims that a record confirms. The task asks for the others.": (
                lambda p: _each(_against(_believed(p), same=True))
            ),
        },
        retry="Keep four kinds of records, join on person_id, keep what overlaps and names another "
        "place, and give each meeting_id once.",
    ),
    "q8": question(
        form="names",
        candidates=_gaps,
        answer=lambda p: _wide(_ranges(_without(p)), p["factor"]),
        rows=lambda p: len(_without(p)),
        mistakes={
            "You left {counted} in. Take those rows out before you group.": (
                lambda p: _wide(_ranges(_counts()), p["factor"])
            ),
            "Those are the subjects whose gap is smaller. The task asks for the others.": (
                lambda p: sorted(
                    set(_ranges(_without(p)).index) - set(_wide(_ranges(_without(p)), p["factor"]))
                )
            ),
            "You grouped by what, which splits some subjects. Group by subject.": (
                lambda p: _wide(_ranges(_without(p), "what"), p["factor"])
            ),
        },
        retry="Leave out {counted}, take the least and the greatest number of each subject, keep "
        "those with at least {factor} times the least.",
    ),
    "q9": question(
        form="names",
        candidates=lambda: windows("1935-01", "1961-12", 6, 12),
        answer=lambda p: _each(_in_use(p)["name"]),
        rows=lambda p: len(_in_use(p)),
        mistakes={
            "Those are the kinds of names. The task asks for the column name.": (
                lambda p: _each(_in_use(p)["kind"])
            ),
            "Those are the papers. The task asks for the column name.": (
                lambda p: _each(_in_use(p)["document"])
            ),
            "Those names began in the span. A name that was in use before counts, too.": (
                lambda p: _each(
                    _names()[
                        (_names()["start_earliest"] >= p["first"])
                        & (_names()["start_earliest"] <= p["last"])
                    ]["name"]
                )
            ),
        },
        retry="Keep the names whose widest bounds overlap {span}; give each name once.",
    ),
    "q10": question(
        form="counts",
        candidates=lambda: windows("1928-01", "1940-12", 12, 18),
        answer=lambda p: _happened(p)["standing"].value_counts(),
        rows=lambda p: len(_happened(p)),
        mistakes={
            "That is how the dates stand. The task asks for the whole events: leave the field "
            "out.": lambda p: _happened(p)["of_date"].value_counts(),
            "You counted the whole record. Keep the events of the span first.": (
                lambda p: _events()["standing"].value_counts()
            ),
            "You counted witnesses. The task asks for the standing.": (
                lambda p: _happened(p)["witnesses"].value_counts()
            ),
            "You kept the weightiest events only. Count all events of the span.": (
                lambda p: _happened(p).query("weight == 3")["standing"].value_counts()
            ),
        },
        retry="Keep the events from {first} to {last}, map each to its standing, and count.",
    ),
}

ESSAYS: dict[str, Callable[[], list[Parameters]]] = {}  # they are the same for every course
