"""Variants of SE-ResNets: blocks are found, named alike wherever they stand, and recomputed."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from se_viz.experiments.check import check
from se_viz.nets.network import Network
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import PLACES, SEResNet
from se_viz.pictures import Preprocessing
from se_viz.probe.probe import Probe
from tests.nets.shallow import blocks_a_stage

SIDE = 32
BASE = SEResNet(depth=26, width=0.125, classes=3, ratio=4, size=SIDE)
NAMES = ["SE_2_1", "SE_3_1", "SE_4_1", "SE_5_1", "SE_5_2"]
SOON = {f"place {place}": replace(BASE, place=place) for place in PLACES}
LATER = {
    "a full matrix": replace(BASE, excitation="full"),
    "biases": replace(BASE, se_bias=True),
    "after the 3 x 3 with biases": replace(BASE, place="3x3", se_bias=True),
}
VARIANTS = [
    *(pytest.param(config, id=name) for name, config in SOON.items()),
    *(pytest.param(config, id=name, marks=pytest.mark.long) for name, config in LATER.items()),
]


def probe_of(config: SEResNet) -> Probe:
    keras.utils.set_random_seed(0)
    with blocks_a_stage(1, 1, 1, 2):
        model = build(config)
    return Probe(Network("x", "x", model, Preprocessing(size=SIDE), ("a", "b", "c"), "0" * 64))


@pytest.mark.parametrize("config", VARIANTS)
def test_blocks_are_found_where_they_stand_and_their_gates_are_recomputed(config):
    probe = probe_of(config)
    assert [block.name for block in probe.blocks] == NAMES
    assert [block.stage for block in probe.blocks] == [2, 3, 4, 5, 5]
    pictures = np.random.default_rng(0).integers(0, 256, (2, SIDE, SIDE, 3), np.uint8)
    found = check(probe, pictures)
    assert found.identity.same
    assert found.check.passed


def test_some_stages_alone_keep_their_names():
    probe = probe_of(replace(BASE, place="pre", se_stages=(3, 5)))
    assert [block.name for block in probe.blocks] == ["SE_3_1", "SE_5_1", "SE_5_2"]
