"""A class that is only the network's guess is marked as one: readings, profiles, tables, files."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pytest

from se_viz.analysis.predictions.label_origin import with_class_from
from se_viz.analysis.profiles.curves import curve_table
from se_viz.analysis.profiles.depth import saturation_table
from se_viz.analysis.profiles.distributions import histogram_table, violin_table
from se_viz.analysis.profiles.groups import ALL, Group, guesses
from se_viz.probe.reading import GIVEN, GUESSED, join
from se_viz.profiles import as_npz, load, merge, of_reading
from se_viz.profiles.reference import reference_of
from tests.make import ORIGIN, blocks_by_depth, make_profile, make_reading

BLOCKS = blocks_by_depth([4])
LABELS = ("cat", "all", "cat", "dog", "cat")
ORIGINS = (GIVEN, GUESSED, GUESSED, "you", GUESSED)
READING = make_reading(LABELS, BLOCKS).relabel(LABELS, ORIGINS)
MADE = of_reading(READING, BLOCKS, ORIGIN)


def test_a_reading_keeps_what_is_guessed_through_choosing_and_joining():
    assert READING.guessed.tolist() == [False, True, True, False, True]
    assert READING.select([4, 0]).guessed.tolist() == [True, False]
    assert join([READING.select([0, 1]), READING.select([2, 3, 4])]).class_from == ORIGINS
    bare = make_reading(LABELS, BLOCKS)
    assert not bare.guessed.any()
    assert join([bare, READING]).guessed.tolist() == [*([False] * 5), *READING.guessed]
    with np.load(io.BytesIO(READING.npz())) as file:
        assert file["guessed"].tolist() == READING.guessed.tolist()


def test_a_profile_counts_guesses_of_each_class_through_merging_choosing_and_its_file():
    assert MADE.guessed == {"all": 1, "cat": 2}
    assert merge(MADE, MADE).guessed == {"all": 2, "cat": 4}
    assert MADE.select(["dog", "cat"]).guessed == {"cat": 2}
    assert load(io.BytesIO(as_npz(MADE))).guessed == MADE.guessed
    assert reference_of(MADE)["guessed"] == MADE.guessed
    assert not make_profile().guessed


def changed(**record) -> io.BytesIO:
    """The profile's file with other entries in its record; None takes one out."""
    with np.load(io.BytesIO(as_npz(MADE))) as file:
        arrays = {name: file[name] for name in file.files}
    known = json.loads(str(arrays.pop("record"))) | record
    kept = {key: value for key, value in known.items() if value is not None}
    packed = io.BytesIO()
    np.savez(packed, record=np.array(json.dumps(kept)), **arrays)
    packed.seek(0)
    return packed


def test_a_file_from_before_guesses_were_counted_still_loads():
    found = load(changed(guessed=None))
    assert (found.counts, found.guessed) == (MADE.counts, {})


@pytest.mark.parametrize("wrong", [5, ["cat"], {"cat": 9}, {"bird": 1}, {"cat": "2"}, {"cat": 0}])
def test_a_file_with_impossible_guesses_is_refused(wrong):
    with pytest.raises(ValueError, match="cannot be read as a profile"):
        load(changed(guessed=wrong))


def test_titles_say_how_many_are_guessed():
    assert guesses(make_profile()) == ""
    assert guesses(MADE) == ", classes of 3 guessed"
    assert guesses(MADE.select(["all"])) == ", classes guessed"


def test_tables_of_classes_say_how_many_of_each_are_guessed():
    known = Group("known", make_profile(("cat", "dog"), BLOCKS))
    groups = (Group("mine", MADE), known)
    tables = [
        curve_table(groups, {"SE_1": np.array([0, 2])}),
        saturation_table(groups),
        histogram_table(groups),
        violin_table(histogram_table(groups)),
    ]
    for table in tables:
        found = table.drop_duplicates(["group", "class"]).set_index(["group", "class"])["guessed"]
        mine = {"cat": 2, "all (class)": 1, "dog": 0, ALL: 3}
        assert found["mine"].to_dict() == mine
        assert found["known"].tolist() == [0, 0, 0]
    assert "guessed" not in curve_table([known], {"SE_1": np.array([0])})


def test_tables_of_pictures_say_where_each_class_comes_from():
    table = pd.DataFrame({"picture": ["4.png", "0.png", "4.png"], "class": ["cat"] * 3, "n": 1})
    found = with_class_from(table, READING)
    assert list(found) == ["picture", "class", "class_from", "n"]
    assert found["class_from"].tolist() == [GUESSED, GIVEN, GUESSED]


def test_people_see_which_class_is_a_guess():
    assert [READING.marked(row) for row in (0, 1, 3)] == ["cat", "all (prediction)", "dog"]
