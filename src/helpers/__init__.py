"""Trotsky in data: what the lessons import.

from helpers import check, load, show, timeline
"""

from helpers import cacheless as cacheless  # before matplotlib
from helpers.answers import my_answers
from helpers.bibliography import bibtex, cite, csl_json
from helpers.calendars import new_style, old_style, plain
from helpers.charts import bars, columns, dots, panels
from helpers.checks import check, check_form
from helpers.claim_form import fields, look_up, new_claim, sentences
from helpers.claims import judge, judge_all
from helpers.clock import hours
from helpers.dates import age, days_between, parse, weekday
from helpers.display import show_tables_with_headers
from helpers.durations import spans
from helpers.evidence import attestations, standing, standings, witnesses
from helpers.figures import axes, show
from helpers.grids import heatmap, matrix, vote_grid
from helpers.keeping import save_my_work
from helpers.maps import map_places, map_route
from helpers.networks import circle
from helpers.series import points, survival
from helpers.tables import load
from helpers.timelines import timeline
from helpers.trees import descent
from helpers.words import distances, distinctive

__all__ = [
    "age",
    "attestations",
    "axes",
    "bars",
    "bibtex",
    "check",
    "check_form",
    "circle",
    "cite",
    "columns",
    "csl_json",
    "days_between",
    "descent",
    "distances",
    "distinctive",
    "dots",
    "fields",
    "heatmap",
    "hours",
    "judge",
    "judge_all",
    "load",
    "look_up",
    "map_places",
    "map_route",
    "matrix",
    "my_answers",
    "new_claim",
    "new_style",
    "old_style",
    "panels",
    "parse",
    "plain",
    "points",
    "save_my_work",
    "sentences",
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

show_tables_with_headers()
