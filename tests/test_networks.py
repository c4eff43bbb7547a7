"""Named votes and networks: what is drawn, read back from the Axes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.networks import VOTES, circle, vote_grid


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


def test_each_named_vote_has_a_sign_in_its_cell():
    ax = grid()
    signs = {(text.get_position(), text.get_text()) for text in ax.texts}
    assert signs == {((0, 0), "+"), ((0, 1), "+"), ((1, 1), "o")}
    assert len(ax.patches) == 3, "a cell that nobody names stays empty"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Lenin", "Trotsky"]


def test_the_votes_are_told_in_words():
    assert grid().get_gid() == (
        "3 named votes. 18 Feb: for: Lenin, Trotsky. 23 Feb: abstained: Trotsky."
    )


def test_signs_are_told_apart_without_colour():
    assert len({sign for _, sign in VOTES.values()}) == len(VOTES)


def test_an_unknown_vote_is_answered():
    with pytest.raises(ValueError, match="the vote 'yes' is not known: write for, against"):
        grid(BALLOT.assign(vote="yes"))


TIES = pd.DataFrame(
    [
        ("Leon Trotsky", "Adolf Joffe", "comrade", "Pravda"),
        ("Vladimir Lenin", "Leon Trotsky", "adversary", "Bolshevik"),
        ("Victor Adler", "Leon Trotsky", "host", "Austrian"),
        ("Vladimir Lenin", "Adolf Joffe", "comrade", "Pravda"),
    ],
    columns=["person_a", "person_b", "relation", "group"],
)


def test_the_center_is_in_the_middle_and_the_others_on_the_circle():
    ax = circle(TIES, center="Leon Trotsky")
    dots = [line.get_xydata()[0] for line in ax.lines if line.get_marker() == "o"]
    radii = sorted(round(float(np.hypot(*dot)), 6) for dot in dots)
    assert radii == [0, 1, 1, 1]
    assert len([line for line in ax.lines if line.get_marker() != "o"]) == len(TIES)


def test_the_network_is_told_in_words():
    assert circle(TIES, center="Leon Trotsky").get_gid() == (
        "Network of Leon Trotsky with 3 people (1 comrade, 1 adversary, 1 host). "
        "Pravda: Adolf Joffe; Bolshevik: Vladimir Lenin; Austrian: Victor Adler."
    )


def test_relations_are_told_apart_without_colour():
    ax = circle(TIES, center="Leon Trotsky")
    handles = ax.figure.legends[0].get_lines()
    assert len({line.get_linestyle() for line in handles}) == 3


def test_an_unknown_center_is_answered():
    with pytest.raises(ValueError, match="no tie names 'Trotsky': write the name as in person_a"):
        circle(TIES, center="Trotsky")


def test_nothing_to_draw_is_said():
    assert grid(BALLOT.head(0)).texts[0].get_text() == "no votes to draw"
    assert circle(TIES.head(0), center="x").texts[0].get_text() == "no ties to draw"
