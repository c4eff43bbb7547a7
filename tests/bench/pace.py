"""How fast this machine is, beside the one on which the targets were set.

Targets in milliseconds were set on a machine on which importing pandas and pyplot took 550 to 820
ms. The same import is timed here, in the very processes that are measured, so that a slow machine
or a busy hour does not look like slow code. On a fast machine the targets stay as they are.
"""

from collections.abc import Iterable
from statistics import median

from bench.table import Row, Sample

START = "import pandas, pyplot"
REFERENCE = 650  # ms, on the machine of the targets


def pace(starts: Iterable[Sample]) -> float:
    """How many times as long as on the machine of the targets a start takes here.

    starts: the import of pandas and pyplot, in ms, at least one.
    """
    return round(median(one.wall for one in starts) / REFERENCE, 2)


def at(rows: Iterable[Row], this: float) -> list[Row]:
    """The rows, those with a target measured at this pace."""
    return [one._replace(pace=this) if one.target else one for one in rows]
