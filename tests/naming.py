"""What the name of a row says: many rows are named after what stands in them.

A name is given once and cited elsewhere, so that a value which no longer fits it has changed.
"""

import re
import unicodedata

import pandas as pd

from helpers.tables import key

# Columns whose value stands in the name of each row of the table.
NAMED_AFTER = {
    "vote_members": ("vote_id", "person_id"),
    "splits": ("parent_id", "child_id"),
    "claims": ("sentence",),
    "chapters": ("text_id", "chapter_no"),
    "strikes_quarterly": ("cause",),
    "strikes_annual": ("country", "cause"),
    "wages_moscow": ("month",),
    "prices_moscow": ("good",),
    "moscow_duma": ("month", "party"),
    "constituent_petrograd": ("party",),
    "constituent_districts": ("district",),
    "constituent_towns": ("town", "voters"),
    "constituent_national": ("count_id", "measure"),
    "congress_delegates": ("congress", "group"),
    "red_army": ("date", "counted", "source_id"),
    "civil_war_deaths": ("cause", "estimate"),
    "sentences": ("year", "sentence"),
    "great_terror": ("measure",),
    "industry": ("series",),
    "train": ("counted",),
    "writing_about_trotsky": ("date",),
    "dewey_sessions": ("session",),
    "central_committee_1917": ("person_id",),
    "circle": ("person_id", "group"),
    "whereabouts": ("place_id",),
    "trial_defendants": ("trial", "name"),
    "books_on_trotsky": ("year",),
    "rehabilitations": ("person_id",),
}


def misnamed(table: pd.DataFrame, name: str) -> list[str]:
    """Each row whose name does not hold what stands in a column after which it is named."""
    (row_id,) = key(name)
    return [
        f"{named} has the {column} {value}"
        for column in NAMED_AFTER[name]
        for named, value in zip(table[row_id], table[column], strict=True)
        if pd.notna(value) and as_name(value) not in named
    ]


def as_name(value: object) -> str:
    """A value as it stands in names: small letters without accents, and hyphens.

    >>> as_name("Left SRs (the SR list)")
    'left-srs-the-sr-list'
    >>> as_name("Women's League")
    'womens-league'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(str(value)).replace("'", "")).strip("-")


def folded(text: str) -> str:
    """A text in small letters without accents.

    >>> folded("Coyoac\u00e1n")
    'coyoacan'
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
