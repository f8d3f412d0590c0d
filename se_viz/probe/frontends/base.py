"""What a front end promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from se_viz.probe.graph import Graph, Slot


class Runnable(Protocol):
    """A network as a graph, and whatever else it takes to run that: a matter between what made it
    and the runtimes that know it."""

    @property
    def library(self) -> str:
        """Whose it is, see `Frontend.library`."""

    @property
    def graph(self) -> Graph:
        """What it computes."""


class Program(Runnable, Protocol):
    """What a front end makes of a network that nothing was settled of yet."""

    def values(self, wanted: Sequence[Slot], pictures: np.ndarray) -> Mapping[Slot, np.ndarray]:
        """Some tensors for the network's own input, without what comes after them.

        Raises:
            ValueError, TypeError: where they cannot be computed by themselves.
        """


@dataclass(frozen=True)
class Frontend:
    """Reads the networks of one library.

    Attributes:
        library: the package in which the classes of its networks are.
        module: has a function `read(model, result) -> Program`; loaded when it is first needed.
    """

    library: str
    module: str

    def knows(self, model: Any) -> bool:
        """Whether the network is of this library, or of a class made from one of it."""
        return any(cls.__module__.partition(".")[0] == self.library for cls in type(model).__mro__)

    def read(self, model: Any, result: int | None) -> Program:
        """The program of a network.

        Args:
            model: the network.
            result: number of the result to look at, of several; None for none.

        Raises:
            ValueError: where its graph cannot be read, or it takes more than one input.
        """
        return import_module(self.module).read(model, result)
