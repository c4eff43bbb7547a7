"""What the tables must be together. Each check takes tables and returns the faults, in words.

A date can mean several days. A check finds a fault only where no day would do.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from math import cos, hypot, radians

import numpy as np
import pandas as pd
from matplotlib.path import Path
from naming import folded

from helpers.calendars import new_style
from helpers.dates import WEEKDAYS, overlap, parse, parts
from helpers.evidence import Witness, contains, standings, testimony
from helpers.maps import distance_km
from helpers.tables import foreign_keys, key, load

KM_PER_DEGREE = 111.2
# The roles of those who were at the place of an event on its day.
THERE = ("present", "speaker", "chairman")
# The words by which a note says which of several answers its row gives.
CHOICE = re.compile(r"\b(row|follow(s|ed)?)\b")
# How far the outlines of countries may be off: their tolerance of 0.1 degree, and left-out islands.
OUTLINE_KM = 15
# Fields in which a row says in its own words, or more exactly, what sources say.
OWN_WORDS = ("summary", "title", "office", "lat", "lon", "name_then", "affiliation")
# How far somebody may go on one day without a stay of its own.
OUTING_KM = 40


def gaps(stays: pd.DataFrame) -> list[str]:
    """Each stay ends when the next begins, in both calendars, and none runs backwards."""
    rows = stays.to_dict("records")
    faults = [
        f"{one['stay_id']} ends {one['end']}, {after['stay_id']} starts {after['start']}"
        for one, after in pairwise(rows)
        if one["end"] != after["start"]
    ]
    faults += [
        f"{one['stay_id']} ends {one['end_os']} Old Style, {after['stay_id']} starts "
        f"{after['start_os']}"
        for one, after in pairwise(rows)
        if pd.notna(one["end_os"]) and pd.notna(after["start_os"])
        if one["end_os"] != after["start_os"]
    ]
    backwards = stays[stays["end_latest"] < stays["start_earliest"]]
    return faults + [f"{stay_id} ends before it starts" for stay_id in backwards["stay_id"]]


def absent(events: pd.DataFrame, event_people: pd.DataFrame, stays: pd.DataFrame) -> list[str]:
    """Where Trotsky is listed as present, a stay puts him there, or within an hour of it."""
    present = event_people.query("person_id == 'trotsky' and role in @THERE")
    there = events[events["event_id"].isin(present["event_id"])].dropna(subset="place_id")
    faults = []
    for event in there.itertuples():
        during = stays[
            (stays["start_earliest"] <= event.date_latest)
            & (event.date_earliest <= stays["end_latest"])
        ]
        if not any(_near(event.place_id, place_id) for place_id in during["place_id"]):
            where = ", ".join(during["place_id"]) or "nowhere"
            faults.append(
                f"{event.event_id} ({event.date}) has him in {event.place_id}, his stays in {where}"
            )
    return faults


def in_two_places(events: pd.DataFrame, event_people: pd.DataFrame) -> list[str]:
    """Nobody is present in two far places on one day, except where a journey of the day led."""
    days = events[events["date_precision"] == "day"].dropna(subset="place_id")
    days = days[~days["category"].isin(["journey"])]
    present = event_people.query("role in @THERE").merge(days, on="event_id")
    faults = []
    for (person_id, date), group in present.groupby(["person_id", "date"]):
        rows = list(group.itertuples())
        faults += [
            f"{person_id} is in {one.place_id} ({one.event_id}) and in {other.place_id} "
            f"({other.event_id}) on {date}"
            for one, other in pairwise(rows)
            if not _near(one.place_id, other.place_id)
        ]
    return faults


def not_alive(
    dates: pd.DataFrame, parts: pd.DataFrame, people: pd.DataFrame, doing: str
) -> list[str]:
    """Nobody does anything before birth or after death.

    ``dates`` has the columns row_id, date_earliest and date_latest; ``parts`` has the columns
    row_id and person_id.
    """
    joined = parts.merge(dates, on="row_id").merge(people, on="person_id")
    unborn = joined["born_earliest"] > joined["date_latest"]
    dead = joined["died_latest"] < joined["date_earliest"]
    return [
        f"{row.person_id} {doing} {row.row_id}: {word}"
        for rows, word in ((joined[unborn], "not yet born"), (joined[dead], "dead already"))
        for row in rows.itertuples()
    ]


def overlapping_terms(offices: pd.DataFrame) -> list[str]:
    """Two people do not hold one office of one body at the same time, and terms run forwards."""
    ended = offices.dropna(subset="end")
    faults = [
        f"{row.office_id} ends before it starts"
        for row in ended[ended["end_latest"] < ended["start_earliest"]].itertuples()
    ]
    single = offices[~offices["office"].str.contains("member|deputy|candidate", case=False)]
    for _, group in single.sort_values("start_earliest").groupby(["office", "body"]):
        faults += [
            f"{one.office_id} lasts beyond the start of {after.office_id}"
            for one, after in pairwise(group.itertuples())
            if pd.notna(one.end) and one.end_earliest > after.start_latest
        ]
    return faults


def vote_faults(
    votes: pd.DataFrame, members: pd.DataFrame, attestations: pd.DataFrame
) -> list[str]:
    """A motion carried has more votes for than against; names are not more than any count."""
    counted = votes.dropna(subset=["in_favour", "against"])
    carried = counted["in_favour"] > counted["against"]
    wrong = counted[carried != (counted["carried"] == "yes")]
    faults = [f"{vote_id}: carried does not fit its numbers" for vote_id in wrong["vote_id"]]
    named = members.groupby(["vote_id", "vote"]).size()
    columns = {"for": "in_favour", "against": "against", "abstained": "abstained"}
    stated = attestations.query("table == 'votes' and field in @columns.values()")
    stated = stated.assign(stated=pd.to_numeric(stated["stated"]))
    highest = stated.groupby(["row_id", "field"])["stated"].max().to_dict()
    numbers = votes.set_index("vote_id")
    for (vote_id, vote), count in named.items():
        if vote not in columns:
            continue
        column = columns[vote]
        most = np.fmax(numbers.loc[vote_id, column], highest.get((vote_id, column), np.nan))
        if count > most:
            faults.append(f"{vote_id}: {count} named as {vote}, but only {most:.0f}")
    twice = members[members.duplicated(["vote_id", "person_id"])]
    return faults + [f"{row.person_id} votes twice in {row.vote_id}" for row in twice.itertuples()]


def work_faults(works: pd.DataFrame, born: pd.Timestamp, died: pd.Timestamp) -> list[str]:
    """Works are written in the author's life, and not after they were published."""
    both = works.dropna(subset=["written", "published"])
    late = both[both["written_earliest"] > both["published_latest"]]
    faults = [f"{work_id} was published before it was written" for work_id in late["work_id"]]
    written = works.dropna(subset="written")
    outside = written[(written["written_latest"] < born) | (written["written_earliest"] > died)]
    return faults + [f"{work_id} was not written in his life" for work_id in outside["work_id"]]


