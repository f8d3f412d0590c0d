"""Gates of one given value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import GateValue
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed
from se_viz.probe.gates.blocks import Block


@dataclass(frozen=True)
class Constant(InterventionKind):
    """Every gate is `value`, finite, and between `ends_of` each block that it is set in."""

    key = "constant"
    title = "constant"
    help = "set to one value"
    why = "Every gate has this value."
    options = (
        GateValue(
            "value",
            "of {kinds}, which gates can have: 0 to 1 behind a sigmoid or softmax, -1 to 1 behind "
            "tanh, 0 or more behind ReLU",
            "Value",
            "constant value",
            "value",
        ),
    )

    value: float = 1.0

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"A gate is a finite number, so {self.value:g} is none.")

    @property
    def done(self) -> str:
        return f"set to {self.value:g}"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        for block in selection.blocks:
            low, high = ends_of([block])
            if block.name in selection.places and not low <= self.value <= high:
                raise ValueError(
                    f"A gate of {block.name} {_lies(block)}, so {self.value:g} is none."
                )
        return fixed(selection.blocks, selection.places, self.value)


def ends_of(blocks: Iterable[Block]) -> tuple[float, float]:
    """Between which two values gates can be set: those that they can have, and 0 to 1."""
    lows, highs = zip(*((block.low, block.high) for block in blocks), strict=True)
    return min(0.0, *lows), max(1.0, *highs)


def _lies(block: Block) -> str:
    if math.isinf(block.high):
        return f"is {block.low:g} or more"
    return f"lies between {block.low:g} and {block.high:g}"
