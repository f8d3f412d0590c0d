"""All kinds of gates that are found, the first that fits first: a new one is one line here."""

from __future__ import annotations

from se_viz.probe.gates.base import GateKind
from se_viz.probe.gates.ladder.diagonal import OneWeight
from se_viz.probe.gates.ladder.direct import Direct
from se_viz.probe.gates.ladder.full import FullMatrix
from se_viz.probe.gates.ladder.static import LearnedConstant
from se_viz.probe.gates.se import SqueezeExcitation

GATES: list[GateKind] = [
    SqueezeExcitation(),
    FullMatrix(),
    LearnedConstant(),
    OneWeight(),
    Direct(),
]
