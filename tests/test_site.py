"""The web site: every lesson, event, link and download; its gates, on bad examples too."""

import json
import re
import sys
from pathlib import Path

import pytest
from built_site import built_site
from lessons import ROOT, lesson_paths

from helpers.tables import data_path, load, names, path_of, schemas

sys.path.append(str(ROOT / "docs" / "site"))  # where the makers of the site are

from course_site import check, launch, lessons, outputs, repository, source

A_GOOD = '<html lang="en"><h1>A</h1><p id="here"><a href="b.html#there">b</a></p></html>'
B_GOOD = '<html lang="en"><h1>B</h1><p id="there"><a href="a.html#here">a</a></p></html>'


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture(scope="module")
def pages(site) -> dict[str, check.BuiltPage]:
    return check.read(site)


def test_every_page_passes_the_gates(site):
    assert check.faults(site) == []


def test_every_lesson_has_a_page_with_its_outputs_its_figures_and_its_notebook(site, pages):
    for path in lesson_paths():
        page = pages[f"lessons/{path.stem}.html"]
        assert f"../downloads/notebooks/{path.name}" in dict.fromkeys(a for _, a in page.addresses)
        assert (site / "downloads" / "notebooks" / path.name).read_bytes() == path.read_bytes()
        stored = path.read_text(encoding="utf-8")
        assert page.html.count("<figure") == stored.count("<figure ")
        assert page.html.count('class="dataframe"') == stored.count('class=\\"dataframe\\"')


def test_every_event_person_place_and_table_has_its_address(pages):
    for kind, column in (("events", "event_id"), ("people", "person_id"), ("places", "place_id")):
        for one in load(kind)[column]:
            assert f"{kind}/{one}.html" in pages
    for name in names():
        assert f"data/{name}.html" in pages


def test_every_event_shows_all_its_sources(pages):
    stated = load("attestations").query("table == 'events'").groupby("row_id").size()
    for event_id, count in stated.items():
        assert pages[f"events/{event_id}.html"].html.count('<th scope="row">') == count, event_id


@pytest.mark.parametrize(
    ("page", "table"), [("works", "works"), ("organisations", "organisations")]
)
def test_works_and_organisations_have_an_anchor_each(pages, page, table):
    assert set(load(table).iloc[:, 0]) <= pages[f"{page}.html"].anchors


def test_every_source_has_an_anchor_on_the_page_of_its_kind(pages):
    for kind, found in load("sources").groupby("kind")["source_id"]:
        assert set(found) <= pages[f"sources/{kind}.html"].anchors


def test_the_dates_of_the_lessons_lead_to_the_pages_of_their_events(pages):
    for path in lesson_paths():
        wanted = re.findall(
            r"9-the-record/9\d[a-z-]+\.md#([a-z0-9-]+)", path.read_text(encoding="utf-8")
        )
        found = {address for _, address in pages[f"lessons/{path.stem}.html"].addresses}
        assert {f"../events/{one}.html" for one in wanted} <= found


def test_the_index_from_a_to_z_leads_to_everything(pages):
    found = {address for _, address in pages["a-z.html"].addresses}
    assert {f"events/{one}.html" for one in load("events")["event_id"]} <= found
    assert {f"people/{one}.html" for one in load("people")["person_id"]} <= found
    assert {f"places/{one}.html" for one in load("places")["place_id"]} <= found
    assert {f"works.html#{one}" for one in load("works")["work_id"]} <= found
    organisations = {
        f"organisations.html#{one}" for one in load("organisations")["organisation_id"]
    }
    assert organisations <= found


def test_downloads_are_the_data_and_their_schema(site, pages):
    folder = site / "downloads" / "data"
    assert (folder / "datapackage.json").read_bytes() == data_path("datapackage.json").read_bytes()
    for name in names():
        assert (folder / path_of(name)).read_bytes() == data_path(path_of(name)).read_bytes()
        html = pages[f"data/{name}.html"].html
        for field in schemas()[name]["fields"]:
            assert f"<code>{field['name']}</code>" in html
            assert check.unescape(html).count(field["description"]) >= 1


