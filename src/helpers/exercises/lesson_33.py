"""Exercises of lesson 33, On trial."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load

OUTSIDERS = ["newspaper", "official", "neighbour", "inquiry", "scholar", "archive"]


def _spared(year: int) -> int:
    """How many of those sentenced to prison had been killed by the end of a year."""
    defendants = load("trial_defendants")
    return int((defendants[defendants["sentence"] == "prison"]["killed"] <= year).sum())


def _stay(first: str, last: str) -> str:
    """The stay that covers all days from the first to the last."""
    stays = load("stays")
    covers = (stays["start_latest"] <= first) & (stays["end_earliest"] >= last)
    return stays[covers]["stay_id"].iloc[0]


def _best() -> pd.DataFrame:
    """The best score of each claim, by all records and by outsiders only; missing is -1."""
    places = load("places")[["place_id", "country_now"]]
    claims = load("trial_meetings").merge(places, on="place_id")
    claims["person_id"] = claims["said_of"]
    stays = load("stays").assign(person_id="trotsky", witness_kind="stays")
    stays = stays.assign(first=stays["start_earliest"], last=stays["end_latest"])
    seen = load("whereabouts").query("shows == 'there'")
    seen = seen.assign(first=seen["date_earliest"], last=seen["date_latest"])
    keep = ["person_id", "first", "last", "place_id", "witness_kind"]
    records = pd.concat([stays[keep], seen[keep]]).merge(places, on="place_id")
    both = claims.merge(records, on="person_id")
    both = both[(both["first"] <= both["date_latest"]) & (both["last"] >= both["date_earliest"])]
    same = (both["place_id_x"] == both["place_id_y"]).astype(int)
    both = both.assign(score=same + (both["country_now_x"] == both["country_now_y"]).astype(int))
    outside = both[both["witness_kind"].isin(OUTSIDERS)]
    scores = {
        name: one.groupby("meeting_id")["score"].max()
        for name, one in (("all", both), ("outsiders", outside))
    }
    return pd.DataFrame(scores).reindex(claims["meeting_id"]).fillna(-1)


def _differ() -> int:
    best = _best()
    return int((best["all"] != best["outsiders"]).sum())


def _witnesses(column: str = "witness_id", said_of: tuple[str, ...] = ("trotsky",)) -> list[str]:
    """Who said in the first trial that somebody was met in Copenhagen."""
    claims = load("trial_meetings").query("trial == 1936 and place_id == 'copenhagen'")
    return list(claims[claims["said_of"].isin(said_of)][column])


EXERCISES = {
    "33.1": Exercise(
        task="Filter defendants by sentence and by killed, and count the rows.",
        form="number",
        answer=lambda: _spared(1939),
        finding="Two well-known men, killed in prison. The others were shot in 1941.",
        slips=(
            Slip(
                lambda: _spared(1941),
                "Those were killed by 1941. Keep the rows in which killed is 1939 or less.",
            ),
            Slip(
                lambda: int((load("trial_defendants")["killed"] <= 1939).sum()),
                "Those are defendants of both kinds. Keep the sentence prison first.",
            ),
            Slip(
                lambda: len(load("trial_defendants")),
                "Those are all defendants. Filter by sentence, then by killed.",
            ),
        ),
    ),
    "33.2": Exercise(
        task="Find the row of stays that begins before that week and ends after it.",
        form="text",
        answer=lambda: _stay("1936-12-25", "1936-12-31"),
        finding="He was on a tanker at sea, guarded by police and kept from the radio.",
        slips=(
            Slip(
                lambda: _stay("1936-11-01", "1936-11-30"),
                "That stay ended before the last week of December. Look at the next one.",
            ),
            Slip(
                lambda: _stay("1937-02-01", "1937-02-28"),
                "That stay began in 1937. Look at the ones before it.",
            ),
            Slip(
                lambda: "tampico",
                "That is a place_id. The task asks for the column stay_id.",
            ),
        ),
    ),
    "33.3": Exercise(
        task="Compare the two columns of verdicts with != and add up.",
        form="number",
        answer=_differ,
        finding="On so many claims the verdict changes when insiders are struck out.",
        slips=(
            Slip(
                lambda: len(_best()) - _differ(),
                "On those claims the two verdicts are the same. Count the others.",
            ),
            Slip(
                lambda: int((_best()["all"] == 2).sum()),
                "Those are the claims that fit all records. Compare the two columns.",
            ),
            Slip(
                lambda: len(_best()),
                "Those are all claims. Count the rows in which the two columns differ.",
            ),
        ),
    ),
    "33.4": Exercise(
        task="Filter claims by trial, place_id and said_of; take witness_id.",
        form="names",
        answer=_witnesses,
        finding="Three men in one week, in the one city where the papers had put Trotsky.",
        slips=(
            Slip(
                lambda: _witnesses(said_of=("trotsky", "lev-sedov")),
                "One of them stands there twice, for Sedov. Keep the claims about Trotsky.",
            ),
            Slip(
                lambda: _witnesses("meeting_id"),
                "Those are claims. The task asks for the column witness_id.",
            ),
            Slip(
                lambda: _witnesses(said_of=("lev-sedov",)),
                "That claim is about Sedov. Filter said_of by trotsky.",
            ),
        ),
    ),
}
