"""One compiled forward pass that gives outputs, gates and squeezes together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
import tensorflow as tf
from keras import tree

from se_viz.compat.keras import all_layers
from se_viz.compat.keras_settings import require_tensorflow
from se_viz.nets.network import Network
from se_viz.nets.output import UNSETTLED, Output, width
from se_viz.nets.reasons import reason
from se_viz.probe.gates.blocks import Block
from se_viz.probe.gates.find import Found, Site, find
from se_viz.probe.gates.squeeze import is_vector
from se_viz.probe.graph import Program, Slot, channels_first, spatial_axes, unroll
from se_viz.probe.inputs import expects
from se_viz.probe.outputs import head
from se_viz.probe.runtimes.compiled import Latest, compile_once, plain_names

BATCH, LARGE = 16, 320
"""Views per pass, and from which size in pixels on there are fewer, for the memory's sake."""


@dataclass(frozen=True, eq=False)
class Pass:
    """A forward pass of N views: outputs (N, K) as the network computes them, none (K = 0) where
    its gates alone are looked at; per block gates and squeezes (N, C); and what the outputs are."""

    outputs: np.ndarray
    gates: dict[str, np.ndarray]
    squeezes: dict[str, np.ndarray]
    output: Output = UNSETTLED

    @property
    def logits(self) -> np.ndarray:
        """float32 (N, K): outputs before softmax or sigmoid, see `Output.before`."""
        return self.output.before(self.outputs).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Inside:
    """The tensors of one SE block for N views: U and X (N, H, W, C), z and s (N, C)."""

    u: np.ndarray
    z: np.ndarray
    s: np.ndarray
    x: np.ndarray


class Probe:
    """Reads every SE block of a network; changes nothing in it, adds nothing to it.

    One probe may serve many threads: passes take turns. `network` is the one given, with the pixels
    that its structure tells it expects where nobody said (see `expects`), and with what its outputs
    are (see `head`).

    Args:
        network: its model is functional and takes normalised pictures, (N, size, size, 3), or
            (N, 3, size, size), which is told by its input.
        batch: views per pass, None for 16 or, of large ones, fewer.

    Raises:
        ValueError: where Keras was loaded on another backend, the network's graph cannot be read,
            or it takes no pictures of its preprocessing's size, or its outputs are not what was
            said of them.
    """

    def __init__(self, network: Network, batch: int | None = None):
        require_tensorflow()
        self.batch = batch = batch or _batch_of(network.preprocessing.size)
        self.program: Program = _program(network)
        size = network.preprocessing.size
        _refuse_misfits(network.title, self.program, size)
        self.network = expects.settled(network, self.program)
        self.found: Found = find(self.program, size)
        self._turn = threading.Lock()
        self._compiled: dict[Hashable, Callable[..., Any]] = Latest()
        self.network = head.settled(self.network, self.program, self._tried)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The SE blocks with their tensors, in order of depth."""
        return self.found.sites

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The SE blocks as plain facts, in order of depth."""
        return tuple(site.block for site in self.sites)

    def read(self, views: np.ndarray) -> Pass:
        """Pass uint8 views (N, size, size, 3) through the network, N at least 1.

        Raises:
            ValueError: for anything else.
        """
        return self.as_pass(*self._batches("read", self._probe, views))

    def inside(self, views: np.ndarray, block: str) -> Inside:
        """All tensors of one block, for a few views: nothing is compiled, feature maps are large.

        What comes after the block is not computed.

        Raises:
            ValueError: for an unknown block, other views, or where the network cannot be run here.
        """
        site = next((site for site in self.sites if site.block.name == block), None)
        if site is None:
            raise ValueError(f"There is no block {block}.")
        self.refuse_others(views)
        with self._running():
            wanted = (site.u, site.z, *site.gates, site.x)
            values = self.program.run_for(wanted, self.normalise(tf.constant(views)))
        z, s = squeezed(values, site).numpy(), excited(values, site).numpy()
        u, x = (_map(values[slot], site).numpy() for slot in (site.u, site.x))
        return Inside(u, z, s, x)

    def bare(self, views: np.ndarray) -> np.ndarray:
        """Outputs (N, K) of the network alone, compiled and batched in the same way."""
        return self._batches("bare", self._plain, views)[0]

    def call(self, way: Hashable, function: Callable, *inputs: np.ndarray) -> Any:
        """What a function of tensors gives, as arrays.

        It is compiled once for each `way`, for any number of rows of its inputs.

        Raises:
            ValueError: where the network cannot be run here, a sentence for people.
        """
        tensors = [tf.constant(array) for array in inputs]
        with self._running():
            if way not in self._compiled:
                specs = (tf.TensorSpec((None, *x.shape[1:]), x.dtype) for x in tensors)
                with plain_names(self._operations()):
                    self._compiled[way] = compile_once(function, *specs)
            result = self._compiled[way](*tensors)
            return tf.nest.map_structure(lambda tensor: tensor.numpy(), result)

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

    def _operations(self) -> list[Any]:
        """All that has a name in the network, whatever it is nested in."""
        steps = (step.operation for step in self.program.steps)
        model = self.network.model
        return [model, *all_layers(model), *steps]

    def as_pass(self, outputs: np.ndarray, gates: list, squeezes: list) -> Pass:
        """A pass of arrays in the order of the blocks."""
        names = [block.name for block in self.blocks]
        s, z = (dict(zip(names, arrays, strict=True)) for arrays in (gates, squeezes))
        return Pass(outputs, s, z, self.network.output)

    def _batches(self, way: str, function: Callable, views: np.ndarray) -> Any:
        self.refuse_others(views)
        starts = range(0, len(views), self.batch)
        return joined([self.call(way, function, views[i : i + self.batch]) for i in starts])

    def refuse_others(self, views: np.ndarray) -> None:
        """Raises ValueError for what is no batch of views of the network's size."""
        size = self.network.preprocessing.size
        if views.dtype != np.uint8 or views.shape[1:] != (size, size, 3) or not len(views):
            raise ValueError(
                f"The network takes uint8 views (N, {size}, {size}, 3), not {views.dtype} "
                f"{views.shape}."
            )

    def _probe(self, views: Any) -> Any:
        values = self.program.run(self.normalise(views))
        gates = [excited(values, site) for site in self.sites]
        squeezes = [squeezed(values, site) for site in self.sites]
        return self.outputs(values), gates, squeezes

    def _plain(self, views: Any) -> Any:
        slot, pictures = self.program.result, self.normalise(views)
        results = tree.flatten(self.network.model(pictures, training=False))
        found = {} if slot is None else {slot: results[self.network.told.result]}
        return (self.outputs({self.program.inputs[0]: pictures, **found}),)

    def outputs(self, values: Mapping[Slot, Any]) -> Any:
        """The outputs (N, K), float32, among the tensors of a run."""
        slot = self.program.result
        if slot is None:
            return tf.zeros((tf.shape(values[self.program.inputs[0]])[0], 0))
        output, shape = tf.cast(values[slot], tf.float32), self.program.shapes[slot]
        return output if len(shape) == 2 else tf.reshape(output, (-1, width(shape)))

    def _tried(self) -> np.ndarray:
        """Outputs of a black, a white and two noisy views; nothing is compiled."""
        size = self.network.preprocessing.size
        noise = np.random.default_rng(0).integers(0, 256, (2, size, size, 3), np.uint8)
        views = np.concatenate([np.zeros_like(noise[:1]), np.full_like(noise[:1], 255), noise])
        assert self.program.result is not None  # else there is nothing to try
        with self._running():
            pictures = self.normalise(tf.constant(views))
            values = self.program.run_for([self.program.result], pictures)
            return self.outputs(values).numpy()

    def normalise(self, views: Any) -> Any:
        """(x / 255 - mean) / std as the network's input, in the graph: a view travels as bytes."""
        preprocessing = self.network.preprocessing
        mean = 255 * np.asarray(preprocessing.mean, np.float32)
        std = 255 * np.asarray(preprocessing.std, np.float32)
        pictures = (tf.cast(views, tf.float32) - mean) / std
        dtype = tf.as_dtype(self.network.model.inputs[0].dtype)
        pictures = tf.cast(tf.round(pictures) if dtype.is_integer else pictures, dtype)
        first = channels_first(self.program.shapes[self.program.inputs[0]])
        return tf.transpose(pictures, (0, 3, 1, 2)) if first else pictures