def split_faults(organisations: pd.DataFrame, splits: pd.DataFrame) -> list[str]:
    """Nothing is older than what it came from, or lives on after it ended."""
    known = organisations.set_index("organisation_id")
    backwards = known[known["ended_latest"] < known["founded_earliest"]]
    faults = [f"{organisation_id} ended before it began" for organisation_id in backwards.index]
    for split in splits.dropna(subset="date").itertuples():
        parent, child = known.loc[split.parent_id], known.loc[split.child_id]
        if split.kind == "section":
            continue
        if parent["founded_earliest"] > split.date_latest:
            faults.append(f"{split.split_id}: the parent was founded later")
        if split.kind != "fusion" and child["founded_latest"] < split.date_earliest:
            faults.append(f"{split.split_id}: the child was founded earlier")
    return faults


def wrong_weekdays(attestations: pd.DataFrame) -> list[str]:
    """The weekday that a source names is that of the day that it gives, or the note corrects it."""
    faults = []
    for row in attestations.dropna(subset="weekday").itertuples():
        day = parse(new_style(row.stated) if row.calendar == "os" else row.stated)
        found = WEEKDAYS[day.earliest.weekday()]
        if found != row.weekday and found not in str(row.note):
            faults.append(f"{row.row_id}, {row.source_id}: {row.stated} is a {found}")
    return faults


