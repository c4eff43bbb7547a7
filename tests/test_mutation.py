"""Faults on purpose: targets are met, text and tables agree, each survivor has a reason.

The faults themselves are tried by `make mutate`, which takes hours. Here are only their makers.
"""

import re
import sys
from collections import Counter
from functools import cache
from types import ModuleType

import pytest
from lessons import ROOT
from mutation import cells, report
from mutation.calls import Calls
from mutation.in_place import (
    NotInPlaceError,
    change,
    changed_functions,
    functions_of,
    put_constants,
    put_functions,
)

from helpers.tables import names

CODE, DATA = 0.85, 0.95  # what must be noticed, at least
TEXT = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")


def rows(what: str) -> list[dict[str, str]]:
    return [one for one in report.read(report.COUNTS) if one["what"] == what]


def test_every_row_adds_up_and_the_survivors_are_listed():
    for one in report.read(report.COUNTS):
        noticed = sum(int(one[name]) for name in (*report.NOTICED, "survived"))
        assert int(one["tried"]) == noticed > 0, one
    left = Counter(one["of"] for one in report.read(report.SURVIVORS))
    counted = Counter()
    for one in report.read(report.COUNTS):
        counted[one["of"]] += int(one["survived"])
    assert left == +counted


@pytest.mark.parametrize("subject", ["dates", "evidence", "check", "tables"])
def test_most_faults_in_the_code_are_noticed(subject):
    tried = [one for one in rows("code") if one["subject"] == subject]
    assert report.score(tried, *report.NOTICED) >= CODE


def test_nearly_all_faults_in_the_data_are_noticed():
    assert report.score(rows("data"), *report.NOTICED) >= DATA
    assert sum(int(one["tried"]) for one in rows("data")) >= 400
    assert {one["of"] for one in rows("data")} == set(names()) - set(cells.LEFT_OUT)


def test_each_survivor_has_a_reason():
    assert [one for one in report.read(report.SURVIVORS) if not one["reason"]] == []


def test_the_text_says_what_the_tables_say():
    stated = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) % \|$", TEXT, flags=re.MULTILINE)
    assert stated == [tuple(map(str, one)) for one in report.summary(report.read(report.COUNTS))]


def test_a_missed_target_is_told():
    row = {"tried": "10", "rule": "6", "record": "2", "lesson": "0", "survived": "2"}
    assert report.score([row], *report.NOTICED) == 0.8
    assert report.score([row], "rule") == 0.6


def trial(by: str, after: str = "1917-11-08") -> dict:
    about = {"what": "data", "subject": "life", "of": "events", "kind": "a day moved"}
    return {**about, "place": "october", "before": "1917-11-07", "after": after, "by": by}


def test_trials_are_counted_and_survivors_keep_their_reason():
    found = [trial("facts"), trial("codebook"), trial("", "1918"), trial("", "1919")]
    (counted,) = report.counts(found)
    assert [counted[name] for name in ("tried", "rule", "record", "survived")] == [4, 1, 1, 2]
    known = [{**trial("", "1918"), "reason": "nobody knows the day"}]
    left = report.survivors(found, known)
    assert [one["reason"] for one in left] == ["nobody knows the day", ""]


def test_each_kind_of_fault_is_made():
    place = {"place_id": "odessa", "lat": "46.4", "lon": "30.7"}
    fields = [{"name": name, "type": "number"} for name in place]
    chance = cells.random.Random(1)
    made = {kind: row for kind, _, row in cells._changes("places", place, fields, {}, chance)}
    assert made["coordinates swapped"] == {"place_id": "odessa", "lat": "30.7", "lon": "46.4"}
    assert cells._other_calendar("date", "1917-11-07") == "1917-10-25"
    assert cells._other_calendar("date_os", "1917-10-25") == "1917-11-07"
    assert cells._other_calendar("date", "1924-01-21") == ""
    assert cells.moved("1900-02-29") == "1900-02-28"


WHOLE = """
from functools import cache
LENGTH = 7
def days(weeks): return weeks * LENGTH
@cache
def kept(weeks): return days(weeks) + 1
class Week:
    start = "Monday"
    def named(self, lead="on"): return lead + " Monday"
    @property
    def number(self): return [one + 1 for one in (1,)][0]
    @staticmethod
    def half(): return 3.5
"""


@pytest.fixture
def loaded():
    """A small module, loaded, and what another module has imported from it."""
    module = ModuleType("small")
    module.cache = cache
    exec(compile(WHOLE, "small", "exec"), vars(module))  # noqa: S102
    imported = dict(vars(module))
    return module, imported


@pytest.mark.parametrize(
    ("before", "after", "name", "seen", "expected"),
    [
        ("weeks * L", "weeks + L", "days", lambda it: it["days"](2), 9),
        ("(weeks) + 1", "(weeks) + 2", "kept", lambda it: it["kept"](2), 16),
        ('" Monday"', '" Sunday"', "Week.named", lambda it: it["Week"]().named(), "on Sunday"),
        ("one + 1", "one - 1", "Week.number", lambda it: it["Week"]().number, 0),
        ("3.5", "4.5", "Week.half", lambda it: it["Week"].half(), 4.5),
    ],
)
def test_a_fault_in_a_function_is_seen_by_who_has_imported_it(
    loaded, before, after, name, seen, expected
):
    module, imported = loaded
    assert seen(imported) != expected
    changed = changed_functions(WHOLE, WHOLE.replace(before, after, 1))
    assert list(changed) == [name]
    put_functions(functions_of(module), changed)
    imported["kept"].cache_clear()
    assert seen(imported) == expected


def test_a_changed_constant_is_put_wherever_it_stands(loaded, monkeypatch):
    module, imported = loaded
    module.__file__ = "small.py"
    other = ModuleType("other")
    other.LENGTH, other.days = module.LENGTH, module.days
    for one in (module, other):
        monkeypatch.setitem(sys.modules, one.__name__, one)
    code = change(WHOLE, WHOLE.replace("= 7", "= 8"))
    assert put_constants(module, code) >= {"small", "other"}
    assert (module.LENGTH, other.LENGTH, other.days(2), module.days(2)) == (8, 8, 16, 16)
    assert module.days is imported["days"]


@pytest.mark.parametrize(
    ("before", "after"), [('= "Monday"', '= "Sunday"'), ('lead="on"', 'lead="in"')]
)
def test_a_fault_in_a_class_or_a_default_is_loaded_anew(before, after):
    with pytest.raises(NotInPlaceError):
        change(WHOLE, WHOLE.replace(before, after, 1))


@pytest.mark.parametrize("after", ["= 8", "= 7.0", "= True"])
def test_a_fault_in_a_constant_is_none_in_a_function(after):
    with pytest.raises(NotInPlaceError):
        changed_functions(WHOLE, WHOLE.replace("= 7", after, 1))


def test_a_kept_answer_still_tells_what_it_rests_on():
    calls = Calls({__file__: "here"})
    answer = calls.cache(lambda number: trial(str(number)))
    heard = []
    for number in (1, 1, 2):
        with calls.listening() as called:
            answer(number)
        heard.append(called)
    assert heard[0] == heard[1] == heard[2] >= {("here", "trial")}
    first = answer(1)
    calls.forget(lambda called: ("here", "another") in called)
    assert answer(1) is first
    calls.forget(lambda called: ("here", "trial") in called)
    assert answer(1) is not first
