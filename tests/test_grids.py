"""Votes, matrices and heatmaps: the cells and signs, read back from the Axes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import column_labels, inner_texts, row_names

from helpers.accounts import words_of
from helpers.figures import show
from helpers.grids import VOTES, heatmap, matrix, vote_grid
from helpers.palette import CYCLE


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


BALLOT = pd.DataFrame(
    [("Lenin", "18 Feb", "for"), ("Trotsky", "18 Feb", "for"), ("Trotsky", "23 Feb", "abstained")],
    columns=["name", "motion", "vote"],
)


def grid(table=BALLOT):
    return vote_grid(table, row="name", column="motion", vote="vote")


def signs(ax):
    return {text.get_position(): text.get_text() for text in inner_texts(ax)}


def fills(ax):
    """The colour of each cell that is not empty."""
    return ax.collections[0].get_facecolor()


def legend_of(ax):
    return [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_each_named_vote_has_a_sign_in_its_cell():
    ax = grid()
    assert signs(ax) == {(0, 0): "+", (0, 1): "+", (1, 1): "O"}
    assert len(fills(ax)) == 3, "a cell that nobody names stays empty"
    assert row_names(ax) == ["Lenin", "Trotsky"]
    assert ax.yaxis_inverted(), "the first on top"


def test_the_votes_are_told_in_words():
    assert words_of(grid()) == (
        "3 named votes. 18 Feb: for: Lenin, Trotsky. 23 Feb: abstained: Trotsky."
    )


def test_the_legend_has_the_votes_that_were_cast():
    assert legend_of(grid()) == ["+  For", "O  Abstained"]


def test_signs_are_told_apart_without_colour():
    assert len(set(VOTES.values())) == len(VOTES)


def test_an_unknown_vote_is_answered():
    with pytest.raises(ValueError, match="the vote 'yes' is not known: write for, against"):
        grid(BALLOT.assign(vote="yes"))


def test_two_votes_of_one_person_are_answered():
    twice = pd.concat([BALLOT, BALLOT.head(1).assign(vote="against")])
    with pytest.raises(ValueError, match="one cell for Lenin and 18 Feb, and the table has two"):
        grid(twice)


def test_long_names_above_the_columns_are_turned():
    turned = grid(BALLOT.replace("18 Feb", "To sign at once, 18 February"))
    assert {label.get_rotation() for label in column_labels(turned)} == {30}
    assert {label.get_rotation() for label in column_labels(grid())} == {0}


HELD = pd.DataFrame(
    [("Baku", "1917", "Soviet"), ("Kyiv", "1917", "Rada"), ("Kyiv", "1918", "Soviet")],
    columns=["town", "year", "power"],
)


def held(table=HELD, **options):
    return matrix(table, row="town", column="year", value="power", **options)


def test_the_words_of_a_matrix_are_numbered_as_they_appear():
    ax = held()
    assert signs(ax) == {(0, 0): "1", (0, 1): "2", (1, 1): "1"}
    assert legend_of(ax) == ["1  Soviet", "2  Rada"]
    assert words_of(ax) == ("3 cells. 1917: Soviet: Baku; Rada: Kyiv. 1918: Soviet: Kyiv.")


def test_the_words_of_a_matrix_can_be_put_in_order():
    ax = held(order=["Rada", "Soviet"])
    assert signs(ax) == {(0, 0): "2", (0, 1): "1", (1, 1): "2"}
    assert words_of(ax).startswith("3 cells. 1917: Rada: Kyiv; Soviet: Baku.")


def test_a_matrix_answers_what_it_cannot_draw():
    with pytest.raises(ValueError, match=r"'Rada' is not in order=\[...\]: add it there"):
        held(order=["Soviet"])
    many = pd.DataFrame({"town": "Kyiv", "year": range(9), "power": list("abcdefghi")})
    with pytest.raises(ValueError, match=f"has {len(CYCLE)} colours; 9 words are too many"):
        held(many)
    with pytest.raises(ValueError, match="cannot draw 3 of 3 rows, which have no power"):
        held(HELD.assign(power=None))
    with pytest.raises(ValueError, match="the table lacks power"):
        held(HELD.drop(columns="power"))
    with pytest.raises(TypeError, match="needs a table"):
        held(list(HELD))


NUMBERS = pd.DataFrame(
    {"Reed": [0.5, None], "Lenin": [1200, 2]}, index=["Trotsky", "Russell"], dtype=float
)


def test_a_heatmap_writes_each_number_and_leaves_the_missing_one_empty():
    ax = heatmap(NUMBERS, unit="words")
    assert signs(ax) == {(0, 0): "0.5", (1, 0): "1,200", (1, 1): "2"}
    assert len(fills(ax)) == 3
    assert row_names(ax) == ["Trotsky", "Russell"]
    assert ax.get_xlabel() == "Words"
    assert words_of(ax) == "3 cells, words. Trotsky: Reed 0.5, Lenin 1,200; Russell: Lenin 2."


def test_the_more_the_darker():
    light = [sum(cell) for cell in fills(heatmap(NUMBERS, unit="words"))]
    assert light[0] >= light[2] > light[1]


def test_equal_numbers_are_equally_dark():
    cells = fills(heatmap(NUMBERS.fillna(0) * 0 + 7, unit="words"))
    assert len({tuple(cell) for cell in cells}) == 1


def test_a_heatmap_of_text_is_answered():
    for wrong in (HELD, NUMBERS["Reed"]):
        with pytest.raises(TypeError, match=r"make one with .pivot\("):
            heatmap(wrong, unit="words")


def test_turned_names_stay_on_the_picture():
    names = [f"A book with a long title, volume {number}" for number in range(9)]
    ax = heatmap(pd.DataFrame(np.eye(9), index=names, columns=names), unit="distance")
    show(ax, title="T", caption="c")
    reach = max(label.get_window_extent().x1 for label in column_labels(ax))
    assert reach <= ax.figure.bbox.x1


def test_nothing_to_draw_is_said():
    assert grid(BALLOT.head(0)).texts[0].get_text() == "no votes to draw"
    assert words_of(held(HELD.head(0))) == "Nothing to draw."
    for nothing in (NUMBERS.head(0), NUMBERS * float("nan"), pd.DataFrame()):
        assert heatmap(nothing, unit="words").texts[0].get_text() == "no words to draw"
