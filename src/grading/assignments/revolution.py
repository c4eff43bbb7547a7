"""Revolution: who decided, in streets, committees and offices, from 1917 to 1927."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

import pandas as pd

from grading.pools import fair, windows
from grading.question import Mistake, Parameters, Question
from helpers.calendars import old_style, plain
from helpers.evidence import attestations, standings
from helpers.tables import load

HIS = "trotsky"


@cache
def _revolution() -> pd.DataFrame:
    """The events from his return to his exile, as the notebook's first cell has them."""
    columns = ["event_id", "category", "weight", "date", "date_os", "date_precision"]
    events = load("events")[[*columns, "date_earliest", "date_latest"]]
    events = events[events["date_earliest"] >= "1917-05-17"]
    return events[events["date_latest"] < "1928-02-01"]


def _between(table: pd.DataFrame, p: Parameters) -> pd.DataFrame:
    """The rows that lie between two years for certain."""
    begun = table["date_earliest"] >= f"{p['first']}-01-01"
    return table[begun & (table["date_latest"] <= f"{p['last']}-12-31")]


# q1: the calendar on the wall


def _weeks() -> list[dict[str, Any]]:
    """Some weeks by the old calendar, between May 1917 and January 1918."""
    months = [f"1917-{month:02}" for month in range(5, 13)] + ["1918-01"]
    days = [f"{month}-{day}" for month in months for day in ("01", "10", "20")]
    return [
        {"start": start, "end": end, "start_plain": plain(start), "end_plain": plain(end)}
        for start, end in combinations(days, 2)
        if 2 <= days.index(end) - days.index(start) <= 9
    ]


def _told_in(p: Parameters, column: str = "date_os", least_weight: int = 2) -> int:
    events = _revolution()
    events = events[(events["date_precision"] == "day") & (events["weight"] >= least_weight)]
    return int(events[column].between(p["start"], p["end"]).sum())


def _moved(p: Parameters, move: Any) -> int:
    moved = {"start": move(p["start"]), "end": move(p["end"])}
    return _told_in(moved, "date")


# q2: what a day's work could buy


def _bought(p: Parameters, column: str = "high", price: bool = True) -> tuple[float, float]:
    """How much of the good the day's wage bought in July 1914 and in August 1917."""
    before, after = (_wages()[column][p["trade"], month] for month in ("1914-07", "1917-08"))
    if not price:
        return before, after
    prices = _prices().loc[p["good"]]
    return before / prices["price_1914"], after / prices["price_1917"]


@cache
def _wages() -> pd.DataFrame:
    return load("wages_moscow").set_index(["trade", "month"])


@cache
def _prices() -> pd.DataFrame:
    return load("prices_moscow").set_index("good")


def _left(before: float, after: float) -> float:
    return round(float(100 * after / before), 1)


def _trades_and_goods() -> list[dict[str, Any]]:
    trades = [trade for trade, month in _wages().index if month == "1917-08"]
    return [{"trade": trade, "good": good} for trade, good in product(trades, _prices().index)]


# q3: the towns vote


GARRISONS = ("Vladimir", "Vyatka")  # the towns for which we have the soldiers' votes apart


@cache
def _towns() -> pd.DataFrame:
    return load("constituent_towns")


def _three_towns() -> list[dict[str, Any]]:
    """Three towns, one of them with a garrison, and a party that stood in all three."""
    people = _towns()[_towns()["voters"] == "town"]
    lists = people.groupby("party")["town"].agg(set)
    parties = ("Bolsheviks", "Kadets", "Mensheviks", "Socialist-Revolutionaries")
    return [
        {"town_a": trio[0], "town_b": trio[1], "town_c": trio[2], "party": party}
        for trio in combinations(sorted(people["town"].unique()), 3)
        for party in parties
        if set(trio) & set(GARRISONS) and set(trio) <= lists[party]
    ]


def _ballot(p: Parameters, soldiers: bool = False) -> pd.DataFrame:
    """The votes of the three towns, a row for each party and a column for each town."""
    return _ballot_of(p["town_a"], p["town_b"], p["town_c"], soldiers)


@cache
def _ballot_of(one: str, two: str, three: str, soldiers: bool) -> pd.DataFrame:
    towns = _towns()[_towns()["town"].isin([one, two, three])]
    towns = towns if soldiers else towns[towns["voters"] == "town"]
    return towns.groupby(["party", "town"])["votes"].sum().unstack(fill_value=0)


