"""What SE costs, as tables: the numbers of the paper, and those that arithmetic gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.analysis.networks.costs import (
    STAGES,
    places_of,
    ratios_of,
    stage_table,
    trade_off_table,
    ways_of_counting,
    whole_table,
)
from se_viz.complexity import cost
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import PLACES, SEResNet


def test_stage_5_holds_five_eighths_of_ses_weights():
    table = stage_table(SEResNet())
    assert table["weights"].tolist() == [24_576, 131_072, 786_432, 1_572_864]
    assert table["share"].iloc[-1] == pytest.approx(0.625, abs=5e-4)
    assert table["channels"].tolist() == [256, 512, 1024, 2048]


def test_before_the_branch_a_stages_first_block_is_as_wide_as_the_stage_before():
    table = stage_table(SEResNet(place="pre"))
    assert table[["stage", "blocks", "channels"]].values.tolist()[:4] == [
        ["stage 2", 1, 64],
        ["stage 2", 2, 256],
        ["stage 3", 1, 256],
        ["stage 3", 3, 512],
    ]


@given(
    st.sampled_from((18, 26, 34, 50, 101)),
    st.sets(st.sampled_from(STAGES)),
    st.sampled_from(PLACES),
    st.booleans(),
)
def test_stages_add_up_to_the_whole_and_shares_to_one(depth, stages, place, biases):
    plain = SEResNet(depth=depth, se_stages=tuple(sorted(stages)), se_bias=biases)
    config = replace(plain, place=place if place in places_of(plain) else "standard")
    table, found = stage_table(config), cost(config)
    assert table["weights"].sum() == sum(found.added)
    assert table["share"].sum() == pytest.approx(1 if stages else 0)
    whole = whole_table(config, 224)
    assert table[["weights", "operations", "activations"]].sum().tolist() == [
        *vars(found.se).values()
    ]
    assert whole["with_se"].tolist()[:3] == [*vars(found.plain + found.se).values()]
    assert whole["with_se"].iloc[3] == 4 * whole["with_se"].iloc[2]


def test_no_way_of_counting_gives_the_printed_quarter_of_a_percent():
    shares = ways_of_counting().set_index("network").loc["SE-ResNet-50"]
    counted = [round(100 * share, 3) for share in shares]
    assert counted == [0.065, 0.208, 0.351, 0.259]


def test_the_papers_weights_are_the_closed_forms_but_for_a_rounding():
    table = trade_off_table()
    assert table["ratio"].tolist()[1:] == [32, 16, 8, 4, 2]
    off = np.abs(table["weights"] - table["counted"])
    assert off.max() < 0.12
    assert off[table["ratio"].isin([16])].max() < 0.05


def test_a_ratio_stops_where_a_bottleneck_would_not_be_whole():
    assert ratios_of(SEResNet(depth=18)) == (2, 4, 8, 16, 32)
    assert ratios_of(SEResNet(depth=18, width=0.25)) == (2, 4, 8, 16)
    assert places_of(SEResNet(depth=18)) == PLACES[:-1]


@given(st.sampled_from(("v3", "resnet_v2")), st.sampled_from((2, 8, 16)), st.booleans())
def test_grids_of_inception_add_up_to_the_whole(kind, ratio, biases):
    config = SEInception(kind, ratio=ratio, se_bias=biases)
    table = stage_table(config)
    assert table["weights"].sum() == sum(cost(config, 299).added)
    assert list(dict.fromkeys(table["stage"])) == ["35 x 35", "17 x 17", "8 x 8"]
    assert ratios_of(config) == (2, 4, 8, 16, 32)
    plain, with_se = whole_table(config, 299).iloc[0][["plain", "with_se"]]
    assert with_se - plain == table["weights"].sum()
