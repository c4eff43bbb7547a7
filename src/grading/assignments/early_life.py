"""Early life: how far the life of a hunted man can be followed, up to May 1917."""

from functools import cache
from itertools import combinations
from typing import Any

import pandas as pd

from grading.pools import fair
from grading.question import Mistake, Parameters, Question
from helpers.calendars import new_style
from helpers.dates import days_between
from helpers.evidence import attestations, standings, witnesses
from helpers.tables import load

HIS = "trotsky"


@cache
def _early() -> pd.DataFrame:
    """The events up to his return to Petrograd, as the notebook's first cell has them."""
    events = load("events")
    events = events[events["date_earliest"] >= "1879-01-01"]
    return events[events["date_latest"] < "1917-05-17"]


def _windows(first: int, last: int, lengths: range) -> list[dict[str, Any]]:
    """All runs of years of these lengths between two years."""
    runs = [(year, year + length - 1) for year in range(first, last + 1) for length in lengths]
    return [{"first": start, "last": end} for start, end in runs if end <= last]


def _inside(p: Parameters) -> pd.DataFrame:
    """The events that lie between two years for certain."""
    return _events_in(p["first"], p["last"], "date_earliest", "date_latest")


def _touching(p: Parameters) -> pd.DataFrame:
    """The events that can lie between two years, at least in part."""
    return _events_in(p["first"], p["last"], "date_latest", "date_earliest")


def _begun_inside(p: Parameters) -> pd.DataFrame:
    """The events whose first possible day lies between two years."""
    return _events_in(p["first"], p["last"], "date_earliest", "date_earliest")


@cache
def _events_in(first: int, last: int, start: str, end: str) -> pd.DataFrame:
    early = _early()
    return early[(early[start] >= f"{first}-01-01") & (early[end] <= f"{last}-12-31")]


# q1: what belongs in the file?


def _important(table: pd.DataFrame) -> int:
    return int((table["weight"] >= 2).sum())


# q2: how exactly are two people dated?


@cache
def _linked() -> pd.DataFrame:
    return load("event_people").merge(load("events"), on="event_id")


def _pairs_of_people() -> list[dict[str, Any]]:
    """Two people who share at least one event, each with some events of their own."""
    linked = _linked()[_linked()["event_id"].isin(_early()["event_id"])]
    events = linked.groupby("person_id")["event_id"].agg(set)
    known = sorted(one for one in events.index if one != HIS and len(events[one]) >= 5)
    names = load("people").set_index("person_id")["name"]
    return [
        {"person_a": one, "person_b": other, "name_a": names[one], "name_b": names[other]}
        for one, other in combinations(known, 2)
        if events[one] & events[other] and events[one] - events[other]
    ]


def _rows_of(p: Parameters, people: str = "ab", early: bool = True) -> pd.DataFrame:
    linked = _linked()
    rows = linked[linked["person_id"].isin([p[f"person_{one}"] for one in people])]
    return rows[rows["event_id"].isin(_early()["event_id"])] if early else rows


def _precisions(rows: pd.DataFrame) -> dict[str, int]:
    return rows["date_precision"].value_counts().to_dict()


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop_duplicates("event_id")


# q3: two calendars


@cache
def _dated_days() -> pd.DataFrame:
    """What sources say of days of the early life, where a source speaks once of an event."""
    told = attestations("events", field="date")
    told = told[told["row_id"].isin(_early()["event_id"])]
    told = told.drop_duplicates(["row_id", "source_id"], keep=False)
    days = told[told["stated"].str.fullmatch(r"\d{4}-\d\d-\d\d", na=False)]
    titles = load("events").set_index("event_id")["title"]
    return days.assign(event_title=days["row_id"].map(titles))


@cache
def _dates_told() -> dict[str, int]:
    told = attestations("events", field="date")
    return told["row_id"].value_counts().to_dict()


