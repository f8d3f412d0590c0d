"""Networks that OpenVINO has read, such as files in ONNX, as graphs."""

from __future__ import annotations

from typing import Any

from se_viz.probe.frontends.base import Program


def read(model: Any, result: int | None) -> Program:
    """See `Frontend.read`."""
    from se_viz.probe.frontends.openvino.program import read

    return read(model, result)
