"""What structure tells of the numbers of a tensor: their bounds, and what those of a picture add
up to over the classes.

So a softmax is known through whatever is done to it afterwards that leaves it probabilities: an
average of several, of a picture seen in several ways, of places; a product made to add up to 1
again; a part cut out. Likewise sigmoids, and what a network's last weights give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from se_viz.probe.graph import Program, Slot, Step
from se_viz.probe.operations import axes, steps
from se_viz.probe.operations.arithmetic import constants
from se_viz.probe.outputs import ranges
from se_viz.probe.outputs.ranges import ANY, INF, LINEAR, SHARES, Range, hull, merged, mixed, times

DEEPEST = 60  # steps up from the result; heads have about ten
TINY = 1e-3  # what is added to a sum lest it be 0


def range_of(program: Program, slot: Slot, axis: int) -> Range:
    """What is known of a tensor whose classes lie along an axis."""
    return _Reader(program).ask(slot, axis)


class _Reader:
    """Walks up from a tensor as far as steps are known; each is looked at once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.known: dict[tuple[Slot, int], Range] = {}
        self.depth = 0

    def ask(self, slot: Slot, axis: int) -> Range:
        step = self.program.producers.get(slot)
        if step is None or self.depth > DEEPEST or axis >= len(self.program.shapes[slot]):
            return ANY
        if (slot, axis) not in self.known:
            self.depth += 1
            self.known[slot, axis] = self._of(step, slot, axis)
            self.depth -= 1
        return self.known[slot, axis]

    def _of(self, step: Step, slot: Slot, axis: int) -> Range:
        found = (rule(self, step, slot, axis) for rule in RULES)
        return next((each for each in found if each is not None), ANY)

    def shape(self, slot: Slot) -> tuple:
        return self.program.shapes[slot]


