"""TensorFlow's functions in a network of Keras 2, as operations of Keras 3.

Keras 2.4 and later wrote `x / 127.5` as a `TFOpLambda` of "math.truediv"; Keras 2.2 and 2.3 as a
`TensorFlowOpLayer` with the node "RealDiv" of TensorFlow's graph.
"""

from __future__ import annotations

import inspect
from typing import Any

from se_viz.nets.own.description.versions import nodes
from se_viz.nets.own.description.versions.calls2 import LayerGraph
from se_viz.nets.own.description.versions.functions import BY_NAME, Operation
from se_viz.nets.own.description.versions.modules import module_of
from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import clean as shown

LAYERS = ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer")


def is_function(layer: dict[str, Any]) -> bool:
    """Whether a layer is a function of TensorFlow."""
    return layer["class_name"] in LAYERS


def operation(layer: dict[str, Any], name: str, graph: LayerGraph) -> dict[str, Any]:
    """A function that is called in a network, as an operation of Keras 3 that is called alike.

    Raises:
        RefusedError: where Keras 3 has no such operation, or none with these arguments.
    """
    function, calls = _calls(layer, graph)
    made = [_bound(function, args, kwargs) for args, kwargs in calls]
    first = made[0]
    if any(other.settings != first.settings for other in made):
        raise RefusedError(f"calls {_named(function)} in more ways than one.")
    return {
        "module": module_of(first.kind, is_layer=False),
        "class_name": first.kind,
        "config": {"name": name, **first.settings},
        "registered_name": None,
        "inbound_nodes": [{"args": each.args, "kwargs": {}} for each in made],
    }


def _calls(layer: dict[str, Any], graph: LayerGraph) -> tuple[str, list[tuple[list, dict]]]:
    """Name of a function, and positional and named arguments of each call."""
    config, found = layer["config"], layer["inbound_nodes"]
    if layer["class_name"] == "TensorFlowOpLayer":
        return config["node_def"]["op"], [nodes.arguments(config, node, graph) for node in found]
    return config["function"], [_arguments(node, graph) for node in found]


def _arguments(node: list[Any], graph: LayerGraph) -> tuple[list, dict]:
    """`["x", 0, 0, {"y": 2}]`, or a list of such where the function takes a list of tensors."""
    several = isinstance(node[0], list)
    leaves = node if several else [node]
    tensors = [graph.tensor(leaf) for leaf in leaves]
    rest = {key: item for key, item in graph.rest(leaves[0]).items() if key != "name"}
    return [tensors if several else tensors[0]], rest


def _bound(function: str, args: list, kwargs: dict) -> Operation:
    rule = BY_NAME.get(function)
    if rule is None:
        raise RefusedError(
            f"calls {_named(function)}, for which Keras 3 has no layer here; put layers of Keras "
            "in its place and save the network again."
        )
    try:
        bound = inspect.signature(rule).bind(*args, **kwargs)
    except TypeError as error:
        raise RefusedError(f"calls {_named(function)} in a way that is not known.") from error
    made = rule(*bound.args, **bound.kwargs)
    if made is None:
        raise RefusedError(f"calls {_named(function)} in a way that Keras 3 has not.")
    return made


def _named(function: Any) -> str:
    return f"TensorFlow's “{shown(str(function), 60)}”"
