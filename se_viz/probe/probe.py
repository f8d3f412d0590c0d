"""One compiled forward pass that gives logits, gates and squeezes together."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from se_viz.nets.network import Network
from se_viz.probe.blocks import Block
from se_viz.probe.find import Found, Site, find
from se_viz.probe.graph import Program, unroll

BATCH = 16


@dataclass(frozen=True, eq=False)
class Pass:
    """A forward pass of N views: logits (N, K), and per block gates and squeezes (N, C)."""

    logits: np.ndarray
    gates: dict[str, np.ndarray]
    squeezes: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Inside:
    """The tensors of one SE block for N views: U and X (N, H, W, C), z and s (N, C)."""

    u: np.ndarray
    z: np.ndarray
    s: np.ndarray
    x: np.ndarray


class Probe:
    """Reads every SE block of a network; changes nothing in it, adds nothing to it.

    One probe may serve many threads: passes take turns.

    Args:
        network: its model is functional and takes normalised pictures.
        batch: views per pass; the last batch is padded, so that nothing is compiled twice.

    Raises:
        ValueError: where the network's graph cannot be read.
    """

    def __init__(self, network: Network, batch: int = BATCH):
        self.network, self.batch = network, batch
        self.program: Program = unroll(network.model)
        self.found: Found = find(self.program)
        self._turn = threading.Lock()
        size = network.preprocessing.size
        signature = tf.TensorSpec((batch, size, size, 3), tf.uint8)
        self._with_gates = tf.function(self._probe, input_signature=[signature])
        self._bare = tf.function(self._plain, input_signature=[signature])

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
        logits, gates, squeezes = self._batches(self._with_gates, views)
        names = [block.name for block in self.blocks]
        return Pass(
            logits, dict(zip(names, gates, strict=True)), dict(zip(names, squeezes, strict=True))
        )

    def inside(self, views: np.ndarray, block: str) -> Inside:
        """All tensors of one block, for a few views: nothing is compiled, feature maps are large.

        Raises:
            ValueError: for an unknown block.
        """
        site = next((site for site in self.sites if site.block.name == block), None)
        if site is None:
            raise ValueError(f"There is no block {block}.")
        with self._turn:
            values = self.program.run(self._normalise(tf.constant(views)))
        z, s = (_flat(values[slot], site).numpy() for slot in (site.z, site.s))
        return Inside(values[site.u].numpy(), z, s, values[site.x].numpy())

    def bare(self, views: np.ndarray) -> np.ndarray:
        """Logits (N, K) of the network alone, compiled and batched in the same way."""
        return self._batches(self._bare, views)[0]

    def _batches(self, function: Any, views: np.ndarray) -> Any:
        self._refuse_others(views)
        parts = []
        for first in range(0, len(views), self.batch):
            chunk = views[first : first + self.batch]
            missing = self.batch - len(chunk)
            padded = np.pad(chunk, [(0, missing), *[(0, 0)] * 3]) if missing else chunk
            with self._turn:
                result = function(tf.constant(padded))
            parts.append(_arrays(result, len(chunk)))
        return parts[0] if len(parts) == 1 else tf.nest.map_structure(_stack, *parts)

    def _refuse_others(self, views: np.ndarray) -> None:
        """TensorFlow keeps a function's lock for good where an input does not fit its signature."""
        size = self.network.preprocessing.size
        if views.dtype != np.uint8 or views.shape[1:] != (size, size, 3) or not len(views):
            raise ValueError(
                f"The network takes uint8 views (N, {size}, {size}, 3), not {views.dtype} "
                f"{views.shape}."
            )

    def _probe(self, views: Any) -> Any:
        values = self.program.run(self._normalise(views))
        gates = [_flat(values[site.s], site) for site in self.sites]
        squeezes = [_flat(values[site.z], site) for site in self.sites]
        return tf.cast(values[self.program.result], tf.float32), gates, squeezes

    def _plain(self, views: Any) -> Any:
        logits = self.network.model(self._normalise(views), training=False)
        return (tf.cast(logits, tf.float32),)

    def _normalise(self, views: Any) -> Any:
        """(x / 255 - mean) / std, in the graph: a view travels as bytes."""
        preprocessing = self.network.preprocessing
        mean = 255 * np.asarray(preprocessing.mean, np.float32)
        std = 255 * np.asarray(preprocessing.std, np.float32)
        return (tf.cast(views, tf.float32) - mean) / std


def _flat(tensor: Any, site: Site) -> Any:
    return tf.cast(tf.reshape(tensor, (-1, site.block.channels)), tf.float32)


def _arrays(tensors: Any, rows: int) -> Any:
    return tf.nest.map_structure(lambda tensor: tensor.numpy()[:rows], tensors)


def _stack(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate(parts)
