"""A network as OpenVINO has it, with the names of all that is looked at or changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from se_viz.probe.graph import Graph

OUTPUTS = "outputs"
"""Name of the outputs (N, K), where a result is looked at."""


@dataclass(frozen=True, eq=False)
class OpenVINOProgram:
    """A graph and the `openvino.Model` that computes it.

    The model takes uint8 model inputs (N, size, size, 3) and gives, by name and in float32:
    `outputs` (N, K); for the block of each number `z` and `s` (N, C), `u` and `x` (N, H, W, C);
    for each number of `Graph.narrows` the tensor there as the network has it.
    """

    graph: Graph
    model: Any
    library: str = "openvino"


def named(what: str, number: int) -> str:
    """Name of one of z, s, u and x of a block, or of a `narrow` tensor, by number from 0."""
    return f"{what}_{number}"
