"""Histograms add up to 1, weigh classes alike, and give their quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.analysis.profiles.distributions import class_shares, histogram_table, violin_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.profiles import BINS, empty, merge
from tests.analysis.hand import group_of, profile_of
from tests.make import BLOCKS, ORIGIN, make_profile, make_reading

KEYS = ["group", "class", "part"]
NAMES = [*KEYS, "low", "high", "share", "density"]
LABELS = tuple("aabbbcab")
GROUP = Group("my pictures", make_profile("abc", pictures=2))


def share_of(table, name: str, part: str = "stage 2") -> np.ndarray:
    chosen = table[(table["class"] == name) & (table["part"] == part)]
    return chosen["share"].to_numpy()


def test_four_gates_by_hand():
    group = group_of(SE_2_1={"a": [[0.1, 0.995], [0.104, 1]]})
    table = histogram_table([group], with_all=False)
    assert list(table.columns) == NAMES
    share = share_of(table, "a")
    assert np.flatnonzero(share).tolist() == [10, 99]
    assert share[[10, 99]].tolist() == [0.5, 0.5]
    np.testing.assert_allclose(table["density"], table["share"] * BINS)


def test_bins_cover_0_to_1_without_gaps():
    table = histogram_table([group_of(SE_2_1={"a": [[0.5]]})], with_all=False)
    assert (table["low"].iloc[0], table["high"].iloc[-1]) == (0, 1)
    np.testing.assert_array_equal(table["low"][1:], table["high"][:-1])
    assert len(table) == BINS


@pytest.mark.parametrize("part", ["stage", "block"])
def test_every_distribution_adds_up_to_1(part):
    table = histogram_table([GROUP], part)
    sums = table.groupby(KEYS, observed=True)["share"].sum()
    assert len(sums) == 4 * (4 if part == "stage" else 16)
    np.testing.assert_allclose(sums, 1, atol=1e-12)


def test_a_stage_adds_up_its_blocks_and_is_numpys_histogram():
    reading = make_reading([c for c in "abc" for _ in range(2)])
    names = [block.name for block in BLOCKS if block.stage == 3]
    gates = np.concatenate([reading.gates[name][:2].ravel() for name in names])
    expected, _ = np.histogram(gates.astype(float), BINS, (0, 1))
    share = share_of(histogram_table([GROUP]), "a", "stage 3")
    np.testing.assert_allclose(share, expected / len(gates), atol=1e-12)


def test_parts_come_in_order_of_depth_and_all_comes_last():
    table = histogram_table([GROUP], "block", ["SE_5_1", "SE_2_3"], ["c", "a"])
    assert list(dict.fromkeys(table["part"])) == ["SE_2_3", "SE_5_1"]
    assert list(dict.fromkeys(table["class"])) == ["a", "c", ALL]


def test_stages_without_chosen_blocks_are_left_out():
    table = histogram_table([GROUP], "stage", ["SE_5_1"])
    assert set(table["part"]) == {"stage 5"}
    by_block = histogram_table([GROUP], "block", ["SE_5_1"])
    np.testing.assert_array_equal(table["share"], by_block["share"])


def test_all_weighs_classes_alike_and_counts_those_not_chosen():
    group = group_of(SE_2_1={"a": [[0.105]], "b": [[0.905]] * 3})
    table = histogram_table([group], classes=["a"])
    assert list(dict.fromkeys(table["class"])) == ["a", ALL]
    assert share_of(table, ALL)[[10, 90]].tolist() == [0.5, 0.5]


def test_classes_without_pictures_neither_show_nor_weigh():
    profile = profile_of(SE_2_1={"a": [[0.105]]})
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    table = histogram_table([Group("g", padded)])
    assert list(dict.fromkeys(table["class"])) == ["a", ALL]
    assert share_of(table, ALL)[10] == 1
    assert class_shares(padded, ["SE_2_1"]).sum(1).tolist() == [0, 1]


def test_nothing_chosen_is_a_table_without_rows():
    for table in (
        histogram_table([GROUP], classes=[], with_all=False),
        histogram_table([GROUP], blocks=[]),
        histogram_table([]),
    ):
        assert list(table.columns) == NAMES
        assert len(table) == 0
        assert len(violin_table(table)) == 0


def violin(*gates: float):
    group = group_of(SE_2_1={"a": [[gate] for gate in gates]})
    (row,) = violin_table(histogram_table([group], with_all=False)).itertuples()
    return row


def test_quantiles_of_one_bin_lie_on_a_straight_line_within_it():
    row = violin(0.505)
    assert row[4:9] == pytest.approx([0.5005, 0.5025, 0.505, 0.5075, 0.5095], abs=1e-9)
    assert (row.mean, row.peak) == pytest.approx((0.505, 1))


def test_quantiles_of_two_bins_by_hand():
    # Half of the gates in [0.10, 0.11), half in [0.90, 0.91).
    row = violin(0.105, 0.905)
    assert row[4:9] == pytest.approx([0.101, 0.105, 0.11, 0.905, 0.909], abs=1e-9)
    assert (row.mean, row.peak) == pytest.approx((0.505, 0.5))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40))
def test_quantiles_are_numpys_within_a_bin(gates):
    row = violin(*gates)
    quantiles = row[4:9]
    assert list(quantiles) == sorted(quantiles)
    expected = np.quantile(gates, (0.05, 0.25, 0.5, 0.75, 0.95), method="inverted_cdf")
    np.testing.assert_allclose(quantiles, expected, atol=1 / BINS + 1e-6)
    assert row.mean == pytest.approx(np.mean(gates), abs=0.5 / BINS + 1e-6)


def test_a_violin_row_for_each_distribution():
    table = histogram_table([GROUP], "block")
    summary = violin_table(table)
    assert list(summary.columns) == [*KEYS, "q05", "q25", "median", "q75", "q95", "mean", "peak"]
    assert len(summary) == 4 * 16
    known = set(zip(table["class"], table["part"], strict=True))
    assert set(zip(summary["class"], summary["part"], strict=True)) == known
