"""A plugin of pytest for thousands of faults: few examples of Hypothesis, and no endless test."""

import signal

import hypothesis
import pytest

LIMIT = 30  # seconds of work, since the machine may be busy; a test that takes more is ended


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Set the number of examples after conftest.py has set the rest."""
    hypothesis.settings.register_profile(
        "brisk", deadline=None, derandomize=True, max_examples=15, database=None
    )
    hypothesis.settings.load_profile("brisk")


def pytest_runtest_logstart() -> None:
    """Let the signal end the whole process, whose end then tells that a test ran for ever."""
    signal.setitimer(signal.ITIMER_PROF, LIMIT)


def pytest_runtest_logfinish() -> None:
    """Between tests there is no limit."""
    signal.setitimer(signal.ITIMER_PROF, 0)
