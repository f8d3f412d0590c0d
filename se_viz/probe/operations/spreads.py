"""Steps that repeat what they get along some axes, and change no number."""

from __future__ import annotations

import math

from se_viz.probe.gates.squeeze import Shapes, number
from se_viz.probe.graph import Program, Shape, Slot, Step
from se_viz.probe.operations import steps
from se_viz.probe.operations.arithmetic import adds_nothing


def spread_from(program: Program, shapes: Shapes, step: Step) -> Slot | None:
    """The tensor that a step repeats, None where it does something else.

    By a layer made for it (`UpSampling2D`, `RepeatVector`), an operation (`tile`, `broadcast_to`),
    a product with ones, or a sum with zeros: `s * ops.ones_like(u)`.
    """
    result = _count(shapes[step.outputs[0]])
    for slot in step.sources:
        others = [number(program, shapes, other) for other in step.sources if other != slot]
        if _count(shapes[slot]) != result and _repeats(step, others):
            return slot
    return None


def _repeats(step: Step, others: list[float | None]) -> bool:
    """Whether a step repeats its tensor; `others` are the numbers of its other tensors, None where
    unknown."""
    kind, operation = steps.kind(step), step.operation
    if others:
        return others == [_NEUTRAL.get(kind)] and None not in others
    if kind in ("Resizing", "Resize"):
        return not operation.pad_to_aspect_ratio
    if kind == "Repeat":
        return operation.axis not in (None, 0)
    if kind == "Tile":
        return isinstance(operation.repeats, int) or set(operation.repeats[:-3]) <= {1}
    return kind in _SPREADS or adds_nothing(step)


_NEUTRAL = {"Multiply": 1.0, "Add": 0.0}
_SPREADS = ("UpSampling1D", "UpSampling2D", "UpSampling3D", "RepeatVector", "BroadcastTo")


def _count(shape: Shape) -> int | None:
    """Numbers for each picture."""
    return None if None in shape[1:] else math.prod(shape[1:])  # type: ignore[arg-type]
