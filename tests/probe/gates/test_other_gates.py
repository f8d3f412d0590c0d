"""Other excitations, squeezes and rungs are found, named for what they are, and recomputed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from se_viz.complexity.se_resnet import excitation_weights
from se_viz.nets.se_resnet.layout import BY_LAYERS, EXCITATIONS, GATES, SEResNet
from se_viz.nets.se_resnet.se_block import ChannelConstant, ChannelWeight, squeeze_excite
from se_viz.probe.check import TOLERANCE, Check, self_check
from se_viz.probe.gates import constant
from se_viz.probe.gates.ladder.unpooled import NOT_SQUEEZED
from se_viz.probe.gates.sites import Site
from se_viz.probe.probe import Probe
from tests.probe import other_gates, spellings
from tests.probe.cases import draw
from tests.probe.networks import found_in, model_inputs, model_of, network_of


@dataclass(frozen=True)
class Seen:
    """A network of one block with weights at random, and what a probe reads of it."""

    site: Site
    check: Check
    gates: np.ndarray
    squeezes: np.ndarray
    u: np.ndarray


def seen_of(block: Callable) -> Seen:
    model = model_of(block)
    probe, pictures = Probe(network_of(model), batch=3), model_inputs(3)
    draw(model, pictures.astype("float32") / 255)
    (site,) = probe.sites
    name, read = site.block.name, probe.read(pictures)
    u = probe.inside(pictures, name).u
    return Seen(site, self_check(probe, pictures), read.gates[name], read.squeezes[name], u)


@pytest.mark.parametrize("block", other_gates.KNOWN, ids=lambda block: block.__name__)
def test_each_is_found_named_and_recomputed(block):
    seen = seen_of(block)
    low, high = seen.site.gate_range
    assert (seen.site.title, (low, high)) == other_gates.KNOWN[block]
    assert seen.check.passed
    assert seen.check.largest < TOLERANCE
    assert low <= seen.gates.min() <= seen.gates.max() <= high
    squeeze = seen.u.max((1, 2)) if seen.site.largest else seen.u.mean((1, 2))
    np.testing.assert_allclose(seen.squeezes, squeeze, rtol=1e-4, atol=1e-6)


def test_gates_behind_a_softmax_add_up_to_1():
    gates = seen_of(other_gates.softmax_attention).gates
    np.testing.assert_allclose(gates.sum(1), 1, rtol=1e-6)


def test_a_hard_sigmoid_reaches_both_ends():
    (site,) = found_in(model_of(spellings.mobilenet_hard_sigmoid)).sites
    assert site.gate_range == (0, 1)


def test_a_learned_constant_does_not_follow_the_picture_and_is_told_so():
    block = other_gates.ours(excitation="constant")
    check = seen_of(block).check
    assert check.constant == (
        f"Each gate of SE_1 is the same {constant.WHATEVER}: it is a fixed scale, and adapts to "
        "nothing.",
    )


def test_other_gates_say_in_their_line_what_they_are():
    (site,) = found_in(model_of(other_gates.ours(excitation="direct", squeeze="max"))).sites
    assert "(the squeeze itself, without weights, of the maximum): SE_squeeze" in site.describe()


@pytest.mark.parametrize(
    ("excitation", "weights"),
    [("constant", 8), ("direct", 0), ("diagonal", 8), ("bottleneck", 32), ("full", 64)],
)
def test_weights_are_those_of_the_closed_form(excitation, weights):
    (site,) = found_in(model_of(other_gates.ours(excitation=excitation))).sites
    config = SEResNet(excitation=excitation, ratio=4)
    assert site.weights == weights == excitation_weights(8, config, 2)


@pytest.mark.parametrize(
    "scale",
    [
        layers.BatchNormalization(),
        layers.LayerNormalization(),
        layers.GroupNormalization(4),
        layers.Rescaling(list(range(8))),
        ChannelWeight(),
        ChannelConstant(),
        layers.Dropout(0.5),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_a_scale_within_a_layer_is_no_gate(scale):
    """Batch norm's gamma, or a layer scale (Liu et al., arXiv 2201.03545), on a branch."""
    found = found_in(model_of(lambda u: layers.Add()([u, scale(u)])))
    assert (found.sites, found.rejected) == ((), ())


FORMATS = {"channels_last": (8, 6, 16), "channels_first": (16, 8, 6)}
NAMES = {
    "bottleneck": "SE block",
    "full": "one full matrix",
    "diagonal": "one weight for each channel",
    "direct": "the squeeze itself, without weights",
    "constant": "a learned constant for each channel",
}
RANGES = {"sigmoid": (0, 1), "tanh": (-1, 1), "relu": (0, math.inf), "softmax": (0, 1)}


@pytest.mark.parametrize("data_format", FORMATS)
@pytest.mark.parametrize("excitation", EXCITATIONS)
def test_every_block_of_ours_is_found_in_both_data_formats(data_format, excitation):
    for squeeze, gate in product(("average", "max"), GATES):
        made = {"squeeze": squeeze, "gate": gate, "excitation": excitation}
        (site,) = found_in(own_block(data_format, **made)).sites
        last = "" if gate == "sigmoid" else f", {gate}"
        largest = ", of the maximum" if squeeze == "max" else ""
        assert site.title == f"{NAMES[excitation]}{last}{largest}"
        assert site.gate_range == RANGES[gate]
        assert site.by_sigmoid == (gate == "sigmoid")
        assert (site.block.channels, site.axis) == (16, 3 if data_format == "channels_last" else 1)
        assert site.block.ratio == (4 if excitation == "bottleneck" else 1)


@pytest.mark.parametrize("data_format", FORMATS)
@pytest.mark.parametrize("excitation", BY_LAYERS)
def test_every_block_of_ours_without_a_squeeze_is_refused_with_the_reason(data_format, excitation):
    for gate, bias in product(GATES, (False, True)):
        made = {"squeeze": "none", "gate": gate, "excitation": excitation, "use_bias": bias}
        found = found_in(own_block(data_format, **made))
        assert found.sites == ()
        assert [place.reason for place in found.rejected] == [NOT_SQUEEZED]


def own_block(data_format: str, **made: Any) -> keras.Model:
    u = keras.Input(FORMATS[data_format])
    return keras.Model(u, squeeze_excite(u, 4, data_format=data_format, **made))
