"""Private parts of Keras, of which nobody promised that they stay: checked with 3.10 to 3.15.

Nothing here imports Keras before it is called. `tests/compat/test_keras.py` tells what is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

FUNCTIONAL, SEQUENTIAL = "keras.src.models.functional", "keras.src.models.sequential"
"""Modules of these classes, as saved networks name them."""
OPERATIONS = {name: f"keras.src.ops.{name}" for name in ("numpy", "nn", "core", "math")}
"""Modules of operations, likewise."""


def functional(operation: Any) -> Any | None:
    """The functional network in a network, None for what has no graph."""
    inner = getattr(operation, "_functional", None) or operation
    return inner if hasattr(inner, "_nodes_by_depth") else None


def nodes(network: Any) -> Iterator[Any]:
    """The calls in a functional network, in an order in which they can be made."""
    for depth in sorted(network._nodes_by_depth, reverse=True):
        for node in network._nodes_by_depth[depth]:
            if node.operation and not node.is_input:
                yield node


def takes_training(operation: Any) -> bool:
    """Whether a call is told if it is made in training."""
    return bool(getattr(operation, "_call_has_training_arg", False))


def held_layers(layer: Any) -> list[Any]:
    """The layers in a layer; nothing for an operation."""
    return getattr(layer, "_layers", None) or []


def all_layers(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers of a network, whatever they are nested in."""
    return list(model._flatten_layers())


def output_names(model: keras.Model) -> list[str]:
    """Names of the results: keys where there is a dictionary, else the layers that make them."""
    from keras import tree

    graph: Any = functional(model)
    if not isinstance(graph._outputs_struct, dict):
        return [str(name) for name in graph.output_names]
    paths = (path for path, _ in tree.flatten_with_path(graph._outputs_struct))
    return ["/".join(map(str, path)) for path in paths]


def maker_of(tensor: Any) -> Any:
    """The operation whose result a symbolic tensor is."""
    return tensor._keras_history.operation


def calls_of(operation: Any) -> list[Any]:
    """The calls of an operation, in any network."""
    return operation._inbound_nodes


def weights_without_values() -> list[Any]:
    """Weights that this thread made in a `StatelessScope` that initializes none."""
    from keras.src.backend.common import global_state

    return global_state.get_global_attribute("uninitialized_variables", [])
