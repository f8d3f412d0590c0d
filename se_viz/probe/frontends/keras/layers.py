"""What Keras layers do that mix numbers by weights, average them or spread them."""

from __future__ import annotations

from typing import Any

from se_viz.compat.keras import held_layers
from se_viz.probe.frontends.keras.activations import by_activation
from se_viz.probe.frontends.keras.call import Call
from se_viz.probe.frontends.keras.classes import array, class_of, flat
from se_viz.probe.kinds import Kind

Facts = tuple[Kind, dict[str, Any]]
"""A kind of node and its attributes."""

CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D")
WITH_WEIGHTS = ("EinsumDense", "Conv1D", "Conv2D", "SeparableConv2D", "Conv2DTranspose")
NORMALISATIONS = (
    *("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization"),
    *("BatchNorm", "LayerNorm", "RMSNorm"),
)
POOLS = (
    *("AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "AveragePool"),
    *("AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D"),
    "AdaptiveAveragePool",
)
GLOBAL = {
    **{f"GlobalAveragePooling{axes}D": Kind.MEAN for axes in (1, 2, 3)},
    **{f"GlobalMaxPooling{axes}D": Kind.LARGEST for axes in (1, 2, 3)},
}


def facts(call: Call) -> Facts | None:
    """Of a layer, or an operation that does the same; None for others."""
    if _is_dense(call.operation):
        return Kind.DENSE, _dense(call)
    if call.kind in WITH_WEIGHTS:
        return Kind.WEIGHTED, {"function": by_activation(call.operation.activation)}
    if call.kind in POOLS and call.alone:
        return Kind.POOL, _pool(call)
    if call.kind in GLOBAL and call.alone:
        axes = _positions(call)
        return GLOBAL[call.kind], {"axes": axes, "keepdims": call.operation.keepdims, "alike": True}
    return (Kind.SPREAD, {}) if _spreads(call) else None


def is_opaque(layer: Any) -> bool:
    """Holds layers of which the graph does not tell how they are used."""
    return not type(layer).__module__.startswith("keras.") and bool(held_layers(layer))


def is_learned(operation: Any) -> bool:
    """Has numbers that training moves; the statistics of `Normalization` were measured once."""
    learned = bool(getattr(operation, "weights", None))
    return (learned and class_of(operation) != "Normalization") or is_opaque(operation)


def _is_dense(layer: Any) -> bool:
    """Mixes channels by a matrix: `Dense`, or a convolution with a kernel of one position."""
    if class_of(layer) == "EinsumDense":
        return _mixes_the_last(layer.equation)
    if class_of(layer) in CONVOLUTIONS:
        return set(layer.kernel_size) == {1} and layer.groups == 1
    return class_of(layer) == "Dense"


def _mixes_the_last(equation: str) -> bool:
    """Of an einsum such as `abc,cd->abd`."""
    taken, _, result = equation.replace(" ", "").partition("->")
    given, _, kernel = taken.partition(",")
    return len(kernel) == 2 and (given[-1:], result) == (kernel[0], given[:-1] + kernel[1])


def _dense(call: Call) -> dict[str, Any]:
    layer = call.operation
    widths = tuple(int(width) for width in layer.kernel.shape[-2:])
    first = getattr(layer, "data_format", None) == "channels_first"
    return {
        "kernel": lambda: array(layer.kernel).reshape(widths),
        "bias": None if layer.bias is None else lambda: flat(layer.bias),
        "widths": widths,
        "axis": 1 if first else call.rank - 1,
        "function": by_activation(layer.activation),
    }


def _positions(call: Call) -> tuple[int, ...]:
    """The axes of height, width and the like."""
    first = 2 if call.operation.data_format == "channels_first" else 1
    return tuple(range(first, first + call.rank - 2))


def _pool(call: Call) -> dict[str, Any]:
    axes = _positions(call)
    window = () if call.kind.startswith("Adaptive") else call.operation.pool_size
    window = (window,) * len(axes) if isinstance(window, int) else tuple(window)
    return {"axes": axes, "window": window}


def _spreads(call: Call) -> bool:
    """Whether it repeats what it gets along some axes, and changes no number."""
    operation = call.operation
    if call.kind in ("Resizing", "Resize"):
        return not operation.pad_to_aspect_ratio
    if call.kind == "Repeat":
        return operation.axis not in (None, 0)
    if call.kind == "Tile":
        return isinstance(operation.repeats, int) or set(operation.repeats[:-3]) <= {1}
    return call.kind in SPREADS


SPREADS = ("UpSampling1D", "UpSampling2D", "UpSampling3D", "RepeatVector", "BroadcastTo")
