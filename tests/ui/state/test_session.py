"""A session's collection: rows, names and labels belong together, whatever is added or changed."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import Earlier, Picture, Skipped
from se_viz.pictures.labels.names import LONGEST_LABEL
from se_viz.probe.reading import Reading
from se_viz.ui.state.session import NETWORKS, Collection, Seen, Shot, shot_of
from tests.make import BLOCKS, ORIGIN, make_reading

LABELS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


def nothing_yet() -> Seen:
    return Seen(BLOCKS, ORIGIN)


def empty() -> Collection:
    mine = Collection()
    mine.look_through(mine.network, nothing_yet())
    return mine


def shot(name: str, label: str) -> Shot:
    return Shot(name, f"digest of {name} {label}", label, "folder", b"", 3, 2)


def taken(*labels: str, mine: Collection | None = None, seed: int = 0) -> Collection:
    """A collection with pictures of these labels, named 0.png, 1.png, ..."""
    mine = empty() if mine is None else mine
    reading = make_reading(labels, seed=seed)
    mine.add(
        reading, [shot(*pair) for pair in zip(reading.names, labels, strict=True)], mine.network
    )
    return mine


def means(mine: Collection) -> dict[str, np.ndarray]:
    group = mine.group()
    assert group is not None
    profile = group.profile
    return dict(zip(profile.classes, profile.stats["SE_2_1"].mean, strict=True))


@pytest.mark.parametrize(("label", "source"), [("cats", "folder"), (None, "prediction")])
def test_a_shot_says_where_its_label_comes_from(label, source):
    model_input = np.zeros((4, 4, 3), np.uint8)
    made = shot_of(Picture("a.png", label, "0" * 64, model_input, b"jpeg", 40, 30))
    assert (made.label, made.source) == (label, source)
    assert (made.name, made.digest, made.thumbnail) == ("a.png", "0" * 64, b"jpeg")
    assert (made.width, made.height) == (40, 30)
    assert not any(isinstance(value, np.ndarray) for value in vars(made).values())


def test_an_empty_collection_has_no_group():
    mine = Collection()
    assert len(mine) == 0
    assert mine.group() is None
    assert mine.labels == ()
    assert mine.known == {}


def test_known_pictures_are_found_by_digest():
    assert taken("a", "b").known == {
        "digest of 0.png a": Earlier("0.png", "a"),
        "digest of 1.png b": Earlier("1.png", "b"),
    }


def test_names_that_repeat_are_numbered_in_shots_and_reading():
    mine = taken("a", mine=taken("a", mine=taken("a")))
    assert [each.name for each in mine.shots] == ["0.png", "0.png (2)", "0.png (3)"]
    assert mine.labelled().names == ("0.png", "0.png (2)", "0.png (3)")


@settings(max_examples=20, deadline=None)
@given(st.lists(LABELS, min_size=1, max_size=3))
def test_rows_stay_with_their_pictures_however_they_come(parts):
    mine, gates = empty(), []
    for seed, labels in enumerate(parts):
        gates.append(make_reading(labels, seed=seed).gates["SE_3_1"])
        taken(*labels, mine=mine, seed=seed)
    assert mine.reading is not None
    np.testing.assert_array_equal(mine.reading.gates["SE_3_1"], np.concatenate(gates))
    assert mine.labels == mine.labelled().labels == tuple(chain.from_iterable(parts))
    assert len({each.name for each in mine.shots}) == len(mine) == len(mine.reading)


def test_renaming_changes_the_label_and_its_source_and_no_number():
    mine = taken("a", "a", "b")
    before = mine.reading
    mine.rename({1: "c", 2: "b"})
    assert mine.labels == ("a", "c", "b")
    assert [each.source for each in mine.shots] == ["folder", "you", "folder"]
    assert mine.reading is before


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u200b"], ids=ascii)
def test_empty_labels_are_ignored(text):
    mine = taken("a")
    mine.rename({0: text})
    assert mine.labels == ("a",)
    assert mine.shots[0].source == "folder"


def test_new_labels_are_cleaned():
    mine = taken("a", "b")
    mine.rename({0: " two\nwords \u202e", 1: "x" * 500})
    assert mine.labels[0] == "two words"
    assert len(mine.labels[1]) == LONGEST_LABEL


def test_the_group_follows_the_labels():
    mine = taken("a", "a", "b")
    first = means(mine)
    mine.rename({1: "b"})
    second = means(mine)
    assert isinstance(mine.reading, Reading)
    gates = mine.reading.gates["SE_2_1"].astype(np.float64)
    np.testing.assert_allclose(first["a"], gates[:2].mean(0))
    np.testing.assert_allclose(second["a"], gates[0])
    np.testing.assert_allclose(second["b"], gates[1:].mean(0))


def test_the_group_is_computed_once_until_something_changes():
    mine = taken("a", "b")
    first = mine.group()
    assert first is not None
    assert mine.group().profile is first.profile
    assert first.title == "your 2 pictures"
    mine.rename({0: "c"})
    renamed = mine.group()
    assert renamed.profile is not first.profile
    taken("a", mine=mine)
    assert mine.group().title == "your 3 pictures"
    assert mine.group().profile.pictures == 3
    assert first.profile.classes == ("a", "b")


def test_the_group_is_computed_again_for_other_pictures_of_the_same_classes():
    mine = taken("a", "b")
    before = means(mine)
    mine.drop([Skipped("1.png", "1.png is gone.")])
    taken("b", mine=mine, seed=1)
    assert mine.labels == ("a", "b")
    np.testing.assert_array_equal(means(mine)["a"], before["a"])
    assert not np.array_equal(means(mine)["b"], before["b"])


def test_gates_of_two_networks_are_kept_and_the_one_on_the_pages_among_them():
    mine = taken("a")
    for key in ("second", "third"):
        mine.look_through(key, nothing_yet())
    assert list(mine.seen) == [mine.network, "third"]
    mine.network = "fourth"
    mine.look_through("fourth", nothing_yet())
    assert list(mine.seen) == ["third", "fourth"]
    assert len(mine.seen) == NETWORKS


def test_what_a_network_has_read_is_not_replaced_by_nothing():
    mine = taken("a")
    assert mine.look_through(mine.network, nothing_yet()) is mine.seen[mine.network]
    assert len(mine.seen[mine.network]) == 1
