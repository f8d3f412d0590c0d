"""Keras's functions of single numbers, whether operations, layers or activations of layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import ops

from se_viz.probe.frontends.keras.classes import class_of, flat, ours
from se_viz.probe.graph import Array
from se_viz.probe.kinds import IDENTICAL, Function
from se_viz.probe.operations.formulas import ACTIVATIONS

IDENTITIES = (
    *("Identity", "ActivityRegularization", "StopGradient", "Cast", "Copy"),
    *("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
)


def function_of(operation: Any) -> Function | None:
    """What an operation or a layer does to each number by itself; None for others."""
    kind = class_of(operation) or ours(operation)
    if kind in IDENTITIES:
        return IDENTICAL
    if kind in _NAMED:
        return Function(_NAMED[kind])
    if kind == "Softmax" and operation.axis in (-1, 1):
        return Function("softmax")
    return _SET[kind](operation) if kind in _SET else None


def by_activation(function: Any) -> Function:
    """A fused activation, or that of an `Activation` layer: told by what it is, not by its name."""
    if function is None:
        return IDENTICAL
    if isinstance(function, keras.Operation):
        return function_of(function) or Function(function.name, known=False)
    name = getattr(function, "__name__", type(function).__name__)
    if function is ops.gelu:
        return Function("gelu", {"approximate": True})
    known = (getattr(module, name, None) for module in (keras.activations, ops))
    if any(function is other for other in known):
        return Function(name, known=name in (*ACTIVATIONS, "softmax"))
    return Function(f"{name} of its own", known=False)


_NAMED = {
    **{"Sigmoid": "sigmoid", "HardSigmoid": "hard_sigmoid", "Relu": "relu", "Relu6": "relu6"},
    **{"Silu": "silu", "HardSilu": "hard_silu", "Tanh": "tanh", "HardTanh": "hard_tanh"},
    **{"Softplus": "softplus", "Softsign": "softsign", "LogSigmoid": "log_sigmoid"},
    **{"Selu": "selu", "Mish": "mish", "Exp": "exponential"},
    **{"Negative": "negative", "Reciprocal": "reciprocal"},
}


def _relu(operation: Any) -> Function:
    slope, threshold = float(operation.negative_slope), float(operation.threshold)
    return Function("relu", {"slope": slope, "top": operation.max_value, "threshold": threshold})


def _leaky(operation: Any) -> Function:
    return Function("relu", {"slope": float(operation.negative_slope)})


def _with_alpha(name: str) -> Callable[[Any], Function]:
    return lambda operation: Function(name, {"alpha": float(operation.alpha)})


def _batch_norm(layer: Any) -> Function:
    parameters: dict[str, Any] = {
        "mean": _lazy(layer, "moving_mean"),
        "variance": _lazy(layer, "moving_variance"),
        "epsilon": layer.epsilon,
        "scale": _lazy(layer, "gamma") if layer.scale else None,
        "offset": _lazy(layer, "beta") if layer.center else None,
    }
    return Function("batch_norm", parameters)


def _lazy(owner: Any, name: str) -> Array:
    """An array of a layer, as it is when it is asked for."""
    return lambda: flat(getattr(owner, name))


_SET: dict[str, Callable[[Any], Function]] = {
    "Activation": lambda layer: by_activation(layer.activation),
    "ReLU": _relu,
    "LeakyReLU": _leaky,
    "LeakyRelu": _leaky,
    "ELU": _with_alpha("elu"),
    "Elu": _with_alpha("elu"),
    "Celu": _with_alpha("celu"),
    "Gelu": lambda operation: Function("gelu", {"approximate": operation.approximate}),
    "PReLU": lambda layer: Function("prelu", {"alpha": _lazy(layer, "alpha")}),
    "BatchNormalization": _batch_norm,
    "Rescaling": lambda o: Function(
        "rescaling", {"scale": _lazy(o, "scale"), "offset": _lazy(o, "offset")}
    ),
    "ChannelWeight": lambda layer: Function(
        "rescaling", {"scale": _lazy(layer, "kernel"), "offset": lambda: np.zeros(1)}
    ),
    "ChannelConstant": lambda layer: Function("constant", {"value": _lazy(layer, "bias")}),
    "Clip": lambda o: Function("clip", {"low": _lazy(o, "x_min"), "high": _lazy(o, "x_max")}),
}
