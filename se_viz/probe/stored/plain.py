"""Graphs and facts as plain values for JSON, arrays beside them by name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from se_viz.nets.network import Grounds
from se_viz.nets.output import Loss, Output, Told
from se_viz.pictures import Preprocessing
from se_viz.probe.graph import Node
from se_viz.probe.kinds import Function, Kind

FACTS = {
    each.__name__: each for each in (Function, Grounds, Loss, Node, Output, Preprocessing, Told)
}
WRAPPED = "is"
"""Key of what JSON has no form for."""


class Arrays:
    """Numbers by name, each once, however often they are used.

    Attributes:
        known: those that are kept elsewhere, such as the network's weights, float32.
        added: all others.
    """

    def __init__(self, known: Mapping[str, np.ndarray], added: Mapping[str, np.ndarray]) -> None:
        self.known, self.added = known, dict(added)
        self.names = {_digest(array): name for name, array in known.items()}

    def put(self, values: np.ndarray) -> dict[str, Any]:
        """Where an array is; it is added unless known."""
        single = np.asarray(values, np.float32)
        array = single if (single == values).all() else np.asarray(values)
        digest = _digest(array)
        if digest not in self.names:
            self.names[digest] = f"number_{len(self.added)}"
            self.added[self.names[digest]] = np.ascontiguousarray(array)
        return {WRAPPED: "array", "name": self.names[digest], "shape": list(values.shape)}

    def take(self, name: str, shape: list[int]) -> np.ndarray:
        """An array that was put; KeyError or ValueError where there is none such."""
        found = self.known[name] if name in self.known else self.added[name]
        return found.reshape(shape)


def encoded(value: Any, arrays: Arrays) -> Any:
    """A value as JSON has it.

    Raises:
        TypeError: where it is of no kind that is known here.
    """
    if isinstance(value, Kind):
        return {WRAPPED: "kind", "name": value.value}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return arrays.put(value)
    if isinstance(value, tuple | list):
        return {WRAPPED: "tuple", "of": [encoded(each, arrays) for each in value]}
    if isinstance(value, Mapping):
        pairs = [[encoded(each, arrays) for each in pair] for pair in value.items()]
        return {WRAPPED: "mapping", "of": pairs}
    if isinstance(value, slice):
        return {WRAPPED: "slice", "of": [value.start, value.stop, value.step]}
    if value is Ellipsis:
        return {WRAPPED: "ellipsis"}
    if callable(value) and not isinstance(value, type):
        return arrays.put(np.asarray(value()))
    if is_dataclass(value) and type(value).__name__ in FACTS:
        given = {each.name: encoded(getattr(value, each.name), arrays) for each in fields(value)}
        return {WRAPPED: type(value).__name__, "fields": given}
    raise TypeError(f"{type(value).__name__} has no plain form")


def decoded(value: Any, arrays: Arrays) -> Any:
    """What was `encoded`; Exception of whatever kind where it was not."""
    if not isinstance(value, dict):
        return value
    kind = value[WRAPPED]
    if kind == "kind":
        return Kind(value["name"])
    if kind == "array":
        return arrays.take(value["name"], value["shape"])
    if kind == "tuple":
        return tuple(decoded(each, arrays) for each in value["of"])
    if kind == "mapping":
        return {decoded(key, arrays): decoded(each, arrays) for key, each in value["of"]}
    if kind == "slice":
        return slice(*value["of"])
    if kind == "ellipsis":
        return Ellipsis
    given = value["fields"].items()
    return FACTS[kind](**{name: decoded(each, arrays) for name, each in given})


def _digest(array: np.ndarray) -> str:
    kind = array.dtype.str.encode()
    return hashlib.sha256(kind + np.ascontiguousarray(array).tobytes()).hexdigest()