def _share(p: Parameters, soldiers: bool = False) -> float:
    sums = _ballot(p, soldiers).sum(axis=1)
    return round(float(100 * sums[p["party"]] / sums.sum()), 1)


def _mean_share(p: Parameters) -> float:
    ballot = _ballot(p)
    return round(float((100 * ballot.loc[p["party"]] / ballot.sum()).mean()), 1)


def _share_of_party(p: Parameters) -> float:
    """What part of all votes of the party, in all our towns, came from the three."""
    people = _towns()[_towns()["voters"] == "town"]
    votes = people[people["party"] == p["party"]]["votes"].sum()
    return round(float(100 * _ballot(p).loc[p["party"]].sum() / votes), 1)


# q4: narrow majorities


@cache
def _counted() -> pd.DataFrame:
    """The votes with numbers on both sides, and the share of those in favour among all cast."""
    votes = load("votes").dropna(subset=["in_favour", "against"])
    both = votes["in_favour"] + votes["against"]
    cast = both + votes["abstained"].fillna(0)
    return votes.assign(
        share=100 * votes["in_favour"] / cast, of_both=100 * votes["in_favour"] / both
    )


def _narrow(p: Parameters, column: str = "share", column_out: str = "vote_id") -> list[str]:
    votes = _between(_counted(), p)
    narrow = votes[votes[column] <= p["percent"]]
    return narrow[narrow["carried"] == "yes"][column_out].to_list()


def _narrow_or_lost(p: Parameters) -> list[str]:
    votes = _between(_counted(), p)
    return votes[votes["share"] <= p["percent"]]["vote_id"].to_list()


def _narrow_with_abstentions(p: Parameters) -> list[str]:
    votes = _between(_counted(), p).dropna(subset="abstained")
    return votes[(votes["share"] <= p["percent"]) & (votes["carried"] == "yes")][
        "vote_id"
    ].to_list()


def _thresholds() -> list[dict[str, Any]]:
    return [
        {"first": first, "last": last, "percent": percent}
        for first, last in product((1903, 1905, 1917), (1917, 1918, 1919, 1920, 1923, 1925, 1927))
        for percent in range(50, 91)
        if ((_counted()["share"] - percent).abs() > 0.3).all()
    ]


# q5: who voted with whom?


@cache
def _ballots() -> pd.DataFrame:
    """Each pair of people named in one vote, with how each of them voted."""
    named = load("vote_members")
    return named.merge(named, on="vote_id")


def _voters() -> list[dict[str, Any]]:
    names = load("people").set_index("person_id")["name"]
    people = load("vote_members")["person_id"].drop_duplicates().sort_values()
    return [{"person_id": one, "name": names[one]} for one in people]


def _with(p: Parameters, themselves: bool = False) -> pd.DataFrame:
    pairs = _ballots()[_ballots()["person_id_x"] == p["person_id"]]
    return pairs if themselves else pairs[pairs["person_id_y"] != p["person_id"]]


def _alike(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["vote_x"] == pairs["vote_y"]]


def _per_person(pairs: pd.DataFrame) -> dict[str, int]:
    return pairs["person_id_y"].value_counts().to_dict()


# q6: who held office?


@cache
def _offices() -> pd.DataFrame:
    return load("offices")[["person_id", "start_latest", "end", "end_earliest"]]


def _in_office(p: Parameters, ended: bool = True, open_ends: bool = False) -> pd.DataFrame:
    offices = _offices()
    offices = offices[offices["start_latest"] <= p["last"]]
    going = offices["end_earliest"] >= p["first"]
    going |= offices["end"].isna() if open_ends else False
    return offices[going] if ended else offices


def _with_offices(offices: pd.DataFrame, least: int = 2) -> list[str]:
    counts = offices["person_id"].value_counts()
    return sorted(counts[counts >= least].index)


# q7: how long at the front, at most?


@cache
def _war_stays() -> pd.DataFrame:
    bounds = ["start_earliest", "start_latest", "end_earliest", "end_latest"]
    stays = load("stays")[["condition", *bounds]]
    stays = stays[stays["start_earliest"] >= "1917-11-01"]
    stays = stays[stays["start_earliest"] <= "1921-06-01"].copy()
    stays["least"] = (stays["end_earliest"] - stays["start_latest"]).dt.days
    stays["most"] = (stays["end_latest"] - stays["start_earliest"]).dt.days
    return stays.reset_index(drop=True)


