"""Colours: one for each class, whichever are shown; dashes where colours run out."""

from __future__ import annotations

import pytest

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.style.palette import (
    COLOURS,
    GREY,
    SIDES,
    class_colours,
    colour_of,
    dash_of,
    tint,
    translucent,
)

MANY = [f"class {i}" for i in range(60)]


def test_all_is_grey_and_classes_are_not():
    colours = class_colours(["cat", "dog"])
    assert colours == {ALL: GREY, "cat": COLOURS[0], "dog": COLOURS[1]}


def test_a_class_named_twice_takes_one_colour():
    assert class_colours(["cat", "cat", "dog"]) == class_colours(["cat", "dog"])


def test_a_class_called_all_has_a_colour_of_its_own():
    assert class_colours([ALL])["all (class)"] == COLOURS[0]


def test_24_classes_differ_in_colour():
    assert len(set(class_colours(MANY[:24]).values())) == 25
    assert len(set(COLOURS)) == 24
    assert GREY not in COLOURS


@pytest.mark.parametrize("group", [0, 1])
def test_beyond_24_classes_colour_and_dash_together_tell_them_apart(group):
    colours = class_colours(MANY)
    looks = {(colours[name], dash_of(colours, name, group)) for name in MANY}
    assert len(looks) == 60


def test_the_two_groups_of_a_class_differ_in_dash():
    colours = class_colours(MANY)
    assert all(dash_of(colours, n, 0) != dash_of(colours, n, 1) for n in (ALL, *MANY, "unknown"))
    assert dash_of(colours, ALL, 0) == "solid"


def test_an_unknown_class_is_grey():
    assert colour_of({}, "cat") == GREY


def test_translucent_colours_keep_their_hue():
    assert translucent("#0072B2", 0.25) == "rgba(0,114,178,0.25)"


def test_two_networks_have_colours_that_no_class_has():
    assert len({*SIDES, *COLOURS, GREY}) == 2 + len(COLOURS) + 1


def test_classes_drawn_keep_their_colour_where_they_can():
    drawn = [MANY[3], MANY[27], MANY[5]]
    told = class_colours(MANY, drawn)
    usual = class_colours(MANY)
    assert usual[MANY[3]] == usual[MANY[27]]
    assert (told[MANY[3]], told[MANY[5]]) == (usual[MANY[3]], usual[MANY[5]])
    assert told[MANY[27]] not in (told[MANY[3]], told[MANY[5]])
    assert {dash_of(told, name, 0) for name in drawn} == {"solid"}


def test_few_classes_keep_their_colours_whichever_are_drawn():
    assert class_colours(MANY[:24], MANY[20:24] + MANY[:3]) == class_colours(MANY[:24])


def test_more_classes_drawn_than_colours_share_them_evenly():
    told = class_colours(MANY, MANY[:48])
    counts = [[told[name] for name in MANY[:48]].count(colour) for colour in COLOURS]
    assert counts == [2] * 24


def test_a_tint_is_opaque_and_goes_from_white_to_the_colour():
    assert tint("#0072B2", 0) == "rgb(255,255,255)"
    assert tint("#0072B2", 1) == "rgb(0,114,178)"
    assert tint("#0072B2", 0.5) == "rgb(128,184,216)"
