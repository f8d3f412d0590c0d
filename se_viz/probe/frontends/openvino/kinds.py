"""What operations of OpenVINO do, as far as anything is told by it."""

from __future__ import annotations

from typing import Any

import numpy as np

from se_viz.probe.frontends.openvino.constants import constant_of
from se_viz.probe.kinds import IDENTICAL, Function, Kind

Facts = tuple[Kind, dict[str, Any], bool]
"""A kind, its attributes, and whether training moves its numbers."""

ARITHMETIC = {
    **{"Add": Kind.ADD, "Subtract": Kind.SUBTRACT, "Multiply": Kind.MULTIPLY},
    **{"Divide": Kind.DIVIDE, "Maximum": Kind.MAXIMUM, "Minimum": Kind.MINIMUM},
}
PLAIN = {
    **{"Log": Kind.LOGARITHM, "Sqrt": Kind.SQUARE_ROOT, "Abs": Kind.ABSOLUTE},
    **dict.fromkeys(("Reshape", "Squeeze", "Unsqueeze"), Kind.RESHAPE),
    **dict.fromkeys(("Convert", "FakeQuantize"), Kind.IDENTITY),
    **dict.fromkeys(("Broadcast", "Tile", "Interpolate"), Kind.SPREAD),
}
FUNCTIONS = {
    **{"Sigmoid": "sigmoid", "Relu": "relu", "Tanh": "tanh", "Exp": "exponential"},
    **{"HSigmoid": "hard_sigmoid", "HSwish": "hard_silu", "Mish": "mish", "SoftPlus": "softplus"},
    **{"Negative": "negative", "SoftSign": "softsign", "Swish": "silu"},
}
REDUCTIONS = {
    **{"ReduceMean": Kind.MEAN, "ReduceSum": Kind.SUM},
    **{"ReduceMax": Kind.LARGEST, "ReduceMin": Kind.SMALLEST},
}


def kind_of(node: Any) -> Facts:
    """Of an operation, its kind with the attributes of that, see `Kind`."""
    name, found = node.get_type_name(), None
    if name in ARITHMETIC:
        found = ARITHMETIC[name], _operand(node)
    elif name in PLAIN:
        found = PLAIN[name], {}
    elif name in FUNCTIONS:
        found = Kind.FUNCTION, {"function": Function(FUNCTIONS[name])}
    elif name in REDUCTIONS:
        found = REDUCTIONS[name], _reduced(node)
    elif name in RULES:
        found = RULES[name](node)
    kind, attributes = found or (Kind.OTHER, {})
    return kind, attributes, kind in (Kind.DENSE, Kind.WEIGHTED)


def _given(node: Any, place: int) -> np.ndarray | None:
    """A constant that it takes."""
    found = constant_of(node.input_value(place)) if place < node.get_input_size() else None
    return None if found is None else found()


def _rank(node: Any, place: int = 0) -> int:
    return node.input_value(place).get_partial_shape().rank.get_length()


def _operand(node: Any) -> dict[str, Any]:
    known = [constant_of(node.input_value(place)) for place in (0, 1)]
    if known == [None, None]:
        return {}
    first = known[0] is not None
    numbers: Any = known[0] or known[1]
    return {"constant": lambda: numbers().ravel(), "first": first}


def _reduced(node: Any) -> dict[str, Any]:
    axes, rank = _given(node, 1), _rank(node)
    listed = range(rank) if axes is None else sorted(int(axis) % rank for axis in np.ravel(axes))
    keeps = bool(node.get_attributes()["keep_dims"])
    return {"axes": tuple(listed), "keepdims": keeps, "alike": True}


def _dense(kernel: np.ndarray, axis: int) -> tuple[Kind, dict[str, Any]]:
    """A matrix (in, out)."""
    facts = {"kernel": lambda: kernel, "bias": None, "widths": kernel.shape, "axis": axis}
    return Kind.DENSE, facts | {"function": IDENTICAL}


def _matmul(node: Any) -> tuple[Kind, dict[str, Any]]:
    kernel, turned = _given(node, 1), node.get_attributes()
    if kernel is None or kernel.ndim != 2 or turned["transpose_a"]:
        return Kind.MATMUL, {"constant": None}
    return _dense(kernel.T if turned["transpose_b"] else kernel, _rank(node) - 1)


def _convolution(node: Any) -> tuple[Kind, dict[str, Any]]:
    kernel = _given(node, 1)
    if kernel is not None and kernel.shape[2:] == (1, 1):
        return _dense(kernel[:, :, 0, 0].T, 1)
    return Kind.WEIGHTED, {"function": IDENTICAL}


def _softmax(node: Any) -> tuple[Kind, dict[str, Any]]:
    return Kind.SOFTMAX, {"axis": int(node.get_attributes()["axis"])}


def _hard_sigmoid(node: Any) -> tuple[Kind, dict[str, Any]] | None:
    alpha, beta = _given(node, 1), _given(node, 2)
    if alpha is None or beta is None:
        return None
    usual = np.allclose([alpha, beta], [1 / 6, 0.5], atol=1e-4)
    return (Kind.FUNCTION, {"function": Function("hard_sigmoid")}) if usual else None


def _clamp(node: Any) -> tuple[Kind, dict[str, Any]]:
    ends = node.get_attributes()
    limits = {name: np.array([float(ends[key])]) for name, key in (("low", "min"), ("high", "max"))}
    return Kind.FUNCTION, {"function": Function("clip", limits)}


def _pool(node: Any) -> tuple[Kind, dict[str, Any]]:
    return Kind.POOL, {"axes": (2, 3), "window": tuple(node.get_attributes()["kernel"])}


def _transpose(node: Any) -> tuple[Kind, dict[str, Any]] | None:
    order = _given(node, 1)
    return None if order is None else (Kind.TRANSPOSE, {"order": tuple(map(int, order))})


def _concatenation(node: Any) -> tuple[Kind, dict[str, Any]]:
    return Kind.CONCATENATE, {"axis": int(node.get_attributes()["axis"]) % _rank(node)}


RULES = {
    **{"MatMul": _matmul, "Convolution": _convolution, "Softmax": _softmax},
    **{"HardSigmoid": _hard_sigmoid, "Clamp": _clamp, "AvgPool": _pool},
    **{"Transpose": _transpose, "Concat": _concatenation},
    "GroupConvolution": lambda node: (Kind.WEIGHTED, {"function": IDENTICAL}),
}
