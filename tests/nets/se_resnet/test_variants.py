"""Variants of SE-ResNets: blocks are found, named alike wherever they stand, and recomputed."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from se_viz.experiments.check import check
from se_viz.nets.network import Network
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import PLACES, SEResNet
from se_viz.pictures import Preprocessing
from se_viz.probe.gates.blind import BlindError, refuse_blind
from se_viz.probe.gates.ladder.unpooled import NOT_SQUEEZED
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
    "r per stage": replace(BASE, ratio=(2, 4, 8, 16)),
    "tanh before the convolutions": replace(BASE, gate="tanh", place="pre"),
    "relu of the maximum": replace(BASE, gate="relu", squeeze="max"),
    "softmax on the shortcut": replace(BASE, gate="softmax", place="identity"),
    "a constant after the sum": replace(BASE, excitation="constant", place="post"),
    "direct, of the maximum": replace(BASE, excitation="direct", squeeze="max"),
    "a weight for each channel": replace(BASE, excitation="diagonal", gate="tanh"),
}
UNPOOLED = replace(BASE, squeeze="none")
VARIANTS = [
    *(pytest.param(config, id=name) for name, config in SOON.items()),
    *(pytest.param(config, id=name, marks=pytest.mark.long) for name, config in LATER.items()),
]


def model_of(config: SEResNet) -> keras.Model:
    keras.utils.set_random_seed(0)
    with blocks_a_stage(1, 1, 1, 2):
        return build(config)


def probe_of(config: SEResNet) -> Probe:
    classes = ("a", "b", "c")
    return Probe(Network("x", "x", model_of(config), Preprocessing(size=SIDE), classes, "0" * 64))


@pytest.mark.parametrize("config", VARIANTS)
def test_blocks_are_found_where_they_stand_and_their_gates_are_recomputed(config):
    probe = probe_of(config)
    assert [block.name for block in probe.blocks] == NAMES
    assert [block.stage for block in probe.blocks] == [2, 3, 4, 5, 5]
    pictures = np.random.default_rng(0).integers(0, 256, (2, SIDE, SIDE, 3), np.uint8)
    found = check(probe, pictures)
    assert found.identity.same
    assert found.check.passed


@pytest.mark.parametrize("config", [*VARIANTS, UNPOOLED])
def test_each_trains_a_step(config):
    """Without a compiler: every weight of a block is moved by a loss."""
    model = model_of(config)
    pictures = np.random.default_rng(0).normal(size=(4, SIDE, SIDE, 3)).astype("float32")
    with tf.GradientTape() as tape:
        losses = keras.losses.sparse_categorical_crossentropy(
            np.array([0, 1, 2, 0]), model(pictures, training=True), from_logits=True
        )
    ours = [each for each in model.trainable_variables if each.path.startswith("SE_")]
    moves = tape.gradient(losses, [each.value for each in ours])
    assert np.isfinite(losses).all()
    assert bool(ours) == (config.excitation != "direct")
    for weight, move in zip(ours, moves, strict=True):
        assert move is not None, weight.path
        assert np.isfinite(move).all()


def test_without_a_squeeze_every_block_is_refused_with_the_reason():
    found = probe_of(UNPOOLED).found
    assert found.sites == ()
    assert [place.layer for place in found.rejected] == [f"{name}_scale" for name in NAMES]
    assert {place.reason for place in found.rejected} == {NOT_SQUEEZED}
    with pytest.raises(BlindError, match="x has no SE block"):
        refuse_blind("x", found)


def test_some_stages_alone_keep_their_names():
    probe = probe_of(replace(BASE, place="pre", se_stages=(3, 5)))
    assert [block.name for block in probe.blocks] == ["SE_3_1", "SE_5_1", "SE_5_2"]
