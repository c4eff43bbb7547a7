"""The assignment on the legacy (lessons 41 to 44): what is left of a life, and who counted it."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from grading.pools import question, spans_of_years
from grading.question import Parameters
from helpers.calendars import plain
from helpers.claim_form import new_claim
from helpers.claims import judge, judge_all
from helpers.evidence import attestations
from helpers.tables import load
from helpers.words import distances, distinctive

# --- His words ---

# Words of politics and society whose singular and plural are looked for; the data decide which of
# them an author uses often enough.
_PAIRS = (
    ("army", "armies"), ("city", "cities"), ("country", "countries"), ("crisis", "crises"),
    ("enemy", "enemies"), ("factory", "factories"), ("government", "governments"),
    ("institution", "institutions"), ("interest", "interests"), ("law", "laws"),
    ("leader", "leaders"), ("nation", "nations"), ("newspaper", "newspapers"),
    ("parliament", "parliaments"), ("party", "parties"), ("peasant", "peasants"),
    ("people", "peoples"), ("power", "powers"), ("revolution", "revolutions"),
    ("right", "rights"), ("socialist", "socialists"), ("soldier", "soldiers"),
    ("soviet", "soviets"), ("state", "states"), ("town", "towns"), ("worker", "workers"),
)  # fmt: skip
_WORDS = (
    "army", "authority", "bread", "bourgeoisie", "capital", "capitalism", "capitalist", "church",
    "citizens", "class", "classes", "colonies", "commissar", "committee", "communist", "congress",
    "constitution", "council", "crime", "crisis", "culture", "democracy", "democratic",
    "dictatorship", "discipline", "duma", "economic", "education", "election", "enemy", "equality",
    "europe", "execution", "factories", "factory", "famine", "force", "france", "freedom", "front",
    "germany", "government", "history", "hunger", "ideal", "imperialism", "industry",
    "institutions", "international", "labour", "land", "law", "leaders", "liberty", "majority",
    "masses", "militia", "millions", "minority", "money", "moral", "nation", "national",
    "nationalities", "newspaper", "order", "parliament", "party", "patriotism", "peace", "peasant",
    "peasants", "people", "petrograd", "philosophy", "police", "policy", "poland", "political",
    "poverty", "power", "press", "prison", "private", "production", "programme", "proletarian",
    "proletariat", "propaganda", "property", "public", "railway", "reaction", "reform", "religion",
    "republic", "resolution", "revolution", "revolutionary", "school", "science", "social",
    "socialism", "socialist", "soldiers", "soviet", "state", "strike", "struggle", "suffering",
    "system", "tactics", "taxes", "terror", "theory", "trade", "train", "treaty", "truth", "union",
    "victory", "village", "violence", "wages", "war", "western", "women", "work", "workers",
    "world",
)  # fmt: skip


@cache
def _counts() -> pd.DataFrame:
    """The authors' own words, a row for each word in a chapter."""
    own = load("chapters")
    counts = load("word_counts").merge(own[own["voice"] == "author"], on="chapter_id")
    return counts.merge(load("texts")[["text_id", "author"]], on="text_id")


@cache
def _sums() -> pd.DataFrame:
    """The authors' own words, a row for each word in a text."""
    return _counts().groupby(["text_id", "author", "token"], as_index=False)["count"].sum()


@cache
def _by_author() -> pd.Series:
    return _counts().groupby(["token", "author"])["count"].sum()


@cache
def _chapters_with() -> pd.Series:
    return _counts().groupby(["token", "author"])["count"].size()


@cache
def _size() -> pd.Series:
    return _counts().groupby("author")["count"].sum()


def _count(author: str, *tokens: str) -> int:
    return int(sum(_by_author().get((token, author), 0) for token in tokens))


def _rate(author: str, *tokens: str) -> float:
    return 1000 * _count(author, *tokens) / int(_size()[author])


def _rate_of_all(*tokens: str) -> float:
    return 1000 * sum(_count(author, *tokens) for author in _size().index) / int(_size().sum())


def _pairs_of_words() -> list[dict[str, str]]:
    return [
        {"author": author, "one": one, "many": many}
        for author in _size().index
        for one, many in _PAIRS
        if _count(author, one) >= 5 and _count(author, many) >= 5
    ]


def _single_words() -> list[dict[str, str]]:
    """Words that five authors use or more, the first two of them clearly before the third."""
    found = []
    for word in _WORDS:
        rates = _rates(word)
        if len(rates) >= 5 and rates.iloc[-2] > 1.05 * rates.iloc[-3]:
            found.append({"word": word})
    return found


def _rates(word: str) -> pd.Series:
    counts = _of(word)
    return (1000 * counts / _size()[counts.index]).sort_values()


def _of(word: str) -> pd.Series:
    try:
        return _by_author()[word]
    except KeyError:
        return pd.Series(dtype=int)


