"""How fast this machine is, beside the one on which the targets were set.

Targets in milliseconds were set on a machine on which importing pandas and pyplot took 550 to 820
ms. The same import is timed here, in the very processes that are measured, so that a slow machine
or a busy hour does not look like slow code. On a fast machine the targets stay as they are.
"""

from collections.abc import Iterable
from statistics import median

from bench.table import Sample

START = "import pandas, pyplot"
REFERENCE = 650  # ms, on the machine of the targets


def at_pace(samples: Iterable[Sample], starts: Iterable[Sample]) -> float:
    """The median of measurements as it would be on the machine of the targets.

    starts: for each measurement the import of pandas and pyplot, in ms, in the same process. By
    it the pace of that process is known: machines are faster at one minute than at another.

    Raises ValueError where there are none, or not as many of the one as of the other.
    """
    pairs = zip(samples, starts, strict=True)
    return round(median(one.wall * REFERENCE / start.wall for one, start in pairs), 4)
