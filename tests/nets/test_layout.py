"""Layouts as plain facts, without Keras."""

from __future__ import annotations

import subprocess
import sys

import pytest

from se_viz.nets.layout import LAYOUTS, SEResNet


@pytest.mark.parametrize(
    ("depth", "counts", "layers", "expansion"),
    [
        (18, (2, 2, 2, 2), 2, 1),
        (34, (3, 4, 6, 3), 2, 1),
        (50, (3, 4, 6, 3), 3, 4),
        (101, (3, 4, 23, 3), 3, 4),
        (152, (3, 8, 36, 3), 3, 4),
    ],
)
def test_the_depth_counts_convolutions_and_the_last_layer(depth, counts, layers, expansion):
    config = SEResNet(depth=depth)
    assert config.counts == counts
    assert config.expansion == expansion
    # The stem's convolution and the dense layer at the end are the other two.
    assert layers * sum(counts) + 2 == depth


def test_there_are_no_others():
    assert list(LAYOUTS) == [18, 34, 50, 101, 152]


def test_a_name_says_whether_there_is_se():
    assert SEResNet(depth=101).name == "se_resnet_101"
    assert SEResNet(depth=101, se_stages=()).name == "resnet_101"


def test_the_flexible_network_differs_in_size_alone():
    config = SEResNet(depth=18, width=0.5, classes=7, ratio=8)
    assert config.flexible().size is None
    assert config.flexible() == SEResNet(depth=18, width=0.5, classes=7, ratio=8, size=None)


def test_widths_that_do_not_come_out_even_are_rounded():
    assert [SEResNet(width=0.3).channels(stage) for stage in (2, 3, 4, 5)] == [19, 38, 77, 154]


@pytest.mark.parametrize("name", ["layout", "network", "builtin", "zoo", "imagenette"])
def test_facts_about_networks_load_no_keras(name):
    code = f"import sys, se_viz.nets.{name}; print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
