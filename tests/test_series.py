"""Points that nothing joins, and steps of survival."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import strokes

from helpers.accounts import words_of
from helpers.series import points, survival


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def dated(column: str, rows: list[tuple]) -> pd.DataFrame:
    names = [column, f"{column}_earliest", f"{column}_latest"]
    table = pd.DataFrame(rows, columns=[*names, "n"])
    table[names[1:]] = table[names[1:]].apply(pd.to_datetime)
    return table


ARMY = dated("date", [("1919", "1919-01-01", "1919-12-31", 1), ("1920-12-01",) * 3 + (5,)])


def test_points_are_not_joined():
    ax = points(ARMY, date="date", value="n", unit="men")
    assert {line.get_linestyle() for line in ax.lines} == {"None"}
    assert all(height == other for _, height, _, other in strokes(ax))
    widths = [end - start for start, _, end, _ in strokes(ax)]
    assert widths == [364, 0], "in days, as wide as the doubt"
    assert words_of(ax) == "2 points, in men: 1 (1919), 5 (1 December 1920)."
    assert ax.get_ylim()[0] == 0


def test_points_of_several_groups_have_a_legend():
    ax = points(ARMY.assign(who=["a", "b"]), date="date", value="n", unit="men", group="who")
    texts = [text.get_text() for legend in ax.figure.legends for text in legend.get_texts()]
    assert texts == ["A", "B"]


def test_points_need_the_bounds_of_their_dates():
    with pytest.raises(ValueError, match="the table lacks date_earliest, date_latest"):
        points(ARMY[["date", "n"]], date="date", value="n", unit="men")


LIVES = dated(
    "died",
    [
        ("1924-01-21", "1924-01-21", "1924-01-21", 0),
        ("1936", "1936-01-01", "1936-12-31", 0),
        ("1938-03-15", "1938-03-15", "1938-03-15", 0),
        (None, None, None, 0),
    ],
)


def test_survival_falls_by_one_at_each_death():
    ax = survival(LIVES, since="1917-08-08")
    line = ax.lines[0]
    assert list(line.get_ydata()) == [3, 2, 1, 0]
    days = [pd.Timestamp(day) for day in line.get_xdata()]
    assert days[0] == pd.Timestamp("1917-08-08")
    assert days[2] == pd.Timestamp("1936-12-31"), "an unsure day counts at its last"


def test_survival_says_who_is_left_out():
    told = words_of(survival(LIVES, since="1917-08-08"))
    assert told == (
        "Steps from 3 people alive 8 August 1917 down to none in 1938; half of them were dead "
        "by 1936. Of 1 more the death is not known."
    )


def test_the_band_covers_the_doubt():
    band = survival(LIVES, since="1917-08-08").collections[0].get_paths()[0].get_extents()
    assert band.height > 0


def test_nobody_known_is_said():
    ax = survival(LIVES.tail(1), since="1917-08-08")
    assert ax.texts[0].get_text() == "no deaths to draw"