def _chapters(word: str) -> int:
    return int(_chapters_with()[word].sum())


def _top_chapter(word: str) -> str:
    """The author of the chapter in which a word stands most often."""
    rows = _counts()[_counts()["token"] == word]
    return str(rows.sort_values("count", kind="stable")["author"].iloc[-1])


def _texts_and_others() -> list[dict[str, str]]:
    """Each text with each of the five authors of most words, other than its own, to leave out."""
    texts = load("texts")
    authors = sorted(_size().sort_values().index[-5:])
    return [
        {"text_id": text, "author": author}
        for text, own in zip(texts["text_id"], texts["author"], strict=True)
        for author in authors
        if author != own and _types(text) >= 4000
    ]


@cache
def _apart(text: str, left_out: str = "", only: str = "") -> list[str]:
    """The five words that set a text most apart from the texts of all, most or one author."""
    sums = _sums()
    compared = sums["author"] != left_out
    if only:
        compared = (sums["author"] == only) | (sums["text_id"] == text)
    return list(distinctive(sums[compared], text=text)["token"].head(5))


def _commonest(text: str) -> list[str]:
    sums = _sums()[_sums()["text_id"] == text]
    return list(sums.sort_values("count", kind="stable")["token"].tail(5))


def _types(text: str) -> int:
    return int((_sums()["text_id"] == text).sum())


@cache
def _distances() -> pd.DataFrame:
    return distances(_sums())


def _to_author(p: Parameters) -> pd.Series:
    """The distances of a text to the books of another author."""
    texts = load("texts")
    books = texts.loc[texts["author"] == p["author"], "text_id"]
    return _distances()[p["text_id"]][list(books)]


def _strangers() -> list[dict[str, str]]:
    """Each text with each other author who has two books or more."""
    texts = load("texts")
    books = texts["author"].value_counts()
    return [
        {"text_id": text, "author": author}
        for author in sorted(books.index[books > 1])
        for text in texts.loc[texts["author"] != author, "text_id"]
    ]


# --- The movement ---


@cache
def _ties() -> pd.DataFrame:
    return load("splits")


def _dated_ties(p: Parameters) -> pd.DataFrame:
    years = _ties()["date_earliest"].dt.year
    return _ties()[(years >= p["first"]) & (years <= p["last"])]


def _children(parents: Iterable[str]) -> list[str]:
    return _ties()[_ties()["parent_id"].isin(list(parents))]["child_id"].to_list()


def _two_steps(p: Parameters) -> list[str]:
    children = _children([p["parent"]])
    return sorted({*children, *_children(children)})


def _rows_of_two_steps(p: Parameters) -> int:
    children = _children([p["parent"]])
    return len(children) + len(_children(children))


def _parents() -> list[dict[str, str]]:
    names = load("organisations").set_index("organisation_id")["name"]
    return [{"parent": one, "name": names[one]} for one in sorted(set(_ties()["parent_id"]))]


_OWN = ("itself", "own historian")


def _figures(p: Parameters, measure: str = "members") -> pd.DataFrame:
    figures = load("membership")
    years = figures["date_earliest"].dt.year
    figures = figures[(years >= p["first"]) & (years <= p["last"])]
    return figures[figures["measure"] == measure] if measure else figures


def _share(figures: pd.DataFrame, *counted: str) -> float:
    return float(100 * figures["counted"].isin(counted or _OWN).mean()) if len(figures) else 0.0


def _all_members() -> pd.DataFrame:
    figures = load("membership")
    return figures[figures["measure"] == "members"]


# --- Claims ---

_GRAVITY = ["contradicted", "imprecise", "contested", "cannot tell", "supported", "interpretation"]


@cache
def _verdicts() -> pd.DataFrame:
    verdicts = judge_all()
    return verdicts.assign(grave=verdicts["verdict"].map(_GRAVITY.index))


def _part(p: Parameters) -> pd.DataFrame:
    verdicts = _verdicts()
    return verdicts[(verdicts["sentence"] >= p["first"]) & (verdicts["sentence"] <= p["last"])]


def _gravest(claims: pd.DataFrame) -> pd.DataFrame:
    return claims.sort_values(["sentence", "grave"]).drop_duplicates("sentence")


@cache
def _verdict(event_id: str, month: str) -> str:
    claim = new_claim("A date.", table="events", row_id=event_id, field="date", asserted=month)
    return judge(claim).verdict


def _month(event_id: str, late: int = 0) -> str:
    """The month of an event, or one that lies so many months later."""
    return str(_first_days()[event_id].to_period("M") + late)


@cache
def _first_days() -> pd.Series:
    return load("events").set_index("event_id")["date_earliest"]