def off_country(
    places: pd.DataFrame, countries: dict[str, list[list[tuple[float, float]]]]
) -> list[str]:
    """Each point lies in the country that its row names, or no farther off than its accuracy."""
    faults = []
    for place in places.itertuples():
        if place.country_now not in countries:
            faults.append(f"{place.place_id}: {place.country_now!r} is no country of the outlines")
            continue
        distance = _km_from(place.lon, place.lat, countries[place.country_now])
        if distance > place.accuracy_km + OUTLINE_KM:
            faults.append(f"{place.place_id} lies {distance:.0f} km from {place.country_now}")
    return faults


def unused(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Every source, place, person and historian is named by some other row."""
    named: dict[str, set[str]] = {
        name: set() for name in ("sources", "places", "people", "historians")
    }
    for name, table in tables.items():
        for column, (target, _) in foreign_keys(name).items():
            named.get(target, set()).update(table[column].dropna())
    stated = tables["attestations"]
    rival_places = stated[stated["field"].str.endswith("place_id")]["stated"].dropna()
    named["places"].update(rival_places)
    return [
        f"{name}: no row names {row_id}"
        for name, row_ids in named.items()
        for row_id in tables[name][key(name)[0]]
        if row_id not in row_ids
    ]


def unattested(table: pd.DataFrame, name: str, field: str, attestations: pd.DataFrame) -> list[str]:
    """Each row of a table that has a value in this field has an attestation of it."""
    column = key(name)[0]
    told = attestations[(attestations["table"] == name) & (attestations["field"] == field)]
    filled = table.dropna(subset=field)
    return list(filled.loc[~filled[column].isin(told["row_id"]), column])


def unfollowed(table: pd.DataFrame, name: str) -> list[str]:
    """What a row says where sources state it is what one of them states, or put together of them.

    A row may leave out what sources state where its note says why, and a place may be the town or
    the house in it. A day is one that a source gives, where any gives a day.
    """
    told = load("attestations").query("table == @name").dropna(subset="stated")
    rows = table.set_index(key(name)[0])
    faults = []
    for (row_id, field), _ in told.groupby(["row_id", "field"]):
        if field in OWN_WORDS or row_id not in rows.index:
            continue
        value, note = rows.loc[row_id, field], rows.loc[row_id].get("note")
        stated = [one for one in testimony(name, row_id, field) if one.value]
        if pd.isna(value) or value == "unknown":
            if pd.isna(note):
                faults.append(f"{row_id} leaves {field} open, and no note says why")
        elif not _follows(f"{value:g}" if isinstance(value, float) else str(value), field, stated):
            known = ", ".join(sorted({one.value for one in stated}))
            faults.append(f"{row_id} has {field} {value}, its sources {known}")
    return faults


def _follows(value: str, field: str, stated: list[Witness]) -> bool:
    """Whether a value is one of those stated, or put together of them."""
    values = [one.value for one in stated]
    if field.endswith("place_id"):
        return any(contains(one, value) or contains(value, one) for one in values)
    pieces = set(parts(value))
    if not stated[0].is_date:
        return pieces <= {piece for one in values for piece in parts(one)}
    given = set().union(*(_days(one) for one in values))
    is_given = not (given and _days(value)) or bool(given & _days(value))
    return is_given and any(overlap(one, value) for one in values)


def _days(text: str) -> set[str]:
    """The days that a text names which is no span: those of a day, or of a choice of days."""
    return {piece.rstrip("~?%") for piece in parts(text) if piece[7:8] == "-" and "/" not in text}


def unexplained(table: pd.DataFrame, name: str) -> list[str]:
    """Each row of a table that is contested has a note that says what it follows, or keeps."""
    rows, found = table.set_index(key(name)[0]), standings(name)
    contested = rows.loc[rows.index.isin(found.index[found == "contested"])]
    notes = contested["note"].fillna("") if "note" in rows else pd.Series("", contested.index)
    return [
        f"{row_id} is contested, and its note does not say what the row follows"
        for row_id, note in notes.items()
        if not CHOICE.search(note)
    ]


def nameless(events: pd.DataFrame, event_people: pd.DataFrame) -> list[str]:
    """Whoever has a part in an event is named in it, or where a source speaks of it.

    A part of the name in title, summary or note of the event is enough, or in what is noted of
    one of its sources, or in that source's title or author. Trotsky, whose life it is, need not.
    Words of one or two letters count only for a person of whom no more than initials is known.
    """
    sources = (
        load("sources").set_index("source_id")[["title", "author"]].fillna("").agg(" ".join, 1)
    )
    attested = load("attestations").query("table == 'events'").fillna("")
    attested["told"] = attested["note"] + " " + attested["locator"]
    attested["told"] += " " + attested["source_id"].map(sources)
    witnesses = attested.groupby("row_id")["told"].agg(" ".join)
    rows = events.set_index("event_id")[["title", "summary", "note"]].fillna("").agg(" ".join, 1)
    words = (rows + " " + witnesses.reindex(rows.index).fillna("")).map(_plain_words)
    names = load("people").set_index("person_id")["name"].map(_plain_words)
    others = event_people.query("person_id != 'trotsky'")
    return [
        f"{one.person_id} has a part in {one.event_id}, which does not name them"
        for one in others[others["event_id"].isin(words.index)].itertuples()
        if not _telling(names[one.person_id]) & words[one.event_id]
    ]


def _telling(name: set[str]) -> set[str]:
    """The words of a name that tell a person: the longer ones, or initials that are all of it."""
    return {word for word in name if len(word) > 2} or name


def _plain_words(text: str) -> set[str]:
    """The words of a text in small letters without accents; of a possessive, the name."""
    return set(re.findall(r"[a-z]+", folded(text)))


def disagreeing(values: Iterable[str]) -> bool:
    """Whether two of these dates cannot mean the same day."""
    texts = list(values)
    return any(not overlap(one, other) for one in texts for other in texts)


def _near(one: str, other: str) -> bool:
    """Whether one can be in both places on one day: the same town, or an outing from it."""
    if contains(one, other) or contains(other, one):
        return True
    places = load("places").set_index("place_id")
    ends = [places.loc[place_id] for place_id in (one, other)]
    reach = OUTING_KM + sum(place["accuracy_km"] for place in ends)
    (a_lat, a_lon), (b_lat, b_lon) = ((place["lat"], place["lon"]) for place in ends)
    return distance_km(a_lat, a_lon, b_lat, b_lon) <= reach


def _km_from(lon: float, lat: float, rings: list[list[tuple[float, float]]]) -> float:
    """Kilometres from a point to the nearest of some areas; 0 inside one."""
    outlines = [np.array(ring) for ring in rings]
    if any(Path(outline).contains_point((lon, lat)) for outline in outlines):
        return 0.0
    scale = np.array([cos(radians(lat)), 1.0])
    return KM_PER_DEGREE * min(
        _from_segment(a, b)
        for outline in outlines
        for a, b in pairwise((outline - (lon, lat)) * scale)
    )


def _from_segment(a: np.ndarray, b: np.ndarray) -> float:
    """How far a line from a to b passes from the origin."""
    step = b - a
    along = 0.0 if not step.any() else float(np.clip(-(a @ step) / (step @ step), 0, 1))
    return hypot(*(a + along * step))
