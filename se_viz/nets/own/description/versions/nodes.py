"""Nodes of TensorFlow's graphs in networks of Keras 2.2 and 2.3: a function and its arguments."""

from __future__ import annotations

from typing import Any

from se_viz.nets.own.description.versions.calls2 import LayerGraph

NUMBERS = {"DT_HALF": "float16", "DT_FLOAT": "float32", "DT_DOUBLE": "float64", "DT_INT32": "int32"}
MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")


def arguments(config: dict[str, Any], node: Any, graph: LayerGraph) -> tuple[list, dict]:
    """Positional and named arguments of the function that a `TensorFlowOpLayer` stands for."""
    op, attributes = config["node_def"]["op"], config["node_def"].get("attr", {})
    constants = {int(place): value for place, value in config.get("constants", {}).items()}
    tensors = graph.call(node)["args"][0]
    tensors = list(tensors) if isinstance(tensors, list) else [tensors]
    count = len(tensors) + len(constants)
    taken = [constants[n] if n in constants else tensors.pop(0) for n in range(count)]
    if op in _ARRANGED:
        return _ARRANGED[op](taken, attributes)
    named = ((_NAMED[key], _value(item)) for key, item in attributes.items() if key in _NAMED)
    return taken, dict(named)


def _value(attribute: dict[str, Any]) -> Any:
    """`{"b": true}`, `{"i": "2"}`, `{"list": {"i": ["1"]}}`, `{"type": "DT_FLOAT"}`, ..."""
    ((kind, value),) = attribute.items()
    if kind == "list":
        return [_value({inner: item}) for inner, items in value.items() for item in items]
    return int(value) if kind == "i" else NUMBERS.get(value, value) if kind == "type" else value


_NAMED = {
    **{"keep_dims": "keepdims", "squeeze_dims": "axis", "alpha": "alpha", "DstT": "dtype"},
    **{"transpose_a": "transpose_a", "transpose_b": "transpose_b"},
    **{"adj_x": "transpose_a", "adj_y": "transpose_b", "data_format": "data_format"},
}


def _concat(taken: list, attributes: dict) -> tuple[list, dict]:
    return [taken[:-1], taken[-1]], {}


def _stack(taken: list, attributes: dict) -> tuple[list, dict]:
    return [taken], {"axis": _value(attributes.get("axis", {"i": 0}))}


def _split(taken: list, attributes: dict) -> tuple[list, dict]:
    return [taken[1], _value(attributes["num_split"]), taken[0]], {}


def _slice(taken: list, attributes: dict) -> tuple[list, dict]:
    tensor, starts, stops, steps = taken
    masks = [_value(attributes.get(name, {"i": 0})) for name in MASKS]
    places = range(len(starts))
    parts = [
        _part(starts[n], stops[n], steps[n], [mask >> n & 1 for mask in masks]) for n in places
    ]
    return [tensor, parts], {}


def _part(start: int, stop: int, step: int, bits: list[int]) -> Any:
    no_start, no_stop, rest, new, alone = bits
    if rest:
        return {"class_name": "__ellipsis__"}
    if new or alone:
        return None if new else start
    return {
        "start": None if no_start else start,
        "stop": None if no_stop else stop,
        "step": step,
    }


_ARRANGED = {"ConcatV2": _concat, "Pack": _stack, "Split": _split, "StridedSlice": _slice}
