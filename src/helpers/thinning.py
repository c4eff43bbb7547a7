"""Fewer rows where a figure could not be read with all of them; and words that say so."""

import numpy as np
import pandas as pd

MOST = 120  # rows with a label each: a figure of some three pages


def thinned(table: pd.DataFrame, what: str, most: int = MOST) -> tuple[pd.DataFrame, str]:
    """The rows to draw, in their order, and a sentence where they are not all.

    Where the table has a ``weight``, the heaviest stay. Of those that are equal, as many as there
    is room for stay, at even distances, so that the rows still reach from the first to the last.

    >>> rows, said = thinned(pd.DataFrame({"weight": [1, 3, 2]}), "events", 2)
    >>> list(rows["weight"]), said
    ([3, 2], '2 of 3 events are drawn: those of the greatest weight')
    """
    if len(table) <= most:
        return table, ""
    weights = table["weight"].fillna(0).to_numpy() if "weight" in table else np.zeros(len(table))
    chosen = np.zeros(len(table), dtype=bool)
    for weight in np.unique(weights)[::-1]:
        equal, room = np.flatnonzero(weights == weight), most - chosen.sum()
        if len(equal) > room:
            equal = equal[np.linspace(0, len(equal) - 1, room).round().astype(int)]
        chosen[equal] = True
    how = "those of the greatest weight" if len(set(weights)) > 1 else "at even distances"
    return table[chosen], f"{most:,} of {len(table):,} {what} are drawn: {how}"
