"""A run with other gates: one compiled function for every edit, and for pictures that join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from se_viz.probe.edit import slices
from se_viz.probe.frontends.keras.program import KerasProgram
from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import is_vector
from se_viz.probe.graph import Node, Slot
from se_viz.probe.runtimes.tensorflow.tensors import excited, flat


def run_edited(
    program: KerasProgram,
    sites: Sequence[Site],
    pictures: Any,
    arrays: Sequence[Any],
    joins: Mapping[Slot, int] | None = None,
    rows: Any = None,
) -> tuple[dict[Slot, Any], list[Any]]:
    """All tensors, and gates as applied.

    Args:
        program: to run; sites: its blocks.
        pictures: its input.
        arrays: keep, add and take, see `Edit`, a row for each picture, unless `rows` are given.
        joins: where pictures are joined by so many copies of the first.
        rows: int, the row of each picture, and of each copy in turn.
    """
    run = _EditedRun(sites, pictures, arrays, joins or {}, rows)
    start = run.change(program.graph.inputs[0], pictures)
    values = program.run(start, run.change, run.use if run.products else None)
    return values, [run.gates[site.block.name] for site in sites]


class _EditedRun:
    """Changes tensors of a run; `gates` are those that were applied, by block.

    Attributes:
        products: blocks by X, where a tensor holds the gates alone: what the product takes of it is
            changed, and nothing else that takes it, such as another block of the same gate.
        results: by X, where none does, such as two factors after one another.
        needed: tensors of which the results are made anew.
    """

    def __init__(
        self,
        sites: Sequence[Site],
        pictures: Any,
        arrays: Sequence[Any],
        joins: Mapping[Slot, int],
        rows: Any,
    ) -> None:
        self.products = {site.x: site for site in sites if site.alone}
        self.results = {site.x: site for site in sites if not site.alone}
        self.needed = {slot for site in self.results.values() for slot in (site.u, *site.gates)}
        self.arrays = arrays
        self.joins, self.rows = joins, rows
        self.where = slices([site.block for site in sites])
        self.count, self.copies = tf.shape(pictures)[0], 1
        self.gates: dict[str, Any] = {}
        self.kept: dict[Slot, Any] = {}

    def change(self, slot: Slot, value: Any) -> Any:
        """What the rest shall see of a tensor."""
        if slot in self.joins:
            self.copies += self.joins[slot]
            value = _grown(value, self.count, self.joins[slot])
        if slot in self.results:
            site = self.results[slot]
            value, changed = _remade(value, site, self.kept, *self._edit_of(site))
            self.gates[site.block.name] = changed
        if slot in self.needed:
            self.kept[slot] = value
        return value

    def use(self, node: Node, slot: Slot, value: Any) -> Any:
        """What a node shall see of a tensor that it takes."""
        site = self.products.get(node.outputs[0])
        if site is None or slot == site.u:
            return value
        value = _changed(value, site, *self._edit_of(site))
        self.gates[site.block.name] = flat(value, site)
        return value

    def _edit_of(self, site: Site) -> list[Any]:
        """Keep, add and take for a block, a row for each picture as far as these have joined."""
        given = [array[:, self.where[site.block.name]] for array in self.arrays]
        if self.rows is None:
            return given
        rows = self.rows[: self.copies * self.count]
        return [tf.gather(array, rows) for array in given]


def _changed(gate: Any, site: Site, keep: Any, add: Any, take: Any) -> Any:
    """The gate of one block under an edit.

    `Select` gives its result the shape of the gate, of unknown N. Then TensorFlow optimizes what
    follows as it does in the network itself, and outputs come out the same to the last bit.
    """
    plain = is_vector(tuple(gate.shape))
    shape = (-1, *gate.shape[1:]) if plain else _beside_maps(site)
    changed = keep * tf.gather(flat(gate, site), take, batch_dims=1) + add
    own = (keep == 1) & (add == 0) & (take == tf.range(site.block.channels))
    changed = tf.cast(tf.reshape(changed, shape), gate.dtype)
    own = tf.reshape(own, shape)
    if not plain:  # spread over the map
        own, changed = (tf.broadcast_to(each, tf.shape(gate)) for each in (own, changed))
    return tf.raw_ops.Select(condition=own, x=gate, y=changed)


def _beside_maps(site: Site) -> tuple[int, ...]:
    """The shape of a row of gates beside a map."""
    channels = site.block.channels
    return (-1, 1, 1, channels) if site.axis == 3 else (-1, channels, 1, 1)


def _remade(
    x: Any, site: Site, kept: Mapping[Slot, Any], keep: Any, add: Any, take: Any
) -> tuple[Any, Any]:
    """X under an edit, and the gates as applied: U times those that come out otherwise."""
    gate, u = excited(kept, site), kept[site.u]
    changed = keep * tf.gather(gate, take, batch_dims=1) + add
    shape = _beside_maps(site)
    same = tf.broadcast_to(tf.reshape(changed == gate, shape), tf.shape(x))
    other = tf.cast(tf.reshape(changed, shape), u.dtype) * u
    return tf.raw_ops.Select(condition=same, x=x, y=tf.cast(other, x.dtype)), changed


def _grown(value: Any, count: Any, copies: int) -> Any:
    """The same pictures with `copies` more of the first `count`, which no edit has touched."""
    return tf.concat([value, *[value[:count]] * copies], axis=0)