def _stretches() -> list[dict[str, Any]]:
    """Runs of stays that a filter by two days finds whole, each with a sure end and beginning."""
    stays = _war_stays()
    found = []
    for start, end in combinations(range(0, len(stays), 2), 2):
        run = stays.iloc[start : end + 1]
        if not 10 <= len(run) <= 25 or (run["least"] < 0).any():
            continue
        days = run["start_earliest"].min(), run["end_latest"].max()
        if len(_run(*days)) != len(run):
            continue
        first, last = (str(day.date()) for day in days)
        plain_days = {"first_plain": plain(first), "last_plain": plain(last)}
        found.append({"first_day": first, "last_day": last, **plain_days})
    return found


def _run(first: Any, last: Any) -> pd.DataFrame:
    stays = _war_stays()
    return stays[(stays["start_earliest"] >= first) & (stays["end_latest"] <= last)]


def _days(p: Parameters, at_front: bool | None, column: str) -> int:
    """The sum of the least or the most days at the front, elsewhere, or in all (None)."""
    run = _run(p["first_day"], p["last_day"])
    if at_front is None:
        return int((run["end_latest"].max() - run["start_earliest"].min()).days)
    return int(run[(run["condition"] == "front") == at_front][column].sum())


# q8: what became of them?


@cache
def _present() -> pd.DataFrame:
    """Everybody at each event of these years, with the role and, in the end, the fate."""
    linked = load("event_people").merge(_revolution(), on="event_id")
    linked = linked[["person_id", "role", "category", "date_earliest", "date_latest"]]
    return linked.merge(load("people")[["person_id", "fate"]], on="person_id")


def _at(p: Parameters, roles: bool = False, once: bool = True) -> pd.DataFrame:
    rows = _rows_at(p["category_a"], p["category_b"], p["first"], p["last"])
    rows = rows if roles else rows[rows["role"] == "present"]
    return rows.drop_duplicates("person_id") if once else rows


@cache
def _rows_at(one: str, other: str, first: int, last: int) -> pd.DataFrame:
    rows = _present()[_present()["category"].isin([one, other])]
    year = rows["date_earliest"].dt.year, rows["date_latest"].dt.year
    return rows[(year[0] >= first) & (year[1] <= last)]


def _fates(rows: pd.DataFrame) -> dict[str, int]:
    return rows["fate"].value_counts().to_dict()


def _kinds_and_years() -> list[dict[str, Any]]:
    """Two categories of events and some years in which enough people were present."""
    counts = _present()[_present()["role"] == "present"]["category"].value_counts()
    kinds = sorted(counts[counts >= 12].index)
    years = [(first, last) for first, last in product(range(1917, 1928), repeat=2) if first < last]
    proposed = [
        {"category_a": one, "category_b": other, "first": first, "last": last}
        for (one, other), (first, last) in product(combinations(kinds, 2), years)
    ]
    return [one for one in proposed if _present_at(one) >= 20]


def _present_at(p: Parameters) -> int:
    """How many rows say of somebody that they were there."""
    kinds = p["category_a"], p["category_b"]
    return sum(_rows_of_kind(kind, p["first"], p["last"]) for kind in kinds)


@cache
def _rows_of_kind(kind: str, first: int, last: int) -> int:
    rows = _rows_at(kind, kind, first, last)
    return int((rows["role"] == "present").sum())


# q9: how sure are we?


@cache
def _standings(field: str = "") -> pd.Series:
    return standings("events", field)


def _two_kinds() -> list[dict[str, Any]]:
    counts = _revolution()["category"].value_counts()
    known = sorted(counts[counts >= 7].index)
    return [
        {"category_a": one, "category_b": other, "first": first, "last": last}
        for one, other in combinations(known, 2)
        for first, last in ((1917, 1921), (1917, 1927), (1918, 1924), (1919, 1927))
    ]


@cache
def _events_in(first: int, last: int) -> pd.DataFrame:
    return _between(_revolution(), {"first": first, "last": last})


@cache
def _all_events() -> pd.DataFrame:
    return load("events")[["event_id", "category"]]


def _kinds(p: Parameters, kinds: str = "ab", whole: bool = False) -> pd.DataFrame:
    events = _all_events() if whole else _events_in(p["first"], p["last"])
    return events[events["category"].isin([p[f"category_{one}"] for one in kinds])]


def _standing_counts(events: pd.DataFrame, field: str = "") -> dict[str, int]:
    return events["event_id"].map(_standings(field)).value_counts().to_dict()


