"""The tensors of a block fit together: z is the mean of U, and X is U times s."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.nets.network import Network
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing
from se_viz.probe.probe import Probe

TINY = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=32)


@pytest.fixture(scope="module")
def probe() -> Probe:
    network = Network("tiny", "tiny", build(TINY), Preprocessing(size=32), ("a", "b", "c"), "0")
    return Probe(network, batch=2)


@pytest.fixture(scope="module")
def model_inputs() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)


def test_squeeze_is_the_mean_and_scale_the_product(probe, model_inputs):
    for block in probe.blocks:
        inside = probe.inside(model_inputs, block.name)
        assert inside.u.shape == inside.x.shape
        assert inside.u.shape[-1] == block.channels
        np.testing.assert_allclose(inside.z, inside.u.mean((1, 2)), atol=1e-5)
        np.testing.assert_allclose(inside.x, inside.s[:, None, None] * inside.u, rtol=1e-6)


def test_it_agrees_with_the_compiled_pass(probe, model_inputs):
    seen, name = probe.read(model_inputs), probe.blocks[-1].name
    inside = probe.inside(model_inputs, name)
    np.testing.assert_allclose(inside.s, seen.gates[name], atol=1e-6)
    np.testing.assert_allclose(inside.z, seen.squeezes[name], atol=1e-4)


def test_an_unknown_block_is_named(probe, model_inputs):
    with pytest.raises(ValueError, match="SE_9_9"):
        probe.inside(model_inputs, "SE_9_9")


def test_nothing_after_the_block_is_computed(by_tensorflow, probe, model_inputs, monkeypatch):
    probe = Probe(probe.network)
    ran = []
    real = type(probe.graph).needed
    monkeypatch.setattr(type(probe.graph), "needed", lambda *a: ran.append(real(*a)) or real(*a))
    first, last = probe.blocks[0].name, probe.blocks[-1].name
    probe.inside(model_inputs, first)
    probe.inside(model_inputs, last)
    assert len(ran[0]) < len(ran[1]) < len(probe.graph.nodes)
    assert ran[0][-1].outputs == (probe.sites[0].x,)


def test_other_model_inputs_are_refused(probe):
    with pytest.raises(ValueError, match="takes uint8 model inputs"):
        probe.inside(np.zeros((1, 16, 16, 3), np.uint8), probe.blocks[0].name)
