"""Trotsky in data: what the lessons import.

from helpers import check, load, show, timeline
"""

from helpers.bibliography import bibtex, cite, csl_json
from helpers.calendars import new_style, old_style, plain
from helpers.charts import bars
from helpers.checks import check
from helpers.claims import judge, judge_all
from helpers.dates import age, days_between, parse, weekday
from helpers.evidence import attestations, standing, standings, witnesses
from helpers.figures import axes, show
from helpers.maps import map_places, map_route
from helpers.tables import load
from helpers.timelines import spans, timeline

__all__ = [
    "age",
    "attestations",
    "axes",
    "bars",
    "bibtex",
    "check",
    "cite",
    "csl_json",
    "days_between",
    "judge",
    "judge_all",
    "load",
    "map_places",
    "map_route",
    "new_style",
    "old_style",
    "parse",
    "plain",
    "show",
    "spans",
    "standing",
    "standings",
    "timeline",
    "weekday",
    "witnesses",
]
