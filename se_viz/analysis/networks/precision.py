"""What a coarser precision changes in what a network makes of pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.probe.reading import Reading


@dataclass(frozen=True)
class Change:
    """The largest differences between two readings of the same pictures.

    Attributes:
        pictures: how many.
        gate: of a gate, and `block`, where.
        output: of an output; 0 without outputs.
        guesses: of how many pictures the network says something else.
    """

    pictures: int
    gate: float
    block: str
    output: float
    guesses: int

    def describe(self, precision: str, kind: str = "") -> str:
        """A sentence for people; kind: of the pictures, with a blank behind it."""
        of = (
            f"this {kind}picture"
            if self.pictures == 1
            else f"these {self.pictures:,} {kind}pictures"
        )
        guesses = "no guess" if not self.guesses else f"the guess on {self.guesses:,} of them"
        return (
            f"Measured on {of}: {precision} instead of float32 changes a gate by at most "
            f"{self.gate:.2g} ({self.block}), an output by at most {self.output:.2g}, and "
            f"{guesses}."
        )


def change(exact: Reading, coarse: Reading) -> Change:
    """How far two readings of the same pictures lie apart.

    Raises:
        ValueError: where there is no block or picture to compare.
    """
    if not exact.gates or not len(exact) or len(exact) != len(coarse):
        raise ValueError("There are no gates of the same pictures to compare.")
    apart = {
        name: float(np.abs(gates - coarse.gates[name]).max()) for name, gates in exact.gates.items()
    }
    block = max(apart, key=apart.__getitem__)
    outputs = np.abs(exact.outputs - coarse.outputs)
    guesses = 0
    if outputs.shape[1] > 1:
        guesses = int((exact.outputs.argmax(1) != coarse.outputs.argmax(1)).sum())
    largest = float(outputs.max(initial=0))
    return Change(len(exact), apart[block], block, largest, guesses)
