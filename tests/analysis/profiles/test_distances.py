"""Distances between classes: by hand, against SciPy, and where two classes part."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.hierarchy import cophenet, dendrogram, linkage
from scipy.spatial.distance import pdist, squareform

from se_viz.analysis.profiles.distances import (
    distance_matrix,
    distances,
    nearest_and_furthest,
    parting,
    parting_table,
    tree,
)
from se_viz.analysis.profiles.groups import Group
from se_viz.profiles import empty, merge, of_reading
from tests.analysis.hand import group_of
from tests.make import ORIGIN, make_profile, make_reading

GROUP = Group("my pictures", make_profile("abcdefg", pictures=3))


def test_a_distance_by_hand():
    group = group_of(SE_2_1={"a": [[0.0, 0.0], [0.5, 0.25]], "b": [[0.5, 0.5]]})
    # Means (0.25, 0.125) and (0.5, 0.5): the root of (1/16 + 9/64) / 2.
    matrix = distance_matrix(group, "SE_2_1")
    assert matrix.loc["a", "b"] == pytest.approx((13 / 128) ** 0.5)
    assert matrix.to_numpy().tolist()[0] == [0, matrix.loc["b", "a"]]


@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, (5, 7), elements=st.floats(0, 1)))
def test_distances_are_scipys_divided_by_the_root_of_the_channels(means):
    expected = squareform(pdist(means)) / 7**0.5
    np.testing.assert_allclose(distances(means), expected, atol=3e-8)


def test_a_matrix_holds_the_classes_with_pictures_that_are_asked_for():
    padded = merge(empty(("none",), GROUP.profile.blocks, ORIGIN), GROUP.profile)
    group = Group("g", padded)
    assert list(distance_matrix(group, "SE_4_6").index) == list("abcdefg")
    chosen = distance_matrix(group, "SE_4_6", ["f", "b", "none"])
    assert list(chosen.columns) == ["b", "f"]
    whole = distance_matrix(GROUP, "SE_4_6")
    assert chosen.loc["b", "f"] == pytest.approx(whole.loc["b", "f"])
    assert distance_matrix(group, "SE_4_6", []).empty


def test_joints_are_scipys_dendrogram():
    matrix = distance_matrix(GROUP, "SE_5_1")
    steps = linkage(squareform(matrix.to_numpy()), "average")
    drawn = dendrogram(steps, no_plot=True)
    found = tree(matrix)
    assert list(found.order) == drawn["leaves"]
    expected = sorted(
        ((x[0] - 5) / 10, (x[2] - 5) / 10, y[0], y[3], y[1])
        for x, y in zip(drawn["icoord"], drawn["dcoord"], strict=True)
    )
    np.testing.assert_allclose(sorted(found.joints), expected, atol=1e-12)
    assert cophenet(steps).max() == pytest.approx(max(joint[-1] for joint in found.joints))


def test_the_nearest_two_are_joined_first_and_stand_together():
    names = list("abc")
    matrix = pd.DataFrame([[0, 5, 1], [5, 0, 4], [1, 4, 0.0]], names, names)
    found = tree(matrix)
    assert found.joints[0][-1] == 1
    assert found.joints[1][-1] == 4.5
    places = [found.order.index(row) for row in (0, 2)]
    assert abs(places[0] - places[1]) == 1
    said = nearest_and_furthest(matrix)
    assert said == "Most alike: a and c (1.000); furthest apart: a and b (5.000), in gates."


@pytest.mark.parametrize("classes", [0, 1])
def test_no_tree_grows_of_one_class(classes):
    matrix = distance_matrix(GROUP, "SE_5_1", "abcdefg"[:classes])
    assert tree(matrix).order == tuple(range(classes))
    assert tree(matrix).joints == ()
    assert nearest_and_furthest(matrix) is None


def test_a_thousand_classes_in_a_chain_grow_a_tree():
    means = np.cumsum(np.linspace(0.0001, 0.001, 1000))[:, None]
    assert sorted(tree(pd.DataFrame(distances(means))).order) == list(range(1000))


def test_parting_equals_a_direct_computation():
    labels = list("aaabbbbbcc")
    reading = make_reading(labels)
    group = Group("g", of_reading(reading, GROUP.profile.blocks, ORIGIN))
    row = parting_table(group, "b", "a").set_index("block").loc["SE_4_2"]
    gates = reading.gates["SE_4_2"].astype(float)
    a, b, c = gates[:3], gates[3:8], gates[8:]
    assert row["distance"] == pytest.approx(np.sqrt(((a.mean(0) - b.mean(0)) ** 2).mean()))
    variances = a.var(0, ddof=1).mean(), b.var(0, ddof=1).mean()
    assert row["within"] == pytest.approx(np.sqrt(np.mean(variances)))
    assert row["chance"] == pytest.approx(np.sqrt(variances[0] / 3 + variances[1] / 5))
    assert row["ratio"] == pytest.approx(row["distance"] / row["within"])
    pairs = pdist(np.stack([a.mean(0), b.mean(0), c.mean(0)]))
    assert row["usual"] == pytest.approx(np.sqrt((pairs**2).mean() / gates.shape[1]))


def test_chance_is_the_distance_of_two_halves_of_one_class():
    gates = np.random.default_rng(0).random((20, 4000))
    table = parting_table(group_of(SE_2_1={"a": gates[:6], "b": gates[6:]}), "a", "b")
    assert table["distance"].iloc[0] == pytest.approx(table["chance"].iloc[0], rel=0.03)


NEAR = {"a": [[0.4], [0.6]], "b": [[0.45], [0.65]]}
FAR = {"a": [[0.1], [0.2]], "b": [[0.8], [0.9]]}


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ((NEAR, FAR, FAR), "x and y part first in SE_2_2, in 2 of 3 blocks in all; they are"),
        ((NEAR, FAR, NEAR), "and are close again in SE_2_3."),
        ((NEAR, NEAR), "never part: they differ most in SE_2_1, 0.4 times the spread within them."),
    ],
)
def test_where_two_classes_part_is_said(blocks, said):
    group = group_of(**{f"SE_2_{i}": gates for i, gates in enumerate(blocks, 1)})
    assert said in parting(parting_table(group, "a", "b"), "x", "y")


def test_single_pictures_have_a_distance_and_no_spread():
    table = parting_table(group_of(SE_2_1={"a": [[0.25]], "b": [[0.5], [0.5]]}), "a", "b")
    assert table["distance"].tolist() == [0.25]
    assert table[["within", "chance", "ratio"]].isna().all(axis=None)
    assert "unknown" in parting(table, "a", "b")


def test_classes_that_differ_and_do_not_vary_part_without_bound():
    still = parting_table(group_of(SE_2_1={"a": [[0.25]] * 2, "b": [[0.5]] * 2}), "a", "b")
    assert (still["within"].tolist(), still["ratio"].tolist()) == ([0], [np.inf])
    said = parting(still, "x", "y")
    assert "x and y part first in SE_2_1, in 1 of 1 blocks" in said
    assert said.endswith("furthest apart in SE_2_1, where nothing varies within them.")


def test_classes_that_never_change_are_not_said_to_lack_pictures():
    still = parting_table(group_of(SE_2_1={"a": [[0.5]] * 2, "b": [[0.5]] * 2}), "a", "b")
    assert still["ratio"].isna().all()
    assert parting(still, "x", "y").startswith("No gate tells x from y")


@pytest.mark.parametrize(("a", "b"), [("a", "a"), ("a", "none"), ("cat", "a")])
def test_two_classes_with_pictures_are_needed(a, b):
    padded = merge(empty(("none",), GROUP.profile.blocks, ORIGIN), GROUP.profile)
    with pytest.raises(ValueError, match="are not two classes"):
        parting_table(Group("g", padded), a, b)
