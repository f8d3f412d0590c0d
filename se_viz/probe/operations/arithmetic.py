"""Nodes that take one tensor and a constant, such as x * 0.5 or 1 - x."""

from __future__ import annotations

import math

import numpy as np

from se_viz.probe.graph import Node, numbers
from se_viz.probe.kinds import Kind
from se_viz.probe.operations.formulas import Formula, monotone

ARITHMETIC = {
    Kind.ADD: ("+", np.add),
    Kind.SUBTRACT: ("-", np.subtract),
    Kind.MULTIPLY: ("*", np.multiply),
    Kind.DIVIDE: ("/", np.divide),
    Kind.MAXIMUM: ("maximum", np.maximum),
    Kind.MINIMUM: ("minimum", np.minimum),
}


def formula_of(node: Node) -> Formula | None:
    """A node that takes one tensor and a constant, such as x * 0.5 or 1 - x."""
    first, second = constants(node)
    if first is None and second is None:
        return None
    sign, ufunc = ARITHMETIC[node.kind]
    if second is not None:
        return Formula(f"{sign} {_short(second)}", lambda x: ufunc(x, second), monotone(second))
    assert first is not None  # one of the two is there
    monotone_from = max(monotone(first), 0 if sign == "/" else -math.inf)
    return Formula(f"{_short(first)} {sign}", lambda x: ufunc(first, x), monotone_from)


def constants(node: Node) -> tuple[np.ndarray | None, np.ndarray | None]:
    """The constant before, or behind, the only tensor of a sum, product or the like."""
    if node.kind not in ARITHMETIC or "constant" not in node.attributes:
        return None, None
    constant = numbers(node["constant"])
    return (constant, None) if node["first"] else (None, constant)


def adds_nothing(node: Node) -> bool:
    """Multiplies its only tensor by ones, or adds zeros."""
    number = next((each for each in constants(node) if each is not None), None)
    neutral = {Kind.MULTIPLY: 1, Kind.ADD: 0}.get(node.kind)
    return number is not None and neutral is not None and bool((number == neutral).all())


def factor_of(node: Node) -> float | None:
    """The number by which a node of one tensor multiplies, None for others."""
    function = node.attributes.get("function")
    if function is not None and function.name == "rescaling" and node.kind == Kind.FUNCTION:
        scale, offset = (numbers(function.parameters[name]) for name in ("scale", "offset"))
        return float(scale[0]) if scale.size == 1 and not offset.any() else None
    first, second = constants(node)
    number = first if second is None else second
    if number is None or not number.size or np.ptp(number):
        return None
    if node.kind == Kind.MULTIPLY:
        return float(number[0])
    divides = node.kind == Kind.DIVIDE and second is not None
    return 1 / float(number[0]) if divides and number[0] else None


def _short(constant: np.ndarray) -> str:
    return f"{constant[0]:g}" if constant.size == 1 else f"{constant.size} constants"
