"""What changes with depth: specificity, saturation, and the blocks themselves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import entropy

from se_viz.analysis.profiles.depth import (
    block_table,
    omega_table,
    saturation_table,
    specificity_table,
)
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.specificity import omega_squared, specificity
from se_viz.probe.gates.blocks import Block
from se_viz.profiles import empty, merge
from tests.analysis.hand import group_of, profile_of
from tests.make import BLOCKS, ORIGIN, make_profile, make_reading

GROUP = Group("my pictures", make_profile("abc", pictures=4))


def test_specificity_is_summed_up_for_every_block_in_order():
    table = specificity_table([GROUP])
    assert table["block"].tolist() == [block.name for block in BLOCKS]
    assert table["depth"].tolist() == list(range(1, 17))
    assert table["stage"].tolist() == [block.stage for block in BLOCKS]
    assert table["channels"].sum() == sum(block.channels for block in BLOCKS)
    share = specificity(GROUP.profile, "SE_4_6")
    row = table[table["block"] == "SE_4_6"].iloc[0]
    assert row["mean"] == pytest.approx(share.mean())
    assert row[["q25", "median", "q75"]].tolist() == np.percentile(share, [25, 50, 75]).tolist()


def test_specificity_of_two_groups_stands_one_after_the_other():
    table = specificity_table([GROUP, Group("other", make_profile("ab"))])
    assert table["group"].tolist() == ["my pictures"] * 16 + ["other"] * 16


def test_made_gates_are_more_specific_the_deeper():
    table = specificity_table([GROUP]).set_index("block")["median"]
    assert table["SE_2_1"] < table["SE_4_1"] < table["SE_5_1"]


def test_saturation_by_hand():
    group = group_of(SE_5_2={"a": [[0.96, 1.0, 0.5, 0.01]], "b": [[0.94, 0.5, 0.5, 0.06]]})
    table = saturation_table([group])
    assert table["class"].tolist() == ["a", "b", ALL]
    assert table["open"].tolist() == [0.5, 0, 0.25]
    assert table["shut"].tolist() == [0.25, 0, 0.125]
    assert table["pictures"].tolist() == [1, 1, 2]
    assert table[["block", "stage", "depth"]].iloc[0].tolist() == ["SE_5_2", 5, 1]


def test_saturation_is_numpys_share():
    gates = make_reading([c for c in "abc" for _ in range(4)]).gates
    table = saturation_table([GROUP], ["b"], with_all=False)
    assert table["block"].tolist() == [block.name for block in BLOCKS]
    for name, open_, shut in zip(table["block"], table["open"], table["shut"], strict=True):
        chosen = gates[name][4:8]
        assert open_ == pytest.approx((chosen >= 0.95).mean(), abs=1e-12)
        assert shut == pytest.approx((chosen < 0.05).mean(), abs=1e-12)


def test_all_weighs_classes_alike_and_counts_those_not_chosen():
    group = group_of(SE_5_2={"a": [[1.0]], "b": [[0.5]] * 3})
    table = saturation_table([group], ["b"])
    assert table["class"].tolist() == ["b", ALL]
    assert table["open"].tolist() == [0, 0.5]


def test_classes_without_pictures_neither_show_nor_weigh():
    profile = profile_of(SE_5_2={"a": [[1.0]]})
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    table = saturation_table([Group("g", padded)])
    assert table["class"].tolist() == ["a", ALL]
    assert table["open"].tolist() == [1, 1]


def test_nothing_chosen_is_a_table_without_rows():
    assert list(specificity_table([]).columns[:2]) == ["group", "block"]
    assert len(specificity_table([])) == 0
    assert len(saturation_table([GROUP], [], with_all=False)) == 0
    assert len(block_table([])) == 0


def test_the_blocks_of_se_resnet_50_are_the_papers():
    wide = [Block(b.name, b.stage, b.index, 2 * b.channels, 16.0) for b in BLOCKS]
    table = block_table(wide)
    assert table["gates"].sum() == 15_104
    assert table["weights"].sum() == 2_514_944
    assert table.groupby("stage")["weights"].sum().tolist() == [24_576, 131_072, 786_432, 1_572_864]
    assert table["hidden"].tolist() == [block.channels // 16 for block in wide]
    assert table["depth"].tolist() == list(range(1, 17))


def test_weights_that_were_counted_stand_in_for_those_of_two_layers():
    counted = {block.name: block.index for block in BLOCKS}
    assert block_table(BLOCKS, counted)["weights"].tolist() == list(counted.values())


def test_a_group_of_one_class_is_not_asked_for_specificity():
    table = specificity_table([GROUP, Group("one class", make_profile("a"))])
    assert set(table["group"]) == {"my pictures"}


def test_omega_squared_is_summed_up_for_every_block_in_order():
    table = omega_table([GROUP])
    assert table["block"].tolist() == [block.name for block in BLOCKS]
    row = table[table["block"] == "SE_4_6"].iloc[0]
    share = omega_squared(GROUP.profile, "SE_4_6")
    names = ["q05", "q25", "median", "q75", "q95"]
    assert row[names].tolist() == np.percentile(share, [5, 25, 50, 75, 95]).tolist()
    assert row["mean"] == pytest.approx(share.mean())
    assert table["q05"].min() < 0


@pytest.mark.parametrize("profile", [make_profile("a"), make_profile("ab", pictures=1)])
def test_omega_squared_is_not_asked_of_too_few(profile):
    assert omega_table([Group("g", profile), GROUP])["group"].unique().tolist() == ["my pictures"]


def test_entropy_by_hand():
    # Four bins, alike: 2 bits. One bin: none. Together: half in one, an eighth in each of four.
    group = group_of(SE_5_2={"a": [[0.1, 0.2, 0.3, 0.4]], "b": [[0.7] * 4]})
    assert saturation_table([group])["entropy"].tolist() == [2, 0, 2]


def test_entropy_is_scipys_and_bounded():
    table = saturation_table([GROUP])
    for name, block, found in zip(table["class"], table["block"], table["entropy"], strict=True):
        if name != ALL:
            counts = GROUP.profile.select([name]).stats[block].histogram[0]
            assert found == pytest.approx(entropy(counts, base=2))
    assert table["entropy"].between(0, np.log2(100)).all()