@cache
def _datable() -> list[tuple[str, str]]:
    """Events known to the day, whose month is supported while the months beside it are not.

    Those with an Old Style date are left out: a handout can be right in the other calendar.
    """
    events = load("events")
    chosen = events[
        (events["date_precision"] == "day")
        & events["date_os"].isna()
        & (events["weight"] >= 2)
        & events["category"].isin(["meeting", "office", "writing", "expulsion", "organising"])
    ]
    titles = dict(zip(chosen["event_id"], chosen["title"], strict=True))
    spread = sorted(titles, key=lambda event_id: hashlib.sha256(event_id.encode()).digest())
    wanted = ["contradicted", "supported", "contradicted"]
    return [
        (event_id, titles[event_id])
        for event_id in spread[:90]
        if [_verdict(event_id, _month(event_id, late)) for late in (-1, 0, 1)] == wanted
    ]


def _handouts() -> list[dict[str, str]]:
    """Four dated events: the month of two is right, that of one too early, of one too late."""
    found = []
    datable = _datable()
    for place in range(0, len(datable) - 3, 2):
        four = datable[place : place + 4]
        late = dict(zip([event_id for event_id, _ in four], (0, -1, 1, 0), strict=True))
        handout: dict[str, str] = {}
        for letter, (event_id, title) in zip("abcd", sorted(four), strict=True):
            month = _month(event_id, late[event_id])
            handout |= {f"id_{letter}": event_id, f"title_{letter}": title}
            handout |= {f"month_{letter}": month, f"words_{letter}": plain(month)}
        found.append(handout)
    return found


def _shifted(p: Parameters) -> dict[str, int]:
    """By how many months the handout puts each event too late."""
    return {
        p[f"id_{one}"]: (
            pd.Period(p[f"month_{one}"], freq="M") - pd.Period(_month(p[f"id_{one}"]), freq="M")
        ).n
        for one in "abcd"
    }


def _judged(p: Parameters, verdict: str) -> list[str]:
    given = [(p[f"id_{one}"], p[f"month_{one}"]) for one in "abcd"]
    return [event_id for event_id, month in given if _verdict(event_id, month) == verdict]


def _statements(p: Parameters) -> int:
    return sum(len(attestations("events", p[f"id_{one}"], "date")) for one in "abcd")


