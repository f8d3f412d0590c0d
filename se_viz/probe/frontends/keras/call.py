"""A call of a Keras operation, as a network noted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keras import tree

from se_viz.compat.keras import takes_training
from se_viz.probe.frontends.keras.classes import class_of
from se_viz.probe.graph import Shape, Slot


@dataclass(frozen=True, eq=False)
class Call:
    """An operation and what it was called with.

    Attributes:
        operation: a layer, or one of `keras.ops`.
        arguments: how Keras noted the call.
        tensors: ids of the tensors in it.
        inputs: where these now are.
        given, made: shapes of what goes in and what comes out.
    """

    operation: Any
    arguments: Any
    tensors: tuple[int, ...]
    inputs: tuple[Slot, ...]
    given: tuple[Shape, ...]
    made: tuple[Shape, ...]

    @property
    def kind(self) -> str:
        """Class of a Keras operation of its own, "" for one of others."""
        return class_of(self.operation)

    @property
    def alone(self) -> bool:
        """Whether it takes one tensor."""
        return len(self.tensors) == 1

    @property
    def rank(self) -> int:
        """Axes of the first tensor."""
        return len(self.given[0])

    def run(self, values: Mapping[Slot, Any]) -> list[Any]:
        """What it makes of tensors, real or symbolic, in inference."""
        args, kwargs = self.filled(values)
        if takes_training(self.operation):
            kwargs = {**kwargs, "training": False}
        return tree.flatten(self.operation(*args, **kwargs))

    def specify(self, values: Mapping[Slot, Any]) -> list[Any]:
        """Symbolic results, nothing where it does not take inputs of these shapes."""
        args, kwargs = self.filled(values)
        try:
            return tree.flatten(self.operation.compute_output_spec(*args, **kwargs))
        except (ValueError, TypeError, NotImplementedError):
            return []

    def filled(self, values: Mapping[Slot, Any]) -> tuple[Any, Any]:
        """Arguments and keywords with these tensors among them."""
        pairs = zip(self.tensors, self.inputs, strict=True)
        return self.arguments.fill_in({tensor: values[slot] for tensor, slot in pairs})
