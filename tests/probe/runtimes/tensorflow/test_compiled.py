"""What is compiled is kept, but not without end."""

from __future__ import annotations

import numpy as np

from se_viz.probe import edit
from se_viz.probe.intervene import sweep
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.tensorflow import runtime
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of, network_of


def test_sweeps_of_many_lengths_are_not_all_kept_and_come_out_alike(by_tensorflow, monkeypatch):
    monkeypatch.setattr(runtime, "MOST", 3)
    probe = Probe(network_of(model_of(networks.dense_fused)), batch=2)
    one = edit.fixed(probe.blocks, {"SE_1": [0]}, 1.0)
    first = sweep(probe, model_inputs(2), one)
    for rows in (2, 3, 4):
        sweep(probe, model_inputs(2), edit.stack([one] * rows))
    assert len(probe.runtime.compiled) == 3
    np.testing.assert_array_equal(sweep(probe, model_inputs(2), one), first)