def _two_calendars() -> list[dict[str, Any]]:
    """An event in Old Style, and a later one, within a year or so, in New Style."""
    days = _dated_days()
    old, new = days[days["calendar"] == "os"], days[days["calendar"] == "ns"]
    found = []
    for a in old.itertuples():
        for b in new.itertuples():
            start = new_style(a.stated)
            if start < b.stated and 20 <= days_between(start, b.stated)[0] <= 400:
                found.append((a, b))
    return [
        {
            **{"event_a": a.row_id, "title_a": a.event_title, "source_a": a.source_id},
            **{"event_b": b.row_id, "title_b": b.event_title, "source_b": b.source_id},
        }
        for a, b in found
        if a.row_id != b.row_id
    ]


@cache
def _stated_by() -> dict[tuple[str, str], str]:
    days = _dated_days()
    return dict(
        zip(zip(days["row_id"], days["source_id"], strict=True), days["stated"], strict=True)
    )


def _stated(p: Parameters, which: str) -> str:
    return _stated_by()[p[f"event_{which}"], p[f"source_{which}"]]


def _apart(p: Parameters) -> int:
    return days_between(new_style(_stated(p, "a")), _stated(p, "b"))[0]


def _apart_unread(p: Parameters) -> int:
    return days_between(_stated(p, "a"), _stated(p, "b"))[0]


def _apart_wrong_century(p: Parameters) -> int:
    gap = days_between(_stated(p, "a"), new_style(_stated(p, "a")))[0]
    return _apart_unread(p) - (25 - gap)


# q4 and q5: stays


@cache
def _stays() -> pd.DataFrame:
    """His stays up to May 1917, each with its country and its surest and widest length."""
    stays = load("stays").merge(load("places")[["place_id", "country_now"]], on="place_id")
    stays = stays[stays["end_latest"] <= "1917-05-17"].copy()
    stays["least"] = (stays["end_earliest"] - stays["start_latest"]).dt.days
    stays["most"] = (stays["end_latest"] - stays["start_earliest"]).dt.days
    stays["rough"] = (stays["end_earliest"] - stays["start_earliest"]).dt.days
    return stays


def _stays_in(p: Parameters) -> pd.DataFrame:
    return _stays_between(p["first"], p["last"])


@cache
def _stays_between(first: int, last: int) -> pd.DataFrame:
    stays = _stays()
    begun = stays["start_earliest"] >= f"{first}-01-01"
    return stays[begun & (stays["end_latest"] <= f"{last}-12-31")]


def _lasting(p: Parameters, column: str) -> int:
    return int((_stays_in(p)[column] >= p["days"]).sum())


def _by_country(p: Parameters, column: str, how: str, sure: bool = True) -> dict[str, int]:
    stays = _stays_in(p)
    stays = stays[stays["least"] > 0] if sure else stays
    return stays.groupby("country_now")[column].agg(how).to_dict()


# q6 and q7: who says so?


@cache
def _standings(field: str = "") -> pd.Series:
    return standings("events", field)


@cache
def _voices(field: str = "") -> pd.Series:
    return witnesses("events", field)


def _that_stand(p: Parameters, standing: str, field: str = "date", column: str = "event_id") -> Any:
    chosen = _inside(p)
    return chosen[chosen["event_id"].map(_standings(field)) == standing][column].to_list()


def _drawers(p: Parameters) -> pd.DataFrame:
    """The events of two categories."""
    return _early()[_early()["category"].isin([p["category_a"], p["category_b"]])]


def _pairs_of_categories() -> list[dict[str, Any]]:
    counts = _early()["category"].value_counts()
    known = sorted(counts[counts >= 10].index)
    return [{"category_a": one, "category_b": other} for one, other in combinations(known, 2)]


@cache
def _told_by_him(field: str) -> frozenset[str]:
    told = attestations("events", field=field)
    return frozenset(told[told["lineage"] == HIS]["row_id"])


