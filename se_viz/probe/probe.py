"""Reads the SE blocks of a network, whatever library it is of and whatever runs it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from se_viz.nets.network import Network
from se_viz.nets.output import width
from se_viz.nets.reasons import reason
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.frontends.base import Runnable
from se_viz.probe.gates.blocks import Block
from se_viz.probe.gates.find import find
from se_viz.probe.gates.sites import Found, Site
from se_viz.probe.graph import Graph, channels_first, spatial_axes
from se_viz.probe.inputs import expects
from se_viz.probe.outputs import head
from se_viz.probe.reading import Reading
from se_viz.probe.runtimes import catalogue as runtimes
from se_viz.probe.runtimes.base import Inside, Job, Runtime, Tensors

BATCH, LARGE = 16, 320
"""Model inputs per pass, and the size in pixels from which on there are fewer, to save memory."""


class Probe:
    """Reads every SE block of a network; changes nothing in it, adds nothing to it.

    One probe may serve many threads: passes take turns. Weights are those of the first pass: after
    changing them, make a new one. `network` is the one given, with the pixels
    that its structure tells it expects where nobody said (see `expects`), and with what its outputs
    are (see `head`).

    Args:
        network: its model is functional and takes normalised pictures, (N, size, size, 3), or
            (N, 3, size, size), which is told by its input.
        batch: model inputs per pass, None for 16 or, of large ones, fewer.
        precision: in which it is run, "float32" or, where the processor has it, "bfloat16".
        settled: a program of the network, which is then that of an earlier probe.

    Raises:
        ValueError: where nothing runs the network here, its graph cannot be read, it takes no
            pictures of its preprocessing's size, or its outputs are not what was said of them.
    """

    def __init__(
        self,
        network: Network,
        batch: int | None = None,
        precision: str = "float32",
        settled: Runnable | None = None,
    ):
        told, size = network.told, network.preprocessing.size
        self.batch = batch or _batch_of(size)
        self._turn = threading.Lock()
        if settled is None:
            result = None if told.kind == "none" else told.result
            program = frontends.read(network.model, result)
            self.graph: Graph = _with_a_row(program.graph)
            _refuse_misfits(network.title, self.graph, size)
            self.network = expects.settled(network, self.graph, program.values)
            self.runtime = self._started(program, precision)
            self.network = head.settled(self.network, self.graph, self._tried)
        else:
            self.graph, self.network = settled.graph, network
            self.runtime = self._started(settled, precision)

    def _started(self, program: Runnable, precision: str) -> Runtime:
        self.found: Found = find(self.graph, self.network.preprocessing.size)
        return runtimes.start(Job(program, self.graph, self.network, self.sites, precision))

    @property
    def sites(self) -> tuple[Site, ...]:
        """The SE blocks with their tensors, in order of depth."""
        return self.found.sites

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The SE blocks as plain facts, in order of depth."""
        return tuple(site.block for site in self.sites)

    def read(self, model_inputs: np.ndarray) -> Reading:
        """Pass uint8 model inputs (N, size, size, 3) through the network, N at least 1.

        Raises:
            ValueError: for anything else.
        """
        return self.as_reading(self._batches(self.runtime.forward, model_inputs))

    def inside(self, model_inputs: np.ndarray, block: str) -> Inside:
        """All tensors of one block, for a few model inputs: feature maps are large.

        What comes after the block is not computed.

        Raises:
            ValueError: for an unknown block, other model inputs, or where the network cannot be run
                here.
        """
        site = next((site for site in self.sites if site.block.name == block), None)
        if site is None:
            raise ValueError(f"There is no block {block}.")
        self.refuse_others(model_inputs)
        return self.call(self.runtime.inside, model_inputs, site)

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        """Outputs (N, K) of the network alone, batched in the same way."""
        return _one(self._batches(self.runtime.bare, model_inputs))

    def call(self, work: Callable[..., Any], *given: Any) -> Any:
        """What one of the runtime's functions gives, in its turn.

        Raises:
            ValueError: where the network cannot be run here, a sentence for people.
        """
        with self._running():
            return work(*given)

    @contextmanager
    def _running(self) -> Iterator[None]:
        """One's turn; whatever goes wrong is told in a sentence for people."""
        try:
            with self._turn:
                yield
        except Exception as error:
            raise ValueError(
                f"{self.network.title} cannot be run here: {reason(error)}."
            ) from error

    def as_reading(self, parts: Sequence[Tensors]) -> Reading:
        """Batches after one another, of pictures without names."""
        gates = _joined([part.gates for part in parts])
        squeezes = _joined([part.squeezes for part in parts])
        names = [block.name for block in self.blocks]
        s, z = (dict(zip(names, arrays, strict=True)) for arrays in (gates, squeezes))
        outputs = _one([part.outputs for part in parts])
        return Reading((), (), outputs, s, z, self.network.output)

    def _batches(self, work: Callable[..., Any], model_inputs: np.ndarray) -> list[Any]:
        self.refuse_others(model_inputs)
        starts = range(0, len(model_inputs), self.batch)
        return [self.call(work, model_inputs[i : i + self.batch]) for i in starts]

    def refuse_others(self, model_inputs: np.ndarray) -> None:
        """Raises ValueError for what is no batch of model inputs of the network's size."""
        size = self.network.preprocessing.size
        shape, kind = model_inputs.shape, model_inputs.dtype
        if kind != np.uint8 or shape[1:] != (size, size, 3) or not shape[0]:
            raise ValueError(
                f"The network takes uint8 model inputs (N, {size}, {size}, 3), not {kind} {shape}."
            )

    def _tried(self) -> np.ndarray:
        """Outputs of a black, a white and two noisy model inputs."""
        size = self.network.preprocessing.size
        noise = np.random.default_rng(0).integers(0, 256, (2, size, size, 3), np.uint8)
        black, white = np.zeros_like(noise[:1]), np.full_like(noise[:1], 255)
        return self.call(self.runtime.outputs, np.concatenate([black, white, noise]))


def _with_a_row(graph: Graph) -> Graph:
    """The graph; without a result where that is no row of numbers."""
    fits = graph.result is not None and width(graph.shapes[graph.result]) is not None
    return graph if fits else replace(graph, result=None)


def _refuse_misfits(title: str, graph: Graph, size: int) -> None:
    given = graph.shapes[graph.inputs[0]]
    axes = spatial_axes(given)
    if not axes or given[1 if channels_first(given) else 3] != 3:
        raise ValueError(f"{title} takes inputs of shape {given[1:]}, not pictures in RGB.")
    if any(given[axis] not in (None, size) for axis in axes):
        height, width = (given[axis] for axis in axes)
        raise ValueError(
            f"{title} takes pictures of {height} x {width} pixels, but its preprocessing makes "
            f"{size} x {size}."
        )


def _batch_of(size: int) -> int:
    return max(1, min(BATCH, BATCH * LARGE**2 // size**2))


def _joined(parts: Sequence[Sequence[np.ndarray]]) -> list[np.ndarray]:
    """Arrays of batches, one for each block, after one another."""
    return [_one(arrays) for arrays in zip(*parts, strict=True)]


def _one(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Arrays after one another; a single one as it is."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
