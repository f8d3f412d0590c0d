"""Keras networks as graphs, and how to call their operations; Keras is loaded with the first."""

from __future__ import annotations

from typing import Any

from se_viz.probe.frontends.base import Program


def read(model: Any, result: int | None) -> Program:
    """See `Frontend.read`."""
    from se_viz.probe.frontends.keras.unroll import unroll

    return unroll(model, result)
