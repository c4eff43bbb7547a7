"""In a kernel that runs a lesson, each warning is an error."""

import warnings


def warnings_are_errors() -> None:
    """Raise from now on where this process would warn, whoever the warning is for."""
    warnings.simplefilter("error")
