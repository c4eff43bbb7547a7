"""A JupyterLab for tests, and what a test does in it: open a lesson, run it, leave it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import network
from lessons import ROOT
from playwright.sync_api import Page

PANEL = ".jp-NotebookPanel"
TOKEN = "test"  # noqa: S105
GUARDED = (
    f"__import__('runpy').run_path({network.__file__!r})['forbid']();"
    "__import__('jupyterlab.labapp').labapp.main()"
)
PATIENCE = 120_000  # milliseconds; a busy machine may need them

OPEN = """async path => {
  const panel = await window.jupyterapp.commands.execute('docmanager:open', {path});
  await panel.context.ready;
}"""
KERNEL_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const kernel = panel?.sessionContext?.session?.kernel;
  return kernel?.connectionStatus === "connected" && kernel?.status === "idle";
}"""
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
ALL_RUN = """count => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  const done = cells.filter(cell => cell.model.type === "code" && cell.model.executionCount);
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  return done.length === count && kernel.status === "idle";
}"""
# JupyterLab draws only the cells near the window.
SHOW_CELL = """async place => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = place;
  await notebook.scrollToItem(place);
}"""
TO_RECORD = """target => {
  const heading = document.querySelector(`[data-jupyter-id='${target}']`);
  const top = heading?.getBoundingClientRect().top;
  return top > 0 && top < window.innerHeight / 2;
}"""
LEAVE = """async () => {
  const shell = window.jupyterapp.shell;
  for (const panel of [...shell.widgets('main')].filter(one => one.context)) {
    await panel.sessionContext?.shutdown();
    panel.dispose();
  }
}"""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, the copy of the course it shows, settings and log."""

    address: str
    folder: Path
    settings: Path
    log: Path

    def url(self, path: str = "") -> str:
        """The address of a file in a fresh workspace, with the token."""
        tree = f"/tree/{path}" if path else ""
        return f"{self.address}/lab{tree}?reset&token={TOKEN}"


@contextmanager
def started(folder: Path) -> Iterator[Lab]:
    """A JupyterLab on a copy of the course in that folder, so that nothing here is changed.

    Neither it nor its kernels can reach another machine: an attempt stands in the log.
    """
    course = folder / "course"
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, course / name)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lab = Lab(f"http://127.0.0.1:{port}", course, folder / "settings", folder / "jupyterlab.log")
    options = [f"--ServerApp.port={port}", f"--ServerApp.root_dir={course}"]
    options += [f"--IdentityProvider.token={TOKEN}", "--expose-app-in-browser"]
    own = {
        "JUPYTERLAB_SETTINGS_DIR": str(lab.settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "TROTSKY_ANSWERS": str(course / "my-answers.csv"),
    }
    with (
        lab.log.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, "-c", GUARDED, "--no-browser", "--allow-root", *options],
            env=os.environ | own,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait_for(port, server)
            yield lab
        finally:
            _end(server)


def _end(server: subprocess.Popen) -> None:
    """End the server. At times a thread of its own holds it for ever, so it gets ten seconds."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    """Return when the server answers; raises TimeoutError after two minutes, or when it ended."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("JupyterLab did not start")


def show_lab(page: Page, lab: Lab) -> Page:
    """That page with JupyterLab in it, and nothing open there."""
    page.goto(lab.url())
    page.wait_for_function("() => window.jupyterapp?.shell")
    page.evaluate("() => window.jupyterapp.restored")
    return page


@contextmanager
def all_cells_drawn(lab: Lab) -> Iterator[None]:
    """A page that is opened meanwhile draws all cells of a lesson, not only those near the window.

    So tests see the whole lesson in a window of any size.
    """
    path = lab.settings / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"windowingMode": "none"}', encoding="utf-8")
    yield
    path.unlink()


def open_lesson(page: Page, path: Path) -> None:
    """Open a lesson of the course beside what is open, and wait for its kernel."""
    page.evaluate(OPEN, path.relative_to(ROOT).as_posix())
    page.wait_for_function(KERNEL_READY, timeout=PATIENCE, polling=100)


def run_all(page: Page, count: int) -> None:
    """Run All, and wait until that many code cells have been run."""
    page.evaluate(RUN_ALL)
    page.wait_for_function(ALL_RUN, arg=count, timeout=PATIENCE, polling=100)


def show_cell(page: Page, place: int) -> None:
    """Scroll to the cell at that place of the open lesson, so that it is drawn."""
    page.evaluate(SHOW_CELL, place)


def leave(page: Page) -> None:
    """End the kernels of all open lessons; close them and all other documents unsaved."""
    page.evaluate(LEAVE)


def wait_for_heading(page: Page, target: str) -> None:
    """Wait until that heading of the record stands in the upper half of the window."""
    page.wait_for_function(TO_RECORD, arg=target, timeout=PATIENCE, polling=100)