def _resting(p: Parameters, field: str = "date", his: bool = True, alone: bool = True) -> list[str]:
    drawers = _drawers(p)
    if his:
        drawers = drawers[drawers["event_id"].isin(_told_by_him(field))]
    if alone:
        drawers = drawers[drawers["event_id"].map(_voices(field)) == 1]
    return drawers["event_id"].to_list()


# q8: who was there?


@cache
def _people_in(first: int, last: int, role: str = "") -> pd.Series:
    """How often each person is linked to the events of some years, in a role or in any."""
    events = _inside({"first": first, "last": last})["event_id"]
    rows = _linked()[_linked()["event_id"].isin(events)]
    rows = rows[rows["role"] == role] if role else rows
    return rows["person_id"].value_counts()


def _often(p: Parameters, more: int = 0, role: str = "present", himself: bool = False) -> list[str]:
    counts = _people_in(p["first"], p["last"], role)
    often = counts[counts >= p["times"] + more].index
    return sorted(one for one in often if himself or one != HIS)


# q9: the strikes


@cache
def _strikes() -> pd.DataFrame:
    strikes = load("strikes_quarterly")
    strikes["label"] = strikes["quarter_earliest"].dt.to_period("Q").astype(str)
    return strikes.pivot(index="label", columns="cause", values="strikers")


def _runs_of_quarters() -> list[dict[str, Any]]:
    labels = list(_strikes().index)
    return [
        {"first": labels[start], "last": labels[end], "cause": cause}
        for start, end in combinations(range(len(labels)), 2)
        if 2 <= end - start <= 6
        for cause in ("economic", "political")
    ]