def test_the_search_index_knows_names_in_every_script(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    documents = index["docnames"]

    def found(word: str) -> set[str]:
        hits = [index[part].get(word, []) for part in ("terms", "titleterms")]
        return {documents[one] for hit in hits for one in ([hit] if isinstance(hit, int) else hit)}

    assert "people/kamenev" in found("kamenev") & found("каменев")
    assert "places/yanovka" in found("yanovka")
    assert "events/birth-1879" in found("yanovka")
    assert any(name.startswith("lessons/22") for name in found("brest"))


def test_without_an_address_no_page_offers_to_open_a_lesson_elsewhere(pages):
    if launch.buttons((ROOT / "README.md").read_text(encoding="utf-8"))("notebooks/x.ipynb"):
        pytest.skip("this README has the address of its repository")
    for page in pages.values():
        for word in ("mybinder", "colab", "git-pull", "OWNER/REPOSITORY"):
            assert not any(word in address for _, address in page.addresses), page.name


def test_with_an_address_each_lesson_has_the_buttons_of_the_readme():
    readme = "<!-- launch links: make launch ADDRESS=https://github.com/a/b REF=v1 -->\n"
    made = lessons.sources(launch.buttons(readme + "<!-- end of launch links -->"))
    for path in lesson_paths():
        cell = json.loads(made[f"source/lessons/{path.stem}.ipynb"])["cells"][0]["source"]
        where = path.relative_to(ROOT).as_posix()
        address = f"https://mybinder.org/v2/gh/a/b/v1?urlpath=lab/tree/{where}"
        assert f'<a href="{address}">Binder</a>' in cell
        assert ">Colab</a>" in cell
    assert launch.buttons("no links here")("notebooks/a.ipynb") == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="c.html">', "a.html: c.html leads to c.html, which is missing."),
        ('<a href="b.html#x">', "a.html: b.html#x leads to no anchor of b.html."),
        ('<a href="#x">', "a.html: #x leads to no anchor of a.html."),
        ('<img src="x.png">', "a.html: x.png leads to x.png, which is missing."),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "a.html: fetches https://cdn.example/x.js from outside. Keep a copy, or leave it out.",
        ),
        (
            '<link rel="stylesheet" href="//fonts.example/x.css">',
            "a.html: fetches //fonts.example/x.css from outside. Keep a copy, or leave it out.",
        ),
        ("<h1>B</h1>", "a.html: 2 headings of the first level, expected one."),
        ('<i id="here">', "a.html: the anchor 'here' stands twice."),
        ("x" * 1000, "a.html: 1,078 bytes with its pictures, expected 1,000."),
    ],
)
def test_each_gate_catches_its_fault(tmp_path, html, fault):
    (tmp_path / "a.html").write_text(A_GOOD + html, encoding="utf-8")
    (tmp_path / "b.html").write_text(B_GOOD, encoding="utf-8")
    assert check.faults(tmp_path, largest=1000) == [fault]


def test_the_gates_pass_a_good_site_and_see_style_sheets(tmp_path):
    with pytest.raises(FileNotFoundError, match="run make site"):
        check.faults(tmp_path)
    for name, html in (("a", A_GOOD), ("b", B_GOOD)):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    assert check.faults(tmp_path) == []
    (tmp_path / "x.css").write_text(
        "@font-face { src: url('https://fonts.example/a') }", encoding="utf-8"
    )
    assert check.faults(tmp_path) == ["x.css: fetches https://fonts.example/a from outside."]


def test_a_link_to_what_is_missing_is_named_and_one_to_a_program_becomes_words():
    with pytest.raises(repository.UnknownLinkError, match=r"docs/x\.md links to \.\./Makefil,"):
        repository.turned("[how](../Makefil)", "docs/x.md")
    assert repository.turned("see [how](../Makefile)", "docs/x.md") == "see how"


def test_what_is_unchanged_is_not_written_again_and_what_is_gone_is_removed(tmp_path):
    assert source.write(tmp_path, {"source/a.md": b"1", "source/b.md": b"2"}) == [
        "source/a.md",
        "source/b.md",
    ]
    before = (tmp_path / "source" / "a.md").stat().st_mtime_ns
    assert source.write(tmp_path, {"source/a.md": b"1", "extra/c": b"3"}) == ["extra/c"]
    assert (tmp_path / "source" / "a.md").stat().st_mtime_ns == before
    assert not (tmp_path / "source" / "b.md").exists()


def test_tables_of_outputs_get_headers_and_pictures_become_files():
    html = (
        '<table border="1"><thead><tr><th></th><th>year</th></tr></thead>'
        "<tbody><tr><th>0</th><td>1905</td></tr></tbody></table>"
    )
    made, pictures = outputs.mended(html, "Output of cell 3")
    assert pictures == {}
    assert "<th></th>" not in made
    assert made.count('<th class="number" scope="col">year</th>') == 1
    assert '<th class="number" scope="row">0</th>' in made
    assert 'role="region" tabindex="0"' in made or 'tabindex="0" role="region"' in made
    picture = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAAElFTkSuQmCC"
    made, pictures = outputs.mended(f'<img alt="x" src="data:image/png;base64,{picture}">', "")
    (name,) = pictures
    assert made == f'<img alt="x" src="figures/{name}" width="2" height="3" loading="lazy">'
