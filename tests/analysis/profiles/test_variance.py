"""Three shares of the gates' variance: by hand, against per-picture gates, and always adding up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.variance import SHARES, most_adaptive, variance, variance_table
from se_viz.profiles import empty, merge, of_reading
from tests.analysis.hand import group_of, profile_of
from tests.make import BLOCKS, ORIGIN, make_profile, make_reading

KINDS = list(SHARES)


def shares_of(**blocks) -> list[float]:
    return variance_table([group_of(**blocks)])[KINDS].iloc[0].tolist()


def test_a_fixed_scale_is_static():
    assert shares_of(SE_2_1={"a": [[0.25, 0.75]] * 2, "b": [[0.25, 0.75]]}) == [1, 0, 0]


def test_gates_that_know_only_the_class():
    assert shares_of(SE_2_1={"a": [[0.25, 0.25]] * 3, "b": [[0.75, 0.75]]}) == [0, 1, 0]


def test_gates_that_know_only_the_picture():
    rows = [[0.25, 0.25], [0.75, 0.75]]
    assert shares_of(SE_2_1={"a": rows, "b": rows}) == [0, 0, 1]


def test_all_three_by_hand():
    # "all" curve: 0.25, 0.75, variance 1/16. Class means 1/8 off to either side: variance 1/64,
    # in channel 0 alone: mean 1/128. Pictures 1/4 off in channel 1 of both classes: mean 1/32.
    gates = {
        "a": [[0.125, 0.5], [0.125, 1.0]],
        "b": [[0.375, 0.5], [0.375, 1.0]],
    }
    found = variance(profile_of(SE_2_1=gates), "SE_2_1")
    assert (found.static, found.between, found.within) == (1 / 16, 1 / 128, 1 / 32)
    assert found.total == 13 / 128
    assert found.shares == pytest.approx((8 / 13, 1 / 13, 4 / 13), abs=1e-15)


def weighted(gates: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """The shares from gates (N, C) of single pictures: every class weighs the same."""
    sizes = {name: (labels == name).sum() for name in labels}
    weight = np.array([1 / (len(sizes) * sizes[name]) for name in labels])[:, None]
    curve = (weight * gates).sum(0)
    fitted = np.stack([gates[labels == name].mean(0) for name in labels])
    total = (weight * (gates - curve.mean()) ** 2).sum() / gates.shape[1]
    parts = [
        (curve - curve.mean()) ** 2 * np.ones_like(gates),
        (fitted - curve) ** 2,
        (gates - fitted) ** 2,
    ]
    return tuple((weight * part).sum() / gates.shape[1] / total for part in parts)


def test_unequal_classes_equal_a_direct_computation():
    labels = np.array(list("aabbbbbbbcddd"))
    gates = make_reading(labels).gates
    table = variance_table([Group("mine", profile_like(labels))])
    for row in table.itertuples():
        expected = weighted(gates[row.block].astype(float), labels)
        np.testing.assert_allclose(table.loc[row.Index, KINDS].tolist(), expected, atol=1e-12)


def profile_like(labels):
    return of_reading(make_reading(labels), BLOCKS, ORIGIN)


@settings(max_examples=40, deadline=None)
@given(arrays(np.float32, (3, 4, 2), elements=st.floats(0, 1, width=32)))
def test_shares_add_up_to_one_and_none_is_negative(gates):
    shares = shares_of(SE_2_1=dict(zip("abc", gates, strict=True)))
    if not np.isnan(shares).any():
        assert sum(shares) == pytest.approx(1, abs=1e-15)
        assert min(shares) >= 0


def test_the_parts_add_up_to_numpys_variance_where_classes_are_of_one_size():
    labels = [name for name in "abc" for _ in range(4)]
    table, gates = variance_table([Group("g", profile_like(labels))]), make_reading(labels).gates
    stds = [gates[block.name].astype(float).std() for block in BLOCKS]
    np.testing.assert_allclose(table["std"], stds, atol=1e-12)
    means = [gates[block.name].astype(float).mean() for block in BLOCKS]
    np.testing.assert_allclose(table["mean"], means, atol=1e-12)


def test_more_pictures_of_the_same_in_one_class_change_nothing():
    few = {"a": [[0.1, 0.4], [0.5, 0.2]], "b": [[0.5, 0.9], [0.7, 0.1]]}
    many = few | {"b": few["b"] * 20}
    np.testing.assert_allclose(shares_of(SE_2_1=few), shares_of(SE_2_1=many), atol=1e-9)


def test_chance_is_what_gates_without_a_class_give_on_average():
    rng = np.random.default_rng(0)
    sizes = {"a": 3, "b": 5, "c": 12}
    gates = {name: rng.random((n, 4000)) for name, n in sizes.items()}
    found = variance(profile_of(SE_2_1=gates), "SE_2_1")
    assert found.chance == pytest.approx(found.between, rel=0.03)


def test_chance_is_unknown_with_one_picture_in_a_class():
    row = variance_table([group_of(SE_2_1={"a": [[0.1]], "b": [[0.2], [0.4]]})]).iloc[0]
    assert np.isnan(row["chance"])


def test_gates_that_are_all_equal_have_no_shares():
    row = variance_table([group_of(SE_2_1={"a": [[0.3, 0.3]] * 2, "b": [[0.3, 0.3]]})]).iloc[0]
    assert np.isnan(row[KINDS].astype(float)).all()
    assert np.isnan(row["chance"])


def test_classes_without_pictures_weigh_nothing_and_no_picture_is_no_row():
    profile = make_profile("abc", pictures=3)
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    assert variance(padded, "SE_4_1") == variance(profile, "SE_4_1")
    assert variance_table([Group("g", padded)])["classes"].tolist() == [3] * 16
    assert variance_table([Group("g", empty("ab", BLOCKS, ORIGIN))]).empty
    assert np.isnan(variance(empty("ab", BLOCKS, ORIGIN), "SE_4_1").total)


def test_groups_stand_one_after_another_in_order_of_depth():
    table = variance_table([Group("a", make_profile("ab")), Group("b", make_profile("a"))])
    assert table["group"].tolist() == ["a"] * 16 + ["b"] * 16
    assert table["block"].tolist() == [block.name for block in BLOCKS] * 2
    assert table["class"].iloc[16:].tolist() == [0] * 16


def test_made_gates_follow_the_class_more_the_deeper():
    table = variance_table([Group("g", make_profile("abc", pictures=8))]).set_index("block")
    assert (
        table.loc["SE_2_1", "class"] < table.loc["SE_4_1", "class"] < table.loc["SE_5_1", "class"]
    )


def test_a_sentence_names_the_ends():
    gates = {"a": [[0.1, 0.9]], "b": [[0.1, 0.9]]}, {"a": [[0.1, 0.2]], "b": [[0.8, 0.9]]}
    said = most_adaptive(variance_table([group_of(SE_2_1=gates[0], SE_2_2=gates[1])]))
    assert said.startswith("SE_2_1 comes closest to a fixed scale: 100.0% of the variance")
    assert "SE_2_2 follows the class most: 98.0% of the variance lies between classes." in said
    alone = variance_table([group_of(SE_2_1={"a": [[0.1, 0.9]]})])
    assert most_adaptive(alone) == "SE_2_1 is the most static block, with 100.0%."
    assert most_adaptive(variance_table([])) is None
