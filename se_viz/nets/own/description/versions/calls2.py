"""How layers of Keras 2 call one another: lists of names and numbers, in today's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from se_viz.nets.own.description.allowed_layers import MODELS
from se_viz.nets.own.description.versions.keras3 import single

CONSTANT = "_CONSTANT_VALUE"
Layers = Sequence[Mapping[str, Any]]


class LayerGraph:
    """The layers of a functional network by their old names.

    Keras 2 counted a nested network's own beginning as its first call. Keras 3 does so only at the
    ends of the network around it, and only for functional ones.
    """

    def __init__(self, layers: Mapping[str, Layers]) -> None:
        self._layers = layers

    def call(self, node: Any) -> dict[str, Any]:
        """A call of a layer: `[["x", 0, 0, {"training": false}]]`."""
        leaves = list(_leaves(node))
        tensors = [self.tensor(leaf) for leaf in leaves]
        return written(tensors if len(tensors) > 1 else tensors[0], self.rest(leaves[0]))

    def rest(self, leaf: list[Any]) -> dict[str, Any]:
        """The other arguments of a call, which stand with each of its tensors."""
        given = leaf[3] if len(leaf) > 3 else {}
        return {key: self.argument(item) for key, item in given.items() if item is not None}

    def argument(self, item: Any) -> Any:
        """An argument with the tensors in it."""
        if _is_place(item):
            return self.tensor(item)
        return [self.argument(part) for part in item] if isinstance(item, list) else item

    def tensor(self, leaf: list[Any]) -> Any:
        """A tensor of the network, or a constant."""
        name, call, index = leaf[:3]
        return index if name == CONSTANT else _tensor(*self._place(name, call, index))

    def ends(self, places: Any) -> Any:
        """The inputs or outputs of the network."""
        if _is_place(places):
            name, call, index = places[:3]
            return list(self._place(name, call, index, at_end=True))
        if isinstance(places, dict):
            return {key: self.ends(item) for key, item in places.items()}
        return single([self.ends(item) for item in places])

    def after(self, name: str, calls: int) -> list[dict[str, Any]]:
        """The calls of a layer that follows another wherever that is called."""
        return [written(_tensor(name, call, 0), {}) for call in range(calls)]

    def _place(
        self, name: str, call: int, index: int, at_end: bool = False
    ) -> tuple[str, int, int]:
        last = self._layers[name][-1]
        nested = last["class_name"] in MODELS
        counted = at_end and last["class_name"] == "Functional"
        name = last["config"]["name"]
        return name, call - 1 if nested and not counted else call, index


def written(first: Any, rest: dict[str, Any]) -> dict[str, Any]:
    """A call as Keras 3 writes it."""
    return {"args": [first], "kwargs": rest}


def _tensor(name: str, call: int, index: int) -> dict[str, Any]:
    """Keras takes shape and dtype from the layer, whatever stands here."""
    config = {"shape": [None], "dtype": "float32", "keras_history": [name, call, index]}
    return {"class_name": "__keras_tensor__", "config": config}


def _leaves(node: Any) -> Iterator[list[Any]]:
    if _is_place(node):
        yield node
    else:
        for part in node.values() if isinstance(node, dict) else node:
            yield from _leaves(part)


def _is_place(item: Any) -> bool:
    if not isinstance(item, list) or len(item) not in (3, 4) or not isinstance(item[0], str):
        return False
    return isinstance(item[1], int) and (isinstance(item[2], int) or item[0] == CONSTANT)
