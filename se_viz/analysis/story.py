"""What squeeze, excitation and scale did to one picture, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Story:
    """One picture in one block (arXiv 1709.01507, equations 2 to 4).

    Attributes:
        block: its name.
        channels, hidden: C, and C / r, 0 where the hidden layer is unknown.
        side: height of U in positions, 0 where it is unknown.
        loudest: channel with the largest squeeze, `squeeze`: that squeeze, `gate`: its gate.
        active: hidden units above zero.
        low, mean, high: of the gates.
        open, shut: gates of 0.95 or more, and under 0.05.
        before, after: mean over channels of |z|, and of |s z|, as scaling each position of U by s
            scales its mean by s.
    """

    block: str
    channels: int
    hidden: int
    side: int
    loudest: int
    squeeze: float
    gate: float
    active: int
    low: float
    mean: float
    high: float
    open: int
    shut: int
    before: float
    after: float

    def sentences(self) -> tuple[str, str, str]:
        """Squeeze, excitation and scale, a sentence or two each, Markdown."""
        where = f" from {self.side} x {self.side} positions" if self.side else ""
        squeeze = (
            f"each of the **{self.channels}** channels was averaged{where} to one number. "
            f"Channel **{self.loudest}** came out largest, with **{self.squeeze:.3f}**."
        )
        through = (
            f"squeezed the {self.channels} numbers through {self.hidden} hidden units, of which "
            f"**{self.active}** answered to this picture, and gave"
            if self.hidden
            else f"took the {self.channels} numbers and gave"
        )
        excite = (
            f"a small network {through} every channel a gate: from **{self.low:.2f}** to "
            f"**{self.high:.2f}**, **{self.mean:.2f}** on average; **{self.open}** nearly open "
            f"(0.95 or more), **{self.shut}** nearly shut (under 0.05)."
        )
        scale = (
            f"every channel was multiplied by its gate. Channel {self.loudest}, with a gate of "
            f"**{self.gate:.3f}**, went from a mean of {self.squeeze:.3f} to "
            f"**{self.squeeze * self.gate:.3f}**; the mean size of all channels from "
            f"{self.before:.3f} to **{self.after:.3f}**."
        )
        return squeeze, excite, scale


def tell(block: str, z: np.ndarray, hidden: np.ndarray | None, s: np.ndarray, side: int) -> Story:
    """The story of one picture's squeezes z (C,), hidden units (C / r,), None where they are not
    known, and gates s (C,)."""
    loudest = int(z.argmax())
    return Story(
        block,
        len(z),
        0 if hidden is None else len(hidden),
        side,
        loudest,
        float(z[loudest]),
        float(s[loudest]),
        0 if hidden is None else int((hidden > 0).sum()),
        float(s.min()),
        float(s.mean()),
        float(s.max()),
        int((s >= 0.95).sum()),
        int((s < 0.05).sum()),
        float(np.abs(z).mean()),
        float(np.abs(z * s).mean()),
    )
