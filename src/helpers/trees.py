"""Descent drawn: organisations that split, joined and took new names, as lines through time."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.accounts import describe
from helpers.demands import require_columns, require_values
from helpers.figures import axes, empty, styled
from helpers.layout import legend
from helpers.meanings import looks
from helpers.palette import DASHES, PALETTE
from helpers.scales import name_rows, time_axis

_MARGIN, _ROW = 1.2, 0.3  # inches for title and axis, and for an organisation


@styled
def descent(
    ties: pd.DataFrame, *, ends: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """A tree of descent: a line for each organisation, a step from parent to child at its date.

    ties: a row for each step with ``parent``, ``child`` (names as they are to be written),
    ``kind`` (split, fusion, renaming, section) and ``date_earliest``, as `load` gives it. ends:
    a table with ``name`` and ``ended_latest``, if it is known when lines stop; the others run to
    the right edge. A line starts at its first step, and that of an organisation without a parent
    a little before its first child. Children stand below their first parent.

    Raises TypeError or ValueError when a column or a value is missing.
    """
    wanted = ["parent", "child", "kind", "date_earliest"]
    require_columns(ties, wanted, "descent")
    require_values(ties, wanted, "descent")
    ties = ties.sort_values("date_earliest", kind="stable", ignore_index=True)
    names = _in_order(ties)
    ax = axes(ax, height=_MARGIN + _ROW * max(len(names), 3))
    if ties.empty:
        return empty(ax, "no descent to draw")
    first, last = ties["date_earliest"].min(), ties["date_earliest"].max()
    margin = (last - first) * 0.04 + pd.Timedelta(days=200)
    starts = _starts(ties, margin)
    stops = _stops(names, starts, ends, last + margin)
    lines = [[line[name] for name in names] for line in (starts, stops)]
    ax.hlines(range(len(names)), *lines, color=PALETTE["ink"], linewidth=1.6, zorder=2)
    kinds = looks(ties["kind"], DASHES)
    rows = {name: place for place, name in enumerate(names)}
    for kind, (colour, dash) in kinds.items():
        some = ties[ties["kind"] == kind]
        days, below = some["date_earliest"], some["child"].map(rows)
        ax.vlines(
            days,
            some["parent"].map(rows),
            below,
            color=colour,
            linestyle=dash,
            linewidth=1.6,
            zorder=1,
        )
        ax.plot(days, below, "o", color=colour, markersize=5, zorder=3)
    _finish(ax, names)
    legend(
        ax,
        [
            Line2D([], [], color=colour, linestyle=dash, marker="o", label=kind)
            for kind, (colour, dash) in kinds.items()
        ],
    )
    return describe(ax, _describe(ties, names), _table(ties, names, ends))


def _in_order(ties: pd.DataFrame) -> list[str]:
    """All organisations, each below its first parent and before that one's later children."""
    children: dict[str, list[str]] = {}
    parents: dict[str, str] = {}
    for parent, child in zip(ties["parent"], ties["child"], strict=True):
        parents.setdefault(child, parent)
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order:
            order.append(name)
            for child in children.get(name, []):
                visit(child)

    for name in ties["parent"]:
        if name not in parents:
            visit(name)
    for name in [*ties["parent"], *ties["child"]]:
        visit(name)
    return order


def _starts(ties: pd.DataFrame, margin: pd.Timedelta) -> dict[str, pd.Timestamp]:
    """When each line begins."""
    steps = [ties.set_index(role)["date_earliest"] for role in ("parent", "child")]
    first = pd.concat(steps).groupby(level=0).min()
    return first.where(first.index.isin(ties["child"]), first - margin).to_dict()


def _stops(
    names: list[str],
    starts: dict[str, pd.Timestamp],
    ends: pd.DataFrame | None,
    edge: pd.Timestamp,
) -> dict[str, pd.Timestamp]:
    """When each line stops: at its known end, or at the edge."""
    stops = dict.fromkeys(names, edge)
    if ends is not None:
        require_columns(ends, ["name", "ended_latest"], "descent")
        known = ends.dropna(subset=["ended_latest"]).set_index("name")["ended_latest"].to_dict()
        stops |= {name: max(known[name], starts[name]) for name in names if name in known}
    return stops


def _finish(ax: Axes, names: list[str]) -> None:
    name_rows(ax, names)
    time_axis(ax)
    ax.grid(axis="x", color=PALETTE["light"], linewidth=0.6)
    ax.margins(x=0.01)


def _table(ties: pd.DataFrame, names: list[str], ends: pd.DataFrame | None) -> pd.DataFrame:
    """Each step with its year, and under them the lines that are known to end."""
    steps = ties[["parent", "child", "kind"]].assign(year=ties["date_earliest"].dt.year)
    if ends is None:
        return steps
    known = ends[ends["name"].isin(names)].dropna(subset=["ended_latest"])
    years = known["ended_latest"].dt.year
    stops = pd.DataFrame({"parent": known["name"], "child": "", "kind": "end", "year": years})
    return pd.concat([steps, stops], ignore_index=True)


def _describe(ties: pd.DataFrame, names: list[str]) -> str:
    counts = ties["kind"].value_counts()
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    steps = "; ".join(
        f"{tie.date_earliest.year} {tie.kind}: {tie.parent} to {tie.child}"
        for tie in ties.itertuples()
    )
    return f"Tree of {len(names)} organisations and {len(ties)} steps ({kinds}). {steps}."
