"""A network without an SE block: what was looked at, and why each place is none."""

from __future__ import annotations

import keras
import pytest
from keras import layers

from se_viz.probe.gates.blind import MOST, NOWHERE, BlindError, refuse_blind
from se_viz.probe.gates.sites import Found, Rejected
from se_viz.probe.probe import Probe
from tests.probe.networks import dense_fused, model_of, network_of


def refused(model: keras.Model) -> tuple[str, ...]:
    with pytest.raises(BlindError, match=r"^Tiny has no SE block, .* to look at\.$") as caught:
        refuse_blind("Tiny", Probe(network_of(model)).found)
    return caught.value.places


def test_every_place_is_told_with_its_reason():
    def gated(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        gate = layers.Dense(u.shape[-1], activation="leaky_relu")(z)
        x = layers.Multiply(name="first")([u, gate])
        return layers.Multiply(name="second")([x, layers.Conv2D(u.shape[-1], 1)(x)])

    first, second = refused(model_of(gated))
    assert first.startswith("first, ")
    assert first.endswith("(8 to 8, leaky_relu), not from a sigmoid, tanh, softmax or relu")
    assert second.startswith("second, ")
    assert "neither factor is one number per channel" in second


def test_without_a_product_there_was_nowhere_to_look():
    assert refused(model_of(lambda u: layers.ReLU()(u))) == (NOWHERE,)


def test_a_network_with_a_block_passes():
    refuse_blind("Tiny", Probe(network_of(model_of(dense_fused))).found)


def test_long_lists_are_cut_and_counted():
    places = tuple(Rejected(f"multiply_{n}", (8, 8, 4), "no") for n in range(MOST + 3))
    lines = BlindError("Tiny", Found((), places)).places
    assert len(lines) == MOST + 1
    assert lines[-1] == "and 3 more"
