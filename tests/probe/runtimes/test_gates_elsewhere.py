"""A gate that goes elsewhere too is changed where it scales and nowhere else, whoever runs it."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

from se_viz.probe.edit import fixed
from se_viz.probe.gates.sites import Site
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.openvino import variants
from tests.probe import networks
from tests.probe.networks import CHANNELS, feature_map, gate, model_inputs, network_of, picture


def spread(s, data_format=None):
    return layers.UpSampling2D(8, data_format=data_format)(s)


def beside_another_map():
    """S * U and, as v is not what s is of, S * V, which is no block."""
    x = picture()
    u, v = feature_map(x), feature_map(x)
    s = gate(u)
    return x, u * s, v * s


def turned_round():
    x = picture()
    u, v = feature_map(x), feature_map(x)
    s = gate(u)
    return x, u * s, v * (1 - s)


def spread_over_both():
    x = picture()
    u, v = feature_map(x), feature_map(x)
    s = spread(gate(u))
    return x, u * s, v * s


@pytest.fixture(params=[beside_another_map, turned_round, spread_over_both])
def probes(request):
    x, scaled, other = request.param()
    parts = [layers.GlobalAveragePooling2D()(each) for each in (scaled, other)]
    model = keras.Model(x, layers.Concatenate()(parts))
    here = Probe(network_of(model, classes=2 * CHANNELS))
    there = Probe(here.network)
    there.runtime = here.runtime.home
    return here, there


def test_it_is_changed_where_it_scales_alone(probes):
    pictures = model_inputs(3)
    for probe in probes:
        before = probe.read(pictures).outputs
        nothing = fixed(probe.blocks, {"SE_1": np.arange(CHANNELS)}, 0.0)
        after = intervene(probe, pictures, nothing).outputs
        assert (after[:, :CHANNELS] == 0).all()
        np.testing.assert_array_equal(after[:, CHANNELS:], before[:, CHANNELS:])
    assert [probe.runtime.title for probe in probes] == ["OpenVINO", "TensorFlow"]


def test_gates_spread_over_maps_with_channels_first_are_changed():
    x = keras.Input((3, 16, 16))
    u = layers.Conv2D(12, 3, 2, "same", data_format="channels_first")(x)
    z = layers.GlobalAveragePooling2D("channels_first", keepdims=True)(u)
    s = layers.Conv2D(12, 1, activation="sigmoid", data_format="channels_first")(z)
    y = layers.GlobalAveragePooling2D("channels_first")(u * spread(s, "channels_first"))
    probe, pictures = Probe(network_of(keras.Model(x, y), classes=12)), model_inputs(2)
    half = fixed(probe.blocks, {"SE_1": np.arange(12)}, 0.5)
    assert probe.runtime.title == "OpenVINO"
    expected = probe.read(pictures).squeezes["SE_1"] / 2
    found = intervene(probe, pictures, half).outputs
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_a_network_whose_gates_openvino_cannot_change_is_run_by_tensorflow(monkeypatch):
    def refuse(change, number: int, site: Site) -> None:
        raise ValueError("maps are moved")

    monkeypatch.setattr(variants._Change, "scale", refuse)
    probe = Probe(network_of(networks.model_of(networks.dense_fused)))
    half = fixed(probe.blocks, {"SE_1": np.arange(CHANNELS)}, 0.5)
    assert (intervene(probe, model_inputs(1), half).gates["SE_1"] == 0.5).all()
    assert probe.runtime.title == "TensorFlow"
