"""A lesson in JupyterLab: all of it by keys alone, nothing without the token, no other machine.

By keyboard: move, answer, follow a link and open what is folded.
"""

import csv
from pathlib import Path

import pytest
from lessons import Lesson, lesson_paths
from network import NetworkForbiddenError

from browser.lab import PATIENCE, leave, open_lesson, wait_for_heading
from helpers.checks import find

NUMBER = "00.1"
WHERE = """() => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  return [notebook.activeCellIndex, notebook.mode];
}"""
SAYS = """([index, text]) => window.jupyterapp.shell.currentWidget.content.widgets[index]
  .node.textContent.includes(text)"""
IN_KERNEL = """async code => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const reply = await kernel.requestExecute({code}).done;
  return reply.content.ename ?? "no error";
}"""
ELSEWHERE = "192.0.2.1"  # kept free for examples: no machine has it
FOCUSED = "() => document.activeElement.matches({!r})"
OPENED = "() => document.activeElement.parentElement.open"
FURTHEST = 40  # presses of Tab


def lesson(number: str) -> Path:
    return next(path for path in lesson_paths() if path.name.startswith(f"{number}-"))


def cell_with(path: Path, words: str) -> int:
    """The place of the first cell of a lesson that has these words."""
    cells = Lesson.read(path).cells
    return next(place for place, cell in enumerate(cells) if words in cell.source)


@pytest.fixture(scope="module")
def notebook(page, request):
    """A lesson, opened; where it opens the keys already go to its first cell."""
    open_lesson(page, lesson(request.param))
    page.wait_for_function(FOCUSED.format(".jp-Notebook .jp-Cell"), timeout=PATIENCE)
    yield lesson(request.param)
    leave(page)


def move_to(page, place: int) -> None:
    """Arrow down or up, until that cell is the active one."""
    page.keyboard.press("Escape")
    way = place - page.evaluate(WHERE)[0]
    for _ in range(abs(way)):
        page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
    assert page.evaluate(WHERE) == [place, "command"]


def tab_to(page, selector: str) -> None:
    """Tab, until what has the focus is such an element."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED.format(selector)):
            return
    raise AssertionError(f"{FURTHEST} presses of Tab do not reach {selector}")


def answer(page, place: int, value: object, reply: str) -> None:
    """Write an answer into the first line of that cell, run it, and wait for the reply."""
    move_to(page, place)
    for key in ("Enter", "Control+Home", "Shift+End"):
        page.keyboard.press(key)
    page.keyboard.type(f"answer = {value!r}")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(SAYS, arg=[place, reply], timeout=PATIENCE)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")


@pytest.mark.parametrize("notebook", ["00"], indirect=True)
def test_a_check_is_answered_wrong_then_right(notebook, page, lab):
    kept_in = lab.folder / "my-answers.csv"
    kept_in.unlink(missing_ok=True)
    exercise = find(NUMBER)
    slip = exercise.slips[0]
    move_to(page, cell_with(notebook, "import check"))
    page.keyboard.press("Shift+Enter")
    place = cell_with(notebook, f'check("{NUMBER}"')
    answer(page, place, slip.answer(), f"{NUMBER}: not yet. {slip.hint}")
    answer(page, place, exercise.answer(), f"{NUMBER}: right. {exercise.finding}")
    with kept_in.open(encoding="utf-8", newline="") as stream:
        kept = [(row["exercise"], row["answer"], row["result"]) for row in csv.DictReader(stream)]
    assert kept == [
        (NUMBER, str(slip.answer()), "not yet"),
        (NUMBER, str(exercise.answer()), "right"),
    ]


@pytest.mark.parametrize("notebook", ["11"], indirect=True)
def test_what_is_folded_opens_and_a_date_leads_to_the_record(notebook, page):
    folded = {"show(": ".jp-OutputArea-output figure", "<details>": ".jp-RenderedMarkdown"}
    for words, place in folded.items():
        move_to(page, cell_with(notebook, words))
        tab_to(page, f"{place} summary")
        page.keyboard.press("Enter")
        page.wait_for_function(OPENED, timeout=PATIENCE)
    move_to(page, cell_with(notebook, "9-the-record/91-early-life.md#"))
    tab_to(page, ".jp-RenderedMarkdown a[href*='9-the-record'][href*='#']")
    target = page.evaluate("() => document.activeElement.hash.slice(1)")
    page.keyboard.press("Enter")
    wait_for_heading(page, target)


@pytest.mark.parametrize("notebook", ["00"], indirect=True)
def test_a_kernel_reaches_no_other_machine(notebook, page):
    code = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    assert page.evaluate(IN_KERNEL, code) == NetworkForbiddenError.__name__


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_its_token_the_server_shows_nothing(new_page, lab, token):
    page = new_page()
    page.goto(lab.url().replace("token=test", f"token={token}"))
    assert "/login" in page.url
    assert page.locator(".jp-Notebook, .jp-DirListing").count() == 0
