"""One JupyterLab and one browser for all tests here that one worker runs; a page for a module."""

import os
import shutil
from collections.abc import Callable, Iterator

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


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        settings = [*_QUIET, outside.DEAD_END]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=settings)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def new_page(chromium) -> Iterator[Callable[[], Page]]:
    """Opens a page with no memory of others; at the end none may have asked another machine."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_page() -> Page:
        size = {"width": 1366, "height": 768}
        context = chromium.new_context(viewport=size, reduced_motion="reduce")
        context.set_default_timeout(jupyterlab.PATIENCE)
        page, asked = outside.new_page(context)
        opened.append((context, asked))
        return page

    yield open_page
    for context, _ in opened:
        context.close()
    assert [address for _, asked in opened for address in asked] == []


@pytest.fixture(scope="package")
def lab(tmp_path_factory) -> Iterator[jupyterlab.Lab]:
    with jupyterlab.started(tmp_path_factory.mktemp("lab")) as running:
        yield running
        assert "NetworkForbidden" not in running.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(new_page, lab) -> Page:
    """JupyterLab in a window, with nothing open in it."""
    return jupyterlab.show_lab(new_page(), lab)
