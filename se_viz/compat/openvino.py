"""OpenVINO, loaded without what tells its makers of its use.

Its telemetry cannot be imported in this process from now on, so that the package takes its own
stand-in, which does nothing. Raises ImportError where OpenVINO is not installed.
"""

from __future__ import annotations

import sys
from typing import Any

TELEMETRY = "openvino_telemetry"

if TELEMETRY not in sys.modules:
    sys.modules[TELEMETRY] = None  # type: ignore[assignment]

import openvino as library  # noqa: E402
from openvino import opset15 as operations  # noqa: E402
from openvino import passes  # noqa: E402
from openvino._offline_transformations import apply_moc_transformations  # noqa: E402


def simplify(model: Any) -> None:
    """What every network goes through when it is converted: constants are worked out, batch norms
    folded into what stands before them. Nobody promised that it stays where it is."""
    apply_moc_transformations(model, False)


__all__ = ["library", "operations", "passes", "simplify"]
