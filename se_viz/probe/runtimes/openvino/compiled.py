"""Models compiled for the processor, in the precision that was asked for and no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from se_viz.compat.openvino import library

HINT = "INFERENCE_PRECISION_HINT"
SHORT = {"float32": "f32", "bfloat16": "bf16"}
DEVICE = "CPU"


def compile_once(model: Any, precision: str) -> Callable[..., list[np.ndarray]]:
    """The model for arrays, in the order of its inputs; gives arrays in the order of its results.

    Without a hint, OpenVINO takes bfloat16 where the processor has it.

    Raises:
        Exception: of whatever kind, where OpenVINO does not take the model.
        ValueError: where it would compute in another precision.
    """
    if precision not in precisions():
        raise ValueError(f"this processor does not compute in {precision}")
    options = {HINT: SHORT[precision], "PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"}
    compiled = library.Core().compile_model(model, DEVICE, options)
    if compiled.get_property(HINT).to_string() != SHORT[precision]:
        raise ValueError(f"{precision} is not to be had")
    request = compiled.create_infer_request()

    def run(*arrays: np.ndarray) -> list[np.ndarray]:
        results = request.infer(list(arrays))
        return [np.array(results[port]) for port in compiled.outputs]

    return run


def precisions() -> Sequence[str]:
    """In which precisions networks can be run here, as NumPy names them."""
    able = library.Core().get_property(DEVICE, "OPTIMIZATION_CAPABILITIES")
    return ("float32", "bfloat16") if "BF16" in able else ("float32",)
