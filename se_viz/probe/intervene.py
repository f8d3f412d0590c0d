"""A network with other gates than its own: one pass for every edit, and sweeps.

Each is a pure function of its inputs: nothing of an edit stays behind, in the network or elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from se_viz.probe.edit import Edit, slices, stack, untouched
from se_viz.probe.graph import Slot
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading

TOGETHER, SWEPT = 3, 24
"""Batches in one pass, of every variant of one picture at once, and of a sweep, in which few are
large: pictures join as feature maps shrink."""


def intervene(probe: Probe, model_inputs: np.ndarray, edit: Edit) -> Reading:
    """Pass uint8 model inputs (N, size, size, 3) through the network with other gates.

    Prepared once, for every edit and any number of pictures; costs about as much as a forward pass.
    Gates that are fed back as they were read give the same outputs to the last bit.

    Args:
        model_inputs: N of them, or one, on which each row of the edit is tried.
        edit: of N rows, or of one for all model inputs.

    Returns:
        Outputs, gates as they were applied, and squeezes as they came about.

    Raises:
        ValueError: for other model inputs, or an edit of another network or number of rows.
    """
    probe.refuse_others(model_inputs)
    rows = max(len(model_inputs), len(edit))
    _refuse_misfit(probe, edit, len(model_inputs), rows)
    step, parts = TOGETHER * probe.batch if len(model_inputs) == 1 else probe.batch, []
    for first in range(0, rows, step):
        part = slice(first, min(first + step, rows))
        given = (_rows(array, part) for array in (edit.keep, edit.add, edit.take))
        parts.append(probe.call(probe.runtime.edited, _rows(model_inputs, part), Edit(*given)))
    return probe.as_reading(parts)


def sweep(probe: Probe, model_inputs: np.ndarray, edits: Edit | Sequence[Edit]) -> np.ndarray:
    """Every picture under every edit, and under none; what edits have in common is computed once.

    The batch grows on its way through the network: the pictures of an edit join where one tensor
    holds all that is known of them, before the first block that the edit touches.

    Args:
        model_inputs: uint8 (N, size, size, 3).
        edits: V rows, each tried on every picture; or V edits, each of one row for all, or of N.

    Returns:
        float32 (V + 1, N, K), outputs; the first without any edit.

    Raises:
        ValueError: for other model inputs, or edits of another network or number of rows.
    """
    probe.refuse_others(model_inputs)
    each = _each(edits)
    for edit in each:
        _refuse_misfit(probe, edit, len(model_inputs), len(model_inputs))
    if probe.graph.result is None:
        return np.zeros((len(each) + 1, len(model_inputs), 0), np.float32)
    first = _first_touched(probe, each)
    order = np.argsort(first, kind="stable")
    joins = _joins(probe, first[order])
    every = [untouched(probe.blocks), *(each[place] for place in order)]
    step = max(1, min(probe.batch // 2, SWEPT * probe.batch // len(every)))
    parts = (slice(start, start + step) for start in range(0, len(model_inputs), step))
    found = [
        _swept(probe, model_inputs[part], [e.rows(part) for e in every], joins) for part in parts
    ]
    back = np.concatenate([[0], 1 + np.argsort(order)])
    return np.concatenate(found, axis=1)[back]


def _each(edits: Edit | Sequence[Edit]) -> Sequence[Edit]:
    """Rows as edits of their own."""
    if not isinstance(edits, Edit):
        return edits
    rows = (slice(row, row + 1) for row in range(len(edits)))
    return [edits.rows(row) for row in rows]


def _swept(
    probe: Probe, model_inputs: np.ndarray, edits: Sequence[Edit], joins: dict[Slot, int]
) -> np.ndarray:
    """Outputs of a batch, edits in order of depth; those of one row are handed on as one."""
    ends = np.cumsum([len(edit) for edit in edits])
    own = [np.arange(end - len(e), end, dtype=np.int32) for e, end in zip(edits, ends, strict=True)]
    rows = np.stack([np.broadcast_to(each, len(model_inputs)) for each in own])
    return probe.call(probe.runtime.swept, model_inputs, stack(edits), rows, joins)


def _first_touched(probe: Probe, edits: Sequence[Edit]) -> np.ndarray:
    """int (V,): by depth from 0, the first block that each edit touches; the last where none."""
    own, first = untouched(probe.blocks), []
    columns = list(slices(probe.blocks).values())[:-1]
    for edit in edits:
        other = (edit.keep != own.keep) | (edit.add != own.add) | (edit.take != own.take)
        touched = [other[:, block].any() for block in columns]
        first.append(int(np.argmax([*touched, True])))
    return np.array(first, int)


def _joins(probe: Probe, first: np.ndarray) -> dict[Slot, int]:
    """Where pictures join, and how many copies; `first` is in order of depth."""
    steps = {slot: place for place, s in enumerate(probe.graph.nodes) for slot in s.outputs}
    gates = [min(steps[gate] for gate in site.gates) for site in probe.sites]
    gates = gates or [len(probe.graph.nodes)]
    found: dict[Slot, int] = {}
    for block in first:
        slot = [slot for slot in probe.graph.narrows if steps.get(slot, -1) < gates[block]][-1]
        found[slot] = found.get(slot, 0) + 1
    return found


def _refuse_misfit(probe: Probe, edit: Edit, pictures: int, rows: int) -> None:
    channels = np.array([block.channels for block in probe.blocks], int)
    gates, widths = int(channels.sum()), np.repeat(channels, channels)
    if edit.keep.shape[1] != gates or {pictures, len(edit)} - {1, rows}:
        raise ValueError(
            f"An edit of {edit.keep.shape[1]} gates in {len(edit)} rows does not fit {pictures} "
            f"model inputs of a network with {gates} gates."
        )
    if ((edit.take < 0) | (edit.take >= widths)).any():
        raise ValueError("An edit takes gates from channels that a block does not have.")


def _rows(array: np.ndarray, part: slice) -> np.ndarray:
    """Some rows of an array; of one row, as many copies."""
    count = part.stop - part.start
    return np.repeat(array, count, axis=0) if len(array) == 1 else array[part]
