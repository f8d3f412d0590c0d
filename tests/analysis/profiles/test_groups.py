"""What all tables share: which classes count, what they are called, and texts in few bytes."""

from __future__ import annotations

import pandas as pd

from se_viz.analysis.profiles.groups import ALL, filled, rows_of, shown, words
from se_viz.profiles import empty, merge
from tests.analysis.hand import profile_of
from tests.make import ORIGIN

PROFILE = profile_of(SE_2_1={"a": [[0.1]], "b": [[0.2]], ALL: [[0.3]]})
WITH_EMPTY = merge(empty(("none",), PROFILE.blocks, ORIGIN), PROFILE)


def test_a_class_called_all_gives_way_to_the_mean():
    assert shown("cat") == "cat"
    assert shown(ALL) == "all (class)"


def test_rows_are_those_of_the_chosen_classes_in_the_profiles_order():
    assert rows_of(PROFILE, None) == [0, 1, 2]
    assert rows_of(PROFILE, ["b", "a", "unknown"]) == [0, 1]
    assert rows_of(PROFILE, []) == []


def test_the_class_called_all_is_found_by_both_of_its_names():
    assert rows_of(PROFILE, [ALL]) == rows_of(PROFILE, ["all (class)"]) == [2]


def test_classes_without_pictures_have_no_row():
    assert WITH_EMPTY.classes[0] == "none"
    assert rows_of(WITH_EMPTY, None) == [1, 2, 3]
    assert rows_of(WITH_EMPTY, ["none"]) == []


def test_filled_drops_classes_without_pictures_and_only_those():
    assert filled(WITH_EMPTY).classes == ("a", "b", ALL)
    assert filled(PROFILE) is PROFILE


def test_words_are_repeated_and_stored_once():
    column = words(["b", "a", "b"], [2, 1, 3])
    assert list(column) == ["b", "b", "a", "b", "b", "b"]
    assert list(column.categories) == ["b", "a"]
    assert list(words([], [])) == []
    assert isinstance(pd.Series(words(["x"], [0])).dtype, pd.CategoricalDtype)


def test_one_block_alone_is_filled_like_all_of_them():
    profile = profile_of(SE_2_1={"a": [[0.5]]}, SE_2_2={"a": [[0.25, 1]]})
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    one = filled(padded, "SE_2_2")
    assert one.classes == ("a",)
    assert [block.name for block in one.blocks] == ["SE_2_2"]
    assert one.all_mean("SE_2_2").tolist() == filled(padded).all_mean("SE_2_2").tolist()
