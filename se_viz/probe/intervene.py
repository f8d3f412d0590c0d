"""A network with its gates taken in hand: one compiled pass for every edit, and sweeps.

Each is a pure function of its inputs: nothing of an edit stays behind, in the network or elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from se_viz.probe.edit import Edit, slices, untouched
from se_viz.probe.gates.find import Site
from se_viz.probe.graph import Program, Slot, Step
from se_viz.probe.probe import Pass, Probe, excited, flat, joined, squeezed

TOGETHER, SWEPT = 3, 24
"""Batches of views in one pass, of every variant of one picture at once, and of a sweep, in which
few are large: pictures join as feature maps shrink."""


def intervene(probe: Probe, views: np.ndarray, edit: Edit) -> Pass:
    """Pass uint8 views (N, size, size, 3) through the network with other gates.

    Compiled once, for every edit and any number of views; costs about as much as a forward pass.
    Gates that are fed back as they were read give the same outputs to the last bit.

    Args:
        views: N of them, or one, on which each row of the edit is tried.
        edit: of N rows, or of one for all views.

    Returns:
        Outputs, gates as they were applied, and squeezes as they came about.

    Raises:
        ValueError: for other views, or an edit of another network or number of rows.
    """
    probe.refuse_others(views)
    rows = max(len(views), len(edit))
    _refuse_misfit(probe, edit, len(views), rows)

    def run(pictures: Any, *arrays: Any) -> Any:
        values, gates = _run(probe, pictures, arrays)
        squeezes = [squeezed(values, site) for site in probe.sites]
        return probe.outputs(values), gates, squeezes

    step, parts = TOGETHER * probe.batch if len(views) == 1 else probe.batch, []
    for first in range(0, rows, step):
        part = slice(first, min(first + step, rows))
        given = (_rows(array, part) for array in (views, edit.keep, edit.add, edit.take))
        parts.append(probe.call("intervene", run, *given))
    return probe.as_pass(*joined(parts))


def sweep(probe: Probe, views: np.ndarray, edits: Edit) -> np.ndarray:
    """Every view under every edit, and under none; what edits have in common is computed once.

    The batch grows on its way through the network: the pictures of an edit join where one tensor
    holds all that is known of them, before the first block that the edit touches.

    Args:
        views: uint8 (N, size, size, 3).
        edits: V rows, each tried on every view.

    Returns:
        float32 (V + 1, N, K), outputs; the first without any edit.

    Raises:
        ValueError: for other views, or edits of another network.
    """
    probe.refuse_others(views)
    _refuse_misfit(probe, edits, 1, len(edits))
    if probe.program.result is None:
        return np.zeros((len(edits) + 1, len(views), 0), np.float32)
    first = _first_touched(probe, edits)
    order = np.argsort(first, kind="stable")
    joins = _joins(probe, first[order])
    none = untouched(probe.blocks)
    arrays = [
        np.concatenate([own, given[order]])
        for own, given in zip(
            (none.keep, none.add, none.take), (edits.keep, edits.add, edits.take), strict=True
        )
    ]

    def run(pictures: Any, *arrays: Any) -> Any:
        values, _ = _run(probe, pictures, arrays, joins)
        return probe.outputs(values)

    way = ("sweep", tuple(joins.items()))
    step = max(1, min(probe.batch // 2, SWEPT * probe.batch // (len(edits) + 1)))
    parts = []
    for start in range(0, len(views), step):
        outputs = probe.call(way, run, views[start : start + step], *arrays)
        parts.append(outputs.reshape(len(edits) + 1, -1, outputs.shape[1]))
    found = np.concatenate(parts, axis=1)
    back = np.concatenate([[0], 1 + np.argsort(order)])
    return found[back]


def _run(
    probe: Probe, pictures: Any, arrays: Sequence[Any], joins: dict[Slot, int] | None = None
) -> tuple[dict[Slot, Any], list[Any]]:
    """All tensors, and gates as applied; with `joins`, copies of the pictures join on the way."""
    places, where = _places(probe.sites), slices(probe.blocks)
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

    def use(step: Step, slot: Slot, value: Any) -> Any:
        site = places.products.get(step.outputs[0])
        return value if site is None or slot == site.u else edited(site, value)

    start = change(probe.program.inputs[0], probe.normalise(pictures))
    values = probe.program.run(start, change, use if places.products else None)
    return values, [gates[block.name] for block in probe.blocks]


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


def _first_touched(probe: Probe, edit: Edit) -> np.ndarray:
    """int (V,): by depth from 0, the first block that each row touches; the last where none."""
    own = untouched(probe.blocks)
    other = (edit.keep != own.keep) | (edit.add != own.add) | (edit.take != own.take)
    touched = [other[:, columns].any(1) for columns in slices(probe.blocks).values()]
    return np.argmax([*touched[:-1], np.ones(len(edit), bool)], axis=0)


def _joins(probe: Probe, first: np.ndarray) -> dict[Slot, int]:
    """Where pictures join, and how many copies; `first` is in order of depth."""
    steps = {slot: place for place, s in enumerate(probe.program.steps) for slot in s.outputs}
    narrow = narrows(probe.program)
    gates = [min(steps[gate] for gate in site.gates) for site in probe.sites]
    gates = gates or [len(probe.program.steps)]
    found: dict[Slot, int] = {}
    for block in first:
        slot = [slot for slot in narrow if steps.get(slot, -1) < gates[block]][-1]
        found[slot] = found.get(slot, 0) + 1
    return found


def narrows(program: Program) -> list[Slot]:
    """Tensors, in order, each of which alone decides everything that comes after it."""
    last = {slot: place for place, s in enumerate(program.steps) for slot in s.sources}
    last |= {program.result: len(program.steps)} if program.result else {}
    live, found = {program.inputs[0]}, [program.inputs[0]]
    for place, step in enumerate(program.steps):
        live = {slot for slot in live if last.get(slot, -1) > place}
        live |= {slot for slot in step.outputs if last.get(slot, -1) > place}
        if len(live) == 1:
            found += [slot for slot in live if slot not in found]
    return found


def _refuse_misfit(probe: Probe, edit: Edit, views: int, rows: int) -> None:
    channels = np.array([block.channels for block in probe.blocks], int)
    gates, widths = int(channels.sum()), np.repeat(channels, channels)
    if edit.keep.shape[1] != gates or {views, len(edit)} - {1, rows}:
        raise ValueError(
            f"An edit of {edit.keep.shape[1]} gates in {len(edit)} rows does not fit {views} "
            f"views of a network with {gates} gates."
        )
    if ((edit.take < 0) | (edit.take >= widths)).any():
        raise ValueError("An edit takes gates from channels that a block does not have.")


def _rows(array: np.ndarray, part: slice) -> np.ndarray:
    """Some rows of an array; of one row, as many copies."""
    count = part.stop - part.start
    return np.repeat(array, count, axis=0) if len(array) == 1 else array[part]
