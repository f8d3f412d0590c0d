"""The excitation once more, in NumPy: s = sigmoid(W2 relu(W1 z)) (arXiv 1709.01507, equation 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Node, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import nodes
from se_viz.probe.operations.formulas import SOFTMAX
from se_viz.probe.operations.merges import MERGES, Merge

ROUNDING = 8 * 2.0**-24
"""Of float32 relative to what is rounded, eightfold."""
PRODUCT = MERGES[Kind.MULTIPLY]
Rows = dict[Slot, np.ndarray]


def excite(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """Gates (N, C) from squeezes (N, C), in float64, with the layers' own weights.

    Raises:
        ValueError: where a layer between the two computes something that is not known here.
    """
    rows = _rows(site, squeeze)
    return PRODUCT.apply([rows[gate] for gate in site.gates])


def rounding(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """How far float32 may carry the gates that `excite` gives, float64 (N, C).

    A sum of products errs by about the rounding of its size, the sum of their magnitudes, and
    errors of different sums are independent (measured on random blocks of 16 to 2048 channels and
    squeezes of 1 to 10,000: up to 1.4 times that; here it is 8 times). An error grows or shrinks
    by what comes after it.

    Raises:
        ValueError: as `excite`.
    """
    rows = _rows(site, squeeze)
    off = {s.slot: ROUNDING * np.abs(rows[s.slot]) * (s.scale != 1) for s in site.squeezes}
    for node in site.path:
        parts = [slot for slot in node.inputs if slot in rows]
        off[node.outputs[0]] = _off(node, *([each[slot] for slot in parts] for each in (rows, off)))
    return _merged(PRODUCT, *([each[gate] for gate in site.gates] for each in (rows, off)))


def bottleneck(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """What the bottleneck makes of squeezes (N, C): relu(W1 z), (N, C / r), in float64.

    Raises:
        ValueError: as `excite`, or where several branches lead from the squeeze to the gates.
    """
    if branches(site):
        raise ValueError("Several branches make the gates, each with a bottleneck of its own.")
    dense = [place for place, node in enumerate(site.path) if nodes.is_dense(node)]
    path = site.path[: dense[1]] if len(dense) > 1 else site.path
    return _rows(site, squeeze, path)[path[-1].outputs[0]]


def branches(site: Site) -> bool:
    """Whether more than one row of layers leads from the squeeze to the gates."""
    sources = [node.inputs for node in site.path]
    follows = all(one.outputs == other for one, other in zip(site.path, sources[1:], strict=False))
    return len(site.squeezes) > 1 or not follows


def dense_layers(site: Site) -> int:
    """How many of them stand between squeeze and gate; with one there is no bottleneck."""
    return sum(nodes.is_dense(node) for node in site.path)


def _rows(site: Site, squeeze: np.ndarray, path: Sequence[Node] | None = None) -> Rows:
    """Rows of numbers at the squeezes and after each node of a path, by default the whole."""
    rows = {each.slot: squeeze.astype(np.float64) * each.scale for each in site.squeezes}
    for node in site.path if path is None else path:
        parts = [rows[slot] for slot in node.inputs if slot in rows]
        rows[node.outputs[0]] = _apply(node, parts)
    return rows


def _apply(node: Node, parts: Sequence[np.ndarray]) -> np.ndarray:
    """What a node makes of rows of numbers; one that only moves or spreads them is passed over."""
    merge = nodes.merge_of(node)
    if merge is not None and len(parts) > 1:
        return merge.apply(parts)
    (x,) = parts
    if nodes.is_dense(node):
        kernel, bias = nodes.matrix(node)
        x = x @ kernel if bias is None else x @ kernel + bias
    formula = nodes.formula_of(node)
    try:
        return formula.apply(x) if formula else x
    except ValueError as error:
        raise ValueError(f"{node.path} {error}.") from error


def _off(node: Node, parts: Sequence[np.ndarray], offs: Sequence[np.ndarray]) -> np.ndarray:
    """How far off a node's results may be where its arguments may be off by so much."""
    merge = nodes.merge_of(node)
    if merge is not None and len(parts) > 1:
        return _merged(merge, parts, offs)
    (x,), (off,) = parts, offs
    if nodes.is_dense(node):
        kernel, bias = nodes.matrix(node)
        size = np.abs(x) @ np.abs(kernel) + (0 if bias is None else np.abs(bias))
        off = np.sqrt(off**2 @ kernel**2 + (ROUNDING * size) ** 2)
        x = x @ kernel if bias is None else x @ kernel + bias
    formula = nodes.formula_of(node)
    if formula is None:
        return off
    off, result = off + ROUNDING * np.abs(x), formula.apply(x)
    if formula is SOFTMAX:  # every number moves all
        return result * np.expm1(2 * off.max(-1, keepdims=True)) + ROUNDING * np.abs(result)
    spread = [np.abs(formula.apply(x + way * off) - result) for way in (-1, 1)]
    return np.maximum(*spread) + ROUNDING * np.abs(result)


def _merged(merge: Merge, parts: Sequence[np.ndarray], offs: Sequence[np.ndarray]) -> np.ndarray:
    """The same of a sum, a product or the like: what each argument's error makes, added up."""
    if len(parts) == 1:
        return offs[0]
    result = merge.apply(parts)
    total = ROUNDING * np.abs(result)
    for place, off in enumerate(offs):
        moved = [merge.apply(_with(parts, place, way * off)) for way in (-1, 1)]
        total = total + np.maximum(*(np.abs(each - result) for each in moved))
    return total


def _with(parts: Sequence[np.ndarray], place: int, more: np.ndarray) -> list[np.ndarray]:
    return [part + more if i == place else part for i, part in enumerate(parts)]