def _program(network: Network) -> Program:
    """The network's program; without a result where that is no row of numbers, or not wanted."""
    told = network.told
    program = unroll(network.model, None if told.kind == "none" else told.result)
    fits = program.result is not None and width(program.shapes[program.result]) is not None
    return program if fits else replace(program, result=None)


def _refuse_misfits(title: str, program: Program, size: int) -> None:
    given = program.shapes[program.inputs[0]]
    axes = spatial_axes(given)
    if not axes or given[1 if channels_first(given) else 3] != 3:
        raise ValueError(f"{title} takes inputs of shape {given[1:]}, not pictures in RGB.")
    if any(given[axis] not in (None, size) for axis in axes):
        height, width = (given[axis] for axis in axes)
        raise ValueError(
            f"{title} takes pictures of {height} x {width} pixels, but its preprocessing makes "
            f"{size} x {size}."
        )


def _map(tensor: Any, site: Site) -> Any:
    """A feature map as (N, H, W, C), float32."""
    tensor = tf.cast(tensor, tf.float32)
    return tf.transpose(tensor, (0, 2, 3, 1)) if site.axis == 1 else tensor


def _batch_of(size: int) -> int:
    return max(1, min(BATCH, BATCH * LARGE**2 // size**2))


def squeezed(values: Mapping[Slot, Any], site: Site) -> Any:
    """z (N, C), float32, of the tensors of a run."""
    z = flat(values[site.z], site)
    return z if site.scale == 1 else z / site.scale


def excited(values: Mapping[Slot, Any], site: Site) -> Any:
    """s (N, C), float32, of the tensors of a run."""
    return reduce(tf.multiply, (flat(values[gate], site) for gate in site.gates))


def flat(tensor: Any, site: Site) -> Any:
    """One number for each channel, (N, C), float32; of a map, those of its first position."""
    if len(tensor.shape) == 4 and not is_vector(tuple(tensor.shape)):
        tensor = tensor[:, :1, :1] if site.axis == 3 else tensor[..., :1, :1]
    return tf.cast(tf.reshape(tensor, (-1, site.block.channels)), tf.float32)


def joined(parts: Sequence[Any]) -> Any:
    """Results of batches after one another."""
    return parts[0] if len(parts) == 1 else tf.nest.map_structure(_stack, *parts)


def _stack(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate(parts)
