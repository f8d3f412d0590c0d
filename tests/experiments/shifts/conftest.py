"""A network of plain NumPy, and pictures of three classes."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.runtimes import catalogue as runtimes
from tests.probe import toy

PICTURES = np.random.default_rng(0).integers(0, 256, (11, toy.SIZE, toy.SIZE, 3), np.uint8)
TRUTH = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1])


@pytest.fixture
def probe(monkeypatch):
    monkeypatch.setattr(frontends, "FRONTENDS", [toy.FRONTEND])
    monkeypatch.setattr(runtimes, "RUNTIMES", [toy.RUNTIME])
    return toy.probe(4)
