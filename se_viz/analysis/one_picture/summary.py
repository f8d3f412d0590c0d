"""What squeeze, excitation and scale did to one picture, in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Story:
    """One picture in one block (arXiv 1709.01507, equations 2 to 4).

    Attributes:
        block: its name.
        channels, bottleneck: C, and C / r, 0 where the bottleneck is unknown.
        size: height and width of U in positions, 0 where one is unknown.
        loudest: of the channels that are shown, the one with the largest squeeze, None where none
            is shown; `squeeze`: that squeeze, `gate`: its gate, not numbers without such a channel.
        of_all: whether no other channel has a larger squeeze.
        active: its units above zero.
        low, mean, high: of the gates.
        open, shut: gates of 0.95 or more, and under 0.05.
        before, after: mean over channels of |z|, and of |s z|, as scaling each position of U by s
            scales its mean by s.
        largest: whether z are maxima over positions, not means.
        maker: what makes the gates, where that is not a small network.
    """

    block: str
    channels: int
    bottleneck: int
    size: tuple[int, int]
    loudest: int | None
    squeeze: float
    gate: float
    of_all: bool
    active: int
    low: float
    mean: float
    high: float
    open: int
    shut: int
    before: float
    after: float
    largest: bool = False
    maker: str = ""

    def sentences(self) -> tuple[str, str, str]:
        """Squeeze, excitation and scale, a sentence or two each, Markdown."""
        return self._squeeze(), self._excite(), self._scale()

    def _squeeze(self) -> str:
        where = " from {} x {} positions".format(*self.size) if all(self.size) else ""
        how = "gave its largest number" if self.largest else "was averaged"
        end = "." if self.largest else " to one number."
        said = f"each of the **{self.channels}** channels {how}{where}{end}"
        if self.loudest is None:
            return said
        whose = "of all" if self.of_all else "of those shown"
        return (
            f"{said} Channel **{self.loudest}** came out largest {whose}, with "
            f"**{self.squeeze:.3f}**."
        )

    def _excite(self) -> str:
        if self.maker:
            return f"what makes gates here ({self.maker}) gave every channel one: {self._gates()}"
        through = (
            f"squeezed the {self.channels} numbers through a bottleneck of {self.bottleneck} "
            f"units, of which **{self.active}** are above 0 for this picture, and gave"
            if self.bottleneck
            else f"took the {self.channels} numbers and gave"
        )
        return f"a small network {through} every channel a gate: {self._gates()}"

    def _gates(self) -> str:
        return (
            f"from **{self.low:.2f}** to **{self.high:.2f}**, **{self.mean:.2f}** on average; "
            f"**{self.open}** nearly open (0.95 or more), **{self.shut}** nearly shut (under 0.05)."
        )

    def _scale(self) -> str:
        word = "largest number" if self.largest else "mean"
        what = f"mean size of all {'squeezes' if self.largest else 'channels'}"
        means = f"the {what} went from {self.before:.3f} to **{self.after:.3f}**"
        if self.loudest is None:
            return f"every channel was multiplied by its gate; {means}."
        return (
            f"every channel was multiplied by its gate. Channel {self.loudest}, with a gate of "
            f"**{self.gate:.3f}**, went from a {word} of {self.squeeze:.3f} to "
            f"**{self.squeeze * self.gate:.3f}**; {means}."
        )


def tell(
    block: str,
    z: np.ndarray,
    bottleneck: np.ndarray | None,
    s: np.ndarray,
    size: tuple[int, int],
    shown: Iterable[int],
    *,
    largest: bool = False,
    maker: str = "",
) -> Story:
    """The story of one picture in a block.

    Args:
        block: its name.
        z, s: (C,), squeezes and gates.
        bottleneck: (C / r,), None where it is not known.
        size: height and width of U, 0 where one is unknown.
        shown: numbers of the channels that stand beside the story; it names one of them or none.
        largest, maker: as of `Story`.
    """
    loudest = max(map(int, shown), key=lambda channel: z[channel], default=None)
    return Story(
        block,
        len(z),
        0 if bottleneck is None else len(bottleneck),
        size,
        loudest,
        np.nan if loudest is None else float(z[loudest]),
        np.nan if loudest is None else float(s[loudest]),
        loudest is not None and bool(z[loudest] >= z.max()),
        0 if bottleneck is None else int((bottleneck > 0).sum()),
        float(s.min()),
        float(s.mean()),
        float(s.max()),
        int((s >= 0.95).sum()),
        int((s < 0.05).sum()),
        float(np.abs(z).mean()),
        float(np.abs(z * s).mean()),
        largest,
        maker,
    )
