"""Functions of TensorFlow, with its names of arguments, as operations of Keras 3.

Each gives None where Keras 3 has nothing that computes the same. Names are those of TensorFlow's
functions ("math.reduce_mean") and of the nodes of its graphs ("Mean").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Operation:
    """One of Keras 3: its class, settings, and what it is called with."""

    kind: str
    settings: dict[str, Any]
    args: list[Any]


Rule = Callable[..., Operation | None]


def _operation(kind: str, *args: Any, **settings: Any) -> Operation:
    return Operation(kind, settings, [_constant(item) for item in args])


def _constant(item: Any) -> Any:
    """A list of numbers as an array; tensors, and lists of them, as they are."""
    if not isinstance(item, list) or not _numbers(item):
        return item
    return {"class_name": "__numpy__", "config": {"value": item, "dtype": "float32"}}


def _numbers(item: Any) -> bool:
    return all(map(_numbers, item)) if isinstance(item, list) else isinstance(item, int | float)


def _one(kind: str) -> Rule:
    def rule(x: Any) -> Operation:
        return _operation(kind, x)

    return rule


def _two(kind: str) -> Rule:
    def rule(x: Any, y: Any) -> Operation:
        return _operation(kind, x, y)

    return rule


def _reduced(kind: str) -> Rule:
    def rule(input_tensor: Any, axis: Any = None, keepdims: bool = False) -> Operation:
        return _operation(kind, input_tensor, axis=axis, keepdims=keepdims)

    return rule


def _leaky_relu(features: Any, alpha: float = 0.2) -> Operation:
    return _operation("LeakyRelu", features, negative_slope=alpha)


def _silu(features: Any, beta: float = 1.0) -> Operation | None:
    return _operation("Silu", features) if beta == 1 else None


def _gelu(features: Any, approximate: bool = False) -> Operation:
    return _operation("Gelu", features, approximate=approximate)


def _activation(kind: str) -> Rule:
    def rule(features: Any) -> Operation:
        return _operation(kind, features)

    return rule


def _softmax(kind: str) -> Rule:
    def rule(logits: Any, axis: int = -1) -> Operation:
        return _operation(kind, logits, axis=axis)

    return rule


def _clip(t: Any, clip_value_min: Any, clip_value_max: Any) -> Operation | None:
    plain = isinstance(clip_value_min, int | float) and isinstance(clip_value_max, int | float)
    return _operation("Clip", t, x_min=clip_value_min, x_max=clip_value_max) if plain else None


def _bias_add(value: Any, bias: Any, data_format: str = "NHWC") -> Operation | None:
    return None if data_format.startswith("NC") else _operation("Add", value, bias)


def _cast(x: Any, dtype: str) -> Operation:
    return _operation("Cast", x, dtype=dtype)


def _reshape(tensor: Any, shape: Any) -> Operation | None:
    fixed = isinstance(shape, list) and all(isinstance(length, int) for length in shape)
    return _operation("Reshape", tensor, newshape=shape) if fixed else None


def _transpose(a: Any, perm: Any = None, conjugate: bool = False) -> Operation | None:
    return None if conjugate else _operation("Transpose", a, axes=perm)


def _expand_dims(input: Any, axis: int) -> Operation:
    return _operation("ExpandDims", input, axis=axis)


def _squeeze(input: Any, axis: Any = None) -> Operation:
    return _operation("Squeeze", input, axis=axis)


def _concat(values: Any, axis: int) -> Operation:
    return _operation("Concatenate", values, axis=axis)


def _stack(values: Any, axis: int = 0) -> Operation:
    return _operation("Stack", values, axis=axis)


def _split(value: Any, num_or_size_splits: Any, axis: int = 0) -> Operation | None:
    """Keras takes places, TensorFlow lengths."""
    if isinstance(num_or_size_splits, int):
        return _operation("Split", value, indices_or_sections=num_or_size_splits, axis=axis)
    if not all(isinstance(length, int) and length > 0 for length in num_or_size_splits):
        return None
    places = [sum(num_or_size_splits[:n]) for n in range(1, len(num_or_size_splits))]
    return _operation("Split", value, indices_or_sections=places, axis=axis)


def _pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: float = 0
) -> Operation | None:
    plain = mode.upper() == "CONSTANT" and constant_values == 0
    return _operation("Pad", tensor, pad_width=paddings) if plain else None


def _matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    return None if transpose_a or transpose_b else _operation("Matmul", a, b)


def _l2_normalize(x: Any, axis: int, epsilon: float = 1e-12) -> Operation:
    return _operation("Normalize", x, axis=axis, order=2, epsilon=epsilon)


def _identity(input: Any) -> Operation:
    return _operation("Identity", input)


def _getitem(tensor: Any, slice_spec: Any) -> Operation | None:
    parts = [_part(item) for item in slice_spec]
    return None if _UNKNOWN in parts else Operation("GetItem", {}, [tensor, parts])


def _part(item: Any) -> Any:
    if item is None or isinstance(item, int):
        return item
    if isinstance(item, dict) and item.get("class_name") == "__ellipsis__":
        return {"class_name": "__ellipsis__", "config": {}}
    if isinstance(item, dict) and set(item) == {"start", "stop", "step"}:
        return {"class_name": "__slice__", "config": item} if _fixed(item) else _UNKNOWN
    return _UNKNOWN


def _fixed(item: dict[str, Any]) -> bool:
    return all(bound is None or isinstance(bound, int) for bound in item.values())


_UNKNOWN = "a part of an index that is not known"


def _by_names(rules: dict[str, Rule]) -> dict[str, Rule]:
    return {name: rule for names, rule in rules.items() for name in names.split()}


BY_NAME = _by_names(
    {
        "math.add add __operators__.add AddV2 Add": _two("Add"),
        "math.subtract subtract Sub": _two("Subtract"),
        "math.multiply multiply Mul": _two("Multiply"),
        "math.truediv truediv math.divide divide RealDiv": _two("TrueDivide"),
        "math.maximum maximum Maximum": _two("Maximum"),
        "math.minimum minimum Minimum": _two("Minimum"),
        "math.pow pow Pow": _two("Power"),
        "math.negative negative Neg": _one("Negative"),
        "math.abs abs Abs": _one("Absolute"),
        "math.sqrt sqrt Sqrt": _one("Sqrt"),
        "math.rsqrt Rsqrt": _one("Rsqrt"),
        "math.square square Square": _one("Square"),
        "math.exp exp Exp": _one("Exp"),
        "math.log Log": _one("Log"),
        "math.reciprocal Reciprocal": _one("Reciprocal"),
        "math.tanh tanh nn.tanh Tanh": _one("Tanh"),
        "math.sigmoid sigmoid nn.sigmoid Sigmoid": _one("Sigmoid"),
        "math.softplus nn.softplus Softplus": _activation("Softplus"),
        "nn.softsign Softsign": _activation("Softsign"),
        "nn.relu Relu": _activation("Relu"),
        "nn.relu6 Relu6": _activation("Relu6"),
        "nn.elu Elu": _activation("Elu"),
        "nn.selu Selu": _activation("Selu"),
        "nn.leaky_relu LeakyRelu": _leaky_relu,
        "nn.silu nn.swish": _silu,
        "nn.gelu": _gelu,
        "nn.softmax Softmax": _softmax("Softmax"),
        "nn.log_softmax LogSoftmax": _softmax("LogSoftmax"),
        "math.reduce_mean reduce_mean Mean": _reduced("Mean"),
        "math.reduce_sum reduce_sum Sum": _reduced("Sum"),
        "math.reduce_max reduce_max Max": _reduced("Max"),
        "math.reduce_min reduce_min Min": _reduced("Min"),
        "math.reduce_std": _reduced("Std"),
        "math.reduce_variance": _reduced("Var"),
        "clip_by_value ClipByValue": _clip,
        "nn.bias_add BiasAdd": _bias_add,
        "cast Cast": _cast,
        "reshape Reshape": _reshape,
        "transpose compat.v1.transpose Transpose": _transpose,
        "expand_dims ExpandDims": _expand_dims,
        "squeeze compat.v1.squeeze Squeeze": _squeeze,
        "concat ConcatV2": _concat,
        "stack Pack": _stack,
        "split Split SplitV": _split,
        "pad compat.v1.pad Pad PadV2": _pad,
        "linalg.matmul matmul MatMul BatchMatMulV2": _matmul,
        "math.l2_normalize linalg.l2_normalize nn.l2_normalize": _l2_normalize,
        "identity Identity stop_gradient StopGradient": _identity,
        "__operators__.getitem StridedSlice": _getitem,
    }
)
