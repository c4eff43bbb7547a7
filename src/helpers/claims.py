"""Claims held against the record: is it true what a short life says of Trotsky, and why.

A claim points to one field of one row and says what it asserts of it. The verdict is computed
from that row and from everything that the sources say of it; it is never stored:

- *supported*: the record says so, and no independent source speaks against it
- *imprecise*: near the truth, but not it: part of a span, the other calendar, another role
- *contradicted*: it cannot be true if the record is
- *contested*: independent sources disagree, and one of them says what the claim says
- *interpretation*: a judgement that no date or number can decide
- *cannot tell*: the record has no answer, or one that is too coarse
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.calendars import new_style, plain
from helpers.dates import age, loose_bounds, overlap, parse, parts
from helpers.evidence import contains, span_of_numbers, standing, testimony
from helpers.tables import key, load, schemas

# How far a number may be off and still count as imprecise rather than wrong: one tenth.
NEAR = 0.1
# The table of a claim that could be checked, but of which no row of the record speaks.
NOWHERE = "none"


class Finding(NamedTuple):
    """A verdict, and the reason for it in words."""

    verdict: str
    reason: str


def judge(claim: Mapping[str, Any]) -> Finding:
    """How a claim stands, and why.

    A claim has the columns of the claims table. ``asserted`` is written like the field that it is
    about: an EDTF date in New Style, a place_id, a number, a word. A date may also be asserted as
    ``before EVENT_ID``, ``after EVENT_ID`` or ``aged YEARS`` (the person of the row, or Trotsky),
    and a person in an event as ``PERSON_ID`` or ``PERSON_ID as ROLE`` (table event_people). The
    table ``none`` stands for a claim that could be checked, but of which no row speaks.

    Raises KeyError for an unknown table, row or field, ValueError for a date that is none.

    >>> judge({"table": "people", "row_id": "trotsky", "field": "died", "asserted": "1941"})[0]
    'contradicted'
    """
    table, row_id, field, asserted = (
        _text(claim.get(name)) for name in ("table", "row_id", "field", "asserted")
    )
    if not table:
        return Finding("interpretation", "No date, place or number can decide this: it is judged.")
    if table == NOWHERE:
        return Finding("cannot tell", "No row of the record speaks of this.")
    if table == "event_people":
        return _judge_person(row_id, asserted)
    value = _value(table, row_id, field)
    if not value:
        return Finding("cannot tell", f"The record does not say: {table}.{field} is empty here.")
    if asserted.startswith(("before ", "after ")):
        return _judge_order(value, asserted)
    if asserted.startswith("aged "):
        return _judge_age(row_id if table == "people" else "trotsky", value, asserted)
    if (table, field) == ("places", "state_then"):
        return _judge_state(row_id, asserted)
    said = [one.value for one in testimony(table, row_id, field) if one.value]
    facts = _Facts(asserted, value, said, _standing(table, row_id, field))
    if field in _dates(table):
        return _judge_date(facts)
    if field == "place_id" or field.endswith("_place_id"):
        return _judge_place(facts)
    return _judge_number(facts) if span_of_numbers(value) else _judge_word(facts)


def judge_all(claims: pd.DataFrame | None = None) -> pd.DataFrame:
    """A table of claims, or that of the short life, with two more columns: verdict and reason.

    Raises KeyError and ValueError as `judge` does.
    """
    table = load("claims") if claims is None else claims
    findings = [judge(claim) for claim in table.to_dict("records")]
    return table.assign(
        verdict=[one.verdict for one in findings], reason=[one.reason for one in findings]
    )


class _Facts(NamedTuple):
    """A claim beside what the record has: the row's value, what the sources say, the standing."""

    asserted: str
    value: str
    said: list[str]
    standing: str

    def finding(self, verdict: str, record: str, claim: str) -> Finding:
        told = f"The record has {record} ({self.standing}), the claim {claim}."
        return Finding(verdict, told)


def _judge_date(facts: _Facts) -> Finding:
    asserted, value = facts.asserted, facts.value
    words = plain(value), plain(asserted)
    everybody = [value, *facts.said]
    if all(_covers(asserted, one) for one in everybody):
        return facts.finding("supported", *words)
    if facts.standing == "contested" and any(overlap(asserted, one) for one in everybody):
        return facts.finding("contested", *words)
    if not overlap(asserted, value):
        other_calendar = parse(asserted).precision == "day" and new_style(asserted) == value
        return facts.finding("imprecise" if other_calendar else "contradicted", *words)
    if _covers(asserted, value) or _same_ends(asserted, value):
        return facts.finding("supported", *words)
    if _covers(value, asserted) and parse(value).precision != "span":
        stated = any(_covers(asserted, one) for one in facts.said)
        return facts.finding("supported" if stated else "cannot tell", *words)
    return facts.finding("imprecise", *words)


def _judge_order(value: str, asserted: str) -> Finding:
    """A claim that something came before or after an event."""
    word, _, event_id = asserted.partition(" ")
    other = _value("events", event_id, "date")
    (start, end), (other_start, other_end) = loose_bounds(value), loose_bounds(other)
    title = _value("events", event_id, "title")
    told = (
        f"The record has {plain(value)}; the claim needs a day {word} {title!r} ({plain(other)})."
    )
    if end < other_start or other_end < start:
        truly = "before" if end < other_start else "after"
        return Finding("supported" if truly == word else "contradicted", told)
    return Finding("cannot tell", f"{told} The two can overlap.")


