"""Which shifts are tried, at which strengths, with whose gates, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from se_viz.analysis.networks.stages import parts_of
from se_viz.experiments.shifts.gate_sources import (
    ADAPTIVE,
    CLASS_MEAN,
    FROZEN,
    HELD,
    OPEN,
    OTHER,
    SAME,
    SHUFFLED,
    source_of,
)
from se_viz.interventions.selection import ALL
from se_viz.pictures.shifts import CLEAN, KINDS, NOTHING, Light
from se_viz.probe.gates.blocks import Block

MAIN = ("contrast", "exposure", "blur", "noise")
"""Kinds that the page opens with; one alone is asked for where it stands."""
TOLD = {
    **{"contrast": 0.4, "exposure": 0.4, "blur": 2.0, "noise": 0.12},
    **{"colour": 0.0, "jpeg": 15.0, "resolution": 0.4, "cover": 0.3},
}
"""The strength of each kind at which it is asked where gates have to adapt, and whose gates do."""
LINES = (ADAPTIVE, HELD, FROZEN, OPEN)
PLACED = (FROZEN, HELD, SAME, OTHER)
WHOSE = (ADAPTIVE, HELD, SAME, CLASS_MEAN, OTHER, SHUFFLED, FROZEN)


@dataclass(frozen=True, order=True)
class Cell:
    """One condition: a light, whose gates, and where; elsewhere gates adapt."""

    light: Light
    gates: str = ADAPTIVE
    where: str = ALL

    def __post_init__(self) -> None:
        source_of(self.gates)


def course_plan(kinds: Iterable[str], gates: Sequence[str] = LINES) -> list[Cell]:
    """Pictures as they are, then each kind from mild until nothing is left to see."""
    lights = [CLEAN, *(Light(kind, s) for kind in kinds for s in KINDS[kind].course)]
    return [Cell(light, key) for light in lights for key in gates]


def where_plan(blocks: Sequence[Block], lights: Iterable[Light]) -> list[Cell]:
    """Each part of the network alone with gates that do not adapt."""
    parts = parts_of(blocks)
    return [
        *(Cell(light, key, part) for light in lights for part in parts for key in PLACED),
        *(Cell(CLEAN, FROZEN, part) for part in parts),
    ]


def whose_plan(lights: Iterable[Light]) -> list[Cell]:
    """All gates of one source after another, also on a picture that shows nothing."""
    return [Cell(light, key) for light in (CLEAN, *lights, NOTHING) for key in WHOSE]


def whole_plan(blocks: Sequence[Block], kinds: Sequence[str] = tuple(KINDS)) -> list[Cell]:
    """Everything that ships, each cell once; by light, those of the main kinds first."""
    told = [Light(kind, TOLD[kind]) for kind in kinds]
    cells = course_plan(kinds) + where_plan(blocks, told) + whose_plan(told[:2])
    lights = dict.fromkeys(cell.light for cell in cells)
    once = list(dict.fromkeys(cells))
    return [cell for light in lights for cell in once if cell.light == light]


def short_plan(blocks: Sequence[Block], kinds: Iterable[str]) -> list[Cell]:
    """Five strengths of each kind. What is asked in a light is the same whichever the kinds, so
    that lights which were measured need not be again."""
    lights = [CLEAN, NOTHING, *(Light(kind, s) for kind in kinds for s in KINDS[kind].strengths)]
    return [cell for light in lights for cell in _asked_in(blocks, light)]


def _asked_in(blocks: Sequence[Block], light: Light) -> list[Cell]:
    told = TOLD.get(light.kind) == light.strength
    cells = [] if light == NOTHING else [Cell(light, key) for key in LINES]
    if light in (CLEAN, NOTHING) or told:
        cells += [Cell(light, key) for key in WHOSE]
    if light == CLEAN or told:
        cells += [cell for cell in where_plan(blocks, [light]) if cell.light == light]
    return list(dict.fromkeys(cells))


def block_plan(blocks: Sequence[Block], light: Light) -> list[Cell]:
    """Each block alone with gates that do not adapt, in one light."""
    return [Cell(light, key, block.name) for block in blocks for key in PLACED]
