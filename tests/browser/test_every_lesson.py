"""Each lesson, opened once in JupyterLab and run to its end; before, one as it is stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lessons import Lesson, lesson_paths
from playwright.sync_api import Page

from browser import screens
from browser.axe import OURS, Violation, told, violations
from browser.lab import (
    PANEL,
    all_cells_drawn,
    leave,
    open_lesson,
    run_all,
    show_cell,
    show_lab,
    wait_for_heading,
)
from browser.own import explained

# At the width of a tablet: outputs that are cut off and cannot be scrolled sideways.
TOO_WIDE = """all => all.filter(one => {
  const hidden = getComputedStyle(one).overflowX;
  return one.scrollWidth > one.clientWidth + 1 && !["auto", "scroll"].includes(hidden);
}).map(one => one.outerHTML.slice(0, 200))"""
TRUSTED = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === "code").some(cell => cell.model.trusted)"""
# Outside CI: the first lesson, and one with a map, tables and several figures.
QUICK = ("00", "22")
# The only rule of axe-core that depends on the width.
ON_A_TABLET = ["scrollable-region-focusable"]


@dataclass(frozen=True)
class Visit:
    """What was seen of a lesson after Run All: what it says, what axe-core finds, its pictures.

    drawn: the number of cells on the page. narrow, too_wide: what is wrong on a tablet only.
    """

    lesson: Lesson
    drawn: int
    errors: list[str]
    said: list[str]
    alts: list[str]
    found: list[Violation]
    pictures: list[Path]
    narrow: list[Violation]
    too_wide: list[str]


@pytest.fixture(scope="module")
def page(new_page, lab) -> Page:
    """JupyterLab in a window, which draws all cells of a lesson."""
    with all_cells_drawn(lab):
        return show_lab(new_page(), lab)


@pytest.fixture
def untrusted(page) -> Iterator[Lesson]:
    """A lesson that has a figure and a table, opened and not run."""
    path = next(path for path in lesson_paths() if path.name.startswith("11-"))
    open_lesson(page, path)
    yield Lesson.read(path)
    leave(page)


def test_without_trust_alt_texts_captions_and_folded_data_are_there(untrusted, page):
    """After a download no output is trusted; what a lesson stores can be read all the same."""
    lesson = untrusted
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


def visited() -> list:
    """Every lesson; outside CI, `make test` takes few."""
    return [
        pytest.param(path, id=path.stem, marks=() if few else pytest.mark.long)
        for path in lesson_paths()
        for few in [path.stem.startswith(QUICK)]
    ]


@pytest.fixture(scope="module", params=visited())
def visit(request, page) -> Iterator[Visit]:
    lesson = Lesson.read(request.param)
    open_lesson(page, request.param)
    run_all(page, len(lesson.code))
    # The fields are in the order in which a window that gets higher, then narrower shows them.
    yield Visit(
        lesson,
        drawn=page.locator(f"{PANEL} .jp-Cell").count(),
        errors=texts(page, ".jp-OutputArea-output[data-mime-type*='error']"),
        said=texts(page, ".jp-OutputArea-output[data-mime-type*='stdout']"),
        alts=page.locator(f"{PANEL} figure img").evaluate_all("all => all.map(one => one.alt)"),
        found=violations(page, PANEL, OURS),
        pictures=list(pictures(page, lesson)),
        narrow=violations(page, PANEL, OURS, ON_A_TABLET),
        too_wide=page.locator(f"{PANEL} .jp-OutputArea-output").evaluate_all(TOO_WIDE),
    )
    screens.as_it_opens(page)
    leave(page)


def texts(page: Page, selector: str) -> list[str]:
    """The text of each such element of the open lesson."""
    return page.locator(f"{PANEL} {selector}").all_text_contents()


def pictures(page: Page, lesson: Lesson) -> Iterator[Path]:
    """The whole lesson at each width, the narrowest last."""
    for name in screens.WIDTHS:
        screens.show_whole(page, name)
        yield screens.keep(page, f"{lesson.path.stem}-{name}")


def test_every_cell_runs_without_an_error(visit):
    assert visit.drawn == len(visit.lesson.cells)
    assert visit.errors == []
    untried = [text for text in visit.said if "not tried yet" in text]
    assert len(untried) == sum("check(" in cell.source for cell in visit.lesson.code)


def test_every_figure_has_the_alt_text_that_is_stored(visit):
    assert visit.alts == [picture.alt for picture in visit.lesson.pictures()]


def test_its_link_leads_to_the_heading_in_the_record(visit, page):
    screens.as_it_opens(page)
    to_record = re.compile(r"9-the-record/[^)]*#")
    cells = visit.lesson.cells
    show_cell(page, next(at for at, cell in enumerate(cells) if to_record.search(cell.source)))
    link = page.locator(f"{PANEL} .jp-RenderedMarkdown a[href*='9-the-record'][href*='#']").first
    target = link.get_attribute("href").partition("#")[2]
    link.press("Enter")
    wait_for_heading(page, target)


def test_nothing_of_ours_breaks_a_rule_of_accessibility(visit):
    assert told(one for one in [*visit.found, *visit.narrow] if one.ours) == []


def test_what_jupyterlab_breaks_is_listed(visit):
    theirs = [one for one in visit.found if not one.ours]
    assert {one.rule for one in theirs} <= set(explained())


def test_it_is_seen_whole_at_the_width_of_a_tablet(visit):
    assert all(path.stat().st_size > 50_000 for path in visit.pictures)
    assert visit.too_wide == []


def test_no_picture_of_a_lesson_that_is_gone_is_kept():
    stale = screens.FOLDER / "99-gone-laptop.jpg"
    screens.FOLDER.mkdir(parents=True, exist_ok=True)
    stale.touch()
    screens.forget_others(
        {f"{path.stem}-{name}" for path in lesson_paths() for name in screens.WIDTHS}
    )
    assert not stale.exists()
