"""Find SE blocks by structure, whatever the layers are called.

An SE block (arXiv 1709.01507, section 3) is a product of a feature map U and a factor that is
broadcast over its two spatial axes and descends, through dense layers and a function bounded by 0
and 1, from a global average pool of that same U.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from se_viz.probe import operations
from se_viz.probe.blocks import Block
from se_viz.probe.graph import Program, Shape, Slot, Step
from se_viz.probe.naming import name

ROUNDING = 1e-6  # 6 * (1 / 6) may come out a little above 1


@dataclass(frozen=True, eq=False)
class Site:
    """An SE block and its tensors in a program.

    Attributes:
        block: its facts.
        u, z, s, x: where U, squeeze, excitation and X = s * U are.
        pool: the step that makes the squeeze.
        path: the steps from the squeeze to the excitation, in order.
        layer: the multiplication, behind the names of the networks around it.
        shape: of U, without N and as the network has it; None for a height that is not fixed.
        axis: of the channels in U with N, 3, or 1 where they come first.
    """

    block: Block
    u: Slot
    z: Slot
    s: Slot
    x: Slot
    pool: Step
    path: tuple[Step, ...]
    layer: str
    shape: Shape
    axis: int

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Height and width of U, None where they are not fixed."""
        height, width = (self.shape[i] for i in ((0, 1) if self.axis == 3 else (1, 2)))
        return height, width

    def describe(self) -> str:
        """One line: where it is and which layers make the gate."""
        way = " > ".join(operations.describe(step) for step in (self.pool, *self.path))
        return f"{self.block.name} at {self.layer}, U {_times(self.shape)}: {way}"


@dataclass(frozen=True)
class Rejected:
    """A place that is no SE block, the shape of the result there without N, and why."""

    layer: str
    shape: Shape
    reason: str

    def describe(self) -> str:
        """One line."""
        return f"{self.layer}, {_times(self.shape)}: {self.reason}"


@dataclass(frozen=True, eq=False)
class Found:
    """The SE blocks of a network in order of depth, and what was looked at and rejected."""

    sites: tuple[Site, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, eq=False)
class _Candidate:
    u: Slot
    z: Slot
    s: Slot
    product: Step
    pool: Step
    path: tuple[Step, ...]
    axis: int


class _NoBlockError(Exception):
    """Why a product is no SE block."""


def find(program: Program, size: int | None = None) -> Found:
    """Look at every multiplication of a program, for pictures of size x size pixels if given."""
    shapes = program.shapes | (program.shapes_at(size) if size else {})
    candidates: list[_Candidate] = []
    rejected = []
    for step in program.steps:
        try:
            candidates += _examine(program, shapes, step)
        except _NoBlockError as reason:
            rejected.append(Rejected(step.path, shapes[step.outputs[0]][1:], str(reason)))
    named = name(program, [(found.u, found.product.outputs[0], found.axis) for found in candidates])
    sites = (_site(shapes, *pair) for pair in zip(candidates, named, strict=True))
    return Found(tuple(sites), tuple(rejected))


def _examine(program: Program, shapes: dict[Slot, Shape], step: Step) -> list[_Candidate]:
    """The SE block at this step, nothing at what is no product; raises where a product is none."""
    if operations.is_opaque(step):
        raise _NoBlockError("a layer of a class of its own, into which the graph gives no view")
    if not operations.is_multiplication(step):
        return []
    if len(step.inputs) > 2:
        raise _NoBlockError(f"a product of {len(step.inputs)} factors")
    reason = _NoBlockError("neither factor is one number per channel")
    for u, factor in (step.sources[::-1], step.sources):
        axis = _channel_axis(step, shapes[u], shapes[factor])
        if axis is not None:
            try:
                return [_descend(program, shapes, step, u, factor, axis)]
            except _NoBlockError as found:
                reason = found
    raise reason


