"""Two networks side by side: aligned by depth, compared by distribution, blind to channels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import wasserstein_distance

from se_viz.analysis.networks.two_networks import (
    aligned,
    both_predict,
    depth_table,
    distance,
    side_histograms,
    side_table,
)
from se_viz.analysis.profiles.distributions import histogram_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.specificity import specificity
from se_viz.profiles import BINS, Profile, Stats, empty, merge
from se_viz.profiles.bins import edges
from tests.analysis.hand import group_of, profile_of
from tests.make import BLOCKS, ORIGIN, blocks_by_depth, make_profile, make_reading, single

EFFICIENT = blocks_by_depth([32, 96, 144, 144, 240, 240, 480, 480, 672])
A = Group("residual", make_profile("abc", pictures=3))
B = Group("efficient", make_profile("abc", EFFICIENT, pictures=3, seed=1))
TABLES = (side_histograms, side_table, depth_table)


def test_two_resnets_are_aligned_by_stage():
    parts = aligned(BLOCKS, BLOCKS)
    assert [part.title for part in parts] == ["stage 2", "stage 3", "stage 4", "stage 5"]
    assert parts[0].blocks == (("SE_2_1", "SE_2_2", "SE_2_3"),) * 2


def test_a_stage_that_one_network_lacks_is_shown_with_the_other_alone():
    late = [block for block in BLOCKS if block.stage > 2]
    first = aligned(late, BLOCKS)[0]
    assert (first.title, first.blocks[0], len(first.blocks[1])) == ("stage 2", (), 3)
    table = side_table(Group("late", make_profile("abc", late, 3)), A)
    assert table["side"].tolist() == [1, 0, 1, 0, 1, 0, 1]
    assert table["distance"].isna().tolist() == [True] + [False] * 6


def test_networks_without_stages_are_aligned_by_quarters():
    parts = aligned(BLOCKS, EFFICIENT)
    assert [part.title.split()[1] for part in parts] == ["quarter"] * 4
    assert parts[0].blocks[1] == ("SE_1", "SE_2")
    assert sum(len(part.blocks[0]) for part in parts) == 16


@given(st.integers(1, 60), st.integers(1, 60))
def test_every_part_by_depth_holds_a_block_of_both(a, b):
    parts = aligned(blocks_by_depth([8] * a), blocks_by_depth([8] * b))
    assert len(parts) == min(4, a, b)
    assert all(of_a and of_b for of_a, of_b in (part.blocks for part in parts))


def test_a_network_without_se_is_aligned_with_nothing():
    assert aligned((), BLOCKS) == ()


def test_histograms_are_those_of_all_classes_elsewhere():
    table = side_histograms(A, Group("again", A.profile))
    known = histogram_table([A], classes=[])
    np.testing.assert_allclose(table[table["side"] == 0]["share"], known["share"])
    assert set(known["class"]) == {ALL}
    sums = table.groupby(["part", "side"])["share"].sum()
    np.testing.assert_allclose(sums, 1)


def test_numbers_of_a_part_by_hand():
    a = group_of("a", SE_2_1={"cat": [[0.005, 0.965]], "dog": [[0.505, 0.965]]})
    b = group_of("b", SE_2_1={"cat": [[0.505, 0.965]], "dog": [[0.505, 0.965]]})
    first, second = side_table(a, b).to_dict("records")
    assert (first["part"], first["network"], first["side"]) == ("stage 2", "a", 0)
    assert (first["blocks"], first["gates"]) == (1, 2)
    assert first["mean"] == pytest.approx((0.005 + 0.505 + 2 * 0.965) / 4)
    assert (first["open"], first["shut"]) == (0.5, 0.25)
    assert (second["open"], second["shut"]) == (0.5, 0)
    assert first["specificity"] == pytest.approx(0.5)  # of 1 and 0: one gate alone changes
    assert first["distance"] == second["distance"] == pytest.approx(0.5 / 4)


def test_every_gate_of_a_part_counts_once_and_classes_alike():
    wide = {"cat": [[0.9, 0.9, 0.9]], "dog": [[0.9, 0.9, 0.9]] * 3}
    narrow = {"cat": [[0.1]], "dog": [[0.1]] * 3}
    group = group_of("a", SE_2_1=narrow, SE_2_2=wide)
    (row, _) = side_table(group, group_of("b", SE_2_1=narrow)).to_dict("records")
    assert row["mean"] == pytest.approx(0.7)
    assert (row["q05"], row["q95"]) == pytest.approx((0.1, 0.9), abs=0.01)
    assert (row["blocks"], row["gates"]) == (2, 4)


def test_specificity_is_the_median_over_all_channels_of_a_part():
    row = side_table(A, B).iloc[0]
    names = aligned(BLOCKS, EFFICIENT)[0].blocks[0]
    every = np.concatenate([specificity(A.profile, name) for name in names])
    assert row["specificity"] == pytest.approx(np.median(every))


EVEN = edges(BLOCKS[0])
HISTOGRAMS = arrays(np.int64, BINS, elements=st.integers(0, 50)).filter(lambda h: h.sum() > 0)


@settings(max_examples=40, deadline=None)
@given(HISTOGRAMS, HISTOGRAMS)
def test_the_distance_is_scipys(a, b):
    for bins in (EVEN, edges(replace(BLOCKS[0], high=np.inf)).clip(max=1000)):
        middles = (bins[:-1] + bins[1:]) / 2
        expected = wasserstein_distance(middles, middles, a, b)
        assert distance(a / a.sum(), b / b.sum(), bins) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.lists(st.floats(0, 1), min_size=1))
def test_binning_moves_the_distance_by_a_bin_at_most(a, b):
    shares = [
        np.histogram(np.minimum(gates, 1 - 1e-9), BINS, (0, 1))[0] / len(gates) for gates in (a, b)
    ]
    assert distance(*shares, EVEN) == pytest.approx(wasserstein_distance(a, b), abs=1 / BINS + 1e-9)


def test_the_distance_of_a_network_to_itself_is_0_and_of_the_ends_nearly_1():
    assert (side_table(A, A)["distance"] == 0).all()
    shut, open_ = np.eye(BINS)[[0, -1]]
    assert distance(shut, open_, EVEN) == pytest.approx(0.99)


def permuted(profile: Profile, seed: int) -> Profile:
    """The same network with the channels of every block in another order."""
    rng = np.random.default_rng(seed)
    stats = {}
    for name, stat in profile.stats.items():
        order = rng.permutation(stat.mean.shape[1])
        moved = {field: getattr(stat, field)[:, order] for field in ("mean", "m2", "low", "high")}
        stats[name] = Stats(count=stat.count, histogram=stat.histogram, **moved)
    return replace(profile, stats=stats)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
@pytest.mark.parametrize("side", [0, 1])
def test_the_order_of_channels_changes_nothing(table, side):
    groups = [A, B]
    groups[side] = Group(groups[side].title, permuted(groups[side].profile, 3))
    before, after = table(A, B), table(*groups)
    numbers = before.select_dtypes("number").columns
    assert (before.drop(columns=numbers) == after.drop(columns=numbers)).all().all()
    np.testing.assert_allclose(before[numbers], after[numbers], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_different_pictures_are_refused(table):
    others = Group("others", make_profile("abc", EFFICIENT, pictures=2))
    with pytest.raises(ValueError, match="same pictures"):
        table(A, others)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_without_pictures_there_are_no_rows(table):
    none = [Group(name, empty((), BLOCKS, ORIGIN)) for name in "ab"]
    assert len(table(*none)) == 0
    assert list(table(*none).columns) == list(table(A, B).columns)


def test_classes_without_pictures_do_not_weigh():
    profile = profile_of(SE_2_1={"cat": [[0.9]], "dog": [[0.2]]})
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    one, two = side_table(Group("a", profile), Group("b", padded)).drop(columns="network").values
    assert one[2:].tolist() == two[2:].tolist()


def test_depth_is_relative_in_each_network():
    table = depth_table(A, B)
    for side, network in enumerate((BLOCKS, EFFICIENT)):
        rows = table[table["side"] == side]
        assert rows["block"].tolist() == [block.name for block in network]
        assert (rows["depth"].iloc[0], rows["depth"].iloc[-1]) == (0, 1)
        assert (rows["q25"] <= rows["median"]).all()
        assert (rows["median"] <= rows["q75"]).all()
        assert (rows["s25"] <= rows["specificity"]).all()


def test_quartiles_of_a_block_are_numpys_within_a_bin():
    gates = make_reading([c for c in "abc" for _ in range(3)]).gates["SE_4_2"]
    rows = depth_table(A, B).set_index("block").loc["SE_4_2", ["q25", "median", "q75"]]
    np.testing.assert_allclose(
        rows.astype(float), np.quantile(gates, [0.25, 0.5, 0.75]), atol=0.011
    )


def test_predictions_of_networks_with_other_classes_stand_side_by_side():
    a = make_reading(("cat", "dog"), BLOCKS[:1])
    outputs = np.array([[0, np.log(3)], [5, -5]], np.float32)
    b = replace(a, outputs=outputs, output=single(("yes", "no")))
    table = both_predict(a, b)
    assert table["picture"].tolist() == ["0.png", "1.png"]
    assert table["class"].tolist() == ["cat", "dog"]
    assert table["prediction_a"].tolist() == [f"class {i}" for i in a.outputs.argmax(1)]
    assert table["prediction_b"].tolist() == ["no", "yes"]
    assert table["probability_b"].iloc[0] == pytest.approx(0.75)


def test_predictions_of_other_pictures_are_refused():
    a, b = make_reading("abc", BLOCKS[:1]), make_reading("ab", BLOCKS[:1])
    with pytest.raises(ValueError, match="same pictures"):
        both_predict(a, b)


def test_one_class_says_nothing_of_specificity():
    one = [
        Group(name, make_profile("a", blocks, 2))
        for name, blocks in zip("ab", NETWORKS, strict=True)
    ]
    assert side_table(*one)["specificity"].isna().all()
    assert depth_table(*one)[["s25", "specificity", "s75"]].isna().all().all()
    assert depth_table(*one)["median"].notna().all()


NETWORKS = (BLOCKS, EFFICIENT)
