"""What JupyterLab shows at first: a lesson's contents, the course map; later, what one left."""

import json
import re

from playwright.sync_api import Response

CONTENTS = ".jp-TableOfContents-tree"
SHELL = "window.jupyterapp.shell"
FIRST = "notebooks/00-start-here.ipynb"


def _keeps_the_left_closed(answer: Response) -> bool:
    """Whether the workspace was kept with its left side closed; what opened it was kept before."""
    asked = answer.request
    if asked.method != "PUT" or "/api/workspaces/" not in asked.url:
        return False
    layout = json.loads(asked.post_data)["data"].get("layout-restorer:data")
    return layout is not None and layout["left"]["collapsed"]


def test_a_first_start_shows_contents_and_course_map_and_a_later_one_what_was_left(new_page, lab):
    page, fresh = new_page(), lab.url(FIRST)
    page.goto(fresh)
    page.locator(CONTENTS, has_text="Save your work").wait_for()
    page.locator(".lm-TabBar-tabLabel", has_text="course-map.md").wait_for()
    tabs = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").all_inner_texts()
    assert tabs == ["00-start-here.ipynb", "course-map.md"]
    assert page.evaluate(f"{SHELL}.currentWidget.context.path") == FIRST
    assert not re.search(r"^\d+\. ", page.locator(CONTENTS).inner_text(), re.MULTILINE)
    assert page.locator(".Toastify__toast").count() == 0

    with page.expect_response(_keeps_the_left_closed):
        page.evaluate(f"{SHELL}.collapseLeft()")
    page.goto(fresh.replace("reset&", ""))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.wait_for_function(f"async () => {{ await {SHELL}.restored; return true; }}")
    assert page.evaluate(f"{SHELL}.leftCollapsed")
