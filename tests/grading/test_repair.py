"""Every trouble that a notebook can be in: what is put right, and the line that says so."""

import copy
import json

import nbformat
import pytest
from hand_in import cell, make_course, release, solved

from grading.marking import plain_sources
from grading.repair import repair
from grading.submission import about_cell, sets


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def wanted(place):
    return plain_sources(json.loads(place.release.read_bytes()))


@pytest.fixture
def notebook(place):
    return solved(place)


def repaired(notebook, wanted):
    before = json.dumps(notebook).encode()
    found = repair(before, wanted)
    nbformat.validate(nbformat.from_dict(found.notebook))
    ids = [about_cell(one)["grade_id"] for one in found.notebook["cells"] if about_cell(one)]
    assert ids == [about_cell(one)["grade_id"] for one in wanted["cells"]]
    return found


def source(found, name):
    return next(one["source"] for one in found.notebook["cells"] if one["id"] == name)


def test_a_notebook_in_order_is_left_as_it_is(notebook, wanted):
    found = repaired(notebook, wanted)
    assert (found.status, found.notes) == ("fit", [])
    assert source(found, "q1") == cell(notebook, "q1").source


def test_a_deleted_test_cell_is_put_back(notebook, wanted):
    notebook.cells.remove(cell(notebook, "q3-test"))
    found = repaired(notebook, wanted)
    assert found.notes == ["q3-test: deleted; was put back."]


def test_a_deleted_answer_is_not_answered(notebook, wanted):
    notebook.cells.remove(cell(notebook, "q3"))
    found = repaired(notebook, wanted)
    assert found.notes == ["q3: deleted; counts as not answered."]
    assert not sets(source(found, "q3"), "q3")


@pytest.mark.parametrize("name", ["q3-test", "q3-task", "cover"])
def test_an_edited_cell_gets_its_text_back(notebook, wanted, name):
    cell(notebook, name).source = "print('all right')"
    found = repaired(notebook, wanted)
    assert found.notes == [f"{name}: changed; the original was put back."]
    assert "all right" not in json.dumps(found.notebook)


def test_an_edited_setup_cell_runs_after_the_original(notebook, wanted):
    cell(notebook, "setup").source += "\nimport numpy as np"
    found = repaired(notebook, wanted)
    sources = [one["source"] for one in found.notebook["cells"]]
    assert "numpy" not in sources[1]
    assert "numpy" in sources[2]


def test_unlocked_cells_and_other_points_are_put_right(notebook, wanted):
    cell(notebook, "q3-test").metadata.nbgrader |= {"points": 1000, "locked": False}
    found = repaired(notebook, wanted)
    assert found.notes == ["q3-test: lock or points changed; both were put back."]
    assert "1000" not in json.dumps(found.notebook)


def test_of_duplicated_cells_the_first_with_an_answer_counts(notebook, wanted):
    at = notebook.cells.index(cell(notebook, "q3"))
    blank = copy.deepcopy(notebook.cells[at])
    blank.source, blank.id = "q3 = ...", "copy"
    notebook.cells.insert(at, blank)
    second = copy.deepcopy(blank)
    second.source, second.id = "q3 = 99", "other"
    notebook.cells.append(second)
    found = repaired(notebook, wanted)
    said = "q3: there more than once; the first with an answer counts."
    assert found.notes == [said]
    assert source(found, "q3") == cell(notebook, "q3").source
    running = [one["source"] for one in found.notebook["cells"] if one["cell_type"] == "code"]
    assert "q3 = 99" not in running
    assert "q3 = ..." not in running


def test_a_split_cell_keeps_both_parts(notebook, wanted):
    at = notebook.cells.index(cell(notebook, "q3"))
    first, second = copy.deepcopy(notebook.cells[at]), notebook.cells[at]
    first.source, first.id, second.source = "n = 5", "first-half", "q3 = n"
    notebook.cells.insert(at, first)
    found = repaired(notebook, wanted)
    code = [one["source"] for one in found.notebook["cells"] if one["cell_type"] == "code"]
    assert source(found, "q3") == "q3 = n"
    assert code.index("n = 5") < code.index("q3 = n")


def test_duplicated_test_cells_are_one_again(notebook, wanted):
    notebook.cells += [copy.deepcopy(cell(notebook, "q3-test")) for _ in range(3)]
    found = repaired(notebook, wanted)
    assert found.notes == ["q3-test: there more than once; one was kept."]


def test_reordered_cells_run_in_the_original_order(notebook, wanted):
    notebook.cells = notebook.cells[::-1]
    found = repaired(notebook, wanted)
    assert found.notes == ["Cells stood in another order; they were run in the original one."]


def test_own_cells_stay_behind_the_cell_that_they_followed(notebook, wanted):
    at = notebook.cells.index(cell(notebook, "q3"))
    notebook.cells.insert(at, nbformat.v4.new_code_cell("mine = 1"))
    found = repaired(notebook, wanted)
    sources = [one["source"] for one in found.notebook["cells"]]
    assert sources.index("mine = 1") + 1 == sources.index(cell(notebook, "q3").source)


def test_lost_metadata_are_found_again(notebook, wanted):
    for number, one in enumerate(notebook.cells):
        one.metadata, one.id = {}, f"lost-{number}"
    found = repaired(notebook, wanted)
    assert source(found, "q3") == cell(solved_again(notebook, "q3"), "q3").source
    assert source(found, "essay-1") == notebook.cells[-3].source
    assert found.status == "repaired"
    assert len(found.notes) == 1


def solved_again(notebook, name):
    """The same notebook, whose cell for a question can be found by its id again."""
    one = next(one for one in notebook.cells if sets(one.source, name))
    one.id = name
    return notebook


def test_many_troubles_of_one_kind_take_one_line(notebook, wanted):
    for name in ("q1-test", "q2-test", "q3-test"):
        cell(notebook, name).source = "pass"
    found = repaired(notebook, wanted)
    assert found.notes == ["q1-test, q2-test, q3-test: changed; the original was put back."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"{oops", "it is not JSON (line 1)"),
        (b"\x89PNG\x00\xff", "it is not a text file"),
        (b"[]", "it is not a notebook of format 4"),
        (b'{"worksheets": []}', "it is not a notebook of format 4"),
        (b"[" * 100_000, "it is not"),
        (b'{"cells": [null, 3, {}, {"cell_type": 3, "source": 5, "metadata": []}]}', "No cell"),
        (b'{"cells": [], "metadata": {"assignment": {"name": "exile"}}}', "another assignment"),
    ],
)
def test_what_is_no_notebook_leaves_the_blank_release(content, said, wanted):
    found = repair(content, wanted)
    assert found.status == "unreadable"
    assert said in found.notes[0]
    assert source(found, "q3") == "q3 = ..."


def test_an_html_page_under_the_name_of_a_notebook(wanted):
    assert repair(b"<!DOCTYPE html>", wanted).status == "unreadable"


def test_a_notebook_of_another_course_keeps_its_essays(tmp_path, wanted):
    other = make_course(tmp_path, "history-202-2028")
    found = repaired(solved(other), wanted)
    assert found.status == "other course"
    assert "history-202-2028" in found.notes[0]
    assert source(found, "essay-2") == cell(solved(other), "essay-2").source


def test_a_notebook_of_another_course_without_metadata_is_known_by_its_tasks(tmp_path, wanted):
    made = solved(make_course(tmp_path, "history-202-2028"))
    del made.metadata["assignment"]
    found = repaired(made, wanted)
    assert found.status == "other course"


def test_an_untouched_release_is_fit(place, wanted):
    assert repaired(release(place), wanted).status == "fit"
