"""How gates of each source are drawn, the same in every figure of shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from se_viz.figures.style.palette import COLOURS, GREY, MARK, translucent

BLUE, AMBER, GREEN, VERMILION, SKY = COLOURS[:5]


@dataclass(frozen=True)
class LineStyle:
    """Of gates of one source.

    Attributes:
        name: in legends and on axes.
        short: beside a line.
        symbol: of its dots; rings are gates that know the picture's class.
    """

    name: str
    short: str
    colour: str
    dash: str = "solid"
    width: float = 2.0
    symbol: str = "circle"

    @property
    def line(self) -> dict[str, Any]:
        return {"color": self.colour, "dash": self.dash, "width": self.width}

    @property
    def marker(self) -> dict[str, Any]:
        return {"color": self.colour, "symbol": self.symbol, "line": {"color": self.colour}}

    def band(self, opacity: float = 0.14) -> str:
        """The colour of its intervals."""
        return translucent(self.colour, opacity)


ORACLE = "circle-open"
STYLES: dict[str, LineStyle] = {
    "adaptive": LineStyle("gates adapt", "gates adapt", BLUE, width=3),
    "held": LineStyle("clean gates held", "held, an oracle", BLUE, "5px,4px", 1.6, ORACLE),
    "frozen": LineStyle("frozen at the mean", "frozen at mean", VERMILION, width=2.6),
    "open": LineStyle("all open (1)", "all open (1)", GREY, width=1.8),
    "same-class": LineStyle(
        "another picture's, same class", "same class", SKY, "5px,4px", 1.6, ORACLE
    ),
    "class-mean": LineStyle("its class's mean", "class mean", GREEN, "5px,4px", 1.6, ORACLE),
    "other-class": LineStyle("another class's", "another class", MARK),
    "shuffled": LineStyle("shuffled over channels", "shuffled", AMBER),
}
"""By the key of the source, in the order of legends."""
