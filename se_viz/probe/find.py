"""Find SE blocks by structure, whatever the layers are called.

An SE block (arXiv 1709.01507, section 3) is a product of a feature map U and a factor that is
broadcast over its two spatial axes and descends, through a bounded activation, from a global
average pool of that same U.
"""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.probe import operations
from se_viz.probe.blocks import Block, number, title
from se_viz.probe.graph import Program, Slot, Step


@dataclass(frozen=True, eq=False)
class Site:
    """An SE block and its tensors in a program.

    Attributes:
        block: its facts.
        u, z, s, x: where U, squeeze, excitation and X = s * U are.
        path: the steps from the squeeze (after the pool) to the excitation, in order.
        layer: name of the multiplication.
    """

    block: Block
    u: Slot
    z: Slot
    s: Slot
    x: Slot
    path: tuple[Step, ...]
    layer: str


@dataclass(frozen=True)
class Rejected:
    """A multiplication that is no SE block, and why."""

    layer: str
    reason: str


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
    path: tuple[Step, ...]

    @property
    def x(self) -> Slot:
        return self.product.outputs[0]


def find(program: Program) -> Found:
    """Look at every multiplication of a program."""
    candidates, rejected = [], []
    for step in program.steps:
        if operations.is_multiplication(step):
            outcome = _examine(program, step)
            if isinstance(outcome, _Candidate):
                candidates.append(outcome)
            else:
                rejected.append(Rejected(step.name, outcome))
    return Found(tuple(_name(program, candidates)), tuple(rejected))


def _examine(program: Program, product: Step) -> _Candidate | str:
    """An SE block at this product, or why there is none."""
    reasons = []
    for u, factor in (product.sources, product.sources[::-1]):
        outcome = _descend(program, product, u, factor)
        if isinstance(outcome, _Candidate):
            return outcome
        reasons.append(outcome)
    broadcast = [reason for reason in reasons if reason != _NOT_BROADCAST]
    return broadcast[0] if broadcast else _NOT_BROADCAST


_NOT_BROADCAST = "neither factor is one number per channel"


def _descend(program: Program, product: Step, u: Slot, factor: Slot) -> _Candidate | str:
    """Walk up from the factor to the pool of U, noting the gate on the way."""
    channels = _channels(program.shapes[u], program.shapes[factor])
    if channels is None:
        return _NOT_BROADCAST
    path: list[Step] = []
    s, slot = None, factor
    while (step := program.producers.get(slot)) is not None:
        if operations.is_global_average(step, program.shapes[step.sources[0]]):
            return _arrive(program, step, product, u, s, slot, path)
        if s is None and operations.activation_of(step) in operations.BOUNDED:
            s = slot
        if not _may_stand_between(step):
            return f"{step.name} stands between the factor and a global average pool"
        if s is None and not operations.is_reshape(step):
            return f"the factor comes from {step.name}, not from a sigmoid"
        if s is not None:
            path.insert(0, step)
        slot = step.sources[0]
    return "the factor does not come from a global average pool"


def _arrive(
    program: Program,
    pool: Step,
    product: Step,
    u: Slot,
    s: Slot | None,
    z: Slot,
    path: list[Step],
) -> _Candidate | str:
    if s is None:
        return "no sigmoid stands between the pool and the product"
    if pool.sources[0] != u:
        return f"the pool {pool.name} averages another tensor than the one that is scaled"
    if not any(operations.is_dense(step) for step in path):
        return "no dense layer stands between the pool and the product"
    return _Candidate(u, z, s, product, tuple(path))


def _may_stand_between(step: Step) -> bool:
    if len(step.inputs) != 1:
        return False
    kinds = (operations.is_reshape, operations.is_dense, operations.is_activation)
    return any(kind(step) for kind in kinds)


def _channels(u: tuple[int | None, ...], factor: tuple[int | None, ...]) -> int | None:
    """C where the factor is (N, 1, 1, C) or (N, C, 1, 1) beside a feature map U, else None."""
    if len(u) != 4 or len(factor) != 4:
        return None
    for axis, spatial in ((3, (1, 2)), (1, (2, 3))):
        ones = all(factor[i] == 1 for i in spatial)
        if ones and factor[axis] is not None and factor[axis] == u[axis]:
            return factor[axis]
    return None


def _name(program: Program, candidates: list[_Candidate]) -> list[Site]:
    strides = [_stride(program, candidate.u) for candidate in candidates]
    residual = all(
        any(operations.is_addition(step) for step in program.users(candidate.x))
        for candidate in candidates
    )
    numbers = number(strides, residual)
    return [_site(program, *pair) for pair in zip(candidates, numbers, strict=True)]


def _site(program: Program, candidate: _Candidate, place: tuple[int, int]) -> Site:
    channels = _channels(
        program.shapes[candidate.u],
        program.shapes[next(s for s in candidate.product.sources if s != candidate.u)],
    )
    assert channels is not None  # only such factors become candidates
    widths = [operations.width(step) for step in candidate.path if operations.is_dense(step)]
    block = Block(title(*place), *place, channels, channels / min(widths))
    return Site(
        block,
        candidate.u,
        candidate.z,
        candidate.s,
        candidate.x,
        candidate.path,
        candidate.product.name,
    )


def _stride(program: Program, u: Slot) -> int | None:
    """Input height over that of U; None where a height is unknown."""
    picture, feature = program.shapes[program.inputs[0]], program.shapes[u]
    axis = 1 if picture[-1] in (1, 3) else 2
    height, reduced = picture[axis], feature[axis]
    return None if height is None or reduced is None else round(height / reduced)
