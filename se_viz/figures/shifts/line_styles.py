"""How gates of each source are drawn, the same in every figure of shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from se_viz.figures.style.palette import COLOURS, GREY, MARK, translucent

BLUE, AMBER, GREEN, VERMILION, SKY = COLOURS[:5]
BLUE_INK, VERMILION_INK, MARK_INK = "#0A7FC4", "#C45700", "#B8578C"
ORACLE = "circle-open"


@dataclass(frozen=True)
class LineStyle:
    """Of gates of one source.

    Attributes:
        name: in legends and on axes.
        short: beside a line.
        symbol: of its dots; rings are gates that know the picture's class.
        ink: of its numbers, of like contrast on white and on dark pages; None for the page's own.
    """

    name: str
    short: str
    colour: str
    dash: str = "solid"
    width: float = 2.0
    symbol: str = "circle"
    ink: str | None = None

    @property
    def line(self) -> dict[str, Any]:
        return {"color": self.colour, "dash": self.dash, "width": self.width}

    @property
    def marker(self) -> dict[str, Any]:
        line = {"color": self.colour, "width": 2 if self.symbol == ORACLE else 0}
        return {"color": self.colour, "symbol": self.symbol, "line": line}

    def written(self, text: str) -> str:
        """A number of its own in its ink, markup."""
        return f'<span style="color:{self.ink}">{text}</span>' if self.ink else text

    def band(self, opacity: float = 0.14) -> str:
        """The colour of its intervals."""
        return translucent(self.colour, opacity)


STYLES: dict[str, LineStyle] = {
    "adaptive": LineStyle("gates adapt", "gates adapt", BLUE, width=3, ink=BLUE_INK),
    "held": LineStyle(
        "clean gates held", "held, an oracle", BLUE, "5px,4px", 1.6, ORACLE, BLUE_INK
    ),
    "frozen": LineStyle(
        "frozen at the mean", "frozen at mean", VERMILION, width=2.6, ink=VERMILION_INK
    ),
    "open": LineStyle("all open (1)", "all open (1)", GREY, width=1.8),
    "same-class": LineStyle(
        "another picture's, same class", "same class", SKY, "5px,4px", 1.6, ORACLE
    ),
    "class-mean": LineStyle("its class's mean", "class mean", GREEN, "5px,4px", 1.6, ORACLE),
    "other-class": LineStyle("another class's", "another class", MARK, ink=MARK_INK),
    "shuffled": LineStyle("shuffled over channels", "shuffled", AMBER),
}
"""By the key of the source, in the order of legends."""
