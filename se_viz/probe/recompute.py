"""The excitation once more, in NumPy: s = sigmoid(W2 relu(W1 z)) (arXiv 1709.01507, equation 3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from se_viz.probe import operations
from se_viz.probe.find import Site
from se_viz.probe.graph import Slot, Step


def excite(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """Gates (N, C) from squeezes (N, C), in float64, with the layers' own weights.

    Raises:
        ValueError: where a layer between the two computes something that is not known here.
    """
    rows = _start(site, squeeze)
    for step in site.path:
        rows[step.outputs[0]] = _apply(step, rows)
    return reduce(np.multiply, (rows[gate] for gate in site.gates))


def hidden(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """What the bottleneck makes of squeezes (N, C): relu(W1 z), (N, C / r), in float64.

    Raises:
        ValueError: as `excite`, or where several branches lead from the squeeze to the gates.
    """
    if branches(site):
        raise ValueError("Several branches make the gates, each with a hidden layer of its own.")
    rows = _start(site, squeeze)
    (slot,) = rows
    dense = 0
    for step in site.path:
        dense += operations.is_dense(step)
        if dense == 2:
            break
        slot = step.outputs[0]
        rows[slot] = _apply(step, rows)
    return rows[slot]


def branches(site: Site) -> bool:
    """Whether more than one row of layers leads from the squeeze to the gates."""
    sources = [step.sources for step in site.path]
    starts = [squeeze.slot for squeeze in site.squeezes]
    follows = all(one.outputs == other for one, other in zip(site.path, sources[1:], strict=False))
    return len(starts) > 1 or not follows


def dense_layers(site: Site) -> int:
    """How many of them stand between squeeze and gate; with one there is no hidden layer."""
    return sum(operations.is_dense(step) for step in site.path)


def _start(site: Site, squeeze: np.ndarray) -> dict[Slot, np.ndarray]:
    """Rows of numbers where the path begins."""
    return {each.slot: squeeze.astype(np.float64) * each.scale for each in site.squeezes}


def _apply(step: Step, rows: dict[Slot, np.ndarray]) -> np.ndarray:
    """What a step makes of rows of numbers; one that only moves or spreads them is passed over."""
    parts: Sequence[np.ndarray] = [rows[slot] for slot in step.sources if slot in rows]
    if len(parts) > 1:
        merge = operations.merge_of(step)
        assert merge is not None  # or the step would not be on the path
        return merge.apply(parts)
    (x,) = parts
    if operations.is_dense(step):
        kernel, bias = operations.matrix(step)
        x = x @ kernel if bias is None else x @ kernel + bias
    formula = operations.formula_of(step)
    try:
        return formula.apply(x) if formula else x
    except ValueError as error:
        raise ValueError(f"{step.path} {error}.") from error
