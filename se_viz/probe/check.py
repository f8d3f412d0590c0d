"""Self-checks: the probe reads what the network computes, and feeds it back exactly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from se_viz.probe.edit import fixed
from se_viz.probe.gates import constant
from se_viz.probe.gates.sites import Site
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe

TOLERANCE = 1e-5
"""How far gates may lie apart in any case; further only as float32 rounds large sums."""
COARSE = 1e-2
"""And never so far."""
SHARE = ", of a gate beyond 1 as a share of it"


@dataclass(frozen=True)
class Check:
    """What the self-check found.

    Attributes:
        differences: block name -> difference between a gate as read and as recomputed in NumPy
            from its squeeze, of the gate that comes nearest to its limit or is furthest beyond;
            of a gate beyond 1, as behind relu, as a share of it.
        same_outputs: whether outputs with and without the probe are identical.
        pictures: how many it was measured on.
        unchecked: block name -> why its gates could not be recomputed, a sentence.
        limits: block name -> the limit of that gate, where it is not `TOLERANCE`.
        constant: sentences about gates that do not follow the picture.
        compared: whether there are outputs; a network looked at for its gates alone has none.
        endless: whether gates may lie beyond 1.
    """

    differences: dict[str, float]
    same_outputs: bool
    pictures: int
    unchecked: dict[str, str] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    constant: tuple[str, ...] = ()
    compared: bool = True
    endless: bool = False

    @property
    def largest(self) -> float:
        """The largest difference, 0 without blocks; not a number where one of them is not."""
        return float(np.max(list(self.differences.values()), initial=0.0))

    @property
    def failed(self) -> bool:
        """Whether something contradicts what the probe reads, or there is nothing to read."""
        near = all(x <= self.limits.get(name, TOLERANCE) for name, x in self.differences.items())
        agree = self.same_outputs and near
        return not agree or not (self.differences or self.unchecked)

    @property
    def passed(self) -> bool:
        """Whether every block was recomputed and nothing contradicts: what could not be checked
        makes a check incomplete, which is neither failed nor passed."""
        return not self.failed and not self.unchecked

    def describe(self) -> str:
        """One paragraph with the numbers, what could not be checked with the reason, and which
        gates do not follow the picture."""
        if not self.differences and not self.unchecked:
            return "The self-check failed: this network has no SE block."
        verdict = "passed" if self.passed else "failed" if self.failed else "is incomplete"
        same = "identical" if self.same_outputs else "NOT identical"
        outputs = f"outputs with and without the probe are {same}"
        gates = (
            f"every gate recomputed in NumPy from its squeeze differs from the one read by at most "
            f"{self.largest:.1e}{SHARE if self.endless else ''} ({self._limit()})"
            if self.differences
            else "no gate could be recomputed"
        )
        said = (
            f"The self-check {verdict}: on {self.pictures} pictures, {gates}, and "
            f"{outputs if self.compared else 'there is no output to compare'}."
        )
        reasons = dict.fromkeys(self.unchecked.values())
        return " ".join([said, *map(self._not_checked, reasons), *self.constant])

    def _limit(self) -> str:
        widest = max(self.limits.values(), default=TOLERANCE)
        if widest <= TOLERANCE:
            return f"limit {TOLERANCE:.0e}"
        return f"limit {TOLERANCE:.0e}, up to {widest:.0e} where float32 rounds large sums"

    def _not_checked(self, reason: str) -> str:
        names = [name for name, other in self.unchecked.items() if other == reason]
        return f"Not checked: {', '.join(names)}; {reason}"


def self_check(probe: Probe, model_inputs: np.ndarray) -> Check:
    """Recompute every gate of uint8 model inputs (N, size, size, 3) and compare the outputs."""
    seen = probe.read(model_inputs)
    differences: dict[str, float] = {}
    limits: dict[str, float] = {}
    unchecked = {}
    for site in probe.sites:
        name = site.block.name
        try:
            _refuse_coarse(site, probe.runtime.precision)
            differences[name], limits[name] = _compare(
                site.kind.excite(site, seen.squeezes[name]),
                seen.gates[name],
                site.kind.rounding(site, seen.squeezes[name]),
            )
        except ValueError as error:
            unchecked[name] = str(error)
    same = bool(np.array_equal(seen.outputs, probe.bare(model_inputs)))
    still = constant.sentences(probe.sites, constant.of_gates(seen.gates), len(model_inputs))
    compared = bool(seen.outputs.size)
    endless = any(max(map(abs, site.gate_range)) > 1 for site in probe.sites)
    return Check(
        differences, same, len(model_inputs), unchecked, limits, tuple(still), compared, endless
    )


def _compare(gates: np.ndarray, read: np.ndarray, rounded: np.ndarray) -> tuple[float, float]:
    """How far a gate as read lies from one as recomputed, and how far it may: of the gate for which
    that is most. Raises ValueError where float32 rounds too coarsely to tell."""
    size = np.maximum(np.abs(gates), 1)
    apart, rounded = np.abs(gates - read) / size, rounded / size
    if ((apart > COARSE) & (apart <= rounded)).any():
        raise ValueError("Its sums are so large that float32 leaves too little of a gate.")
    allowed = np.clip(rounded, TOLERANCE, COARSE)
    worst = np.argmax(apart / allowed)
    return float(apart.flat[worst]), float(allowed.flat[worst])


@dataclass(frozen=True)
class Identity:
    """Whether an intervention that changes nothing changes nothing.

    Attributes:
        same: whether outputs are identical, to the last bit.
        largest: the largest difference of an output.
        pictures: how many it was measured on.
        compared: as in `Check`.
    """

    same: bool
    largest: float
    pictures: int
    compared: bool = True

    def describe(self) -> str:
        """A sentence for people."""
        if not self.compared:
            return "Feeding back recorded gates was not checked: there is no output to compare."
        pictures = "this picture" if self.pictures == 1 else f"{self.pictures} pictures"
        if self.same:
            return (
                f"Checked here: feeding back the recorded gates of {pictures} gives the same "
                "outputs, to the last bit."
            )
        return (
            f"The check failed: feeding back the recorded gates of {pictures} changes an output by "
            f"up to {self.largest:.1e}."
        )


def identity(probe: Probe, model_inputs: np.ndarray) -> Identity:
    """Read uint8 model inputs (N, size, size, 3), feed their gates back, and compare the outputs.

    Raises:
        ValueError: for other model inputs, or where the network cannot be run here.
    """
    seen = probe.read(model_inputs)
    whole = {block.name: np.arange(block.channels) for block in probe.blocks}
    again = intervene(probe, model_inputs, fixed(probe.blocks, whole, seen.gates))
    largest = float(np.abs(again.outputs - seen.outputs).max(initial=0))
    same = bool(np.array_equal(again.outputs, seen.outputs))
    return Identity(same, largest, len(model_inputs), bool(seen.outputs.size))


def _refuse_coarse(site: Site, precision: str) -> None:
    if precision != "float32":
        raise ValueError(f"the network is run in {precision}, too coarse for this comparison.")
    for node in site.path:
        if node.dtype in ("float16", "bfloat16"):
            raise ValueError(
                f"{node.path} computes in {node.dtype}, too coarse for this comparison."
            )
