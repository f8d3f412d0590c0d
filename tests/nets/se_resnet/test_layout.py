"""Layouts as plain facts, without Keras."""

from __future__ import annotations

import subprocess
import sys

import pytest

from se_viz.nets.se_resnet.layout import LAYOUTS, SEResNet


@pytest.mark.parametrize(
    ("depth", "counts", "layers", "expansion"),
    [
        (18, (2, 2, 2, 2), 2, 1),
        (26, (2, 2, 2, 2), 3, 4),
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
    assert list(LAYOUTS) == [18, 26, 34, 50, 101, 152]


def test_a_name_says_whether_there_is_se():
    assert SEResNet(depth=101).name == "se_resnet_101"
    assert SEResNet(depth=101, se_stages=()).name == "resnet_101"
    assert SEResNet(depth=101, groups=32, base_width=4).name == "se_resnext_101"


def test_the_flexible_network_differs_in_size_alone():
    config = SEResNet(depth=18, width=0.5, classes=7, ratio=8)
    assert config.flexible().size is None
    assert config.flexible() == SEResNet(depth=18, width=0.5, classes=7, ratio=8, size=None)


def test_widths_that_do_not_come_out_even_are_rounded():
    assert [SEResNet(width=0.3).channels(stage) for stage in (2, 3, 4, 5)] == [19, 38, 77, 154]


@pytest.mark.parametrize(
    ("choice", "entry", "inner"),
    [
        ({}, [64, 128, 256, 512], [64, 128, 256, 512]),
        ({"groups": 32, "base_width": 4}, [128, 256, 512, 1024], [128, 256, 512, 1024]),
        ({"groups": 32, "base_width": 8}, [256, 512, 1024, 2048], [256, 512, 1024, 2048]),
        (
            {"groups": 64, "base_width": 4, "half_entry": True},
            [128, 256, 512, 1024],
            [256, 512, 1024, 2048],
        ),
    ],
    ids=["ResNet", "ResNeXt 32x4d", "ResNeXt 32x8d", "SENet-154"],
)
def test_groups_and_their_width_decide_on_channels(choice, entry, inner):
    # ResNeXt (arXiv 1611.05431, table 1) has 128 channels in stage 2 where ResNet-50 has 64.
    config = SEResNet(**choice)
    assert [config.entry(stage) for stage in (2, 3, 4, 5)] == entry
    assert [config.inner(stage) for stage in (2, 3, 4, 5)] == inner
    assert [config.channels(stage) for stage in (2, 3, 4, 5)] == [64, 128, 256, 512]


def test_a_deep_stem_hands_over_the_channels_of_its_last_convolution():
    assert SEResNet().stem_channels == 64
    assert SEResNet(width=0.5).stem_channels == 32
    assert SEResNet(stem=(64, 64, 128)).stem_channels == 128


@pytest.mark.parametrize(
    "name", ["se_resnet.layout", "network", "builtin", "zoo", "classes.imagenette"]
)
def test_facts_about_networks_load_no_keras(name):
    code = f"import sys, se_viz.nets.{name}; print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
