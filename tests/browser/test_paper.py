"""A lesson of the site on paper: what is folded stays folded, and says where it can be read."""

from built_site import built_site

AFTER = "one => getComputedStyle(one, '::after').content"


def test_what_is_folded_names_the_web_page_and_what_is_unfolded_does_not(
    tmp_path_factory, new_page
):
    page = new_page()
    page.goto((built_site(tmp_path_factory) / "lessons" / "11-the-farmers-son.html").as_uri())
    folded = page.locator("article section > details > summary").first
    data = page.locator("article figure details > summary").first
    assert [one.evaluate(AFTER) for one in (folded, data)] == ["none", "none"]
    page.emulate_media(media="print")
    assert "unfold it before you print" in folded.evaluate(AFTER)
    assert "on the web page" in data.evaluate(AFTER)
    folded.evaluate("one => { one.parentElement.open = true; }")
    assert folded.evaluate(AFTER) == "none"
