"""A run with other gates: one compiled function for every edit, and for pictures that join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from se_viz.probe.edit import slices
from se_viz.probe.frontends.keras.program import KerasProgram
from se_viz.probe.gates.sites import Site
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
    values = program.run(start, run.change, run.use if run.places.products else None)
    return values, [run.gates[site.block.name] for site in sites]


class _EditedRun:
    """Changes tensors as they come out of a run; `gates` are those that were applied, by block."""

    def __init__(
        self,
        sites: Sequence[Site],
        pictures: Any,
        arrays: Sequence[Any],
        joins: Mapping[Slot, int],
        rows: Any,
    ) -> None:
        self.places, self.arrays = _places(sites), arrays
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
        if slot in self.places.gates:
            value = self._edited(self.places.gates[slot], value)
        if slot in self.places.results:
            site = self.places.results[slot]
            value, changed = _remade(value, site, self.kept, *self._edit_of(site))
            self.gates[site.block.name] = changed
        if slot in self.places.needed:
            self.kept[slot] = value
        return value

    def use(self, node: Node, slot: Slot, value: Any) -> Any:
        """What a node shall see of a tensor that it takes."""
        site = self.places.products.get(node.outputs[0])
        return value if site is None or slot == site.u else self._edited(site, value)

    def _edited(self, site: Site, value: Any) -> Any:
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


@dataclass(frozen=True, eq=False)
class _Places:
    """Where gates are changed.

    Attributes:
        gates: blocks by the gate, where that is a tensor of their own.
        products: by the product, where several blocks share a gate.
        results: by X, where no tensor holds the gates alone, such as two factors after one another.
        needed: tensors of which the results are made anew.
    """

    gates: dict[Slot, Site]
    products: dict[Slot, Site]
    results: dict[Slot, Site]
    needed: frozenset[Slot]


def _places(sites: Sequence[Site]) -> _Places:
    count = Counter(gate for site in sites for gate in site.gates)
    alone = [site for site in sites if site.alone]
    others = {site.x: site for site in sites if not site.alone}
    return _Places(
        {site.gates[0]: site for site in alone if count[site.gates[0]] == 1},
        {site.x: site for site in alone if count[site.gates[0]] > 1},
        others,
        frozenset(slot for site in others.values() for slot in (site.u, *site.gates)),
    )


def _changed(gate: Any, site: Site, keep: Any, add: Any, take: Any) -> Any:
    """The gate of one block under an edit.

    `Select` gives its result the shape of the gate, of unknown N. Then TensorFlow optimizes what
    follows as it does in the network itself, and outputs come out the same to the last bit.
    """
    shape = (-1, *gate.shape[1:])
    changed = keep * tf.gather(flat(gate, site), take, batch_dims=1) + add
    own = (keep == 1) & (add == 0) & (take == tf.range(site.block.channels))
    changed = tf.cast(tf.reshape(changed, shape), gate.dtype)
    return tf.raw_ops.Select(condition=tf.reshape(own, shape), x=gate, y=changed)


def _remade(
    x: Any, site: Site, kept: Mapping[Slot, Any], keep: Any, add: Any, take: Any
) -> tuple[Any, Any]:
    """X under an edit, and the gates as applied: U times those that come out otherwise."""
    gate, u = excited(kept, site), kept[site.u]
    changed = keep * tf.gather(gate, take, batch_dims=1) + add
    shape = (-1, 1, 1, site.block.channels) if site.axis == 3 else (-1, site.block.channels, 1, 1)
    same = tf.broadcast_to(tf.reshape(changed == gate, shape), tf.shape(x))
    other = tf.cast(tf.reshape(changed, shape), u.dtype) * u
    return tf.raw_ops.Select(condition=same, x=x, y=tf.cast(other, x.dtype)), changed


def _grown(value: Any, count: Any, copies: int) -> Any:
    """The same pictures with `copies` more of the first `count`, which no edit has touched."""
    return tf.concat([value, *[value[:count]] * copies], axis=0)
