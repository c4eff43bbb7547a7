"""Numbers over time that are points and not a series, and lives that end one after the other."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.accounts import describe
from helpers.calendars import plain
from helpers.dates import parse
from helpers.demands import require_columns, require_values, rows_of
from helpers.figures import axes, empty, styled
from helpers.meanings import looks
from helpers.palette import MARKERS, PALETTE, tint
from helpers.scales import marker_legend, time_axis
from helpers.wording import number, sentence_case


@styled
def points(
    table: pd.DataFrame,
    *,
    date: str,
    value: str,
    unit: str,
    group: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Dated numbers as points that nothing joins: between two of them nobody counted.

    date: a date column with its ``_earliest`` and ``_latest``, as `load` gives them; a number
    whose day is unsure lies in the middle of a bar as wide as the doubt. group: a column that
    sets colour and marker, such as the source. unit: what is counted.

    Raises TypeError or ValueError when a column or a value is missing.
    """
    bounds = [f"{date}_earliest", f"{date}_latest"]
    wanted = [date, *bounds, value, *([group] if group else [])]
    require_columns(table, wanted, "points")
    require_values(table, wanted, "points")
    ax = axes(ax)
    if table.empty:
        return empty(ax, f"no {unit} to draw")
    look = looks(table[group] if group else [""], MARKERS)
    for name, (colour, marker) in look.items():
        some = rows_of(table, group, name)
        start, end = some[bounds[0]], some[bounds[1]]
        ax.hlines(some[value], start, end, color=colour, linewidth=1.5)
        middle = start + (end - start) / 2
        ax.plot(middle, some[value], marker, color=colour, markersize=8, clip_on=False)
    ax.set_ylim(0, table[value].max() * 1.08)
    ax.set_ylabel(sentence_case(unit))
    ax.yaxis.set_major_formatter(lambda tick, _: number(tick))
    _time_below(ax)
    if group:
        marker_legend(ax, look)
    told = [
        f"{number(one[value])} ({plain(one[date])})"
        for _, one in table.sort_values(bounds[0]).iterrows()
    ]
    words = f"{len(table)} points, in {unit}: {', '.join(told)}."
    held = table.sort_values(bounds[0])[wanted].rename(columns={value: unit})
    held[date] = held[date].map(plain)
    return describe(ax, words, held[[date, unit, *([group] if group else [])]])


@styled
def survival(people: pd.DataFrame, *, since: str, ax: Axes | None = None) -> Axes:
    """How many of a group were still alive, step by step, from a day on.

    people: a row for each person with ``died``, ``died_earliest`` and ``died_latest``, as `load`
    gives them. since: the day on which the count starts (EDTF). Where a day of death is unsure,
    the line falls at the last possible day and a pale band shows how early it may have fallen.
    People whose death is not known are not in the line; the description counts them. The method
    is the product-limit estimate of Kaplan and Meier (1958) for the simplest case, in which all
    are watched to the end.

    Raises TypeError or ValueError when a column is missing.
    """
    require_columns(people, ["died", "died_earliest", "died_latest"], "survival")
    known = people.dropna(subset=["died"])
    ax = axes(ax)
    if known.empty:
        return empty(ax, "no deaths to draw")
    start = pd.Timestamp(parse(since).earliest)
    latest, earliest = (_steps(known[f"died_{end}"], start) for end in ("latest", "earliest"))
    ax.step(latest.index, latest, where="post", color=PALETTE["blue"], linewidth=2)
    days = latest.index.union(earliest.index)
    both = (one.reindex(days).ffill() for one in (earliest, latest))
    edge = {"facecolor": tint(PALETTE["blue"]), "edgecolor": PALETTE["blue"], "linewidth": 0.8}
    ax.fill_between(days, *both, step="post", **edge)
    ax.set_ylim(0, len(known) * 1.05)
    ax.locator_params(axis="y", integer=True)
    ax.set_ylabel("People alive")
    _time_below(ax)
    last = known["died_latest"].max()
    unknown = len(people) - len(known)
    left_out = f" Of {unknown} more the death is not known." if unknown else ""
    half = latest[latest <= len(known) / 2].index[0].year
    return describe(
        ax,
        f"Steps from {len(known)} people alive {plain(since)} down to none in {last.year}; "
        f"half of them were dead by {half}.{left_out}",
        _table_of_steps(known),
    )


def _steps(deaths: pd.Series, start: pd.Timestamp) -> pd.Series:
    """How many are alive from each day of a death on, the first day included."""
    days = deaths.sort_values()
    alive = pd.Series(range(len(days) - 1, -1, -1), index=days.to_list())
    alive = alive[~alive.index.duplicated(keep="last")]
    return pd.concat([pd.Series([len(days)], index=[start]), alive])


def _table_of_steps(known: pd.DataFrame) -> pd.DataFrame:
    """For each number of people alive the days from which there were no more than these."""
    early, late = (known[f"died_{end}"].sort_values().to_list() for end in ("earliest", "latest"))
    alive = range(len(known) - 1, -1, -1)
    return pd.DataFrame(
        {"people alive": alive, "from, at the earliest": early, "at the latest": late}
    )


def _time_below(ax: Axes) -> None:
    """Time along the bottom, and faint lines to read the heights by."""
    time_axis(ax)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=PALETTE["light"], linewidth=0.6)
    ax.margins(x=0.03)
