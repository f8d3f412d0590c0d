"""What a node does to numbers, as far as an SE block is concerned."""

from __future__ import annotations

from typing import Any

import numpy as np

from se_viz.probe.graph import Node, numbers
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import arithmetic
from se_viz.probe.operations.formulas import LINEAR, SOFTMAX, Formula, formula
from se_viz.probe.operations.merges import MERGES, Merge


def is_multiplication(node: Node) -> bool:
    """A product of tensors of the graph."""
    return node.kind == Kind.MULTIPLY and len(node.inputs) >= 2


def is_addition(node: Node) -> bool:
    """A sum of tensors of the graph."""
    return node.kind == Kind.ADD and len(node.inputs) >= 2


def is_identity(node: Node) -> bool:
    """Hands on what it gets, in inference."""
    return node.kind == Kind.IDENTITY


def is_reshape(node: Node) -> bool:
    """Moves numbers and keeps their order, as long as they are a single vector."""
    if node.kind == Kind.INDEX:
        return all(map(_whole, node["key"]))
    return node.kind in (Kind.RESHAPE, Kind.TRANSPOSE)


def _whole(part: Any) -> bool:
    """Part of an index that reorders nothing: `:`, `None`, `...`, or a number."""
    if isinstance(part, tuple | list):
        return all(map(_whole, part))
    plain = part is None or part is Ellipsis or isinstance(part, int)
    return plain or (isinstance(part, slice) and part == slice(None))


def is_dense(node: Node) -> bool:
    """Mixes channels by a matrix: a dense layer, or a convolution of one position."""
    return node.kind == Kind.DENSE


def matrix(node: Node) -> tuple[np.ndarray, np.ndarray | None]:
    """(kernel (in, out), bias (out,) or None) of a dense node, float64."""
    return numbers(node["kernel"]), None if node["bias"] is None else numbers(node["bias"])


def widths(node: Node) -> tuple[int, int]:
    """Channels that a dense node takes and gives."""
    return node["widths"]


def after_weights(node: Node) -> Formula | None:
    """What is done to each number behind weights of any form; None for a node without such."""
    if node.kind == Kind.MATMUL:
        return LINEAR
    return formula(node["function"]) if node.kind in (Kind.DENSE, Kind.WEIGHTED) else None


def is_constant(node: Node) -> bool:
    """Gives learned numbers, whatever comes in."""
    return node.kind == Kind.FUNCTION and node["function"].name == "constant"


def weighs_channels(node: Node) -> bool:
    """Has a learned number for each channel that is no batch norm's."""
    names = ("constant", "rescaling")
    return node.learned and node.kind == Kind.FUNCTION and node["function"].name in names


def per_channel(node: Node) -> bool:
    """Takes one tensor and a number for each of its channels."""
    return any(
        constant is not None and constant.size > 1 for constant in arithmetic.constants(node)
    )


def formula_of(node: Node) -> Formula | None:
    """What a node does to each number by itself: a dense one after its matrix; None for others."""
    if is_dense(node):
        return formula(node["function"])
    if len(node.inputs) != 1:
        return None
    if node.kind == Kind.FUNCTION:
        return formula(node["function"])
    if node.kind == Kind.SOFTMAX and node["axis"] in (-1, 1):
        return SOFTMAX
    return LINEAR if is_identity(node) else arithmetic.formula_of(node)


def merge_of(node: Node) -> Merge | None:
    """What a node makes of the numbers of several tensors, one by one; None for others."""
    return MERGES.get(node.kind) if len(node.inputs) > 1 else None


def describe(node: Node) -> str:
    """Its place and what it does: `fc_1 (256 to 16, relu)`."""
    found, merge = formula_of(node), merge_of(node)
    if merge is not None:
        return f"{node.path} ({merge.text} of {len(node.inputs)})"
    parts = [f"{' to '.join(map(str, widths(node)))}"] if is_dense(node) else []
    parts += [found.text] if found and found.text not in ("linear", node.name) else []
    return f"{node.path} ({', '.join(parts)})" if parts else node.path
