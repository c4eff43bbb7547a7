"""Lessons in a real browser: Run All works, a date leads to its heading, figures are described."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lessons import ROOT, Lesson, lesson_paths
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
KERNEL_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const kernel = panel?.sessionContext?.session?.kernel;
  return kernel?.connectionStatus === "connected" && kernel?.status === "idle";
}"""
ALL_RUN = """count => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  const done = cells.filter(cell => cell.model.type === "code" && cell.model.executionCount);
  return done.length === count;
}"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="no browser: install Debian's package chromium to run these tests",
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the notebooks, so that nothing here is changed."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.port={port}", "--IdentityProvider.token=test"]
    command += ["--expose-app-in-browser", f"--ServerApp.root_dir={folder}"]
    settings = tmp_path_factory.mktemp("settings")
    environment = os.environ | {"JUPYTERLAB_SETTINGS_DIR": str(settings)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}?reset&token=test"
        server.terminate()


def _wait_for(port: int) -> None:
    """Return when the server answers; raises TimeoutError after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            continue
    raise TimeoutError("JupyterLab did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield opened
        opened.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A page that may reach nothing but this machine."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.route(
        lambda address: "127.0.0.1" not in address.split("/")[2], lambda route: route.abort()
    )
    yield context.new_page()
    context.close()


def open_lesson(page: Page, lab: str, path: Path) -> None:
    page.goto(lab.format(path.relative_to(ROOT / "notebooks")))
    page.wait_for_function(KERNEL_READY, timeout=60_000)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_run_all_works(page, lab, path):
    lesson = Lesson.read(path)
    open_lesson(page, lab, path)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(ALL_RUN, arg=len(lesson.code), timeout=60_000)
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    alts = page.locator("figure img").evaluate_all("images => images.map(one => one.alt)")
    assert alts == [picture.alt for picture in lesson.pictures()]
    untried = page.locator(".jp-OutputArea-output", has_text="not tried yet")
    assert untried.count() == sum("check(" in cell.source for cell in lesson.code)


def test_a_date_leads_to_its_heading_in_the_record(page, lab):
    path = next(path for path in lesson_paths() if path.name.startswith("12-"))
    open_lesson(page, lab, path)
    target = "mass-arrests-nikolaev-1898"
    page.locator(f".jp-RenderedMarkdown a[href$='#{target}']").first.click()
    heading = page.locator(f"h3[data-jupyter-id='{target}']")
    heading.wait_for(timeout=30_000)
    page.wait_for_function(
        "id => { const top = document.querySelector(`h3[data-jupyter-id='${id}']`)"
        ".getBoundingClientRect().top; return top > 0 && top < 300; }",
        arg=target,
        timeout=30_000,
    )


def test_without_its_token_the_server_shows_nothing(page, lab):
    page.goto(lab.format("00-start-here.ipynb").removesuffix("&token=test"))
    assert "/login" in page.url
    assert page.locator(".jp-Notebook").count() == 0
