"""A plugin of pytest: few examples of Hypothesis for each test, since thousands of faults wait."""

import hypothesis
import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Set the number of examples after conftest.py has set the rest."""
    hypothesis.settings.register_profile(
        "brisk", deadline=None, derandomize=True, max_examples=15, database=None
    )
    hypothesis.settings.load_profile("brisk")
