"""In a kernel that runs a lesson, each warning is an error."""

import warnings

# What the kernel itself warns of, by the start of the message, with the reason.
NOISE = (
    # ipykernel 7.4 starts its loop the old way, through tornado; Python 3.12 and later say so.
    ("There is no current event loop", DeprecationWarning),
)


def warnings_are_errors() -> None:
    """Raise from now on where this process would warn, but for the noise of the kernel."""
    warnings.simplefilter("error")
    for message, category in NOISE:
        warnings.filterwarnings("ignore", message, category)