QUESTIONS = {
    "q1": fair(
        Question(
            form="number",
            pool=_weeks,
            answer=_told_in,
            rows=lambda p: _told_in(p, least_weight=1),
            mistakes=(
                Mistake(
                    lambda p: _told_in(p, "date"),
                    "You compared with the New Style date. On the wall hung the old calendar.",
                ),
                Mistake(
                    lambda p: _moved(p, old_style),
                    "You moved the two days to the wrong side. New Style runs ahead of Old Style.",
                ),
                Mistake(
                    lambda p: _told_in(p, least_weight=1),
                    "You counted the events of weight 1, too.",
                ),
            ),
            retry="Keep days of weight 2 and 3, then compare date_os with the two days.",
        )
    ),
    "q2": fair(
        Question(
            form="number",
            pool=_trades_and_goods,
            answer=lambda p: _left(*_bought(p)),
            rows=lambda p: 1 + len(_wages().loc[p["trade"]]),
            mistakes=(
                Mistake(
                    lambda p: _left(*_bought(p, "low")),
                    "You took the lower of the two wages of 1914. The task asks for high.",
                ),
                Mistake(
                    lambda p: _left(*reversed(_bought(p))),
                    "You divided the wrong way round: 1914 is the whole.",
                ),
                Mistake(
                    lambda p: _left(*_bought(p, price=False)),
                    "You compared the wages in roubles. The price rose as well.",
                ),
                Mistake(
                    lambda p: round(100 - _left(*_bought(p)), 1),
                    "That is the part that was lost. The task asks for what was left.",
                ),
            ),
            retry="Divide wage by price in each year, then the later result by the earlier one.",
            tolerance=0.5,
        )
    ),
    "q3": fair(
        Question(
            form="number",
            pool=_three_towns,
            answer=_share,
            rows=lambda p: int((_ballot(p) > 0).sum().sum()),
            mistakes=(
                Mistake(
                    lambda p: _share(p, soldiers=True),
                    "Soldiers are in your sums. Keep the townspeople before you add up.",
                ),
                Mistake(
                    _mean_share,
                    "You took the mean of three shares. A small town then weighs as much as a "
                    "large one.",
                ),
                Mistake(
                    _share_of_party,
                    "You divided by the votes of one list, the {party}. Divide by all votes.",
                ),
            ),
            retry="Keep the townspeople of the three towns, add up by party, divide by the sum.",
            tolerance=0.5,
        )
    ),
    "q4": fair(
        Question(
            form="names",
            pool=_thresholds,
            answer=_narrow,
            rows=lambda p: len(_between(_counted(), p)),
            mistakes=(
                Mistake(
                    lambda p: _narrow(p, "of_both"),
                    "You divided by those who said yes or no. Abstentions are votes cast, too.",
                ),
                Mistake(
                    _narrow_or_lost,
                    "Motions that were lost are among yours. Look at the column carried.",
                ),
                Mistake(
                    _narrow_with_abstentions,
                    "Votes without a number of abstentions fell out. Fill the empty cells with 0.",
                ),
                Mistake(
                    lambda p: _narrow(p, column_out="motion"),
                    "Those are the motions. The task asks for the column vote_id.",
                ),
            ),
            retry="Fill abstained with 0, divide in_favour by all votes cast, compare, filter.",
        )
    ),
    "q5": fair(
        Question(
            form="counts",
            pool=_voters,
            answer=lambda p: _per_person(_alike(_with(p))),
            rows=lambda p: len(_with(p)),
            mistakes=(
                Mistake(
                    lambda p: _per_person(_alike(_with(p, themselves=True))),
                    "{name} always votes as {name} does. Leave that row out.",
                ),
                Mistake(
                    lambda p: _per_person(_with(p)),
                    "You counted the votes in which both are named, however they voted.",
                ),
                Mistake(
                    lambda p: _per_person(_with(p)[_with(p)["vote_x"] != _with(p)["vote_y"]]),
                    "You counted the votes in which they did not vote alike.",
                ),
            ),
            retry="Merge the votes of the one with those of all on vote_id; keep equal votes.",
        )
    ),
    "q6": fair(
        Question(
            form="names",
            pool=lambda: windows("1917-11", "1927-12", 1, 2, 3, 6, 9, 12),
            answer=lambda p: _with_offices(_in_office(p)),
            rows=lambda p: len(_in_office(p)),
            mistakes=(
                Mistake(
                    lambda p: _with_offices(_in_office(p), least=1),
                    "One office is not enough: the task asks for those who held several.",
                ),
                Mistake(
                    lambda p: _with_offices(_in_office(p, ended=False)),
                    "You asked only when an office began. It may have ended before the first day.",
                ),
                Mistake(
                    lambda p: _with_offices(_in_office(p, open_ends=True)),
                    "You let in offices without an end. The table cannot say that they went on.",
                ),
            ),
            retry="Keep offices begun by the last day and not ended before the first, then count.",
        )
    ),
    "q7": fair(
        Question(
            form="number",
            pool=_stretches,
            answer=lambda p: _days(p, None, "most") - _days(p, False, "least"),
            rows=lambda p: len(_run(p["first_day"], p["last_day"])),
            mistakes=(
                Mistake(
                    lambda p: _days(p, True, "most"),
                    "You added up the most days of each stay. Doubtful days count twice in that.",
                ),
                Mistake(
                    lambda p: _days(p, True, "least"),
                    "Those are the days that are sure. The task asks how many are possible.",
                ),
                Mistake(
                    lambda p: _days(p, None, "most"),
                    "Those are all days. On some of them he was for certain somewhere else.",
                ),
                Mistake(
                    lambda p: _days(p, None, "most") - _days(p, True, "least"),
                    "You took away the days that are sure for the front: that leaves the rest.",
                ),
            ),
            retry="From all days of the stretch take away those that are sure for elsewhere.",
        )
    ),
    "q8": fair(
        Question(
            form="counts",
            pool=_kinds_and_years,
            answer=lambda p: _fates(_at(p)),
            rows=lambda p: len(_at(p, once=False)),
            mistakes=(
                Mistake(
                    lambda p: _fates(_at(p, once=False)),
                    "You counted rows. Whoever came several times is still one person.",
                ),
                Mistake(
                    lambda p: _fates(_at(p, roles=True)),
                    "You counted all roles. Only those present are asked for.",
                ),
                Mistake(
                    lambda p: _fates(_at(p)[_at(p)["fate"] != "natural"]),
                    "You left out those who died a natural death. The task asks for every end.",
                ),
            ),
            retry="Join present people with the events, keep each person once, count fate.",
        )
    ),
    "q9": fair(
        Question(
            form="counts",
            pool=_two_kinds,
            answer=lambda p: _standing_counts(_kinds(p)),
            rows=lambda p: len(_kinds(p)),
            mistakes=(
                Mistake(
                    lambda p: _standing_counts(_kinds(p), "date"),
                    "You asked how the dates stand. Ask for the whole row: leave the field out.",
                ),
                Mistake(
                    lambda p: _standing_counts(_kinds(p, "a")),
                    "You counted {category_a} only.",
                ),
                Mistake(
                    lambda p: _standing_counts(_kinds(p, "b")),
                    "You counted {category_b} only.",
                ),
                Mistake(
                    lambda p: _standing_counts(_kinds(p, whole=True)),
                    "You counted his whole life. The task names the years.",
                ),
            ),
            retry="Keep the two categories and the years, map standings, and count them.",
        )
    ),
}


