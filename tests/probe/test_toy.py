"""A probe reads a network of any library, run by anything: it knows graphs and runtimes."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.probe import edit
from se_viz.probe.check import identity, self_check
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes import catalogue as runtimes
from tests.probe import toy
from tests.probe.networks import model_inputs

MODEL_INPUTS = model_inputs(3, toy.SIZE)


@pytest.fixture
def probe(monkeypatch) -> Probe:
    monkeypatch.setattr(frontends, "FRONTENDS", [*frontends.FRONTENDS, toy.FRONTEND])
    monkeypatch.setattr(runtimes, "RUNTIMES", [*runtimes.RUNTIMES, toy.RUNTIME])
    return toy.probe()


def test_its_block_is_found_and_read(probe):
    (site,) = probe.sites
    assert (site.block.channels, site.block.ratio, site.weights) == (3, 3, 6)
    assert site.describe() == (
        "SE_1 at scale, U 8 x 8 x 3: pool > fc_bottleneck (3 to 1, relu) > fc_s (1 to 3, sigmoid)"
    )
    seen = probe.read(MODEL_INPUTS)
    np.testing.assert_array_equal(seen.outputs, probe.bare(MODEL_INPUTS))
    np.testing.assert_allclose(seen.gates["SE_1"], toy.Model().gates(seen.squeezes["SE_1"]))
    assert probe.inside(MODEL_INPUTS, "SE_1").x.shape == (3, 8, 8, 3)
    assert probe.network.output.kind == "logits"


def test_it_is_checked(probe):
    assert self_check(probe, MODEL_INPUTS).passed
    assert identity(probe, MODEL_INPUTS).same


def test_it_gets_other_gates(probe):
    open_gates = edit.fixed(probe.blocks, {"SE_1": range(3)}, 1.0)
    seen = intervene(probe, MODEL_INPUTS, open_gates)
    np.testing.assert_allclose(seen.outputs, seen.squeezes["SE_1"], rtol=1e-5)
    swept = sweep(probe, MODEL_INPUTS, open_gates)
    np.testing.assert_array_equal(swept, [probe.read(MODEL_INPUTS).outputs, seen.outputs])


def test_a_network_that_nobody_reads_or_runs_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="No network of a library that is known here: Model"):
        toy.probe()
    monkeypatch.setattr(frontends, "FRONTENDS", [toy.FRONTEND])
    with pytest.raises(ValueError, match="Nothing runs networks of tests here"):
        toy.probe()
