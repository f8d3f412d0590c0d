"""Profiles: statistics equal NumPy's, merging does not care how pictures were split, files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles import BINS, FIELDS, Profile, as_npz, empty, merge, of_reading
from tests.make import ORIGIN, make_profile, make_reading

BLOCKS = (Block("SE_2_1", 2, 1, 6, 2.0), Block("SE_3_1", 3, 1, 10, 2.0))
LABELS = tuple("aabbbccabacbbabc")
few = settings(max_examples=30, deadline=None)


@cache
def reading() -> Reading:
    return make_reading(LABELS, BLOCKS, seed=4)


@cache
def whole() -> Profile:
    return of_reading(reading(), BLOCKS, ORIGIN)


def part(rows) -> Profile:
    return of_reading(reading().select(rows), BLOCKS, ORIGIN)


def of_gates(*gates: float, label: str = "a") -> Profile:
    """The profile of pictures with one gate each."""
    block = Block("SE_1", 0, 1, 1, 1.0)
    column = np.array(gates, np.float32)[:, None]
    names = tuple(map(str, range(len(gates))))
    arrays = {"SE_1": column}
    seen = Reading(names, (label,) * len(gates), column, arrays, arrays)
    return of_reading(seen, (block,), ORIGIN)


def assert_same(a: Profile, b: Profile) -> None:
    """Equal up to 1e-6, and up to the order of the classes."""
    assert set(a.classes) == set(b.classes)
    assert (a.blocks, a.origin) == (b.blocks, b.origin)
    b = b.select(a.classes)
    for name, stats in a.stats.items():
        for field in FIELDS:
            one, other = getattr(stats, field), getattr(b.stats[name], field)
            assert one.dtype == other.dtype
            np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)


def test_three_gates_by_hand():
    stats = of_gates(0.25, 0.5, 0.75).stats["SE_1"]
    assert stats.count.tolist() == [3]
    assert stats.mean.tolist() == [[0.5]]
    assert stats.m2.tolist() == [[0.125]]
    assert stats.std[0, 0] == pytest.approx((0.125 / 3) ** 0.5)
    assert (stats.low.tolist(), stats.high.tolist()) == ([[0.25]], [[0.75]])
    assert np.flatnonzero(stats.histogram[0]).tolist() == [25, 50, 75]


def test_two_by_one_merged_by_hand():
    merged = merge(of_gates(0.25, 0.5), of_gates(0.75)).stats["SE_1"]
    assert merged.count.tolist() == [3]
    assert merged.mean.tolist() == [[0.5]]
    assert merged.m2.tolist() == [[0.125]]


@pytest.mark.parametrize(("gate", "place"), [(0.0, 0), (0.999, 99), (1.0, 99)])
def test_gates_of_exactly_0_and_1_fall_into_the_outer_bins(gate, place):
    stats = of_gates(gate).stats["SE_1"]
    assert np.flatnonzero(stats.histogram[0]).tolist() == [place]
    assert stats.high[0, 0] == np.float32(gate)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
@pytest.mark.parametrize("label", "abc")
def test_statistics_are_numpys(block, label):
    rows = [i for i, name in enumerate(LABELS) if name == label]
    gates = reading().gates[block.name][rows].astype(np.float64)
    stats, row = whole().stats[block.name], whole().classes.index(label)
    assert stats.count[row] == len(rows)
    np.testing.assert_allclose(stats.mean[row], gates.mean(0), atol=1e-12)
    np.testing.assert_allclose(stats.std[row], gates.std(0), atol=1e-12)
    np.testing.assert_array_equal(stats.low[row], gates.min(0))
    np.testing.assert_array_equal(stats.high[row], gates.max(0))
    expected, _ = np.histogram(gates, BINS, (0, 1))
    np.testing.assert_array_equal(stats.histogram[row], expected)


def test_histograms_add_up_to_pictures_times_channels():
    for block in BLOCKS:
        stats = whole().stats[block.name]
        np.testing.assert_array_equal(stats.histogram.sum(1), stats.count * block.channels)


def test_counts_are_pictures_and_not_gates():
    assert whole().counts == {"a": 5, "b": 7, "c": 4}
    assert whole().pictures == 16


def test_all_weighs_classes_alike_whatever_their_size():
    gates, labels = reading().gates["SE_3_1"].astype(np.float64), np.array(LABELS)
    means = [gates[labels == name].mean(0) for name in "abc"]
    np.testing.assert_allclose(whole().all_mean("SE_3_1"), np.mean(means, 0), atol=1e-12)
    squares = [(gates[labels == name] ** 2).mean(0) for name in "abc"]
    std = np.sqrt(np.mean(squares, 0) - np.mean(means, 0) ** 2)
    np.testing.assert_allclose(whole().all_std("SE_3_1"), std, atol=1e-9)


def test_with_classes_of_one_size_all_is_the_plain_statistic():
    profile = make_profile("xyz", BLOCKS, pictures=4)
    gates = make_reading([c for c in "xyz" for _ in range(4)], BLOCKS).gates["SE_2_1"]
    np.testing.assert_allclose(profile.all_mean("SE_2_1"), gates.mean(0), atol=1e-6)
    np.testing.assert_allclose(profile.all_std("SE_2_1"), gates.std(0), atol=1e-6)


@few
@given(st.permutations(range(len(LABELS))), st.sets(st.integers(1, len(LABELS) - 1)))
def test_order_and_chunks_of_pictures_do_not_matter(order, cuts):
    edges = [0, *sorted(cuts), len(order)]
    chunks = [part(order[a:b]) for a, b in pairwise(edges)]
    assert_same(merge(*chunks), whole())


@few
@given(st.lists(st.integers(0, 2), min_size=len(LABELS), max_size=len(LABELS)))
def test_merging_is_associative_and_commutative(owners):
    a, b, c = (part([i for i, owner in enumerate(owners) if owner == k]) for k in range(3))
    assert_same(merge(merge(a, b), c), merge(a, merge(b, c)))
    assert_same(merge(a, b), merge(b, a))
    assert_same(merge(a, b, c), whole())


@few
@given(st.floats(0, 1, width=32), st.integers(1, 40))
def test_a_gate_that_never_changes_has_no_spread_however_often_it_is_merged(gate, times):
    stats = merge(*[of_gates(gate)] * times).stats["SE_1"]
    assert stats.mean[0, 0] == np.float32(gate)
    assert stats.std[0, 0] == 0


def test_a_profile_of_no_picture_changes_nothing():
    nothing = empty((), BLOCKS, ORIGIN)
    assert_same(merge(nothing, whole()), whole())
    assert_same(merge(whole(), nothing), whole())
    assert nothing.pictures == 0


def test_a_class_without_pictures_is_only_a_row_of_zeros():
    merged = merge(whole(), empty(("d",), BLOCKS, ORIGIN))
    assert merged.counts["d"] == 0
    assert merged.stats["SE_2_1"].std[3].tolist() == [0] * 6
    assert_same(merged.select("abc"), whole())


def test_classes_present_in_only_one_keep_their_statistics():
    one = part([i for i, label in enumerate(LABELS) if label in "ab"])
    other = part([i for i, label in enumerate(LABELS) if label == "c"])
    assert merge(one, other).classes == ("a", "b", "c")
    assert merge(other, one).classes == ("c", "a", "b")
    assert_same(merge(other, one), whole())


def test_merging_leaves_its_parts_as_they_were():
    one, other = part(range(8)), part(range(8, 16))
    before = as_npz(one), as_npz(other)
    merge(one, other)
    assert (as_npz(one), as_npz(other)) == before


def test_profiles_of_different_networks_refuse_to_merge():
    stranger = replace(whole(), origin=replace(ORIGIN, fingerprint="1" * 64, network="other"))
    with pytest.raises(ValueError, match=r"different networks.*no network and other"):
        merge(whole(), stranger)


def test_profiles_of_different_blocks_refuse_to_merge():
    with pytest.raises(ValueError, match="tell its blocks"):
        merge(whole(), make_profile("a", BLOCKS[:1]))


def test_profiles_of_differently_preprocessed_pictures_refuse_to_merge():
    stranger = replace(whole(), origin=replace(ORIGIN, preprocessing={"size": 160}))
    with pytest.raises(ValueError, match="differently preprocessed"):
        merge(whole(), stranger)


def test_there_is_nothing_in_merging_nothing():
    with pytest.raises(ValueError, match="no profile"):
        merge()


def test_select_keeps_the_order_asked_for():
    chosen = whole().select(("c", "a"))
    assert chosen.classes == ("c", "a")
    assert chosen.counts == {"c": 4, "a": 5}
    np.testing.assert_array_equal(chosen.stats["SE_2_1"].mean[0], whole().stats["SE_2_1"].mean[2])
    with pytest.raises(ValueError, match="no class d"):
        whole().select("ad")


def test_blocks_are_found_by_name():
    assert whole().block("SE_3_1") == BLOCKS[1]
    with pytest.raises(ValueError, match="no block SE_9_9"):
        whole().block("SE_9_9")
