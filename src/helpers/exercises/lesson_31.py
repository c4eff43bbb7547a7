"""Exercises of lesson 31, The planet without a visa."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load

GROUPS = {
    "home": "at home",
    "school": "at home",
    "office": "in office",
    "front": "in office",
    "emigre": "abroad",
    "asylum": "abroad",
    "hospital": "abroad",
    "prison": "prison",
    "internment": "prison",
    "internal-exile": "banished",
    "hiding": "hiding",
    "journey": "on the way",
}
YES = ["granted", "granted-with-conditions"]


def _stretches() -> pd.DataFrame:
    """The stretches of lesson 31: neighbouring stays of one group, joined into one row."""
    life = load("stays")
    life["status"] = life["condition"].map(GROUPS)
    life["stretch"] = (life["status"] != life["status"].shift()).cumsum()
    rules = {
        "start_earliest": "first",
        "start_latest": "first",
        "end_earliest": "last",
        "end_latest": "last",
    }
    return life.groupby(["stretch", "status"], as_index=False).agg(rules)


def _count(status: str) -> int:
    """How many stretches have a status."""
    return int((_stretches()["status"] == status).sum())


def _share(group: str, bound: str = "least") -> float:
    """The days of a group, joined into stretches, in per cent of the life."""
    stretches = _stretches()
    least = (stretches["end_earliest"] - stretches["start_latest"]).dt.days.clip(lower=0)
    most = (stretches["end_latest"] - stretches["start_earliest"]).dt.days
    days = {"least": least, "most": most}[bound][stretches["status"] == group].sum()
    return float(100 * days / _all_days(load("stays")))


def _all_days(life: pd.DataFrame) -> int:
    """The days from birth to death."""
    return int((life["end_latest"].iloc[-1] - life["start_earliest"].iloc[0]).days)


def _unjoined_share() -> float:
    """The share of the banished days when no stretches are made."""
    life = load("stays")
    banished = life[life["condition"] == "internal-exile"]
    least = (banished["end_earliest"] - banished["start_latest"]).dt.days
    return float(100 * least.sum() / _all_days(life))


def _countries(answers: list[str], sought: str = "residence") -> list[str]:
    """The states with such an answer to such a request, each once."""
    asylum = load("asylum")
    chosen = asylum["answer"].isin(answers) & (asylum["sought"] == sought)
    return sorted(set(asylum.loc[chosen, "country"]))


def _from(column: str, value: str) -> int:
    """How many answers rest on sources with this value."""
    joined = load("asylum").merge(load("sources"), on="source_id")
    return int((joined[column] == value).sum())


EXERCISES = {
    "31.1": Exercise(
        task="Filter stretches by the status prison, and count the rows.",
        form="number",
        answer=lambda: _count("prison"),
        finding="Fewer than the stays in prison: a move from cell to cell begins no new stretch.",
        slips=(
            Slip(
                lambda: load("stays")["condition"].map(GROUPS).eq("prison").sum(),
                "Those are single stays. Count in stretches, where neighbours are joined.",
            ),
            Slip(
                lambda: len(_stretches()),
                "Those are all stretches. Filter by the column status.",
            ),
            Slip(
                lambda: _stretches().loc[lambda rows: rows["status"] == "prison", "stretch"].max(),
                "That is the number which the last of them has. Count the rows with len.",
            ),
        ),
    ),
    "31.2": Exercise(
        task='Take the least of "banished" from totals, divide by all_days, times 100.',
        form="number",
        answer=lambda: _share("banished"),
        finding="Siberia, Cadiz and Alma-Ata together: the tsars, a king and the Soviet state.",
        tolerance=0.06,
        slips=(
            Slip(
                lambda: _share("banished", "most"),
                "That is the most. The task asks how much is sure.",
            ),
            Slip(
                lambda: _share("prison"),
                "That is prison and internment. You need the row banished.",
            ),
            Slip(
                _unjoined_share,
                "You added up single stays. Take the number from totals, where stays are joined.",
            ),
            Slip(
                lambda: _share("banished") / 100 * _all_days(load("stays")),
                "Those are days. Divide by all_days and multiply by 100.",
            ),
        ),
    ),
    "31.3": Exercise(
        task="Filter living by the two answers that begin with granted; give each country.",
        form="names",
        answer=lambda: _countries(YES),
        finding="So few in eight years, and two of them took it back.",
        slips=(
            Slip(
                lambda: _countries(["granted"]),
                "Those granted it without conditions. Put the second word into the list, too.",
            ),
            Slip(
                lambda: _countries(YES, "transit"),
                "Those let him pass through. Filter the column sought by residence.",
            ),
            Slip(
                lambda: _countries(["refused"]),
                "Those refused. Look for the answers that begin with granted.",
            ),
            Slip(
                lambda: _countries(["withdrawn"]),
                "Those took it back. Others granted residence, too.",
            ),
        ),
    ),
    "31.4": Exercise(
        task='Merge asylum with load("sources") on source_id and count the lineage trotsky.',
        form="number",
        answer=lambda: _from("lineage", "trotsky"),
        finding="For these we hear the one who asked, and not the one who answered.",
        slips=(
            Slip(
                lambda: _from("kind", "primary"),
                "You counted the primary sources. The task asks for the column lineage.",
            ),
            Slip(
                lambda: len(load("asylum")),
                "Those are all answers. Filter by the column lineage.",
            ),
            Slip(
                lambda: load("asylum")["asked_by"].eq("Trotsky").sum(),
                "You counted who asked. The task asks from whom we know it.",
            ),
        ),
    ),
}
