"""A lesson whose outputs are not trusted, as after a download: what it stores can be read."""

import pytest
from lessons import Lesson, lesson_paths

from browser.lab import PANEL, all_cells_drawn, leave, open_lesson, show_lab

TRUSTED = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === "code").some(cell => cell.model.trusted)"""


@pytest.fixture(scope="module")
def untrusted(new_page, lab):
    """The page with a lesson that has a figure, a table and no trust, and the lesson."""
    path = next(path for path in lesson_paths() if path.name.startswith("11-"))
    with all_cells_drawn(lab):
        page = show_lab(new_page(), lab)
    open_lesson(page, path)
    yield page, Lesson.read(path)
    leave(page)


def test_alt_texts_captions_and_folded_data_are_there(untrusted):
    page, lesson = untrusted
    assert not page.evaluate(TRUSTED)
    figures = page.locator(f"{PANEL} .jp-OutputArea-output figure")
    alts = figures.locator("img").evaluate_all("all => all.map(one => one.alt)")
    assert alts == [picture.alt for picture in lesson.pictures()]
    assert all(figures.locator("figcaption").all_inner_texts())
    folded = figures.locator("details")
    assert folded.count() == figures.count() > 0
    table = figures.first.locator("details table")
    assert not table.is_visible()
    figures.first.locator("summary").press("Enter")
    assert table.is_visible()
    assert table.locator("th").first.inner_text()