def _judge_age(person_id: str, value: str, asserted: str) -> Finding:
    """A claim of somebody's age, in completed years, on the day of the row."""
    years = age(_value("people", person_id, "born"), value)
    claimed = _numbers(asserted.removeprefix("aged "))
    told = f"On {plain(value)} the age was {' or '.join(map(str, sorted(set(years))))}."
    if claimed[0] <= years[0] and years[1] <= claimed[1]:
        return Finding("supported", told)
    return Finding("cannot tell" if _meet(claimed, years) else "contradicted", told)


def _judge_place(facts: _Facts) -> Finding:
    if contains(facts.asserted, facts.value):
        verdict = "contested" if facts.standing == "contested" else "supported"
    elif contains(facts.value, facts.asserted):
        verdict = "cannot tell"
    else:
        verdict = "contested" if facts.asserted in facts.said else "contradicted"
    return facts.finding(verdict, _place(facts.value), _place(facts.asserted))


def _judge_state(place_id: str, asserted: str) -> Finding:
    """A claim that a place lay in a country: of then, or only of today."""
    then, now = (_value("places", place_id, field) for field in ("state_then", "country_now"))
    told = f"Then it lay in {then}, today in {now}; the claim says {asserted}."
    if asserted.casefold() in then.casefold():
        return Finding("supported", told)
    return Finding("imprecise" if asserted.casefold() == now.casefold() else "contradicted", told)


def _judge_number(facts: _Facts) -> Finding:
    words = facts.value, facts.asserted
    claimed = _numbers(facts.asserted)
    spans = [span_of_numbers(one) for one in (facts.value, *facts.said)]
    agreeing = [span for span in spans if span and _meet(claimed, span)]
    if len(agreeing) == len(spans):
        return facts.finding("supported", *words)
    if agreeing:
        return facts.finding("contested", *words)
    low, high = spans[0]
    near = _meet(claimed, (low * (1 - NEAR), high * (1 + NEAR)))
    return facts.finding("imprecise" if near else "contradicted", *words)


def _judge_word(facts: _Facts) -> Finding:
    claimed = facts.asserted.casefold()
    agreeing = [one.casefold() == claimed for one in (facts.value, *facts.said)]
    verdict = "contested" if any(agreeing) else "contradicted"
    return facts.finding("supported" if all(agreeing) else verdict, facts.value, facts.asserted)


def _judge_person(event_id: str, asserted: str) -> Finding:
    """A claim that somebody had a part in an event, or one part in particular."""
    person_id, _, role = asserted.partition(" as ")
    _value("events", event_id, "title")
    name = _value("people", person_id, "name")
    present = _people_of().get(event_id, [])
    roles = [one for who, one in present if who == person_id]
    if roles and (not role or role in roles):
        return Finding("supported", f"The record lists {name} there ({', '.join(roles)}).")
    if roles:
        return Finding("imprecise", f"The record lists {name} as {', '.join(roles)}, not {role}.")
    others = [who for who, one in present if not role or one == role]
    if not others:
        return Finding("cannot tell", f"The record lists nobody as {role or 'taking part'}.")
    names = ", ".join(_value("people", who, "name") for who in others)
    return Finding("contradicted", f"The record lists {names}, not {name}.")


def _covers(wide: str, narrow: str) -> bool:
    """Whether all that one date can mean lies within the other."""
    start, end = loose_bounds(wide)
    return start <= parse(narrow).earliest and parse(narrow).latest <= end


def _same_ends(one: str, other: str) -> bool:
    """Whether two spans begin and end at dates that can be the same."""
    if not parse(one).precision == parse(other).precision == "span":
        return False
    pairs = zip(parts(one), parts(other), strict=True)
    return all(overlap(first, second) for first, second in pairs)


def _numbers(text: str) -> tuple[float, float]:
    span = span_of_numbers(text)
    if span is None:
        raise ValueError(f"{text!r} is no number: write 60, or 21/30 for a range")
    return span


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _place(place_id: str) -> str:
    return _value("places", place_id, "name_then")


def _value(table: str, row_id: str, field: str) -> str:
    """The text of one cell; raises KeyError that says what there is instead."""
    if table not in schemas():
        raise KeyError(f"there is no table {table!r}; choose one of {', '.join(schemas())}")
    rows = _rows(table)
    if row_id not in rows:
        raise KeyError(f"the table {table} has no row {row_id!r}; look in load({table!r})")
    if field not in rows[row_id]:
        raise KeyError(f"{table} has no field {field!r}; choose one of {', '.join(rows[row_id])}")
    return _text(rows[row_id][field])


@cache
def _dates(table: str) -> frozenset[str]:
    """The date columns of a table that are New Style."""
    columns = load(table).columns
    return frozenset(name for name in columns if f"{name}_earliest" in columns)


@cache
def _people_of() -> dict[str, list[tuple[str, str]]]:
    """Who had a part in each event, and which."""
    rows = load("event_people")
    found: dict[str, list[tuple[str, str]]] = {}
    for event_id, *part in zip(rows["event_id"], rows["person_id"], rows["role"], strict=True):
        found.setdefault(event_id, []).append(tuple(part))
    return found


@cache
def _rows(table: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by their names: to look one up in a table takes far longer."""
    return load(table).set_index(key(table)[0]).to_dict("index")


def _standing(table: str, row_id: str, field: str) -> str:
    """How the field stands; where no source states it by itself, how its row stands."""
    of_field = standing(table, row_id, field)
    if of_field != "unattested":
        return of_field
    return f"not stated by itself; the row is {standing(table, row_id)}"


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
