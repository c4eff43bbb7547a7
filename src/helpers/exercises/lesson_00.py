"""Exercises of lesson 00, Start here."""

from helpers.calendars import new_style
from helpers.dates import weekday
from helpers.evidence import attestations, witnesses
from helpers.exercise import Exercise, Slip
from helpers.tables import load


def _count(weight: int) -> int:
    return int((load("events")["weight"] == weight).sum())


def _event(event_id: str, column: str = "date") -> str:
    return load("events").set_index("event_id").loc[event_id, column]


def _birth_witnesses() -> int:
    return int(witnesses("events", "date")["birth-1879"])


def _dissenting_day() -> str:
    """The wrong day that most sources give for the birth, in Old Style."""
    stated = attestations("events", "birth-1879", "date").query("calendar == 'os'")["stated"]
    return stated[stated != _event("birth-1879", "date_os")].mode()[0]


def _birth_witnesses_who_agree() -> int:
    birth = attestations("events", "birth-1879", "date")
    days = [_event("birth-1879"), _event("birth-1879", "date_os")]
    return birth[birth["stated"].isin(days)]["lineage"].nunique()


EXERCISES = {
    "00.1": Exercise(
        task="Count the rows of events whose weight is 1.",
        form="number",
        answer=lambda: _count(1),
        finding="These are the events that only a full account would tell.",
        slips=(
            Slip(lambda: len(load("events")), "That counts all events. Filter by weight first."),
            Slip(
                lambda: _count(3),
                "That is the number of the most important events. Which weight did the task name?",
            ),
            Slip(
                lambda: len(load("events")) - _count(1),
                "You counted all but the rows that were asked for. Use == and not !=.",
            ),
        ),
    ),
    "00.2": Exercise(
        task="Find the row birth-1879 and give its New Style date to weekday().",
        form="text",
        answer=lambda: weekday(_event("birth-1879")),
        finding="The genealogists Wolfgang and Petra Lubitz name the same weekday.",
        slips=(
            Slip(
                lambda: weekday(_event("birth-1879", "date_os")),
                "You asked for the weekday of the Old Style date, as if it were New Style. "
                "weekday() needs the New Style date.",
            ),
            Slip(
                lambda: weekday(new_style(_dissenting_day())),
                "That is the weekday of the day that some sources print by mistake. Take the date "
                "from the table events.",
            ),
            Slip(
                lambda: weekday(_event("october-rising-1917")),
                "That is the weekday of the rising above. Look up the row of his birth.",
            ),
        ),
    ),
    "00.3": Exercise(
        task="Count the different values in the column lineage of birth.",
        form="number",
        answer=_birth_witnesses,
        finding="Several sources share a lineage, so there are fewer witnesses than sources.",
        slips=(
            Slip(
                lambda: len(attestations("events", "birth-1879", "date")),
                "That counts the sources. Some of them share a lineage: count each one once, "
                "for example with nunique().",
            ),
            Slip(
                lambda: attestations("events", "birth-1879", "date")["stated"].nunique(),
                "That counts the different dates that are stated. The task asks for lineages.",
            ),
            Slip(
                _birth_witnesses_who_agree,
                "You left out the lineages that give another day. They are witnesses too.",
            ),
        ),
    ),
}