QUESTIONS = {
    "q1": question(
        form="number",
        candidates=_pairs_of_words,
        answer=lambda p: _rate(p["author"], p["one"], p["many"]),
        rows=lambda p: sum(int(_chapters_with()[p[w], p["author"]]) for w in ("one", "many")),
        mistakes={
            "That is a count. Divide it by the author's words, times 1,000.": (
                lambda p: _count(p["author"], p["one"], p["many"])
            ),
            "That is {many} alone. Count both words.": lambda p: _rate(p["author"], p["many"]),
            "That is {one} alone. Count both words.": lambda p: _rate(p["author"], p["one"]),
            "That is the rate in all texts. Keep those of {author}.": (
                lambda p: _rate_of_all(p["one"], p["many"])
            ),
        },
        retry="Add up count for {one} and {many} in the words of {author}, divide by the sum of "
        "count in all of that author's words, times 1,000.",
        tolerance=0.006,
    ),
    "q2": question(
        form="names",
        candidates=_single_words,
        answer=lambda p: list(_rates(p["word"]).index[-2:]),
        rows=lambda p: _chapters(p["word"]),
        mistakes={
            "These authors have the greatest counts, but also more words. Compare rates.": (
                lambda p: list(_of(p["word"]).sort_values(kind="stable").index[-2:])
            ),
            "That is the author of the highest rate alone. The task asks for two.": (
                lambda p: list(_rates(p["word"]).index[-1:])
            ),
            "These are the lowest rates. The task asks for the highest.": (
                lambda p: list(_rates(p["word"]).index[:2])
            ),
        },
        retry="Add up count of {word} by author, divide by the words of each author, and take the "
        "two highest.",
    ),
    "q3": question(
        form="names",
        candidates=_texts_and_others,
        answer=lambda p: _apart(p["text_id"], p["author"]),
        rows=lambda p: _types(p["text_id"]),
        mistakes={
            "You compared with all texts. Take those of {author} out first.": (
                lambda p: _apart(p["text_id"])
            ),
            "You compared with the texts of {author} only. The task asks for all others.": (
                lambda p: _apart(p["text_id"], only=p["author"])
            ),
            "Those are its most frequent words, and every text has them. Use distinctive.": (
                lambda p: _commonest(p["text_id"])
            ),
        },
        retry="Take the texts of {author} out of counts, and give distinctive the text {text_id}.",
    ),
    "q4": question(
        form="number",
        candidates=_strangers,
        answer=lambda p: float(_to_author(p).mean()),
        rows=lambda p: len(_to_author(p)),
        mistakes={
            "That is the nearest of those books. The task asks for the mean.": (
                lambda p: float(_to_author(p).min())
            ),
            "That is the farthest of those books. The task asks for the mean.": (
                lambda p: float(_to_author(p).max())
            ),
            "That is the mean to all texts. Keep the books of {author}.": (
                lambda p: float(_distances()[p["text_id"]].mean())
            ),
        },
        retry="Take the column {text_id} of by_book, keep the rows of the books by {author}, and "
        "give their mean.",
        tolerance=0.006,
    ),
    "q5": question(
        form="counts",
        candidates=lambda: spans_of_years(1929, 2009, 8, 10, 12, 15, 20, 25, 30),
        answer=lambda p: _dated_ties(p).groupby("kind")["child_id"].nunique(),
        rows=lambda p: len(_dated_ties(p)),
        mistakes={
            "You counted rows. A fusion has a row for each parent: count the different children.": (
                lambda p: _dated_ties(p)["kind"].value_counts()
            ),
            "You counted the parents. The task asks for what came out: child_id.": (
                lambda p: _dated_ties(p).groupby("kind")["parent_id"].nunique()
            ),
            "You counted all years. Keep the ties of {first} to {last} first.": (
                lambda p: _ties().groupby("kind")["child_id"].nunique()
            ),
        },
        retry="Keep the ties of {first} to {last}, group them by kind, and count the different "
        "child_id.",
    ),
    "q6": question(
        form="names",
        candidates=_parents,
        answer=_two_steps,
        rows=_rows_of_two_steps,
        mistakes={
            "Those came from it in one step. Take the second step, too.": (
                lambda p: sorted(set(_children([p["parent"]])))
            ),
            "Those came from it in the second step. The first step counts, too.": (
                lambda p: sorted(set(_children(_children([p["parent"]]))))
            ),
            "The organisation itself is in your list. Leave it out.": (
                lambda p: [p["parent"], *_two_steps(p)]
            ),
        },
        retry="Find the children of {parent}, then the children of these, and give each child_id "
        "once.",
    ),
    "q7": question(
        form="number",
        candidates=lambda: spans_of_years(1929, 2022, 30, 35, 40, 45, 50, 60),
        answer=lambda p: _share(_figures(p)),
        rows=lambda p: len(_figures(p)),
        mistakes={
            "That is the share of itself alone. A writer of its own counts, too.": (
                lambda p: _share(_figures(p), "itself")
            ),
            "You took all measures. Keep the numbers of members.": (
                lambda p: _share(_figures(p, ""))
            ),
            "You took all years. Keep {first} to {last}.": lambda p: _share(_all_members()),
            "That is a share of 1. Give per cent: multiply it by 100.": lambda p: (
                _share(_figures(p)) / 100
            ),
        },
        retry="Keep the numbers of members of {first} to {last}; count those with counted itself "
        "or own historian, divide by all of them, times 100.",
        tolerance=0.06,
    ),
    "q8": question(
        form="counts",
        candidates=lambda: spans_of_years(1, 53, 12, 15, 18, 20, 24),
        answer=lambda p: _gravest(_part(p))["verdict"].value_counts(),
        rows=lambda p: len(_part(p)),
        mistakes={
            "You counted claims. Count each sentence once, by its gravest verdict.": (
                lambda p: _part(p)["verdict"].value_counts()
            ),
            "You took the first claim of each sentence. Sort by gravity before you drop the "
            "others.": lambda p: _part(p).drop_duplicates("sentence")["verdict"].value_counts(),
            "You took the whole text. Keep the sentences {first} to {last}.": (
                lambda p: _gravest(_verdicts())["verdict"].value_counts()
            ),
            "You counted the kinds of claims. Count their verdicts.": (
                lambda p: _gravest(_part(p))["kind"].value_counts()
            ),
        },
        retry="Keep the sentences {first} to {last}, put the gravest claim of each first, keep one "
        "for each sentence, and count the verdicts.",
    ),
    "q9": question(
        form="names",
        candidates=_handouts,
        answer=lambda p: _judged(p, "contradicted"),
        rows=_statements,
        mistakes={
            "Those are supported. The task asks for the ones that are wrong.": (
                lambda p: _judged(p, "supported")
            ),
            "Not all four are wrong. Let judge_all decide.": lambda p: list(_shifted(p)),
            "You found what the handout puts too early. Something else is wrong, too.": (
                lambda p: [event_id for event_id, late in _shifted(p).items() if late < 0]
            ),
            "You found what the handout puts too late. Something else is wrong, too.": (
                lambda p: [event_id for event_id, late in _shifted(p).items() if late > 0]
            ),
        },
        retry="Make a claim of each line with new_claim, put the four into a DataFrame, judge "
        "them, and give the row_id of those that are contradicted.",
    ),
}

ESSAYS: dict[str, Callable[[], list[Parameters]]] = {}  # they are the same for every course