def _channel_axis(product: Step, u: Shape, factor: Shape) -> int | None:
    """3 where the factor is (N, 1, 1, C) beside a feature map U, 1 where it is (N, C, 1, 1)."""
    if operations.is_layer(product) and len(factor) > 1:
        factor = (factor[0], *(1,) * (4 - len(factor)), *factor[1:])  # as a merging layer does
    if len(u) != 4 or len(factor) != 4:
        return None
    for axis, spatial in ((3, (1, 2)), (1, (2, 3))):
        alike = factor[axis] is not None and factor[axis] == u[axis]
        if alike and all(factor[i] == 1 for i in spatial):
            return axis
    return None


def _descend(
    program: Program, shapes: dict[Slot, Shape], product: Step, u: Slot, factor: Slot, axis: int
) -> _Candidate:
    """Walk up from the factor to the pool of U."""
    path: list[Step] = []
    slot = factor
    while True:
        step = program.producers.get(slot)
        if step is None:
            raise _NoBlockError("the factor does not come from a global average pool")
        axes = operations.averaged_axes(step, shapes[step.sources[0]], shapes[slot])
        if axes is not None:
            break
        if not _may_stand_between(step, shapes):
            raise _NoBlockError(f"{step.path} stands between the factor and a global average pool")
        path.insert(0, step)
        slot = step.sources[0]
    if axis in axes or _origin(program, step.sources[0]) != _origin(program, u):
        raise _NoBlockError(
            f"the pool {step.path} averages another tensor than the one that is scaled"
        )
    while path and _changes_nothing(path[-1]):
        factor = path.pop().sources[0]
    _refuse_other_gates(path)
    return _Candidate(u, slot, factor, product, step, tuple(path), axis)


def _may_stand_between(step: Step, shapes: dict[Slot, Shape]) -> bool:
    """Makes a vector of a vector: mixes its channels, or changes each of them, or moves them."""
    given, result = shapes[step.sources[0]], shapes[step.outputs[0]]
    if len(step.inputs) != 1 or not _is_vector(given) or not _is_vector(result):
        return False
    if operations.is_dense(step):
        return operations.widths(step)[0] == max(given[1:])  # type: ignore[type-var]
    return operations.is_reshape(step) or operations.formula_of(step) is not None


def _is_vector(shape: Shape) -> bool:
    """One row of numbers for each picture, however it is written."""
    return len(shape) > 1 and None not in shape[1:] and math.prod(shape[1:]) == max(shape[1:])  # type: ignore[arg-type, type-var]


def _changes_nothing(step: Step) -> bool:
    return operations.is_reshape(step) or operations.is_identity(step)


def _refuse_other_gates(path: list[Step]) -> None:
    """Follow the bounds from the pool, which has none, to the gate."""
    if not path:
        raise _NoBlockError("no sigmoid stands between the pool and the product")
    low, high = -math.inf, math.inf
    for step in path:
        low, high = (-math.inf, math.inf) if operations.is_dense(step) else (low, high)
        formula = operations.formula_of(step)
        low, high = formula.bounds(low, high) if formula else (low, high)
    if not (low >= -ROUNDING and high <= 1 + ROUNDING):
        made = f"the factor comes from {operations.describe(path[-1])}, not from a sigmoid"
        ends = f"; it lies between {low:g} and {high:g}" if math.isfinite(high - low) else ""
        raise _NoBlockError(made + ends)
    if not any(operations.is_dense(step) for step in path):
        raise _NoBlockError("no dense layer stands between the pool and the product")


def _origin(program: Program, slot: Slot) -> Slot:
    """The same tensor before dropout and the like."""
    step = program.producers.get(slot)
    return _origin(program, step.sources[0]) if step and operations.is_identity(step) else slot


def _site(shapes: dict[Slot, Shape], found: _Candidate, named: tuple[str, int, int]) -> Site:
    channels = shapes[found.u][found.axis]
    assert channels is not None  # only such factors become candidates
    widths = [operations.widths(step)[1] for step in found.path if operations.is_dense(step)]
    return Site(
        block=Block(*named, channels, channels / min(widths)),
        u=found.u,
        z=found.z,
        s=found.s,
        x=found.product.outputs[0],
        pool=found.pool,
        path=found.path,
        layer=found.product.path,
        shape=shapes[found.u][1:],
        axis=found.axis,
    )


def _times(shape: Shape) -> str:
    return " x ".join("?" if length is None else str(length) for length in shape)