def _handed_on(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    return reader.ask(step.sources[0], axis) if steps.is_identity(step) else None


def _normalised(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    """Softmax, sparsemax, log softmax, whether a step or part of one; division by the sum."""
    kind, rank = steps.kind(step), len(reader.shape(slot))
    if kind == "Normalize" and step.operation.order == 1 and step.operation.axis % rank == axis:
        return SHARES if reader.ask(step.sources[0], axis).low >= 0 else ANY
    formula = steps.after_weights(step) or steps.formula_of(step)
    name = kind.lower() if kind in _NORMALISING else formula.text if formula else ""
    places = getattr(step.operation, "axis", -1) if kind in _NORMALISING else -1
    along = {place % rank for place in np.atleast_1d(places)} == {axis}
    if name in ("softmax", "sparsemax"):
        return SHARES if along else Range(0, 1)
    return Range(high=0, form="log" if along else "") if name in _LOGS else None


_LOGS = ("logsoftmax", "log_softmax")
_NORMALISING = ("Softmax", "LogSoftmax", "Sparsemax")


def _weighted(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    formula = steps.after_weights(step)
    if formula is None:
        return None
    if formula is steps.LINEAR:
        return LINEAR
    return Range(*formula.bounds(-INF, INF), form="bent", text=formula.text)


def _each(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    """A function of each number of one tensor by itself."""
    if len(step.inputs) != 1:
        return None
    kind, formula = steps.kind(step), steps.formula_of(step)
    if formula is None and kind not in _MORE:
        return None
    given = reader.ask(step.sources[0], axis)
    if kind == "Log" and given.low >= 0 and given.most < INF:
        return Range(form="log")
    form = "bent" if given.form in ("linear", "bent") else ""
    if formula is None:
        return Range(*_MORE[kind], form=form, text=kind.lower())
    low, high = formula.bounds(given.low, given.high)
    scale, offset = _affine(step)
    if scale is None:
        return mixed(Range(low, high, form=form, text=formula.text), [given])
    kept = given.form if given.form != "log" or scale > 0 else ""
    rows = (scale * given.least, scale * given.most) if scale > 0 and not offset else (-INF, INF)
    return mixed(Range(low, high, *rows, form=kept, text=given.text), [given])


_MORE = {
    **{"Log": (-INF, INF), "Sqrt": (0, INF), "Square": (0, INF), "Absolute": (0, INF)},
    "Abs": (0, INF),
}


def _affine(step: Step) -> tuple[float | None, float]:
    """(scale, offset) of x * scale + offset; scale is not a number where each class has its own,
    None where it is another function."""
    kind, (first, second) = steps.kind(step), constants(step)
    if kind == "BatchNormalization":
        return math.nan, math.nan
    if kind == "Negative":
        return -1, 0
    if kind == "Rescaling":
        return _one(step.operation.scale), _one(step.operation.offset)
    if first is None and second is None:
        return None, 0
    constant = _one(first if first is not None else second)
    return {
        "Add": (1, constant),
        "Subtract": (1, -constant) if first is None else (-1, constant),
        "Multiply": (constant, 0),
        "Divide": (1 / constant if constant and first is None else None, 0),
        "TrueDivide": (1 / constant if constant and first is None else None, 0),
    }.get(kind, (None, 0))


def _one(constant: object) -> float:
    """A constant for all classes; not a number where each has its own."""
    values = np.ravel(np.asarray(constant, float))
    return float(values[0]) if values.size == 1 else math.nan


def _moved(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    source = step.sources[0] if len(step.inputs) == 1 else None
    found = source and axes.moved(step, reader.shape(source), reader.shape(slot), axis)
    if not source or not found:
        return None
    given = reader.ask(source, found[0])
    return given if found[1] else replace(given, least=0 if given.low >= 0 else -INF)


def _reduced(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    """A mean, sum or extreme over other axes than that of the classes."""
    source = step.sources[0] if len(step.inputs) == 1 else None
    found = source and axes.reduced(step, reader.shape(source), axis)
    if not source or not found:
        return None
    kind, given = steps.kind(step), reader.ask(source, found[0])
    if kind in axes.MEANS:
        return given if given.form != "bent" else replace(given, form="")
    if kind in axes.ENDS:
        return mixed(Range(given.low, given.high), [given])
    counts = [reader.shape(source)[place] for place in found[1]]
    return None if None in counts else times(given, math.prod(counts))


def _merged(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    """Sums, products, means and extremes of several tensors, which may be alike for all classes."""
    kind = steps.kind(step)
    if kind in ("Divide", "TrueDivide") and len(step.inputs) == 2:
        return SHARES if _by_its_sum(reader, step, axis) else None
    merge = steps.merge_of(step)
    if merge is None:
        return None
    return merged(kind, merge, [_part(reader, slot, source, axis) for source in step.sources])


def _part(reader: _Reader, slot: Slot, source: Slot, axis: int) -> Range:
    """Of one of several tensors; its axes stand at the end of those of the result."""
    shape = reader.shape(source)
    place = axis - (len(reader.shape(slot)) - len(shape))
    if place < 0 or shape[place] != reader.shape(slot)[axis]:
        found = reader.ask(source, len(shape) - 1)
        return Range(found.low, found.high)
    return reader.ask(source, place)


def _by_its_sum(reader: _Reader, step: Step, axis: int) -> bool:
    """Whether numbers from 0 on are divided by their sum over the classes."""
    above, below = step.sources
    if reader.ask(above, axis).low < 0:
        return False
    maker = reader.program.producers.get(below)
    while maker is not None and steps.kind(maker) != "Sum":
        if len(maker.inputs) != 1 or not (steps.is_reshape(maker) or _guards(maker)):
            return False
        maker = reader.program.producers.get(maker.sources[0])
    if maker is None or _origin(reader.program, maker.sources[0]) != _origin(reader.program, above):
        return False
    places = np.atleast_1d(maker.operation.axis) % len(reader.shape(above))
    return set(places.tolist()) == {axis}


def _guards(step: Step) -> bool:
    """Keeps a sum from being 0: adds a little, or takes the larger of both."""
    constant = next((c for c in constants(step) if c is not None), None)
    little = constant is not None and constant.size == 1 and abs(constant[0]) <= TINY
    return steps.is_identity(step) or (little and steps.kind(step) in ("Add", "Maximum"))


def _origin(program: Program, slot: Slot) -> Slot:
    step = program.producers.get(slot)
    return _origin(program, step.sources[0]) if step and steps.is_identity(step) else slot


def _stacked(reader: _Reader, step: Step, slot: Slot, axis: int) -> Range | None:
    """Tensors put together along an axis of their own, or behind one another."""
    kind = steps.kind(step)
    if kind not in ("Stack", "Concatenate") or not step.inputs:
        return None
    along = step.operation.axis % len(reader.shape(slot))
    if along == axis:
        return _side_by_side(reader, step, kind, axis)
    place = axis - (kind == "Stack" and along < axis)
    return reduce(hull, [reader.ask(source, place) for source in step.sources])


def _side_by_side(reader: _Reader, step: Step, kind: str, axis: int) -> Range:
    """Classes behind one another."""
    if kind == "Stack":
        return ANY
    parts = [reader.ask(source, axis) for source in step.sources]
    if _complements(reader, step.sources, axis):
        return SHARES if min(part.low for part in parts) >= 0 else ANY
    return ranges.side_by_side(parts, [reader.shape(each)[axis] for each in step.sources])


def _complements(reader: _Reader, slots: Sequence[Slot], axis: int) -> bool:
    """Whether they are two, of one class each, and one is 1 less the other."""
    if [reader.shape(slot)[axis] for slot in slots] != [1, 1]:
        return False
    return any(_is_1_less(reader.program, *pair) for pair in (slots, slots[::-1]))


def _is_1_less(program: Program, one: Slot, other: Slot) -> bool:
    step = program.producers.get(_origin(program, one))
    if step is None or len(step.inputs) != 1 or _affine(step) != (-1, 1):
        return False
    return _origin(program, step.sources[0]) == _origin(program, other)


RULES = (_handed_on, _normalised, _weighted, _each, _moved, _reduced, _merged, _stacked)
