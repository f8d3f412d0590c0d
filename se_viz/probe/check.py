"""Self-checks: the probe reads what the network computes, and feeds it back exactly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from se_viz.probe.edit import fixed
from se_viz.probe.find import Site
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe
from se_viz.probe.recompute import excite

TOLERANCE = 1e-5


@dataclass(frozen=True)
class Check:
    """What the self-check found.

    Attributes:
        differences: block name -> largest difference between a gate as read and as recomputed in
            NumPy from its squeeze.
        same_outputs: whether outputs with and without the probe are identical.
        pictures: how many it was measured on.
        unchecked: block name -> why its gates could not be recomputed, a sentence.
        compared: whether there are outputs; a network looked at for its gates alone has none.
    """

    differences: dict[str, float]
    same_outputs: bool
    pictures: int
    unchecked: dict[str, str] = field(default_factory=dict)
    compared: bool = True

    @property
    def largest(self) -> float:
        """The largest difference, 0 without blocks; not a number where one of them is not."""
        return float(np.max(list(self.differences.values()), initial=0.0))

    @property
    def failed(self) -> bool:
        """Whether something contradicts what the probe reads, or there is nothing to read."""
        agree = self.same_outputs and self.largest < TOLERANCE
        return not agree or not (self.differences or self.unchecked)

    @property
    def passed(self) -> bool:
        """Whether every block was recomputed and nothing contradicts: what could not be checked
        makes a check incomplete, which is neither failed nor passed."""
        return not self.failed and not self.unchecked

    def describe(self) -> str:
        """One paragraph with the numbers, and what could not be checked with the reason."""
        if not self.differences and not self.unchecked:
            return "The self-check failed: this network has no SE block."
        verdict = "passed" if self.passed else "failed" if self.failed else "is incomplete"
        same = "identical" if self.same_outputs else "NOT identical"
        outputs = f"outputs with and without the probe are {same}"
        gates = (
            f"every gate recomputed in NumPy from its squeeze differs from the one read by at most "
            f"{self.largest:.1e} (limit {TOLERANCE:.0e})"
            if self.differences
            else "no gate could be recomputed"
        )
        said = (
            f"The self-check {verdict}: on {self.pictures} pictures, {gates}, and "
            f"{outputs if self.compared else 'there is no output to compare'}."
        )
        reasons = dict.fromkeys(self.unchecked.values())
        return " ".join([said, *(self._not_checked(reason) for reason in reasons)])

    def _not_checked(self, reason: str) -> str:
        names = [name for name, other in self.unchecked.items() if other == reason]
        return f"Not checked: {', '.join(names)}; {reason}"


def self_check(probe: Probe, views: np.ndarray) -> Check:
    """Recompute every gate of uint8 views (N, size, size, 3) and compare the outputs."""
    seen = probe.read(views)
    differences, unchecked = {}, {}
    for site in probe.sites:
        name = site.block.name
        try:
            _refuse_coarse(site)
            gates = excite(site, seen.squeezes[name])
        except ValueError as error:
            unchecked[name] = str(error)
        else:
            differences[name] = float(np.abs(gates - seen.gates[name]).max())
    same = bool(np.array_equal(seen.outputs, probe.bare(views)))
    return Check(differences, same, len(views), unchecked, bool(seen.outputs.size))


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


def identity(probe: Probe, views: np.ndarray) -> Identity:
    """Read uint8 views (N, size, size, 3), feed their gates back, and compare the outputs.

    Raises:
        ValueError: for other views, or where the network cannot be run here.
    """
    seen = probe.read(views)
    whole = {block.name: np.arange(block.channels) for block in probe.blocks}
    again = intervene(probe, views, fixed(probe.blocks, whole, seen.gates))
    largest = float(np.abs(again.outputs - seen.outputs).max(initial=0))
    same = bool(np.array_equal(again.outputs, seen.outputs))
    return Identity(same, largest, len(views), bool(seen.outputs.size))


def _refuse_coarse(site: Site) -> None:
    for step in site.path:
        dtype = getattr(step.operation, "compute_dtype", None)
        if dtype in ("float16", "bfloat16"):
            raise ValueError(f"{step.path} computes in {dtype}, too coarse for this comparison.")
