"""The pages of the site: their markup, all of them; the rules of axe-core, one of each kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from built_site import built_site

from browser.axe import told, violations
from browser.markup import faults

# Rows after the thirtieth of a list or table are written as those before them, and cost minutes.
SHORTEN = """() => {
  for (const parent of document.querySelectorAll("main *")) {
    [...parent.children].slice(30).forEach(child => child.remove());
  }
}"""
# The scripts of the theme do not run again: what they make is looked at on one page of each kind.
TURN_TO = """text => {
  const next = new DOMParser().parseFromString(text, "text/html");
  document.documentElement.lang = next.documentElement.lang;
  document.title = next.title;
  document.body.replaceWith(next.body);
}"""
MANY = 20  # pages: a folder that holds more is written by one template
GOOD = (
    "<html lang='en'><title>Kiev</title><h1>Kiev</h1><h2>Events</h2><img src='a.png' alt=''>"
    "<table><thead><tr><td></td><th>Date</th></tr></thead></table><a href='b.html'>b</a></html>"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built_site(tmp_path_factory)


def pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


def chosen(paths: Iterable[Path]) -> list[Path]:
    """Pages of every kind: all of a small folder, the longest and shortest of a large one."""
    folders = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    found: list[Path] = []
    for group in folders.values():
        group.sort(key=lambda path: (path.stat().st_size, path))
        found += group if len(group) <= MANY else [group[0], group[len(group) // 2], group[-1]]
    return found


@pytest.mark.parametrize(
    "which", [chosen, pytest.param(list, marks=pytest.mark.long)], ids=["each kind", "all"]
)
def test_every_page_can_be_read_without_eyes(site, which):
    found = {
        str(path.relative_to(site)): problems
        for path in which(pages(site))
        if (problems := faults(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def opened(page, paths: Iterable[Path]) -> Iterator[Path]:
    """Each page in turn, loaded anew."""
    for path in paths:
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        yield path


def turned(page, paths: Iterable[Path]) -> Iterator[Path]:
    """Each page in turn. The pages of one folder share all but their body, so only that is new.

    So axe-core and the style sheets are read once for each folder.
    """
    folder = None
    for path in paths:
        if path.parent != folder:
            page.goto(path.as_uri(), wait_until="domcontentloaded")
        else:
            page.evaluate(TURN_TO, path.read_text(encoding="utf-8"))
        folder = path.parent
        yield path


def broken(page, site: Path, shown: Iterable[Path]) -> dict[str, list[str]]:
    """What axe-core finds, in words, for each page shown on which it finds anything."""
    found = {}
    for path in shown:
        page.evaluate(SHORTEN)
        found[path.relative_to(site).as_posix()] = told(violations(page))
    return {path: problems for path, problems in found.items() if problems}


def test_one_page_of_each_folder_breaks_no_rule_of_axe(site, new_page):
    page = new_page()
    first = {path.parent: path for path in chosen(pages(site))}
    assert broken(page, site, opened(page, first.values())) == {}


@pytest.mark.long
def test_no_kind_of_page_breaks_a_rule_of_axe(site, new_page):
    page = new_page()
    assert broken(page, site, opened(page, chosen(pages(site)))) == {}


@pytest.mark.proof
def test_no_page_at_all_breaks_a_rule_of_axe(site, new_page):
    page = new_page()
    assert broken(page, site, turned(page, pages(site))) == {}


@pytest.mark.long
def test_the_dark_colours_break_no_rule_either(site, new_page):
    page = new_page()
    page.emulate_media(color_scheme="dark")
    few = [one for one in chosen(pages(site)) if one.parent.name != "lessons"][::6]
    assert broken(page, site, opened(page, few)) == {}


def test_pages_of_every_folder_are_chosen(tmp_path):
    for name, count in {"events": MANY + 5, "lessons": 3}.items():
        (tmp_path / name).mkdir()
        for number in range(count):
            (tmp_path / name / f"{number:02}.html").write_text("x" * number, encoding="utf-8")
    assert [path.stem for path in chosen(pages(tmp_path)) if path.parent.name == "events"] == [
        "00",
        "12",
        "24",
    ]
    assert sum(path.parent.name == "lessons" for path in chosen(pages(tmp_path))) == 3


def test_a_good_page_has_no_fault():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (" lang='en'", "", "no language: <html lang=...>"),
        ("<title>Kiev", "<title> ", "no title"),
        ("<h1>Kiev</h1>", "", "0 headings <h1>, expected one"),
        ("<h2>", "<h3>", "<h3> comes after <h1>: a level is left out"),
        (" alt=''", "", "a picture without alt: a.png"),
        ("<td></td>", "<th></th>", "an empty <th>"),
        ("<th>Date</th>", "", "a table without headers"),
        (">b</a>", "></a>", "an empty <a>"),
    ],
)
def test_each_fault_of_a_page_is_found(right, wrong, fault):
    assert right in GOOD
    assert faults(GOOD.replace(right, wrong, 1)) == [fault]


def test_a_page_that_breaks_a_rule_is_told(new_page):
    page = new_page()
    page.set_content(
        "<html lang='en'><title>t</title><main><h1>t</h1><p style='color:#ccc'>faint</p>"
        "<input></main></html>"
    )
    found = violations(page, ours="p")
    assert {(one.rule, one.ours) for one in found} == {("color-contrast", True), ("label", False)}
    assert told(found)[0].startswith("color-contrast: ")
