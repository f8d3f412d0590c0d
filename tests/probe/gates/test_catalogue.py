"""A kind of gate is one class and one line: found, recomputed and described like the others."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest
from keras import layers

from se_viz.probe.check import self_check
from se_viz.probe.edit import fixed
from se_viz.probe.gates import catalogue, recompute
from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation, excitation_of
from se_viz.probe.gates.se import SqueezeExcitation
from se_viz.probe.gates.settled import settled
from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import NoBlockError
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe
from tests.probe import near_misses, networks, other_gates
from tests.probe.networks import CHANNELS, found_in, model_inputs, model_of, network_of


class Leaky:
    """Gates behind a leaky relu, which lie anywhere."""

    name = "leaky gates"

    def made(self, scaled: Scaled) -> Excitation:
        found = excitation_of(scaled)
        if found.bounds != (-math.inf, math.inf):
            raise NoBlockError("its gates have a range")
        return settled(found)

    def excite(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        return recompute.excite(site, squeeze)

    def rounding(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        return recompute.rounding(site, squeeze)

    def describe(self, site: Site) -> str:
        return "behind a leaky relu"


def both(u):
    u = near_misses.leaky_gate(u)
    return networks.dense_fused(layers.Conv2D(CHANNELS, 3, padding="same")(u))


@pytest.fixture
def one_more(monkeypatch) -> Leaky:
    kind = Leaky()
    monkeypatch.setattr(catalogue, "GATES", [*catalogue.GATES, kind])
    return kind


def test_without_it_such_a_gate_is_rejected():
    found = found_in(model_of(both))
    assert [type(site.kind) for site in found.sites] == [SqueezeExcitation]
    assert "not from a sigmoid, tanh, softmax or relu" in found.rejected[0].reason


def test_a_further_kind_is_found_checked_described_and_edited(one_more):
    keras.utils.set_random_seed(0)
    probe = Probe(network_of(model_of(both)), batch=2)
    assert [type(site.kind) for site in probe.sites] == [Leaky, SqueezeExcitation]
    assert [block.ratio for block in probe.blocks] == [4, 4]
    assert (
        probe.sites[0]
        .describe()
        .endswith("U 8 x 8 x 8 (leaky gates, from -inf to inf): behind a leaky relu")
    )
    check = self_check(probe, model_inputs(2))
    assert check.passed
    assert list(check.differences) == ["SE_1", "SE_2"]
    seen = intervene(probe, model_inputs(2), fixed(probe.blocks, {"SE_1": range(CHANNELS)}, 1.0))
    assert (seen.gates["SE_1"] == 1).all()


def test_what_is_of_no_kind_is_rejected_with_the_first_reason(monkeypatch):
    monkeypatch.setattr(catalogue, "GATES", [SqueezeExcitation(), Leaky()])
    (rejected,) = found_in(model_of(other_gates.gate_without_dense)).rejected
    assert rejected.reason == "no dense layer stands between the pool and the product"
