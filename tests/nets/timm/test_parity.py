"""Our networks agree with timm's, from the stem to the logits, on weights made by rule.

What timm computes is in `goldens`; `make_goldens` wrote it. `test_live` runs timm itself.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from se_viz.nets.timm import ARCHITECTURES
from tests.nets.timm import ours, rule

GOLDENS = Path(__file__).with_name("goldens")
PROVENANCE = json.loads((GOLDENS / "provenance.json").read_text(encoding="utf-8"))
TOLERANCE = PROVENANCE["tolerance"]


def test_every_architecture_has_a_golden():
    assert list(PROVENANCE["sizes"]) == list(ARCHITECTURES)
    assert TOLERANCE == 1e-4
    assert PROVENANCE["seed"] == rule.SEED


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_logits_and_every_gate_agree_with_timm(architecture):
    with np.load(GOLDENS / f"{architecture}.npz") as golden:
        shapes = json.loads(str(golden["shapes"]))
        found = ours.run(architecture, shapes, PROVENANCE["sizes"][architecture])
        rule.require_health(found.gates, found.features)
        assert found.parameters == golden["parameters"] == ARCHITECTURES[architecture].parameters
        assert rule.difference(found.logits, golden["logits"]) < TOLERANCE
        assert len(found.gates) == len(golden["gates"])
        for depth, gates in enumerate(found.gates):
            sampled, mean, std = (golden[x][depth] for x in ("gates", "means", "deviations"))
            np.testing.assert_allclose(rule.sampled(gates), sampled, rtol=TOLERANCE)
            np.testing.assert_allclose([gates.mean(), gates.std()], [mean, std], rtol=TOLERANCE)
