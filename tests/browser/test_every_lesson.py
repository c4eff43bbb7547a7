"""Each lesson, opened once in JupyterLab and run from top to bottom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lessons import Lesson, lesson_paths
from playwright.sync_api import Page

from browser import screens
from browser.axe import OURS, Violation, told, violations
from browser.lab import leave, open_lesson, run_all, show_cell, wait_for_heading
from browser.own import explained

PANEL = ".jp-NotebookPanel"


# One lesson of each part: axe-core and two pictures of a whole lesson take half a minute.
LOOKED_AT = ("00", "12", "22", "32", "44")


@dataclass(frozen=True)
class Visit:
    """What was seen of a lesson after Run All."""

    lesson: Lesson
    errors: list[str]
    said: list[str]
    alts: list[str]


@dataclass(frozen=True)
class Look:
    """What axe-core and two widths show of a lesson after Run All."""

    found: list[Violation]
    pictures: list[Path]
    narrow: list[Violation]
    too_wide: list[str]


@pytest.fixture(scope="module", params=lesson_paths(), ids=lambda path: path.stem)
def visit(request, page) -> Iterator[Visit]:
    lesson = Lesson.read(request.param)
    screens.as_it_opens(page)
    open_lesson(page, request.param)
    run_all(page, len(lesson.code))
    yield Visit(
        lesson,
        errors=texts(page, ".jp-OutputArea-output[data-mime-type*='error']"),
        said=texts(page, ".jp-OutputArea-output[data-mime-type*='stdout']"),
        alts=page.locator(f"{PANEL} figure img").evaluate_all("all => all.map(one => one.alt)"),
    )
    leave(page)


def looked_at() -> list:
    """Every lesson; `make test` takes those of LOOKED_AT, `make prove` all."""
    return [
        pytest.param(path, id=path.stem, marks=() if few else pytest.mark.proof)
        for path in lesson_paths()
        for few in [path.stem.startswith(LOOKED_AT)]
    ]


@pytest.fixture(scope="module", params=looked_at())
def look(request, page) -> Iterator[Look]:
    lesson = Lesson.read(request.param)
    screens.as_it_opens(page)
    open_lesson(page, request.param)
    run_all(page, len(lesson.code))
    screens.show_whole(page, "laptop")
    yield Look(
        found=violations(page, PANEL, OURS),
        pictures=list(pictures(page, lesson)),
        narrow=violations(page, PANEL, OURS, ["scrollable-region-focusable"]),
        too_wide=page.locator(f"{PANEL} .jp-OutputArea-output").evaluate_all(TOO_WIDE),
    )
    leave(page)


# At the width of a tablet: outputs that are cut off and cannot be scrolled sideways.
TOO_WIDE = """all => all.filter(one => {
  const hidden = getComputedStyle(one).overflowX;
  return one.scrollWidth > one.clientWidth + 1 && !["auto", "scroll"].includes(hidden);
}).map(one => one.outerHTML.slice(0, 200))"""


def texts(page: Page, selector: str) -> list[str]:
    """The text of each such element of the open lesson."""
    return page.locator(f"{PANEL} {selector}").all_text_contents()


def pictures(page: Page, lesson: Lesson) -> Iterator[Path]:
    """The whole lesson at each width, the narrowest last."""
    for name in screens.WIDTHS:
        screens.show_whole(page, name)
        yield screens.keep(page, f"{lesson.path.stem}-{name}")


def test_every_cell_runs_without_an_error(visit):
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


def test_nothing_of_ours_breaks_a_rule_of_accessibility(look):
    assert told(one for one in [*look.found, *look.narrow] if one.ours) == []


def test_what_jupyterlab_breaks_is_listed(look):
    theirs = [one for one in look.found if not one.ours]
    assert {one.rule for one in theirs} <= set(explained())


def test_it_is_seen_whole_at_the_width_of_a_tablet(look):
    assert all(path.stat().st_size > 50_000 for path in look.pictures)
    assert look.too_wide == []


def test_no_picture_of_a_lesson_that_is_gone_is_kept():
    stale = screens.FOLDER / "99-gone-laptop.jpg"
    screens.FOLDER.mkdir(parents=True, exist_ok=True)
    stale.touch()
    screens.forget_others(
        {f"{path.stem}-{name}" for path in lesson_paths() for name in screens.WIDTHS}
    )
    assert not stale.exists()
