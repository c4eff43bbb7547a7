"""What the sources say of a row, as every page shows it."""

import html
import re
from functools import cache
from typing import Any

from course_site import names
from course_site.facts import attested
from course_site.markup import link, table, text
from helpers.bibliography import cite
from helpers.evidence import standing
from helpers.record import HOW_STANDS, stated


@cache
def citation(source_id: str) -> str:
    """The full citation of a source as HTML, with its title as such."""
    words = html.escape(cite(source_id), quote=False)
    return re.sub(r"\*(.+)\*", r"<cite>\1</cite>", words)


def source_table(table_name: str, row_id: str) -> str:
    """A table of what each source says of a row; nothing where no source speaks of it."""
    rows = [_row(one) for one in attested(table_name, row_id)]
    return table("What the sources say", ("Source", "Says", "Lineage", "Remark"), rows)


def short_sources(table_name: str, row_id: str) -> str:
    """Links to the sources of a row, under their short names."""
    found = dict.fromkeys(one.source_id for one in attested(table_name, row_id))
    return "; ".join(names.source(source_id) for source_id in found)


def how_it_stands(table_name: str, row_id: str) -> str:
    """How a row stands, in words that link to their meaning."""
    return link("data", HOW_STANDS[standing(table_name, row_id)], "how")


def _row(one: Any) -> tuple[str, ...]:
    said = stated(one) + (f", a {one.weekday}" if one.weekday else "")
    return (
        f"{names.source(one.source_id)}, {text(one.locator)}",
        text(said),
        text(one.lineage),
        text(one.note),
    )
