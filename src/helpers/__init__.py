"""Trotsky in data: what the lessons import.

from helpers import check, load, show, timeline
"""

from helpers.bibliography import bibtex, cite, csl_json
from helpers.calendars import new_style, old_style, plain
from helpers.charts import bars, columns, dots, panels
from helpers.checks import check
from helpers.claims import judge, judge_all
from helpers.dates import age, days_between, parse, weekday
from helpers.evidence import attestations, standing, standings, witnesses
from helpers.figures import axes, show
from helpers.maps import map_places, map_route
from helpers.networks import circle, vote_grid
from helpers.series import points, survival
from helpers.tables import load
from helpers.timelines import spans, timeline

__all__ = [
    "age",
    "attestations",
    "axes",
    "bars",
    "bibtex",
    "check",
    "circle",
    "cite",
    "columns",
    "csl_json",
    "days_between",
    "dots",
    "judge",
    "judge_all",
    "load",
    "map_places",
    "map_route",
    "new_style",
    "old_style",
    "panels",
    "parse",
    "plain",
    "points",
    "show",
    "spans",
    "standing",
    "standings",
    "survival",
    "timeline",
    "vote_grid",
    "weekday",
    "witnesses",
]
