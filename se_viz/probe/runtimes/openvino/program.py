"""A network as OpenVINO has it, with the names of all that is looked at or changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from se_viz.probe.graph import Graph

MODEL_INPUTS, OUTPUTS = "model_inputs", "outputs"
"""Names of model inputs, and of outputs (N, K), where a result is looked at."""


@dataclass(frozen=True, eq=False)
class OpenVINOProgram:
    """A graph, the model that computes it, in the two parts of OpenVINO's own form, and weights.

    The model takes uint8 model inputs (N, size, size, 3), named `MODEL_INPUTS`, and for each number
    of `weights`, in order, those weights. It gives, by name and in float32: `outputs` (N, K); for
    the block of each number `z` and `s` (N, C), `u` and `x` (N, H, W, C); for each number of
    `Graph.narrows` the tensor there as the network has it.
    """

    graph: Graph = field(repr=False)
    model: bytes
    constants: bytes
    weights: Mapping[str, np.ndarray]
    library: str = "openvino"


def named(what: str, number: int) -> str:
    """Name of one of z, s, u and x of a block, of a `narrow` tensor, or of `weights`, by number
    from 0."""
    return f"{what}_{number}"
