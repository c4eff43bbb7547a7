"""Keep to oneself that matplotlib's cache cannot be written: no student can do anything about it.

Matplotlib then takes a temporary folder, draws the same, and says so in red in the first cell.
Importing this before matplotlib leaves those words out, and no others. Nothing is written.
"""

import logging

_ABOUT_THE_CACHE = (
    "mkdir -p failed for path",
    "%s is not a writable directory",
    "Matplotlib created a temporary cache directory",
)


def worth_saying(record: logging.LogRecord) -> bool:
    """Whether a message of matplotlib is about anything else than its cache."""
    return not str(record.msg).startswith(_ABOUT_THE_CACHE)


logging.getLogger("matplotlib").addFilter(worth_saying)
