"""One JupyterLab, one browser and one page for all tests of a module."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser import lab as jupyterlab
from browser import outside

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, unless it is CI."""
    if CHROMIUM is not None or os.environ.get("CI"):
        return
    reason = "no browser: install Debian's package chromium to run these tests"
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        settings = [*_QUIET, outside.DEAD_END]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=settings)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def context(chromium) -> Iterator[BrowserContext]:
    size = {"width": 1366, "height": 768}
    opened = chromium.new_context(viewport=size, reduced_motion="reduce")
    opened.set_default_timeout(jupyterlab.PATIENCE)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def requests_seen(context) -> list[str]:
    """The requests of all pages so far that would have left this machine."""
    return outside.watch(context)


@pytest.fixture(autouse=True)
def _stay_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test of a page may make it ask another machine for anything."""
    yield
    if "requests_seen" in request.fixturenames:
        assert request.getfixturevalue("requests_seen") == []


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[jupyterlab.Lab]:
    with jupyterlab.started(tmp_path_factory.mktemp("lab")) as running:
        yield running
        assert "NetworkForbidden" not in running.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(context, lab, requests_seen) -> Page:
    """JupyterLab in a window, with nothing open in it."""
    opened = context.new_page()
    opened.goto(lab.url())
    opened.wait_for_function("() => window.jupyterapp?.shell")
    opened.evaluate("() => window.jupyterapp.restored")
    return opened
