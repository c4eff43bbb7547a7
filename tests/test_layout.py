"""What JupyterLab shows at first: a lesson's contents, the course map; later, what one left."""

import json
import re
import sys
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir
from lessons import ROOT
from test_browser import browser, lab, page  # noqa: F401 - fixtures
from test_browser import pytestmark as needs_browser

CONTENTS = ".jp-TableOfContents-tree"
SHELL = "window.jupyterapp.shell"


@needs_browser
def test_a_first_start_shows_contents_and_course_map_and_a_later_one_what_was_left(page, lab):  # noqa: F811
    fresh = lab.format("00-start-here.ipynb")
    page.goto(fresh, timeout=60_000)
    page.locator(CONTENTS, has_text="Save your work").wait_for(timeout=60_000)
    page.locator(".lm-TabBar-tabLabel", has_text="course-map.md").wait_for(timeout=60_000)
    tabs = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").all_inner_texts()
    assert tabs == ["00-start-here.ipynb", "course-map.md"]
    assert page.evaluate(f"{SHELL}.currentWidget.context.path") == "notebooks/00-start-here.ipynb"
    assert not re.search(r"^\d+\. ", page.locator(CONTENTS).inner_text(), re.MULTILINE)
    assert page.locator(".Toastify__toast").count() == 0

    with page.expect_response(lambda answer: "/api/workspaces/" in answer.url, timeout=60_000):
        page.evaluate(f"{SHELL}.collapseLeft()")
    page.goto(fresh.replace("reset&", ""), timeout=60_000)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.wait_for_function(f"async () => {{ await {SHELL}.restored; return true; }}")
    assert page.evaluate(f"{SHELL}.leftCollapsed")


def test_the_layout_stands_aside_where_no_lesson_is_opened():
    """It is installed with the helpers, also where somebody works at something else."""
    code = (ROOT / "docs" / "labextension" / "layout.js").read_text(encoding="utf-8")
    lesson = re.compile(re.search(r"LESSON = /(.+)/;", code)[1])
    for path in ("notebooks/00-start-here.ipynb", "trotsky/notebooks/3-exile/32-the-circle.ipynb"):
        assert lesson.search(path)
        assert lesson.search(path)[1].endswith("notebooks/")
    for path in ("", "README.md", "notebooks/course-map.md", "analysis/12-plot.ipynb"):
        assert not lesson.search(path)


SETTINGS = json.loads((ROOT / "docs" / "jupyterlab.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("plugin", SETTINGS)
def test_every_setting_is_one_that_jupyterlab_knows(plugin):
    package, _, name = plugin.partition(":")
    schemas = Path(get_app_dir()) / "schemas"
    schema = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))
    assert set(SETTINGS[plugin]) <= set(schema["properties"])


def test_settings_and_layout_are_where_jupyterlab_looks_for_them():
    settings = Path(get_app_dir()) / "settings" / "overrides.d" / "trotsky-in-data.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == SETTINGS
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "trotsky-in-data"
    for source in (ROOT / "docs" / "labextension").iterdir():
        assert (installed / source.name).read_bytes() == source.read_bytes(), "run make"
