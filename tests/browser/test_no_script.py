"""A page of the site in a browser that runs no JavaScript."""

import pytest
from built_site import built_site
from lessons import lesson_paths
from playwright.sync_api import expect


@pytest.fixture
def narrow(tmp_path_factory, chromium):
    """A lesson on a small screen."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 400, "height": 800}, offline=True
    )
    page = context.new_page()
    page.goto((built_site(tmp_path_factory) / "lessons" / "00-start-here.html").as_uri())
    yield page
    context.close()


def test_the_list_of_lessons_is_below_the_text_and_a_link_leads_to_it(narrow):
    lessons = narrow.locator("#pst-primary-sidebar")
    text = narrow.locator("article").bounding_box()
    expect(lessons).not_to_be_in_viewport()
    assert lessons.bounding_box()["y"] >= text["y"] + text["height"]
    assert text["width"] > 300
    assert lessons.locator("a").count() == len(lesson_paths())
    narrow.get_by_role("link", name="All lessons").press("Enter")
    expect(lessons).to_be_in_viewport()
    lessons.locator("a[href*='21-']").press("Enter")
    narrow.wait_for_url("**/lessons/21-*.html")


def test_no_button_is_left_that_needs_javascript(narrow):
    assert narrow.get_by_role("button").count() == 0
