"""The palette and what its colours mean: light, colour blindness, one look for each value."""

from itertools import combinations

import numpy as np
import pytest
from sight import distance, nearest

from helpers import load
from helpers.meanings import FAMILIES, looks, meaning
from helpers.palette import CYCLE, DASHES, HATCHES, MARKERS, PALETTE, contrast, ink_on, tint
from helpers.tables import schemas

COLOURS = [PALETTE[name] for name in CYCLE]
APART = 12  # CIEDE2000; 2 is just seen side by side, 5 at a glance
OKABE_ITO = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#f0e442"]


@pytest.mark.parametrize(
    ("one", "other", "far"),  # of the test data of Sharma, Wu and Dalal (2005)
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ],
)
def test_distances_are_those_that_were_published(one, other, far):
    assert distance(np.array(one), np.array(other)) == pytest.approx(far, abs=1e-4)


def test_any_two_colours_can_be_told_apart_by_every_reader():
    assert nearest(COLOURS)[0] >= APART, nearest(COLOURS)


def test_a_palette_that_a_colour_blind_reader_confuses_is_caught():
    far, vision, *pair = nearest(["#3a7a3a", "#a05a2a", "#2f5fc4"])
    assert far < APART
    assert vision in ("protanopia", "deuteranopia")
    assert set(pair) == {"#3a7a3a", "#a05a2a"}


@pytest.mark.parametrize("ground", ["#ffffff", PALETTE["land"], PALETTE["water"]])
def test_every_mark_stands_out_from_paper_land_and_water(ground):
    assert min(contrast(colour, ground) for colour in COLOURS) >= 3
    assert min(contrast(PALETTE[name], ground) for name in ("ink", "grey")) >= 4.5


def test_a_palette_of_light_colours_is_caught():
    too_light = [one for one in OKABE_ITO if contrast(one, "#ffffff") < 3]
    assert {"#f0e442", "#56b4e9", "#e69f00"} <= set(too_light)


def test_signs_on_a_colour_and_on_its_tints_can_be_read():
    for colour in COLOURS:
        for part in (0.1, 0.3, 0.5, 0.8, 1):
            ground = tint(colour, part)
            assert contrast(ink_on(ground), ground) >= 4.5


def test_forms_are_all_different():
    for forms in (MARKERS, HATCHES, DASHES):
        assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("forms", [MARKERS, HATCHES, DASHES], ids=["marker", "hatch", "dash"])
@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_values_of_a_family_look_alike(family, forms):
    found = looks(FAMILIES[family], forms)
    for (one, (colour, form)), (two, (other, second)) in combinations(found.items(), 2):
        assert form != second or colour != other, f"{one} and {two}"
        far = nearest([colour, other])[0] if colour != other else 0
        assert far >= APART or form != second, f"{one} and {two}"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_value_with_a_meaning_always_looks_the_same(family):
    values = list(FAMILIES[family])
    for start in range(len(values)):
        turned = looks(["a stranger", *values[start:], *values[:start]], MARKERS)
        assert {value: turned[value] for value in values} == looks(values, MARKERS)


def test_one_value_has_one_look_in_all_its_families():
    for family, values in FAMILIES.items():
        for value, look in values.items():
            assert meaning(value) == look, f"{value} of {family} has another look elsewhere"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("stays", "condition"),
        ("events", "part"),
        ("events", "category"),
        ("vote_members", "vote"),
        ("people", "fate"),
        ("splits", "kind"),
        ("asylum", "answer"),
    ],
)
def test_every_value_of_these_columns_has_a_meaning(table, column):
    fields = {field["name"]: field for field in schemas()[table]["fields"]}
    allowed = fields[column]["constraints"]["enum"]
    assert [value for value in allowed if meaning(value) is None] == []


def test_other_words_for_a_value_look_like_it():
    assert meaning("in_favour") == meaning("for")
    assert meaning("Mensheviks") == meaning("Menshevik")
    assert meaning("Leon Trotsky") == meaning("trotsky")
    assert all(meaning(party) for party in load("petrograd_duma")["party"])


def test_values_without_a_meaning_take_what_is_left():
    found = looks(["supported", "Reed", "Pipes", "imprecise"], MARKERS)
    assert len({colour for colour, _ in found.values()}) == 4
    assert len({form for _, form in found.values()}) == 4


@pytest.mark.parametrize("forms", [MARKERS, HATCHES, DASHES])
def test_many_strangers_still_differ(forms):
    assert len(set(looks(range(40), forms).values())) == 40
