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
) -> tuple[dict[Slot, Any], list[Any]]:
    """All tensors, and gates as applied.

    Args:
        program: to run; sites: its blocks.
        pictures: its input.
        arrays: keep, add and take, see `Edit`, a row for each picture.
        joins: where pictures are joined by so many copies of the first, which the rows are of.
    """
    places, where = _places(sites), slices([site.block for site in sites])
    count, copies, gates = tf.shape(pictures)[0], 1, {}
    kept: dict[Slot, Any] = {}

    def edit_of(site: Site) -> list[Any]:
        given = [array[:, where[site.block.name]] for array in arrays]
        return given if joins is None else [tf.repeat(a[:copies], count, axis=0) for a in given]

    def edited(site: Site, value: Any) -> Any:
        value = _changed(value, site, *edit_of(site))
        gates[site.block.name] = flat(value, site)
        return value

    def change(slot: Slot, value: Any) -> Any:
        nonlocal copies
        if joins and slot in joins:
            copies += joins[slot]
            value = _grown(value, count, joins[slot])
        if slot in places.gates:
            value = edited(places.gates[slot], value)
        if slot in places.results:
            site = places.results[slot]
            value, gates[site.block.name] = _remade(value, site, kept, *edit_of(site))
        if slot in places.needed:
            kept[slot] = value
        return value

    def use(node: Node, slot: Slot, value: Any) -> Any:
        site = places.products.get(node.outputs[0])
        return value if site is None or slot == site.u else edited(site, value)

    start = change(program.graph.inputs[0], pictures)
    values = program.run(start, change, use if places.products else None)
    return values, [gates[site.block.name] for site in sites]


@dataclass(frozen=True, eq=False)
class _Places:
    """Where blocks are taken in hand.

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
