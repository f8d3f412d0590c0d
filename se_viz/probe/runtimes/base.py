"""What a runtime promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import numpy as np

from se_viz.nets.network import Network
from se_viz.probe.edit import Edit
from se_viz.probe.frontends.base import Runnable
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Graph, Slot


@dataclass(frozen=True, eq=False)
class Job:
    """What is to be run, and what is to be read on the way.

    Attributes:
        program: to be run.
        graph: of it, with the result that is looked at.
        network: with how its pixels are prepared.
        sites: its blocks, in order of depth.
        precision: of floating-point numbers, as NumPy names them.
    """

    program: Runnable
    graph: Graph
    network: Network
    sites: tuple[Site, ...] = ()
    precision: str = "float32"


@dataclass(frozen=True, eq=False)
class Tensors:
    """What a pass of N model inputs gives: outputs (N, K), K = 0 where no result is looked at, and
    for each block gates and squeezes (N, C); float32."""

    outputs: np.ndarray
    gates: tuple[np.ndarray, ...]
    squeezes: tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class Inside:
    """Tensors of one block for N model inputs: U and X (N, H, W, C), z and s (N, C); float32."""

    u: np.ndarray
    z: np.ndarray
    s: np.ndarray
    x: np.ndarray


class Runtime(Protocol):
    """Runs one network, as in inference, and changes nothing in it.

    Model inputs are uint8 (N, size, size, 3) of the network's size, N at least 1; a runtime brings
    them to (x / 255 - mean) / std itself. One call is made at a time. Whatever it raises is told
    to people by its message, see `reasons.reason`.

    Attributes:
        title: for people.
        precision: of its floating-point numbers, as NumPy names them.
    """

    @property
    def title(self) -> str: ...

    @property
    def precision(self) -> str: ...

    def forward(self, model_inputs: np.ndarray) -> Tensors:
        """Outputs, gates and squeezes of a batch; made for many batches of any N."""

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        """Outputs (N, K) of the network alone; where it computes the same, the same to the last
        bit as those of `forward`."""

    def edited(self, model_inputs: np.ndarray, edit: Edit) -> Tensors:
        """The same as `forward` with other gates, one row of the edit for each model input; gates
        are those that were applied."""

    def swept(
        self, model_inputs: np.ndarray, edits: Edit, rows: np.ndarray, joins: Mapping[Slot, int]
    ) -> np.ndarray:
        """Every model input under every one of V edits, of which the first changes nothing.

        Args:
            model_inputs: N of them.
            edits: all their rows; as many edits share each as like.
            rows: int32 (V, N), the row of each edit for each picture, edits in order of depth at
                which they change something.
            joins: tensors, in order, at which so many of the edits in turn go their own way: what
                comes before may be computed once, by a runtime that can.

        Returns:
            Outputs, float32 (V, N, K).
        """

    def outputs(self, model_inputs: np.ndarray) -> np.ndarray:
        """Outputs (N, K) of a few model inputs, for once: nothing is prepared for more."""

    def inside(self, model_inputs: np.ndarray, site: Site) -> Inside:
        """The tensors of one block, for a few model inputs, without what comes after it."""


@dataclass(frozen=True)
class Available:
    """A runtime that can be started.

    Attributes:
        name: for people.
        library: whose programs it runs, see `Frontend.library`.
        module: has a function `start(job) -> Runtime`; loaded when it is first needed.
    """

    name: str
    library: str
    module: str

    def start(self, job: Job) -> Runtime:
        """Make it ready for a job.

        Raises:
            ValueError: where it cannot run here, a sentence for people.
        """
        return import_module(self.module).start(job)