@cache
def _votes_to_read() -> list[Parameters]:
    """Votes with numbers on both sides and others near them, and what a marker should know."""
    votes = _between(_counted(), {"first": 1917, "last": 1927})
    votes = votes[votes["date_earliest"] >= "1917-05-17"]
    how = standings("votes")
    named = load("vote_members")["vote_id"].value_counts()
    told = attestations("votes")
    near = votes["date_earliest"].dt.year
    votes = votes[near.map(lambda year: near.between(year - 1, year + 1).sum()) >= 6]
    found = []
    for vote in votes.to_dict("records"):
        voices = told[told["row_id"] == vote["vote_id"]]["lineage"].nunique()
        found.append(_vote(vote, named.get(vote["vote_id"], 0), voices, how[vote["vote_id"]]))
    return found


def _vote(vote: dict[str, Any], named: int, voices: int, how: str) -> dict[str, Any]:
    abstained = vote["abstained"]
    return {
        **{name: vote[name] for name in ("vote_id", "body", "motion", "date", "carried")},
        "in_favour": int(vote["in_favour"]),
        "against": int(vote["against"]),
        "abstained": "no number" if pd.isna(abstained) else str(int(abstained)),
        "share": round(vote["share"], 1),
        "named": int(named),
        "voices": voices,
        "standing": how,
        "note": vote["note"] if isinstance(vote["note"], str) else "it is empty",
    }


