"""The mean of each channel of a map (arXiv 1709.01507, equation 2), however it is taken.

At once or over one axis after the other; by pools, by means, or by sums that are divided by the
number of positions; with channels moved about, and positions put into one row, on the way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from se_viz.probe.graph import Program, Shape, Slot, Step
from se_viz.probe.operations import steps as operations
from se_viz.probe.operations.arithmetic import factor_of
from se_viz.probe.operations.reductions import channels_after, reduction_of

SAME = 1e-5
"""Relative: 1 / 49 and 49 may have been rounded to half precision."""


class NoBlockError(Exception):
    """Why a product is no SE block."""


@dataclass(frozen=True, eq=False)
class Squeeze:
    """One number for each channel of a map, however it is written.

    Attributes:
        slot: where it is.
        steps: from the map to it, in order.
        scale: what it is, times the mean over all positions: 1 for a mean, H W for a sum.
    """

    slot: Slot
    steps: tuple[Step, ...]
    scale: float


def is_mean(scale: float) -> bool:
    """Whether what is so many times the mean is the mean."""
    return math.isclose(scale, 1, rel_tol=SAME)


def changes_nothing(step: Step) -> bool:
    """Hands on its numbers, perhaps in another shape."""
    return operations.is_reshape(step) or operations.is_identity(step)


Shapes = Mapping[Slot, Shape]


def is_vector(shape: Shape) -> bool:
    """One row of numbers for each picture, however it is written."""
    return len(shape) > 1 and None not in shape[1:] and math.prod(shape[1:]) == max(shape[1:])  # type: ignore[arg-type, type-var]


def is_pool(program: Program, shapes: Shapes, slot: Slot) -> bool:
    """Whether a tensor is a vector by a sum or mean over axes, or such a sum over its number."""
    step = program.producers[slot]
    if not is_vector(shapes[slot]):
        return False
    counted = _counted(program, shapes, step)
    return counted is not None or reduction_of(step, *_ends(shapes, step)) is not None


def squeeze_of(program: Program, shapes: Shapes, slot: Slot, u: Slot, axis: int) -> Squeeze:
    """The squeeze of a map U in a tensor for which `is_pool`.

    Args:
        program, shapes: of the network.
        slot: of the tensor.
        u: where U is, (N, H, W, C) or (N, C, H, W).
        axis: of U's channels.

    Raises:
        NoBlockError: where it is no squeeze of U.
    """
    steps: list[Step] = []
    pool, start = program.producers[slot].path, origin(program, u)
    while origin(program, slot) != start:
        step = program.producers.get(slot)
        if step is None or not _is_linear(program, shapes, step):
            raise NoBlockError(
                f"the pool {pool} averages another tensor than the one that is scaled"
            )
        steps.insert(0, step)
        slot = step.sources[0]
    if not steps:
        raise NoBlockError(f"what is scaled is the pool {pool} itself")
    return Squeeze(steps[-1].outputs[0], tuple(steps), _scale(program, shapes, steps, axis, pool))


def origin(program: Program, slot: Slot) -> Slot:
    """The same tensor before dropout and the like."""
    step = program.producers.get(slot)
    while step is not None and operations.is_identity(step):
        slot = step.sources[0]
        step = program.producers.get(slot)
    return slot


def _is_linear(program: Program, shapes: Shapes, step: Step) -> bool:
    """Sums, averages, moves or multiplies what it gets, and no more."""
    return _is_simple(shapes, step) or _counted(program, shapes, step) is not None


def _is_simple(shapes: Shapes, step: Step) -> bool:
    """The same, of one tensor."""
    if len(step.inputs) != 1:
        return False
    known = factor_of(step) is not None
    reduces = reduction_of(step, *_ends(shapes, step)) is not None
    return changes_nothing(step) or known or reduces


def _scale(program: Program, shapes: Shapes, steps: list[Step], axis: int, pool: str) -> float:
    """What steps make of a map, times the mean over all positions; raises where its channels are no
    more by themselves at the end, or positions are."""
    place: int | None = axis
    scale = 1.0
    for step in steps:
        times = _times(program, shapes, step)
        if times is None:
            raise NoBlockError(f"the pool {pool} sums over positions whose number is not known")
        place = None if place is None else place_after(step, *_ends(shapes, step), place)
        scale *= times
    last = shapes[steps[-1].outputs[0]]
    if place is None or last[place] != max(last[1:]):  # type: ignore[type-var]
        raise NoBlockError(f"the pool {pool} does not average each channel over all positions")
    return scale


def _times(program: Program, shapes: Shapes, step: Step) -> float | None:
    """What a linear step multiplies a mean by, None where that is unknown."""
    counted = _counted(program, shapes, step)
    if counted is not None:
        return 1 / counted
    given, result = _ends(shapes, step)
    found, factor = reduction_of(step, given, result), factor_of(step)
    if found is not None:
        return found.scale(given)
    return 1.0 if factor is None else factor


def place_after(step: Step, given: Shape, result: Shape, axis: int) -> int | None:
    """Where the channels are after a linear step, None where they are no more by themselves."""
    found = reduction_of(step, given, result)
    if found is not None:
        gone = sum(each < axis for each in found.axes) if len(result) < len(given) else 0
        return None if {0, axis} & set(found.axes) else axis - gone
    if operations.is_reshape(step):
        return channels_after(step, given, result, axis)
    return axis if len(given) == len(result) else None


def _counted(program: Program, shapes: Shapes, step: Step) -> float | None:
    """The number by which a step divides its first tensor, where the second is known to hold that
    number everywhere: `ops.sum(u) / ops.sum(ops.ones_like(u))`."""
    if operations.kind(step) not in ("Divide", "TrueDivide") or len(step.inputs) != 2:
        return None
    return number(program, shapes, step.sources[1]) or None


def number(program: Program, shapes: Shapes, slot: Slot) -> float | None:
    """The number that stands everywhere in a tensor, whatever the picture; None where it does not
    follow from shapes alone."""
    value = 1.0
    step = program.producers.get(slot)
    while step is not None and operations.kind(step) not in _CONSTANT:
        times = _times(program, shapes, step) if _is_simple(shapes, step) else None
        if times is None:
            return None
        value *= times
        step = program.producers.get(step.sources[0])
    return None if step is None else value * _CONSTANT[operations.kind(step)]


_CONSTANT = {"OnesLike": 1.0, "ZerosLike": 0.0}


def _ends(shapes: Shapes, step: Step) -> tuple[Shape, Shape]:
    """Shapes of what goes in and what comes out."""
    return shapes[step.sources[0]], shapes[step.outputs[0]]
