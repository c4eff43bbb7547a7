"""The table of the bench: medians, spread, targets, what counts as a change; nothing is timed."""

import pytest
from bench import pace, page, table
from bench.table import Sample, faults, render, row


def measured(*values: float, **more):
    return row("loads", "all tables", "ms", [Sample(one, one / 2) for one in values], **more)


def test_a_row_has_median_and_spread():
    one = measured(5, 1, 3, 2, 4)
    assert (one.n, one.least, one.lower, one.median, one.upper, one.most) == (5, 1, 2, 3, 4, 5)
    assert one.cpu == 1.5


def test_one_measurement_is_a_row_without_spread():
    one = measured(7)
    assert one.least == one.lower == one.median == one.upper == one.most == 7


def test_nothing_measured_is_no_row():
    with pytest.raises(ValueError, match="not enough values"):
        measured()


@pytest.mark.parametrize(
    ("values", "moved", "word"),
    [
        ((10, 10, 10), "+0 %", ""),
        ((11, 12, 13), "+20 %", "slower"),
        ((8, 9, 9), "-10 %", "faster"),
        ((8, 12, 14), "+20 %", ""),  # the middle halves overlap: it may be chance
    ],
)
def test_a_change_counts_only_beyond_the_spread(values, moved, word):
    assert table.change(measured(*values), measured(10, 10, 10.6)) == (moved, word)


def test_what_was_never_measured_is_new():
    assert table.change(measured(1), None) == ("new", "")


def test_what_is_measured_in_another_unit_is_new():
    before = row("loads", "all tables", "s", [Sample(1, 1)])
    assert "| new " in render([measured(9)], [before])
    assert faults([measured(9)], [before]) == []


def test_the_table_tells_targets_and_changes():
    lines = render([measured(11, 12, 13, target=10)], [measured(10, 10, 10)]).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells[:4] == ["loads", "all tables", "ms", "3"]
    assert cells[4:8] == ["11.00", "12.00", "13.00", "6.00"]
    assert cells[8:] == ["", "10", "MISSED", "+20 %", "slower"]
    assert len({len(line) for line in lines}) == 1
    assert "met" in render([measured(9, target=10)])


def test_a_target_can_be_met_at_the_pace_of_its_own_machine():
    rows = [measured(18, target=10, at_pace=9), measured(22, target=10, at_pace=11), measured(22)]
    assert [one.verdict for one in rows] == ["met at pace", "MISSED", ""]
    assert measured(8, target=10, at_pace=4).verdict == "met"
    assert measured(12, target=10).verdict == "MISSED"  # a multiple of something measured here
    assert faults(rows) == ["all tables: 22.00 ms, 11.00 at pace, target 10"]
    assert "| 9.00    | 10     | met at pace |" in render(rows[:1])


def test_each_measurement_is_taken_at_the_pace_of_its_own_process():
    quick, slow = Sample(pace.REFERENCE, 1), Sample(2 * pace.REFERENCE, 1)
    assert pace.at_pace([Sample(10, 1), Sample(20, 1)], [quick, slow]) == 10
    assert pace.at_pace([Sample(10, 1), Sample(20, 1), Sample(30, 1)], [quick] * 3) == 20
    with pytest.raises(ValueError, match="shorter"):
        pace.at_pace([Sample(10, 1), Sample(20, 1)], [quick])


def test_faults_are_missed_targets_and_what_became_slower():
    slow = measured(11, 12, 13, target=10)
    assert faults([slow], [measured(10, 10, 10)]) == [
        "all tables: 12.00 ms, target 10",
        "all tables: +20 % since the last run",
    ]
    assert faults([measured(9, target=10)]) == []


def test_only_the_parts_that_were_measured_replace_what_is_stored(tmp_path):
    path, loads, site = tmp_path / "bench.json", measured(1), row("site", "x", "s", [Sample(1, 1)])
    assert table.read(path) == ({}, [])
    table.store(path, {"loads": {"date": "a"}, "site": {"date": "a"}}, [loads, site])
    table.store(path, {"loads": {"date": "b"}}, [measured(2)])
    assert table.read(path) == (
        {"loads": {"date": "b"}, "site": {"date": "a"}},
        [measured(2), site],
    )


def test_the_page_shows_the_stored_run():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.START in text
    assert page.filled(text) == text, "docs/speed.md has drifted: run make bench STORE=1"


def test_a_page_that_has_drifted_is_caught(tmp_path):
    table.store(tmp_path / "bench.json", {"loads": {"date": "a"}}, [measured(1)])
    text = f"Before.\n\n{page.START}\nold\n{page.END}\nAfter.\n"
    made = page.filled(text, tmp_path / "bench.json")
    assert made.startswith("Before.")
    assert made.endswith("After.\n")
    assert "all tables" in made
    assert "old" not in made
    assert page.filled(made, tmp_path / "bench.json") == made