def _share(p: Parameters, cause: str = "") -> int:
    sums = _strikes().loc[p["first"] : p["last"]].sum()
    return int(100 * sums[cause or p["cause"]] // sums["total"])


def _mean_of_shares(p: Parameters) -> float:
    run = _strikes().loc[p["first"] : p["last"]]
    return float((100 * run[p["cause"]] / run["total"]).mean())


def _share_of_all_rows(p: Parameters) -> int:
    sums = _strikes().loc[p["first"] : p["last"]].sum()
    return int(100 * sums[p["cause"]] // sums.sum())


def _other(cause: str) -> str:
    return "economic" if cause == "political" else "political"


QUESTIONS = {
    "q1": fair(
        Question(
            form="number",
            pool=lambda: _windows(1888, 1916, range(4, 9)),
            answer=lambda p: _important(_inside(p)),
            rows=lambda p: len(_touching(p)),
            mistakes=(
                Mistake(
                    lambda p: _important(_touching(p)),
                    "Some of your events may lie before {first} or after {last}. "
                    "Both of their bounds have to lie inside.",
                ),
                Mistake(
                    lambda p: _important(_begun_inside(p)),
                    "You tested the earliest day at both ends. An event may still end too late.",
                ),
                Mistake(
                    lambda p: len(_inside(p)),
                    "You counted all events of these years. The file takes the weightier ones.",
                ),
                Mistake(
                    lambda p: int((_inside(p)["weight"] > 2).sum()),
                    "You left out the events of weight 2 itself.",
                ),
            ),
            retry="Filter early by both bounds and by the weight, then count the rows.",
        )
    ),
    "q2": fair(
        Question(
            form="counts",
            pool=_pairs_of_people,
            answer=lambda p: _precisions(_once(_rows_of(p))),
            rows=lambda p: len(_rows_of(p)),
            mistakes=(
                Mistake(
                    lambda p: _precisions(_rows_of(p)),
                    "An event that both took part in stands in your table twice. Count it once.",
                ),
                Mistake(
                    lambda p: _precisions(_once(_rows_of(p, early=False))),
                    "You counted the whole table of events. The file ends in May 1917.",
                ),
                Mistake(
                    lambda p: _precisions(_once(_rows_of(p, "a"))),
                    "You counted the events of {name_a} only.",
                ),
                Mistake(
                    lambda p: _precisions(_once(_rows_of(p, "b"))),
                    "You counted the events of {name_b} only.",
                ),
            ),
            retry="Join event_people with early, keep each event once, count date_precision.",
        )
    ),
    "q3": fair(
        Question(
            form="number",
            pool=_two_calendars,
            answer=_apart,
            rows=lambda p: _dates_told()[p["event_a"]] + _dates_told()[p["event_b"]],
            mistakes=(
                Mistake(
                    _apart_unread,
                    "You subtracted an Old Style day from a New Style day. Look at calendar.",
                ),
                Mistake(
                    lambda p: days_between(_stated(p, "a"), new_style(_stated(p, "b")))[0],
                    "You moved the wrong one of the two dates. Which one is Old Style?",
                ),
                Mistake(
                    _apart_wrong_century,
                    "You are one day out. Is the gap between the calendars that of this century?",
                ),
            ),
            retry="Take the two stated days, put the Old Style one into New Style, and subtract.",
        )
    ),
    "q4": fair(
        Question(
            form="number",
            pool=lambda: [
                {**window, "days": days}
                for window in _windows(1896, 1916, range(4, 10))
                for days in (7, 14, 30, 60, 90)
            ],
            answer=lambda p: _lasting(p, "least"),
            rows=lambda p: len(_stays_in(p)),
            mistakes=(
                Mistake(
                    lambda p: _lasting(p, "most"),
                    "These stays may have lasted so long. The dates do not prove it for all.",
                ),
                Mistake(
                    lambda p: _lasting(p, "rough"),
                    "You measured from the earliest start. When had the stay begun for certain?",
                ),
                Mistake(
                    lambda p: len(_stays_in(p)) - _lasting(p, "least"),
                    "You counted the stays for which it is not certain.",
                ),
            ),
            retry="Subtract start_latest from end_earliest, take the days, compare and count.",
        )
    ),
    "q5": fair(
        Question(
            form="counts",
            pool=lambda: _windows(1896, 1916, range(4, 10)),
            answer=lambda p: _by_country(p, "least", "sum"),
            rows=lambda p: len(_stays_in(p)),
            mistakes=(
                Mistake(
                    lambda p: _by_country(p, "most", "sum", sure=False),
                    "These are the most days. Doubtful days at a move count twice in such a sum.",
                ),
                Mistake(
                    lambda p: _by_country(p, "least", "size", sure=False),
                    "You counted stays. Count the days.",
                ),
                Mistake(
                    lambda p: _by_country(p, "least", "max"),
                    "You have the longest stay of each country. Add up its stays.",
                ),
                Mistake(
                    lambda p: _by_country(p, "least", "sum", sure=False),
                    "A stay without a sure day has a negative number: leave it out of the sum.",
                ),
            ),
            retry="Join stays and places, keep stays with more than 0 sure days, group, add up.",
        )
    ),
    "q6": fair(
        Question(
            form="names",
            pool=lambda: _windows(1888, 1916, range(4, 9)),
            answer=lambda p: _that_stand(p, "contested"),
            rows=lambda p: len(_inside(p)),
            mistakes=(
                Mistake(
                    lambda p: _that_stand(p, "contested", ""),
                    "You asked how the whole row stands. Ask for the field date alone.",
                ),
                Mistake(
                    lambda p: _that_stand(p, "attested"),
                    "A date that one lineage gives is attested. Here lineages have to disagree.",
                ),
                Mistake(
                    lambda p: _that_stand(p, "contested", column="title"),
                    "Those are titles. The task asks for the column event_id.",
                ),
            ),
            retry="Map standings of the field date on the events inside the years, then filter.",
        )
    ),
    "q7": fair(
        Question(
            form="names",
            pool=_pairs_of_categories,
            answer=_resting,
            rows=lambda p: len(_drawers(p)),
            mistakes=(
                Mistake(
                    lambda p: _resting(p, alone=False),
                    "He speaks of the date of these, but others may speak of it too.",
                ),
                Mistake(
                    lambda p: _resting(p, his=False),
                    "These dates have a single voice. It need not be his.",
                ),
                Mistake(
                    lambda p: _resting(p, field=""),
                    "You asked who speaks of the event. Ask who speaks of its date.",
                ),
            ),
            retry="Keep events whose date has one witness and is told by him; give event_ids.",
        )
    ),
    "q8": fair(
        Question(
            form="names",
            pool=lambda: [
                {**window, "times": times}
                for window in _windows(1888, 1916, range(4, 12))
                for times in (2, 3, 4)
            ],
            answer=_often,
            rows=lambda p: int(_people_in(p["first"], p["last"], "present").sum()),
            mistakes=(
                Mistake(
                    lambda p: _often(p, himself=True),
                    "He is the man of the file. The task asks for the others.",
                ),
                Mistake(
                    lambda p: _often(p, role=""),
                    "You counted all roles. A letter or a quarrel does not put two in one room.",
                ),
                Mistake(
                    lambda p: _often(p, more=1),
                    "You left out those who were there exactly as often as the task says.",
                ),
            ),
            retry="Keep the role present, join with the events of the years, count person_id.",
        )
    ),
    "q9": fair(
        Question(
            form="number",
            pool=_runs_of_quarters,
            answer=_share,
            rows=lambda p: 3 * len(_strikes().loc[p["first"] : p["last"]]),
            mistakes=(
                Mistake(
                    _mean_of_shares,
                    "You took the mean of the quarters' shares. A small quarter then weighs as "
                    "much as a large one.",
                ),
                Mistake(
                    lambda p: _share(p, _other(p["cause"])),
                    "That is the share of the other cause.",
                ),
                Mistake(
                    _share_of_all_rows,
                    "Your whole holds each striker twice: once by cause and once in the total.",
                ),
            ),
            retry="Add up the strikers of the run by cause, and divide one sum by the total.",
            tolerance=1.0,
        )
    ),
}


def _period(p: dict[str, Any], how: pd.Series) -> dict[str, Any]:
    """A run of years with the numbers that a marker needs for the essay on it."""
    stays = _stays_in(p)
    days = (stays["end_latest"].max() - stays["start_earliest"].min()).days
    sure = int(stays[stays["least"] > 0]["least"].sum())
    return {
        **p,
        "stays": len(stays),
        "journeys": int((stays["condition"] == "journey").sum()),
        "single": int((stays["stay_id"].map(how) == "attested").sum()),
        "countries": stays["country_now"].nunique(),
        "days": days,
        "sure": sure,
        "unsure": days - sure,
    }


@cache
def _periods() -> list[Parameters]:
    how = standings("stays")
    periods = [_period(one, how) for one in _windows(1896, 1916, range(3, 7))]
    return [one for one in periods if 9 <= one["stays"] <= 20 and one["single"] >= 2]


@cache
def _quarrels() -> list[Parameters]:
    """Events of the early life whose date is contested, with what the sources say."""
    early = _early()
    contested = early[early["event_id"].map(_standings("date")) == "contested"]
    contested = contested[contested["note"].notna() & (contested["category"] != "context")]
    return [one for one in map(_quarrel, contested.to_dict("records")) if one["voices"] >= 3]


def _quarrel(event: dict[str, Any]) -> dict[str, Any]:
    told = attestations("events", event["event_id"], "date").dropna(subset="stated")
    lines = told["lineage"] + " " + told["stated"] + " (" + told["calendar"] + ")"
    return {
        **{name: event[name] for name in ("event_id", "title", "date", "note")},
        "voices": told["lineage"].nunique(),
        "dates": told["stated"].nunique(),
        "told": "; ".join(dict.fromkeys(lines)),
    }


ESSAYS = {"essay-1": _periods, "essay-2": _quarrels}
