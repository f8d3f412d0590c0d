"""OpenVINO, loaded without what tells its makers of its use.

Its telemetry cannot be imported in this process from now on, so that the package takes its own
stand-in, which does nothing. Raises ImportError where OpenVINO is not installed.
"""

from __future__ import annotations

import sys

TELEMETRY = "openvino_telemetry"

if TELEMETRY not in sys.modules:
    sys.modules[TELEMETRY] = None  # type: ignore[assignment]

import openvino as library  # noqa: E402
from openvino import opset15 as operations  # noqa: E402
from openvino import passes  # noqa: E402

__all__ = ["library", "operations", "passes"]
