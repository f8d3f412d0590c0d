"""What an operation of a Keras graph does, as far as an SE block is concerned.

Operations are told by Keras's own classes and their settings; names of layers play no part.
"""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
from keras import tree

from se_viz.probe import formulas
from se_viz.probe.formulas import ACTIVATIONS, LINEAR, NEVER, Formula
from se_viz.probe.graph import Shape, Step


def kind(step: Step) -> str:
    """Class of a step of Keras's own, "" for one of others."""
    return _kind(step.operation)


def is_multiplication(step: Step) -> bool:
    """A product of tensors of the graph."""
    return _kind(step.operation) == "Multiply" and len(step.inputs) >= 2


def is_addition(step: Step) -> bool:
    """A sum of tensors of the graph."""
    return _kind(step.operation) == "Add" and len(step.inputs) >= 2


def is_identity(step: Step) -> bool:
    """Hands on what it gets, in inference."""
    function = _kind(step.operation) == "Activation" and formula_of(step) is LINEAR
    return (_kind(step.operation) in _IDENTITIES or function) and len(step.inputs) == 1


_IDENTITIES = (
    *("Identity", "ActivityRegularization", "StopGradient", "Cast", "Copy"),
    *("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
)


def averaged_axes(step: Step, given: Shape, result: Shape) -> tuple[int, int] | None:
    """The two axes of a feature map of which a step takes the mean, or None: (1, 2) for
    (N, H, W, C), (2, 3) for (N, C, H, W). Needs the shapes that go in and come out."""
    kind, operation = _kind(step.operation), step.operation
    if len(given) != 4 or kind not in _MEANS:
        return None
    if kind == "Mean":
        axes = operation.axis if isinstance(operation.axis, (tuple, list)) else ()
        found = {axis % 4 for axis in axes}
        return next((pair for pair in ((1, 2), (2, 3)) if found == set(pair)), None)
    a, b = (2, 3) if operation.data_format == "channels_first" else (1, 2)
    if kind == "AveragePooling2D" and tuple(operation.pool_size) != (given[a], given[b]):
        return None
    return (a, b) if kind == "GlobalAveragePooling2D" or result[a] == result[b] == 1 else None


_MEANS = ("Mean", "GlobalAveragePooling2D", "AveragePooling2D", "AdaptiveAveragePooling2D")


def is_reshape(step: Step) -> bool:
    """Moves numbers and keeps their order, as long as they are a single vector."""
    kind = _kind(step.operation)
    if kind == "GetItem":
        return all(_whole(part) for part in tree.flatten(step.arguments.args[1:]))
    return kind in _RESHAPES


_RESHAPES = (
    *("Reshape", "Flatten", "ExpandDims", "Squeeze", "Permute", "Transpose"),
    *("Swapaxes", "Moveaxis", "Ravel"),
)


def _whole(part: Any) -> bool:
    """Part of an index that reorders nothing: `:`, `None`, `...`, or a number."""
    return part is None or part is Ellipsis or isinstance(part, int) or part == slice(None)


def is_dense(step: Step) -> bool:
    """Mixes channels by a matrix: `Dense`, or `Conv2D` with a 1 x 1 kernel."""
    layer = step.operation
    if _kind(layer) == "Dense":
        return True
    return _kind(layer) == "Conv2D" and layer.kernel_size == (1, 1) and layer.groups == 1


def matrix(step: Step) -> tuple[np.ndarray, np.ndarray | None]:
    """(kernel (in, out), bias (out,) or None) of a dense step, float64."""
    layer = step.operation
    kernel = _array(layer.kernel)
    return kernel.reshape(kernel.shape[-2:]), _flat(layer.bias) if layer.use_bias else None


def widths(step: Step) -> tuple[int, int]:
    """Channels that a dense step takes and gives."""
    taken, given = step.operation.kernel.shape[-2:]
    return int(taken), int(given)


def after_weights(step: Step) -> Formula | None:
    """What is done to each number behind weights of any form; None for a step without such."""
    if _kind(step.operation) == "Matmul":
        return LINEAR
    weighted = _kind(step.operation) in _WEIGHTED
    return _by_function(step.operation.activation) if weighted else None


_WEIGHTED = ("Dense", "EinsumDense", "Conv1D", "Conv2D", "SeparableConv2D", "Conv2DTranspose")


def is_layer(step: Step) -> bool:
    """A layer, not one of `keras.ops`."""
    return isinstance(step.operation, keras.layers.Layer)


def has_weights(step: Step) -> bool:
    """Has numbers that training moves; the statistics of `Normalization` were measured once."""
    learned = bool(getattr(step.operation, "weights", None))
    return (learned and _kind(step.operation) != "Normalization") or is_opaque(step)


def is_normalisation(step: Step) -> bool:
    """Brings what it gets to a mean and spread of its own, by weights or statistics."""
    return _kind(step.operation) in _NORMALISATIONS


_NORMALISATIONS = (
    *("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization"),
    *("BatchNorm", "LayerNorm", "RMSNorm"),
)


def is_opaque(step: Step) -> bool:
    """Holds layers of which the graph does not tell how they are used."""
    layer = step.operation
    own = not type(layer).__module__.startswith("keras.")
    return own and bool(getattr(layer, "_layers", None))


def formula_of(step: Step) -> Formula | None:
    """What a step does to each number by itself: a dense step after its matrix; None for others."""
    if is_dense(step):
        return _by_function(step.operation.activation)
    if len(step.inputs) != 1:
        return None
    return _by_operation(step.operation) or _arithmetic(step)


def describe(step: Step) -> str:
    """Its place and what it does: `fc_1 (256 to 16, relu)`."""
    formula = formula_of(step)
    parts = [f"{' to '.join(map(str, widths(step)))}"] if is_dense(step) else []
    parts += [formula.text] if formula and formula.text not in ("linear", step.name) else []
    return f"{step.path} ({', '.join(parts)})" if parts else step.path


def _by_operation(operation: Any) -> Formula | None:
    kind = _kind(operation)
    if kind in _IDENTITIES:
        return LINEAR
    if kind in _NAMED:
        return ACTIVATIONS[_NAMED[kind]]
    if kind == "Softmax" and operation.axis in (-1, 1):
        return SOFTMAX
    return _SET[kind](operation) if kind in _SET else None


_NAMED = {
    **{"Sigmoid": "sigmoid", "HardSigmoid": "hard_sigmoid", "Relu": "relu", "Relu6": "relu6"},
    **{"Silu": "silu", "HardSilu": "hard_silu", "Tanh": "tanh", "HardTanh": "hard_tanh"},
    **{"Softplus": "softplus", "Softsign": "softsign", "LogSigmoid": "log_sigmoid"},
    **{"Selu": "selu", "Mish": "mish", "Exp": "exponential"},
}


def _batch_norm(layer: Any) -> Formula:
    def function(x: np.ndarray) -> np.ndarray:
        x = (x - _flat(layer.moving_mean)) / np.sqrt(_flat(layer.moving_variance) + layer.epsilon)
        x = x * _flat(layer.gamma) if layer.scale else x
        return x + _flat(layer.beta) if layer.center else x

    return Formula("batch norm", function, NEVER)


def _rescaling(layer: Any) -> Formula:
    scale, offset = _flat(layer.scale), _flat(layer.offset)
    return Formula("rescaling", lambda x: x * scale + offset, _monotone(scale, offset))


def _prelu(layer: Any) -> Formula:
    return Formula("prelu", lambda x: np.where(x > 0, x, _flat(layer.alpha) * x), NEVER)


def _clip(operation: Any) -> Formula:
    low, high = _flat(operation.x_min), _flat(operation.x_max)
    return Formula("clip", lambda x: np.clip(x, low, high), _monotone(low, high))


def _monotone(*constants: np.ndarray) -> float:
    """Channels with constants of their own have no bounds in common."""
    return -math.inf if all(constant.size == 1 for constant in constants) else NEVER


_SET = {
    "Activation": lambda layer: _by_function(layer.activation),
    "ReLU": lambda o: formulas.relu(float(o.negative_slope), o.max_value, float(o.threshold)),
    "LeakyReLU": lambda layer: formulas.relu(slope=float(layer.negative_slope)),
    "LeakyRelu": lambda operation: formulas.relu(slope=float(operation.negative_slope)),
    "ELU": lambda layer: formulas.elu(float(layer.alpha)),
    "Elu": lambda operation: formulas.elu(float(operation.alpha)),
    "Celu": lambda operation: formulas.celu(float(operation.alpha)),
    "Gelu": lambda operation: formulas.gelu(operation.approximate),
    "PReLU": _prelu,
    "BatchNormalization": _batch_norm,
    "Rescaling": _rescaling,
    "Clip": _clip,
    "Negative": lambda operation: Formula("negative", np.negative),
    "Reciprocal": lambda operation: Formula("reciprocal", np.reciprocal, 0),
}


def _by_function(function: Any) -> Formula:
    """A fused activation, or that of an `Activation` layer: told by what it is, not by its name."""
    if function is None:
        return LINEAR
    if isinstance(function, keras.Operation):
        return _by_operation(function) or Formula(function.name)
    name = getattr(function, "__name__", type(function).__name__)
    if function is keras.ops.gelu:
        return formulas.gelu(approximate=True)
    known = (getattr(module, name, None) for module in (keras.activations, keras.ops))
    if any(function is other for other in known):
        return SOFTMAX if name == "softmax" else ACTIVATIONS.get(name, Formula(name))
    return Formula(f"{name} of its own")


SOFTMAX = Formula("softmax")
"""Not elementwise, so of no use in a gate; but many networks end in it."""


_ARITHMETIC = {
    **{"Add": ("+", np.add), "Subtract": ("-", np.subtract), "Multiply": ("*", np.multiply)},
    **{"Divide": ("/", np.divide), "TrueDivide": ("/", np.divide)},
    **{"Maximum": ("maximum", np.maximum), "Minimum": ("minimum", np.minimum)},
}


def _arithmetic(step: Step) -> Formula | None:
    """A step that takes one tensor and a constant, such as x * 0.5 or 1 - x."""
    sign, ufunc = _ARITHMETIC.get(_kind(step.operation), ("", None))
    first, second = constants(step)
    if ufunc is None or (first is None) == (second is None):
        return None
    if second is not None:
        return Formula(f"{sign} {_short(second)}", lambda x: ufunc(x, second), _monotone(second))
    assert first is not None  # one of the two is there
    monotone_from = max(_monotone(first), 0 if sign == "/" else -math.inf)
    return Formula(f"{_short(first)} {sign}", lambda x: ufunc(first, x), monotone_from)


def constants(step: Step) -> tuple[np.ndarray | None, np.ndarray | None]:
    """The constant before, or behind, the only tensor of a sum, product or the like."""
    if _kind(step.operation) not in _ARITHMETIC or len(step.inputs) != 1:
        return None, None
    terms: list[Any] = tree.flatten(step.arguments.fill_in({step.inputs[0][0]: _TENSOR}))
    if len(terms) != 2:
        return None, None
    first, second = (None if term is _TENSOR else _flat(term) for term in terms)
    return first, second


def _short(constant: np.ndarray) -> str:
    return f"{constant[0]:g}" if constant.size == 1 else f"{constant.size} constants"


_TENSOR: Any = object()


def _array(tensor: Any) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor), np.float64)


def _flat(tensor: Any) -> np.ndarray:
    """One number for all channels, or one for each."""
    return _array(tensor).ravel()


def _kind(operation: Any) -> str:
    """Class of Keras's own operations, nothing for classes of others."""
    cls = type(operation)
    return cls.__name__ if cls.__module__.startswith("keras.") else ""
