"""Faults on purpose: targets are met, text and tables agree, each survivor has a reason.

The faults themselves are tried by `make mutate`, which takes hours. Here are only their makers.
"""

import re
from collections import Counter

import pytest
from lessons import ROOT
from mutation import cells, report

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
