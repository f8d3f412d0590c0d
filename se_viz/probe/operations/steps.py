"""What an operation of a Keras graph does, as far as an SE block is concerned.

Operations are told by Keras's own classes and their settings; names of layers play no part.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import tree

from se_viz.compat.keras import held_layers
from se_viz.probe.frontends.keras.kinds import array, flat, kind_of
from se_viz.probe.graph import Step
from se_viz.probe.operations import arithmetic, formulas
from se_viz.probe.operations.arithmetic import monotone
from se_viz.probe.operations.formulas import ACTIVATIONS, LINEAR, NEVER, Formula
from se_viz.probe.operations.merges import MERGES, Merge


def kind(step: Step) -> str:
    """Class of a step of Keras's own, "" for one of others."""
    return kind_of(step.operation)


def is_multiplication(step: Step) -> bool:
    """A product of tensors of the graph."""
    return kind_of(step.operation) == "Multiply" and len(step.inputs) >= 2


def is_addition(step: Step) -> bool:
    """A sum of tensors of the graph."""
    return kind_of(step.operation) == "Add" and len(step.inputs) >= 2


def is_identity(step: Step) -> bool:
    """Hands on what it gets, in inference."""
    function = kind_of(step.operation) == "Activation" and formula_of(step) is LINEAR
    return (kind_of(step.operation) in _IDENTITIES or function) and len(step.inputs) == 1


_IDENTITIES = (
    *("Identity", "ActivityRegularization", "StopGradient", "Cast", "Copy"),
    *("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
)


def is_reshape(step: Step) -> bool:
    """Moves numbers and keeps their order, as long as they are a single vector."""
    kind = kind_of(step.operation)
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
    """Mixes channels by a matrix: `Dense`, or a convolution with a kernel of one position."""
    layer = step.operation
    if kind_of(layer) == "EinsumDense":
        return _mixes_the_last(layer.equation)
    if kind_of(layer) in _CONVOLUTIONS:
        return set(layer.kernel_size) == {1} and layer.groups == 1
    return kind_of(layer) == "Dense"


_CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D")


def _mixes_the_last(equation: str) -> bool:
    """Of an einsum such as `abc,cd->abd`."""
    taken, _, result = equation.replace(" ", "").partition("->")
    given, _, kernel = taken.partition(",")
    return len(kernel) == 2 and (given[-1:], result) == (kernel[0], given[:-1] + kernel[1])


def channels_of(step: Step, rank: int) -> int:
    """The axis along which a dense step mixes, of a tensor with so many axes."""
    return 1 if getattr(step.operation, "data_format", None) == "channels_first" else rank - 1


def matrix(step: Step) -> tuple[np.ndarray, np.ndarray | None]:
    """(kernel (in, out), bias (out,) or None) of a dense step, float64."""
    layer = step.operation
    kernel = array(layer.kernel)
    return kernel.reshape(kernel.shape[-2:]), None if layer.bias is None else flat(layer.bias)


def widths(step: Step) -> tuple[int, int]:
    """Channels that a dense step takes and gives."""
    taken, given = step.operation.kernel.shape[-2:]
    return int(taken), int(given)


def after_weights(step: Step) -> Formula | None:
    """What is done to each number behind weights of any form; None for a step without such."""
    if kind_of(step.operation) == "Matmul":
        return LINEAR
    weighted = kind_of(step.operation) in _WEIGHTED
    return _by_function(step.operation.activation) if weighted else None


_WEIGHTED = ("Dense", "EinsumDense", "Conv1D", "Conv2D", "SeparableConv2D", "Conv2DTranspose")


def is_layer(step: Step) -> bool:
    """A layer, not one of `keras.ops`."""
    return isinstance(step.operation, keras.layers.Layer)


def has_weights(step: Step) -> bool:
    """Has numbers that training moves; the statistics of `Normalization` were measured once."""
    learned = bool(getattr(step.operation, "weights", None))
    return (learned and kind_of(step.operation) != "Normalization") or is_opaque(step)


def is_normalisation(step: Step) -> bool:
    """Brings what it gets to a mean and spread of its own, by weights or statistics."""
    return kind_of(step.operation) in _NORMALISATIONS


_NORMALISATIONS = (
    *("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization"),
    *("BatchNorm", "LayerNorm", "RMSNorm"),
)


def is_opaque(step: Step) -> bool:
    """Holds layers of which the graph does not tell how they are used."""
    layer = step.operation
    own = not type(layer).__module__.startswith("keras.")
    return own and bool(held_layers(layer))


def formula_of(step: Step) -> Formula | None:
    """What a step does to each number by itself: a dense step after its matrix; None for others."""
    if is_dense(step):
        return _by_function(step.operation.activation)
    if len(step.inputs) != 1:
        return None
    return _by_operation(step.operation) or arithmetic.formula_of(step)


def merge_of(step: Step) -> Merge | None:
    """What a step makes of the numbers of several tensors, one by one; None for others."""
    kind = kind_of(step.operation)
    by_weights = kind == "Average" and not is_layer(step)
    return MERGES.get(kind) if len(step.inputs) > 1 and not by_weights else None


def describe(step: Step) -> str:
    """Its place and what it does: `fc_1 (256 to 16, relu)`."""
    formula, merge = formula_of(step), merge_of(step)
    if merge is not None:
        return f"{step.path} ({merge.text} of {len(step.inputs)})"
    parts = [f"{' to '.join(map(str, widths(step)))}"] if is_dense(step) else []
    parts += [formula.text] if formula and formula.text not in ("linear", step.name) else []
    return f"{step.path} ({', '.join(parts)})" if parts else step.path


def _by_operation(operation: Any) -> Formula | None:
    kind = kind_of(operation)
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
        x = (x - flat(layer.moving_mean)) / np.sqrt(flat(layer.moving_variance) + layer.epsilon)
        x = x * flat(layer.gamma) if layer.scale else x
        return x + flat(layer.beta) if layer.center else x

    return Formula("batch norm", function, NEVER)


def _rescaling(layer: Any) -> Formula:
    scale, offset = flat(layer.scale), flat(layer.offset)
    return Formula("rescaling", lambda x: x * scale + offset, monotone(scale, offset))


def _prelu(layer: Any) -> Formula:
    return Formula("prelu", lambda x: np.where(x > 0, x, flat(layer.alpha) * x), NEVER)


def _clip(operation: Any) -> Formula:
    low, high = flat(operation.x_min), flat(operation.x_max)
    return Formula("clip", lambda x: np.clip(x, low, high), monotone(low, high))


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
