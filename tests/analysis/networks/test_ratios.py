"""What r makes of a block and of a network, and what the paper says of it."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.networks.ratios import RATIOS, bottleneck_of, ratio_table
from se_viz.nets.se_resnet.layout import SEResNet


def test_a_bottleneck_is_a_part_of_the_channels():
    assert bottleneck_of(256, 16) == (16, 8192)
    assert bottleneck_of(256, 2) == (128, 65536)
    assert bottleneck_of(72, 32) == (None, None)


def test_the_papers_network_has_the_papers_numbers():
    table = ratio_table(SEResNet(depth=50)).set_index("ratio")
    assert tuple(table.index) == RATIOS == (2, 4, 8, 16, 32)
    assert table.loc[16, "share"] == pytest.approx(0.0984, abs=2e-4)
    assert table["paper_error"].tolist() == [22.29, 22.25, 22.26, 22.28, 22.72]
    assert (table["share"] * table.index).to_numpy() == pytest.approx(16 * table.loc[16, "share"])


def test_of_an_unknown_layout_only_the_quoted_error_is_known():
    table = ratio_table()
    assert np.isnan(table[["share", "operations_share"]].to_numpy()).all()
    assert table["paper_error"].notna().all()
