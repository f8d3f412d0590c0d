"""Our networks agree with timm's, from the stem to the logits, on weights made by rule.

What timm computes is in `goldens`; `make_goldens` wrote it. `test_live` runs timm itself. Of each
family of layouts the smallest is tested, and all where SE_VIZ_ALL is set.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from se_viz.nets.timm import ARCHITECTURES
from tests.nets.timm import ours, rule
from tests.scale import ALL

GOLDENS = Path(__file__).with_name("goldens")
PROVENANCE = json.loads((GOLDENS / "provenance.json").read_text(encoding="utf-8"))
TOLERANCE = PROVENANCE["tolerance"]
SMALLEST = (
    "legacy_seresnet18",
    "legacy_seresnet50",
    "legacy_seresnext26_32x4d",
    pytest.param("legacy_senet154", marks=pytest.mark.long),
    "seresnet50",
    "seresnext50_32x4d",
    "seresnext26d_32x4d",
    "seresnext26t_32x4d",
)


def test_every_architecture_has_a_golden():
    assert list(PROVENANCE["sizes"]) == list(ARCHITECTURES)
    assert TOLERANCE == 1e-4
    assert PROVENANCE["seed"] == rule.SEED


@pytest.mark.parametrize("architecture", ARCHITECTURES if ALL else SMALLEST)
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
