"""The same against timm itself, with weights that nobody saw before.

Runs where timm is installed and SE_VIZ_LIVE=1; SE_VIZ_SEED repeats a run, and SE_VIZ_PHOTOS names
a folder of photographs for the preprocessing.
"""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec

import numpy as np
import pytest

if os.environ.get("SE_VIZ_LIVE") != "1" or find_spec("timm") is None:
    pytest.skip("SE_VIZ_LIVE is not 1, or timm is not here", allow_module_level=True)

from se_viz.nets.timm import ARCHITECTURES
from tests.nets.timm import ours, reference, rule

SEED = int(os.environ.get("SE_VIZ_SEED") or secrets.randbelow(2**31))
SIZE = 64 + 1 + 2 * (SEED % 20)
TOLERANCE = 1e-4


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_logits_and_every_gate_agree_with_timm(architecture):
    print(f"SE_VIZ_SEED={SEED}, {SIZE} px")
    theirs = reference.run(architecture, SIZE, SEED)
    found = ours.run(architecture, reference.shapes(architecture), SIZE, SEED)
    rule.require_health(theirs.gates, theirs.features)
    logits = rule.difference(found.logits, theirs.logits)
    pairs = list(zip(found.gates, theirs.gates, strict=True))
    gates = max(np.abs(ours / their - 1).max() for ours, their in pairs)
    print(f"{architecture}: logits {logits:.1e}, gates {gates:.1e}")
    assert max(logits, gates) < TOLERANCE
