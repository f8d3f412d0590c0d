"""What Keras operations do, and layers that are such: sums, products, means, and moves of axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import tree

from se_viz.probe.frontends.keras.call import Call
from se_viz.probe.frontends.keras.classes import array, flat, is_layer
from se_viz.probe.frontends.keras.layers import Facts
from se_viz.probe.kinds import Kind

ARITHMETIC = {
    **{"Add": Kind.ADD, "Subtract": Kind.SUBTRACT, "Multiply": Kind.MULTIPLY},
    **{"Divide": Kind.DIVIDE, "TrueDivide": Kind.DIVIDE},
    **{"Maximum": Kind.MAXIMUM, "Minimum": Kind.MINIMUM},
}
PLAIN = {
    **{"Log": Kind.LOGARITHM, "Sqrt": Kind.SQUARE_ROOT, "Square": Kind.SQUARE},
    **{"Absolute": Kind.ABSOLUTE, "Abs": Kind.ABSOLUTE},
    **dict.fromkeys(("Reshape", "Flatten", "ExpandDims", "Squeeze", "Ravel"), Kind.RESHAPE),
}
ALONG_AN_AXIS = {
    **{"Softmax": Kind.SOFTMAX, "LogSoftmax": Kind.LOG_SOFTMAX, "Sparsemax": Kind.SPARSEMAX},
}
REDUCTIONS = {
    **{"Mean": Kind.MEAN, "Average": Kind.MEAN, "Sum": Kind.SUM},
    **{"Max": Kind.LARGEST, "Amax": Kind.LARGEST, "Min": Kind.SMALLEST, "Amin": Kind.SMALLEST},
}
TOGETHER = {"Concatenate": Kind.CONCATENATE, "Stack": Kind.STACK}
FILLED = {"OnesLike": 1.0, "ZerosLike": 0.0}
TENSOR: Any = object()


def facts(call: Call) -> Facts | None:
    """Of an operation; None for one that is not known here."""
    found = (rule(call) for rule in RULES)
    return next((each for each in found if each is not None), None)


def _arithmetic(call: Call) -> Facts | None:
    if call.kind == "Average" and is_layer(call.operation) and not call.alone:
        return Kind.AVERAGE, {}
    if call.kind not in ARITHMETIC:
        return None
    return ARITHMETIC[call.kind], _constant(call) if call.alone else {}


def _constant(call: Call) -> dict[str, Any]:
    """The constant before, or behind, the only tensor of a sum, product or the like."""
    terms: list[Any] = tree.flatten(call.filled({call.inputs[0]: TENSOR}))
    if len(terms) != 2:
        return {}
    first = terms[1] is TENSOR
    constant = terms[0 if first else 1]
    return {} if constant is TENSOR else {"constant": lambda: flat(constant), "first": first}


def _plain(call: Call) -> Facts | None:
    if call.kind in PLAIN:
        return PLAIN[call.kind], {}
    return (Kind.FILLED, {"number": FILLED[call.kind]}) if call.kind in FILLED else None


def _along_an_axis(call: Call) -> Facts | None:
    if call.kind in ALONG_AN_AXIS:
        return ALONG_AN_AXIS[call.kind], {"axis": call.operation.axis}
    if call.kind != "Normalize":
        return None
    return Kind.DIVIDE_BY_NORM, {"axis": call.operation.axis, "order": call.operation.order}


def _reduction(call: Call) -> Facts | None:
    """A mean, sum or extreme over axes of one tensor; perhaps weighted, by constants."""
    if call.kind not in REDUCTIONS or not call.alone or is_layer(call.operation):
        return None
    keeps = bool(getattr(call.operation, "keepdims", False))
    axes, alike = _axes(call.operation.axis, call.rank), not _has_more(call)
    return REDUCTIONS[call.kind], {"axes": axes, "keepdims": keeps, "alike": alike}


def _has_more(call: Call) -> bool:
    """Whether it was called with more than a tensor."""
    arguments = call.arguments
    return len(arguments.args) > 1 or any(v is not None for v in arguments.kwargs.values())


def _axes(axes: Any, rank: int) -> tuple[int, ...]:
    if axes is None:
        return tuple(range(rank))
    listed = axes if isinstance(axes, tuple | list) else (axes,)
    return tuple(axis % rank for axis in listed)


def _product(call: Call) -> Facts | None:
    if call.kind == "Einsum":
        return Kind.EINSUM, {"subscripts": call.operation.subscripts}
    if call.kind != "Matmul":
        return None
    first, *rest = call.arguments.args
    behind = len(rest) == 1 and call.alone and isinstance(first, keras.KerasTensor)
    return Kind.MATMUL, {"constant": (lambda: array(rest[0])) if behind else None}


def _move(call: Call) -> Facts | None:
    """Of one tensor, whose numbers stay as they are."""
    if call.kind in ORDERS:
        return Kind.TRANSPOSE, {"order": tuple(ORDERS[call.kind](call.operation, call.rank))}
    if call.kind == "Split":
        return Kind.SPLIT, {"axis": call.operation.axis % call.rank}
    if call.kind in TOGETHER and call.tensors:
        return TOGETHER[call.kind], {"axis": call.operation.axis % len(call.made[0])}
    if call.kind != "GetItem" or not call.alone:
        return None
    key = call.arguments.args[1]
    return Kind.INDEX, {"key": tuple(key) if isinstance(key, tuple | list) else (key,)}


def _transposed(operation: Any, rank: int) -> list[int]:
    return [axis % rank for axis in operation.axes or range(rank)[::-1]]


def _swapped(operation: Any, rank: int) -> list[int]:
    axes, one, other = list(range(rank)), operation.axis1, operation.axis2
    axes[one], axes[other] = axes[other], axes[one]
    return axes


def _with_moved(operation: Any, rank: int) -> list[int]:
    moved = _axes(operation.source, rank), _axes(operation.destination, rank)
    left = [axis for axis in range(rank) if axis not in moved[0]]
    for source, place in sorted(zip(*moved, strict=True), key=lambda pair: pair[1]):
        left.insert(place, source)
    return left


ORDERS: dict[str, Callable[[Any, int], list[int]]] = {
    "Permute": lambda layer, rank: [0, *layer.dims],
    "Transpose": _transposed,
    "Swapaxes": _swapped,
    "Moveaxis": _with_moved,
}
"""Which axis comes to stand where."""
RULES = (_arithmetic, _plain, _along_an_axis, _reduction, _product, _move)
