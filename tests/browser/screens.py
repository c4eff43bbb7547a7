"""Screenshots of whole lessons, kept in dist/screenshots/ until the next run."""

from pathlib import Path

from lessons import ROOT
from playwright.sync_api import Page

FOLDER = ROOT / "dist" / "screenshots"
WIDTHS = {"laptop": 1366, "tablet": 768}
HEIGHT = 768
_LONGEST = 16_000  # pixels; what Chromium draws in one piece
_QUALITY = 60

_PANEL = (
    "window.jupyterapp.shell.currentWidget.content.node.querySelector('.jp-WindowedPanel-outer')"
)
_MORE = f"() => {{ const one = {_PANEL}; return one.scrollHeight - one.clientHeight; }}"
_TO_TOP = f"() => {{ {_PANEL}.scrollTop = 0; }}"


def show_whole(page: Page, width: int) -> int:
    """The height in pixels of a window so high that the whole open lesson can be seen.

    A second look is needed because JupyterLab only guesses the height of what it has not drawn.
    """
    height = HEIGHT
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


def forget_others(names: set[str]) -> None:
    """Remove pictures of lessons that are no more."""
    for path in FOLDER.glob("*.jpg"):
        if path.stem not in names:
            path.unlink()
