"""A guided form for claims of one's own: cut a life into sentences, find the row, say what it says.

The steps: `sentences` cuts a pasted text, `look_up` finds rows of the record by words, `fields`
shows what can be claimed of a row, and `new_claim` makes a claim that `judge_all` can judge.
"""

import re
import unicodedata

import pandas as pd

from helpers.claims import NOWHERE, judge
from helpers.tables import key, load, schemas

# Where a claim can point to: table, and the columns in which words are looked for.
SEARCHED = {
    "events": ["title", "summary"],
    "people": ["name", "role"],
    "stays": ["address", "note"],
    "offices": ["office", "body"],
    "works": ["title", "title_original"],
    "votes": ["body", "motion"],
    "details": ["question"],
    "organisations": ["name"],
}
_SHOWN = ("title", "name", "question", "motion", "office", "address")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|b|d|Dr|Mr|Mrs|St|No|vol|ca|cf|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
_PROSE = {"summary", "note"}  # compared letter by letter they would contradict every claim
_ITEM = re.compile(r"\n\s*\n|\n(?=\s*[*\u2022\u2013-]\s)")  # an empty line, or the sign of a list
_MARKS = re.compile(r"[\u0300-\u036f]")  # accents, once they are taken off their letters
_END = re.compile(r"([.!?][\"')\]\u2019\u201d]*) ")  # a quotation mark belongs to its sentence


def sentences(text: str) -> pd.DataFrame:
    """The sentences of a text that you paste in, numbered from 1.

    Columns: ``sentence`` (the number) and ``text``. A full stop after an initial or a usual
    abbreviation ends no sentence; an empty line and the sign before the item of a list begin one.

    >>> list(sentences("L. Trotsky was born in 1879. He died in 1940.")["text"])
    ['L. Trotsky was born in 1879.', 'He died in 1940.']
    """
    whole: list[str] = []
    for part in _ITEM.split(str(text)):
        first = len(whole)
        for piece in _END.sub(r"\1\n", " ".join(part.split())).split("\n"):
            if len(whole) > first and _ABBREVIATION.search(whole[-1]):
                whole[-1] += f" {piece}"
            elif piece:
                whole.append(piece)
    texts = pd.Series(whole, dtype="str")
    return pd.DataFrame({"sentence": range(1, len(whole) + 1), "text": texts})


def look_up(words: str, *, table: str = "events", rows: int = 10) -> pd.DataFrame:
    """The rows of a table that hold most of your words, best first.

    words: some words, names or a year, such as "Lenin dies 1924". Columns: ``row_id``, ``date``
    (or the start of the row, where it has one), ``text`` and ``found`` (how many of the words).

    Raises ValueError for a table that cannot be searched.
    """
    if table not in SEARCHED:
        raise ValueError(f"look_up() cannot search {table!r}: choose one of {', '.join(SEARCHED)}")
    wanted = set(re.findall(r"\w+", _folded(str(words))))
    frame = load(table)
    dated = next((name for name in ("date", "start", "born", "published") if name in frame), "")
    shown = next(name for name in _SHOWN if name in frame)
    looked = [*SEARCHED[table], *([dated] if dated else [])]
    texts = frame[looked].fillna("").agg(" ".join, axis=1).map(_folded)
    found = texts.map(lambda text: sum(word in text for word in wanted))
    result = pd.DataFrame(
        {
            "row_id": frame[key(table)[0]],
            "date": frame[dated] if dated else "",
            "text": frame[shown],
            "found": found,
        }
    )
    best = result[result["found"] > 0].sort_values("found", ascending=False, kind="stable")
    return best.head(rows).reset_index(drop=True)


def _folded(text: str) -> str:
    """A text in small letters and without accents, so that Coyoacan finds Coyoacán."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def fields(table: str, row_id: str) -> pd.DataFrame:
    """What the record has of one row: a line for each field that a claim can be about.

    Columns: ``field``, ``value`` (as the record writes it) and ``meaning``. Look here how a value
    is written before you assert another.

    Raises KeyError for an unknown table or row.
    """
    if table not in schemas() or len(key(table)) > 1:
        raise KeyError(f"there is no table {table!r} of named rows: {', '.join(SEARCHED)}")
    frame = load(table).set_index(key(table)[0])
    if row_id not in frame.index:
        raise KeyError(f"{table} has no row {row_id!r}: look_up(words, table={table!r}) finds rows")
    row = frame.loc[row_id]
    meant = {
        field["name"]: field.get("description", "")
        for field in schemas()[table]["fields"]
        if field["name"] in row.index and field["name"] != "note"
    }
    values = [("" if pd.isna(row[name]) else str(row[name])) for name in meant]
    return pd.DataFrame({"field": list(meant), "value": values, "meaning": list(meant.values())})


def new_claim(
    claim: str, *, table: str = "", row_id: str = "", field: str = "", asserted: str = ""
) -> dict[str, str]:
    """A claim in the form that `judge` and `judge_all` take; it says which step is still missing.

    claim: what the text says, in your own words. table, row_id, field: the cell of the record
    that it is about. asserted: what the claim says of that cell, written as the record writes it:
    a date as 1917-11-07, 1917-11 or 1917 (New Style), a place as its place_id, a number as digits.
    A judgement that no cell can decide has no table: it stays an interpretation. A claim that could
    be checked, but of which no row speaks, has the table "none": the record cannot tell.

    Raises ValueError that names the next step, KeyError for a table, row or field that is none.
    """
    made = {"claim": claim, "table": table, "row_id": row_id, "field": field, "asserted": asserted}
    made = {name: str(value).strip() for name, value in made.items()}
    if not made["claim"]:
        raise ValueError("step 1: say in your own words what the text claims: new_claim('...')")
    if not made["table"]:
        if made["row_id"] or made["field"] or made["asserted"]:
            raise ValueError(f"step 2: say in which table: one of {', '.join(SEARCHED)}")
        return made
    if made["table"] == NOWHERE:
        return made
    if not made["row_id"]:
        raise ValueError(f"step 3: find the row: look_up('some words', table={table!r})")
    if not made["field"]:
        raise ValueError(f"step 4: choose the field: fields({table!r}, {row_id!r})")
    if made["field"] in _PROSE:
        raise ValueError(f"step 4: {made['field']} is running text: choose a field of one fact")
    if not made["asserted"]:
        raise ValueError("step 5: write in asserted=... what the claim says of that field")
    judge(made)
    return made
