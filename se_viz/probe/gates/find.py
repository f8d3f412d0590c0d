"""Find SE blocks by structure, whatever the layers are called.

An SE block (arXiv 1709.01507, section 3) is a product of a feature map U and a factor that holds
one number for each channel and descends, through dense layers and a function bounded by 0 and 1,
from a global average pool of that same U.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from se_viz.probe.gates.blocks import Block
from se_viz.probe.gates.excitation import Excitation, excitation_of
from se_viz.probe.gates.naming import name
from se_viz.probe.gates.squeeze import NoBlockError, Shapes, Squeeze, is_mean, is_vector, origin
from se_viz.probe.graph import Program, Shape, Slot, Step
from se_viz.probe.operations import steps

MOST = 4
"""Factors of a product that are looked at."""


@dataclass(frozen=True, eq=False)
class Site:
    """An SE block and its tensors in a program.

    Attributes:
        block: its facts.
        u, x: where U and X = s * U are.
        gates: where the gates are; of several tensors, s is the product.
        squeezes: where the squeeze is, perhaps more than once, or times a number.
        path: the steps from the squeeze to the gates, in order.
        layer: the multiplication, behind the names of the networks around it.
        shape: of U, without N and as the network has it; None for a height that is not fixed.
        axis: of the channels in U with N, 3, or 1 where they come first.
        alone: whether the gates are a row of numbers in one tensor, as in most networks.
    """

    block: Block
    u: Slot
    x: Slot
    gates: tuple[Slot, ...]
    squeezes: tuple[Squeeze, ...]
    path: tuple[Step, ...]
    layer: str
    shape: Shape
    axis: int
    alone: bool

    @property
    def z(self) -> Slot:
        """Where the squeeze is, or `scale` times it."""
        return self.squeezes[0].slot

    @property
    def scale(self) -> float:
        """What stands at `z`, times the mean of U: 1 in most networks."""
        return self.squeezes[0].scale

    @property
    def s(self) -> Slot | None:
        """Where the excitation is, None where no tensor of its own holds one row of it."""
        return self.gates[0] if self.alone else None

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Height and width of U, None where they are not fixed."""
        height, width = (self.shape[i] for i in ((0, 1) if self.axis == 3 else (1, 2)))
        return height, width

    @property
    def weights(self) -> int:
        """Numbers in the matrices of its dense layers, without biases."""
        layers = {id(s.operation): s for s in self.path if steps.is_dense(s)}
        return sum(taken * given for taken, given in map(steps.widths, layers.values()))

    def describe(self) -> str:
        """One line: where it is and which layers make the gate."""
        way = _way(self.squeezes, self.path)
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
    """A product that scales U by gates; `instead` is one that it goes on from."""

    u: Slot
    factors: tuple[Slot, ...]
    product: Step
    made: Excitation
    axis: int
    instead: _Candidate | None = None

    @property
    def x(self) -> Slot:
        return self.product.outputs[0]


def find(program: Program, size: int | None = None) -> Found:
    """Look at every multiplication of a program, for pictures of size x size pixels if given."""
    finder = _Finder(program, program.shapes | (program.shapes_at(size) if size else {}))
    for step in program.steps:
        finder.look_at(step)
    return finder.found()


