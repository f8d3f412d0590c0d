"""What an operation of a Keras graph does, as far as an SE block is concerned."""

from __future__ import annotations

from typing import Any

import keras

from se_viz.probe.graph import Step

BOUNDED = ("sigmoid", "hard_sigmoid")
"""Activations whose values lie in [0, 1]."""


def is_multiplication(step: Step) -> bool:
    """A product of two tensors of the graph."""
    return _kind(step) == "Multiply" and len(step.inputs) == 2


def is_addition(step: Step) -> bool:
    return _kind(step) == "Add" and len(step.inputs) >= 2


def is_global_average(step: Step, shape: tuple[int | None, ...]) -> bool:
    """A mean over both spatial axes of a feature map with four axes of the given shape."""
    if _kind(step) == "GlobalAveragePooling2D":
        return True
    if _kind(step) == "Mean" and len(shape) == 4:
        axes = {axis % 4 for axis in _axes(step.operation.axis)}
        return axes in ({1, 2}, {2, 3})
    return False


def is_reshape(step: Step) -> bool:
    """Moves numbers, changes none."""
    return _kind(step) in ("Reshape", "Flatten", "ExpandDims", "Squeeze", "Permute", "Transpose")


def is_dense(step: Step) -> bool:
    """Mixes channels by a matrix: `Dense`, or `Conv2D` with a 1 x 1 kernel."""
    layer = step.operation
    if isinstance(layer, keras.layers.Dense):
        return True
    return type(layer) is keras.layers.Conv2D and layer.kernel_size == (1, 1) and layer.groups == 1


def activation_of(step: Step) -> str | None:
    """Name of the activation that a step applies, after its matrix if it has one; None for none."""
    operation = step.operation
    if isinstance(operation, keras.layers.ReLU):
        plain = not operation.negative_slope and not operation.threshold
        return {None: "relu", 6: "relu6"}.get(operation.max_value) if plain else None
    function = getattr(operation, "activation", None)
    if function is not None:
        name = function if isinstance(function, str) else getattr(function, "__name__", None)
        return None if name == "linear" else name
    return _FUNCTIONS.get(_kind(step))


_FUNCTIONS = {"Sigmoid": "sigmoid", "HardSigmoid": "hard_sigmoid", "Relu": "relu", "Silu": "silu"}


def is_activation(step: Step) -> bool:
    """Applies an activation and nothing else."""
    layer = isinstance(step.operation, (keras.layers.Activation, keras.layers.ReLU))
    return (layer or _kind(step) in _FUNCTIONS) and activation_of(step) is not None


def matrix(step: Step) -> tuple[Any, Any]:
    """(kernel (in, out), bias (out,) or None) of a dense step, as NumPy arrays."""
    layer = step.operation
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    bias = keras.ops.convert_to_numpy(layer.bias) if layer.use_bias else None
    return kernel.reshape(kernel.shape[-2:]), bias


def width(step: Step) -> int:
    """Channels that a dense step gives."""
    return int(getattr(step.operation, "units", 0) or step.operation.filters)


def _axes(axis: Any) -> tuple[int, ...]:
    return tuple(axis) if isinstance(axis, (tuple, list)) else () if axis is None else (axis,)


def _kind(step: Step) -> str:
    return type(step.operation).__name__
