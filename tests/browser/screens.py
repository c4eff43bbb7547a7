"""Screenshots of whole lessons, kept in dist/screenshots/ until the next run."""

from pathlib import Path

from lessons import ROOT
from playwright.sync_api import Page

FOLDER = ROOT / "dist" / "screenshots"
WIDTHS = {"laptop": 1366, "tablet": 768}
HEIGHT = 768
_LONGEST = 16_000  # pixels; what Chromium draws in one piece
_QUALITY = 60

_PANEL = "window.jupyterapp.shell.currentWidget.content.node"
# JupyterLab leaves room below the last cell, so the height to scroll says too much.
_MORE = f"""() => {{
  const ends = [...{_PANEL}.querySelectorAll(".jp-Cell")].at(-1).getBoundingClientRect().bottom;
  return Math.ceil(ends - {_PANEL}.getBoundingClientRect().bottom);
}}"""
_SIDE = {
    "laptop": "() => window.jupyterapp.shell.expandLeft()",
    "tablet": "() => window.jupyterapp.shell.collapseLeft()",
}
# The window is drawn anew in the frame after its size has changed.
_TO_TOP = f"""async () => {{
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  {_PANEL}.querySelector(".jp-WindowedPanel-outer").scrollTop = 0;
}}"""


def show_whole(page: Page, name: str) -> int:
    """The height in pixels of a window of that kind, so high that the whole lesson can be seen.

    All cells must be drawn: see all_cells_drawn. On a tablet the list of files is hidden, as with
    Ctrl + B: it takes half of the width. A second look sees whether the higher window is enough.
    """
    width, height = WIDTHS[name], HEIGHT
    page.evaluate(_SIDE[name])
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(3):
        page.evaluate(_TO_TOP)
        more = page.evaluate(_MORE)
        if more <= 0:
            break
        height = min(height + more, _LONGEST)
        page.set_viewport_size({"width": width, "height": height})
    return height


def keep(page: Page, name: str) -> Path:
    """The path of a picture of the window, written over that of the last run."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=_QUALITY)
    return path


def as_it_opens(page: Page) -> None:
    """The window of a laptop again."""
    page.evaluate(_SIDE["laptop"])
    page.set_viewport_size({"width": WIDTHS["laptop"], "height": HEIGHT})


def forget_others(names: set[str]) -> None:
    """Remove pictures of lessons that are no more."""
    for path in FOLDER.glob("*.jpg"):
        if path.stem not in names:
            path.unlink()