class _Finder:
    """Goes through the steps of a program in order."""

    def __init__(self, program: Program, shapes: Shapes) -> None:
        self.program, self.shapes = program, shapes
        self.candidates: dict[Slot, _Candidate] = {}
        self.rejected: dict[Step, str] = {}

    def look_at(self, step: Step) -> None:
        """Note a step that is an SE block, or why a product is none."""
        if steps.is_opaque(step):
            self.rejected[step] = (
                "a layer of a class of its own, into which the graph gives no view"
            )
        elif steps.is_multiplication(step):
            try:
                found = self._candidate(step)
            except NoBlockError as reason:
                self.rejected[step] = str(reason)
            else:
                self.candidates[found.x] = found
                if found.instead:
                    del self.candidates[found.instead.x]

    def found(self) -> Found:
        """The blocks with their names, and what is none; products within a gate are part of it."""
        program, shapes, kept = self.program, self.shapes, list(self.candidates.values())
        named = name(program, [(each.u, each.x, each.axis) for each in kept])
        sites = (_site(shapes, *pair) for pair in zip(kept, named, strict=True))
        inner = {step for each in kept for step in each.made.steps}
        rejected = (
            Rejected(step.path, shapes[step.outputs[0]][1:], reason)
            for step, reason in self.rejected.items()
            if step not in inner
        )
        return Found(tuple(sites), tuple(rejected))

    def _candidate(self, step: Step) -> _Candidate:
        """The block of a product; raises where it is none."""
        count = len(step.inputs)
        neither = "neither factor is one number per channel"
        reason = NoBlockError(neither if count == 2 else f"a product of {count} factors")
        for u, factors in _splits(step.sources):
            axes, rows = _axes(step, self.shapes, u, factors)
            for axis in axes:
                try:
                    return self._scaled(step, u, factors, axis)
                except NoBlockError as found:
                    reason = found if rows else reason
        raise reason

    def _scaled(self, step: Step, u: Slot, factors: tuple[Slot, ...], axis: int) -> _Candidate:
        """The block that scales u, or what u was before it was scaled by other gates of its own."""
        try:
            made = excitation_of(self.program, self.shapes, u, factors, axis)
            return _Candidate(u, factors, step, made, axis)
        except NoBlockError:
            first = self.candidates.get(origin(self.program, u))
            if first is None or not self._only_leads_to(first.x, step):
                raise
            both = (*first.factors, *factors)
            made = excitation_of(self.program, self.shapes, first.u, both, axis)
            return _Candidate(first.u, both, step, made, axis, first)

    def _only_leads_to(self, slot: Slot, step: Step) -> bool:
        """Whether a tensor is used by this step alone, perhaps after dropout and the like."""
        while slot != self.program.result:
            users = list(self.program.users(slot))
            if len(users) != 1 or users == [step]:
                return users == [step]
            if not steps.is_identity(users[0]):
                return False
            slot = users[0].outputs[0]
        return False


def _splits(sources: tuple[Slot, ...]) -> Iterator[tuple[Slot, tuple[Slot, ...]]]:
    """Each factor as the map, the last first, with the others; not of very many."""
    for place in range(len(sources))[::-1] if len(sources) <= MOST else ():
        yield sources[place], sources[:place] + sources[place + 1 :]


def _axes(
    product: Step, shapes: Shapes, u: Slot, factors: tuple[Slot, ...]
) -> tuple[tuple[int, ...], bool]:
    """Where channels may be if u is a map, (N, H, W, C) or (N, C, H, W), and each factor holds one
    number for each channel, perhaps spread over the map; and whether all are plain rows of numbers.
    """
    given = [_widened(product, shapes[factor]) for factor in factors]
    axes = [axis for axis in (3, 1) if all(_scales(shapes[u], each, axis) for each in given)]
    rows = all(is_vector(each) for each in given)
    return tuple(axes[:1] if rows else axes), rows


def _widened(product: Step, factor: Shape) -> Shape:
    """With the axes that a merging layer adds."""
    if steps.is_layer(product) and len(factor) > 1:
        return (factor[0], *(1,) * (4 - len(factor)), *factor[1:])
    return factor


def _scales(u: Shape, factor: Shape, axis: int) -> bool:
    """Whether a factor has the channels of u along an axis, and 1 or the size of u elsewhere."""
    if len(u) != 4 or len(factor) != 4 or factor[axis] is None or factor[axis] != u[axis]:
        return False
    others = [i for i in (1, 2, 3) if i != axis]
    whole = all(factor[i] in (1, u[i]) for i in others)
    return all(factor[i] == 1 for i in others) or (whole and not is_vector(factor))


def _site(shapes: Shapes, found: _Candidate, named: tuple[str, int, int]) -> Site:
    channels, made = shapes[found.u][found.axis], found.made
    assert channels is not None  # only such factors become candidates
    widths = [steps.widths(step)[1] for step in made.path if steps.is_dense(step)]
    return Site(
        block=Block(*named, channels, channels / min(widths)),
        u=found.u,
        x=found.x,
        gates=made.gates,
        squeezes=made.squeezes,
        path=made.path,
        layer=found.product.path,
        shape=shapes[found.u][1:],
        axis=found.axis,
        alone=len(made.gates) == 1 and is_vector(shapes[made.gates[0]]),
    )


def _way(squeezes: tuple[Squeeze, ...], path: tuple[Step, ...]) -> str:
    """The steps in order: what follows upon the one before after `>`, another branch after `;`."""
    starts = [" > ".join(map(steps.describe, squeeze.steps)) for squeeze in squeezes]
    scales = [squeeze.scale for squeeze in squeezes]
    said = " and ".join(
        start if is_mean(scale) else f"{start} ({scale:g} times the mean)"
        for start, scale in zip(starts, scales, strict=True)
    )
    last = path[0].sources[0] if path else None
    for step in path:
        said += (" > " if step.sources[0] == last else "; ") + steps.describe(step)
        last = step.outputs[0]
    return said


def _times(shape: Shape) -> str:
    return " x ".join("?" if length is None else str(length) for length in shape)
