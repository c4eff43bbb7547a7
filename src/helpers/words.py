"""Words counted: what sets one text apart from others, and how near texts are to one another."""

import numpy as np
import pandas as pd

from helpers.demands import require_columns

_NOUGHT = 1e-12  # what is smaller is an error of rounding


def distinctive(counts: pd.DataFrame, *, text: str, by: str = "text_id") -> pd.DataFrame:
    """The words of one text that set it apart from all others, the most telling first.

    counts: a row for each word with ``token``, ``count`` and the column `by`, whose value `text`
    names the one text. The table that comes back has ``token``, ``count`` (in the text),
    ``per_1000`` (in the text), ``others_per_1000`` and ``log_likelihood``: how badly one common
    rate would explain both counts. Only words that are more frequent in the text are listed.

    The method is the log-likelihood ratio of T. Dunning, "Accurate Methods for the Statistics of
    Surprise and Coincidence", Computational Linguistics 19 (1993), in the two-cell form of P.
    Rayson and R. Garside (2000). It ranks; it proves nothing of a text's author.

    Raises ValueError when a column is missing, or no row or every row belongs to the text.
    """
    require_columns(counts, ["token", "count", by], "distinctive")
    inside = counts[by] == text
    if inside.all() or not inside.any():
        known = ", ".join(sorted(counts[by].astype(str).unique()))
        raise ValueError(f"distinctive() compares {text!r} with others; {by} has only: {known}")
    counts = counts[["token", "count"]]  # a copy of the other columns would take much memory
    own = counts[inside].groupby("token")["count"].sum()
    total = counts.groupby("token", sort=False)["count"].sum()
    table = pd.DataFrame({"count": own, "others": total.loc[own.index] - own})
    size = own.sum()
    other_size = total.sum() - size
    common = (table["count"] + table["others"]) / (size + other_size)
    surprise = _part(table["count"], common * size) + _part(table["others"], common * other_size)
    table = table.assign(
        per_1000=1000 * table["count"] / size,
        others_per_1000=1000 * table["others"] / other_size,
        log_likelihood=2 * surprise,
    )
    more = table[table["per_1000"] > table["others_per_1000"]].drop(columns="others")
    more = more.sort_values(["log_likelihood", "count"], ascending=False, kind="stable")
    return more.astype({"count": int}).reset_index(names="token")


def distances(counts: pd.DataFrame, *, words: int = 150, by: str = "text_id") -> pd.DataFrame:
    """How far each text is from each other in its use of the commonest words: 0 is the same.

    counts: a row for each word with ``token``, ``count`` and the column `by`. words: how many of
    the commonest words are compared. A square table comes back, with the texts in alphabetical
    order on both sides; 1 is no likeness, 2 the opposite.

    The measure is the cosine form of Burrows's Delta: each rate becomes a z-score over all texts,
    and one minus the cosine of two texts' z-scores is their distance (J. Burrows, "Delta",
    Literary and Linguistic Computing 17, 2002; P. Smith and W. Aldridge, Journal of Quantitative
    Linguistics 18, 2011).

    Raises ValueError when a column is missing or there are fewer than three texts.
    """
    require_columns(counts, ["token", "count", by], "distances")
    counts = counts[["token", "count", by]]
    size = counts.groupby(by)["count"].sum()
    if len(size) < 3:
        raise ValueError(f"distances() compares three texts or more; {by} has {len(size)}")
    total = counts.groupby("token", sort=False)["count"].sum().nlargest(words, keep="all")
    commonest = total.sort_index().sort_values(ascending=False, kind="stable").index[:words]
    some = counts[counts["token"].isin(commonest)]
    wide = some.pivot_table(index=by, columns="token", values="count", aggfunc="sum")
    wide = wide.reindex(index=size.index, columns=commonest).fillna(0)
    common = wide.div(size, axis=0)
    spread = common.std(ddof=0)
    scores = ((common - common.mean()) / spread.where(spread > _NOUGHT, np.inf)).to_numpy()
    return pd.DataFrame((1 - _cosines(scores)).clip(0, 2).round(6), size.index, size.index)


def _cosines(scores: np.ndarray) -> np.ndarray:
    """The cosine of each two rows; rows of noughts are like one another and like no other row."""
    length = np.linalg.norm(scores, axis=1)
    nought = length < _NOUGHT
    unit = scores / np.where(nought, 1, length)[:, None]
    unit[nought] = 0
    return unit @ unit.T + np.outer(nought, nought)


def _part(seen: pd.Series, expected: pd.Series) -> pd.Series:
    """Count times the logarithm of seen over expected; nothing for what was not seen."""
    return seen * np.log((seen / expected).where(seen > 0, 1))
