"""Two classes channel by channel: against SciPy, a direct Hedges' g, and simulated gates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control, ttest_ind

from se_viz.analysis.profiles.contrast import contrast_table, summary_by_block
from se_viz.analysis.profiles.groups import Group
from se_viz.profiles import empty, merge, of_reading
from tests.analysis.hand import group_of
from tests.make import BLOCKS, ORIGIN, make_profile, make_reading

READING = make_reading(tuple("aaaaabbbbbbbbbccc"))
GROUP = Group("my pictures", of_reading(READING, BLOCKS, ORIGIN))
TABLE = contrast_table(GROUP, "a", "b")
IN_ORDER = TABLE.sort_values(["depth", "channel"])
A, B = slice(0, 5), slice(5, 14)


def gates(name: str) -> tuple[np.ndarray, np.ndarray]:
    values = READING.gates[name].astype(float)
    return values[A], values[B]


def test_every_channel_of_every_block_once_largest_effect_first():
    assert len(TABLE) == sum(block.channels for block in BLOCKS)
    assert not TABLE[["block", "channel"]].duplicated().any()
    assert (np.diff(TABLE["g"].abs()) <= 0).all()


@pytest.mark.parametrize("name", ["SE_2_1", "SE_4_3", "SE_5_2"])
def test_p_is_scipys_welch_test(name):
    rows = IN_ORDER[IN_ORDER["block"] == name]
    expected = ttest_ind(*gates(name), equal_var=False).pvalue
    np.testing.assert_allclose(rows["p"], expected, rtol=1e-6)


@pytest.mark.parametrize("name", ["SE_2_1", "SE_4_3", "SE_5_2"])
def test_g_and_its_interval_equal_a_direct_computation(name):
    a, b = gates(name)
    squares = ((a - a.mean(0)) ** 2).sum(0) + ((b - b.mean(0)) ** 2).sum(0)
    g = (a.mean(0) - b.mean(0)) / np.sqrt(squares / 12) * (1 - 3 / 47)
    half = 1.959964 * np.sqrt(14 / 45 + g**2 / 28)
    rows = IN_ORDER[IN_ORDER["block"] == name]
    np.testing.assert_allclose(rows["g"], g, rtol=1e-8)
    np.testing.assert_allclose(rows["low"], g - half, atol=2e-4)
    np.testing.assert_allclose(rows["high"], g + half, atol=2e-4)
    np.testing.assert_allclose(rows["mean_a"] - rows["mean_b"], rows["difference"])
    np.testing.assert_allclose(rows["mean_b"], b.mean(0))


def test_corrections_are_scipys_over_a_block_and_over_all_blocks():
    np.testing.assert_allclose(IN_ORDER["q"], false_discovery_control(IN_ORDER["p"]))
    for _, rows in IN_ORDER.groupby("block"):
        np.testing.assert_allclose(rows["q_block"], false_discovery_control(rows["p"]))


def by_definition(p: np.ndarray) -> np.ndarray:
    """Benjamini and Hochberg: the smallest of n p / rank over this rank and all later ones."""
    order = np.argsort(p)
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = [min(1, steps[rank:].min()) for rank in range(len(p))]
    return q


def test_corrections_are_benjamini_and_hochbergs_by_definition():
    for _, rows in IN_ORDER[IN_ORDER["depth"] < 5].groupby("block"):
        np.testing.assert_allclose(rows["q_block"], by_definition(rows["p"].to_numpy()))


def test_chosen_blocks_keep_the_correction_over_all():
    some = contrast_table(GROUP, "a", "b", ["SE_5_1", "SE_2_1"])
    assert set(some["block"]) == {"SE_2_1", "SE_5_1"}
    whole = TABLE[TABLE["block"].isin(["SE_2_1", "SE_5_1"])].reset_index(drop=True)
    assert some.equals(whole)


def test_the_other_way_round_turns_the_sign():
    turned = contrast_table(GROUP, "b", "a").sort_values(["depth", "channel"])
    np.testing.assert_allclose(turned["g"], -IN_ORDER["g"])
    np.testing.assert_allclose(turned["low"], -IN_ORDER["high"])
    np.testing.assert_allclose(turned["q"], IN_ORDER["q"])


def simulated(effect: float, channels: int = 4000):
    rng = np.random.default_rng(0)
    made = {"a": rng.normal(0.5 + 0.1 * effect, 0.1, (4, channels))}
    made["b"] = rng.normal(0.5, 0.1, (9, channels))
    return contrast_table(group_of(SE_2_1=made), "a", "b")


@pytest.mark.parametrize("effect", [0, 1])
def test_g_is_right_on_average_and_its_interval_as_often_as_it_says(effect):
    table = simulated(effect)
    assert table["g"].mean() == pytest.approx(effect, abs=0.03)
    held = ((table["low"] <= effect) & (effect <= table["high"])).mean()
    assert held == pytest.approx(0.95, abs=0.02)


def test_chance_alone_is_not_called_a_difference():
    table = simulated(0)
    assert (table["p"] <= 0.05).mean() == pytest.approx(0.05, abs=0.015)
    assert (table["q"] <= 0.05).sum() == 0


STEADY = {"a": [[1.0, 0.5, 1.0, 0.25], [1.0, 0.6, 1.0, 0.25]]}
STEADY["b"] = [[1.0, 0.1, 0.5, 0.5], [1.0, 0.2, 0.5, 0.5]]


def test_gates_that_never_change_have_no_effect_and_stand_last():
    row = contrast_table(group_of(SE_5_2=STEADY), "a", "b").iloc[-1]
    assert row["channel"] == 0
    assert np.isnan(row[["g", "low", "high"]].to_numpy(float)).all()
    assert (row["p"], row["q"], row["difference"]) == (1, 1, 0)


def test_gates_that_are_constant_within_both_classes_and_differ_tell_them_apart_best():
    table = contrast_table(group_of(SE_5_2=STEADY), "a", "b")
    assert table["channel"].tolist() == [2, 3, 1, 0]
    assert table["difference"].tolist()[:2] == [0.5, -0.25]
    for column in ("g", "low", "high"):
        assert table[column].tolist()[:2] == [np.inf, -np.inf]
    assert table[["p", "q"]].iloc[:2].values.tolist() == [[0, 0], [0, 0]]
    summary = summary_by_block(table)
    assert summary[["telling", "best"]].values.tolist() == [[3, 2]]
    assert summary["largest"].tolist() == [np.inf]


def test_what_rounding_alone_sets_apart_is_not_different():
    one = np.nextafter(np.float32(1), np.float32(0))
    table = contrast_table(group_of(SE_5_2={"a": [[1.0]] * 3, "b": [[one]] * 3}), "a", "b")
    assert table["g"].isna().all()
    assert table["p"].tolist() == [1]


def test_one_picture_is_too_few():
    table = contrast_table(group_of(SE_2_1={"a": [[0.1]], "b": [[0.2], [0.3]]}), "a", "b")
    assert table.empty
    assert list(table.columns) == list(TABLE.columns)
    assert summary_by_block(table).empty


@pytest.mark.parametrize(("a", "b"), [("a", "a"), ("a", "none"), ("cat", "a")])
def test_two_classes_with_pictures_are_needed(a, b):
    padded = merge(empty(("none",), BLOCKS, ORIGIN), make_profile("abc"))
    with pytest.raises(ValueError, match="are not two classes with pictures"):
        contrast_table(Group("g", padded), a, b)


def test_blocks_are_summed_up_in_order_of_depth():
    table = summary_by_block(TABLE)
    assert table["block"].tolist() == [block.name for block in BLOCKS]
    row = table.set_index("block").loc["SE_5_1"]
    chosen = TABLE[TABLE["block"] == "SE_5_1"]
    assert row["telling"] == (chosen["q"] <= 0.05).sum() > 0
    assert row["share"] == row["telling"] / 1024
    assert (row["best"], row["largest"]) == (chosen["channel"].iloc[0], chosen["g"].abs().max())