@dataclass(frozen=True)
class Quarrel:
    """What historians disagree on, with two of its sides and words for the marker.

    sides: two rows of readings.csv. divides: of what kind the disagreement is. test: what in our
    tables, or outside them, could test a part of it.
    """

    words: str
    sides: tuple[str, str]
    divides: str
    test: str


QUARRELS = {
    "who-led-october": Quarrel(
        "Who led the October rising?",
        ("october-pipes", "october-mandel"),
        "They look at different places: one at those who gave the orders, the other at "
        "those who stood behind the change of power. Both may be right of what they look at.",
        "The votes of garrisons and towns in the autumn of 1917 tell how far the support went, "
        "and the hours of the rising tell how many places few men took.",
    ),
    "brest-litovsk": Quarrel(
        "Was Trotsky's way at Brest-Litovsk a sound one?",
        ("brest-felshtinsky", "brest-debo"),
        "They differ on what mattered most: one judges by what came of it in the autumn, the "
        "other by whether the state would live until then.",
        "The votes of January and February 1918 tell whom each way could win, and the dates of "
        "the German advance tell what waiting cost.",
    ),
    "founder-red-army": Quarrel(
        "Who made the Red Army?",
        ("army-hill", "army-voroshilov"),
        "They differ on facts, namely who was where and who organised what. One of them was a "
        "participant and, as Trotsky says, wrote for an anniversary.",
        "Offices with their days and stays at the front tell who held a post and who was there, "
        "and orders of the time tell who signed them.",
    ),
    "red-terror": Quarrel(
        "Why the Red Terror?",
        ("terror-pipes", "terror-mandel"),
        "They differ on a cause: was terror announced before the attacks, or was it an answer to "
        "them? Behind it stands a question of value, what a threat permits.",
        "The order in time can be tested: the days of speeches, attempts and decrees in the "
        "table of events, with the standing of each.",
    ),
    "labour-armies": Quarrel(
        "What were the labour armies?",
        ("labour-figes", "labour-mandel"),
        "They differ on an intention: a lasting model of society, or a means for a ruined "
        "country. The same measures are read in two ways.",
        "The vote on a tax in place of requisitions, early in 1920, tells what else he "
        "proposed at the time, and the dates tell which came first.",
    ),
    "kronstadt": Quarrel(
        "Was the suppression of Kronstadt justified?",
        ("kronstadt-new-international", "kronstadt-mett"),
        "They differ on what the question is for: one asks what the critics want today, the "
        "other what the sailors wanted then. Below lies a quarrel on facts, who led the sailors.",
        "The demands as printed at the time, and counts of how long the sailors had served, "
        "could test who they were and what they asked for.",
    ),
    "lost-succession": Quarrel(
        "Why did Trotsky lose?",
        ("succession-service", "succession-roberts"),
        "They look at different things: one at the man and his manner, the other at what most of "
        "the party wished to hear.",
        "If his manner decided, leaders with other manners should have kept their offices. If "
        "the message decided, votes in free local meetings should show it.",
    ),
    "alternatives-1923-1927": Quarrel(
        "Was there an alternative in the 1920s?",
        ("alternatives-rogovin", "alternatives-cohen"),
        "Both see an alternative and differ on whose it was. That rests in part on a value: "
        "which road each of them holds to be the better one.",
        "The shares of votes for the oppositions tell how many followed, and the ends of "
        "offices tell how long each side could act.",
    ),
}


@cache
def _quarrels() -> list[Parameters]:
    """The quarrels, with the positions that we hold and the names behind them."""
    readings = load("readings").merge(load("historians"), on="historian_id")
    sides = readings.set_index("reading_id")
    return [
        {
            "question": question,
            "words": quarrel.words,
            "positions": int((readings["question"] == question).sum()),
            "names": ", ".join(readings[readings["question"] == question]["name"].unique()),
            **{f"one_{name}": sides[name][quarrel.sides[0]] for name in SIDE},
            **{f"two_{name}": sides[name][quarrel.sides[1]] for name in SIDE},
            "divides": quarrel.divides,
            "test": quarrel.test,
        }
        for question, quarrel in QUARRELS.items()
    ]


SIDE = ("name", "work", "position")
ESSAYS = {"essay-1": _votes_to_read, "essay-2": _quarrels}
