"""What follows from a record of shifts: when gates have to adapt, where, and whose they are.

Every answer comes from the numbers that decide, so another record may give another. A loss is a
negative change, in shares of the pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import parts_of
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, FROZEN, HELD, OTHER
from se_viz.experiments.shifts.plans import TOLD
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.tables import block_table, cell_of
from se_viz.interventions.selection import ALL
from se_viz.pictures.shifts import CLEAN, NOTHING, Light

LITTLE = 0.05
"""A cost beyond the clean one, as a share of the pictures, that is no need; ours."""
LOST = 6
"""Pictures lost beyond the clean ones from where on it is no chance: six of six on one side (sign
test, 1 in 32). An interval of few pictures that all do the same is too short."""
UNSEEN = 3
"""Over n: the share that may still be lost where none of n pictures was, at 95% (J. A. Hanley and
A. Lippman-Hand, JAMA 249, 1983)."""


@dataclass(frozen=True)
class Need:
    """Whether a light needs gates that adapt.

    Attributes:
        light: a shift at a strength.
        pictures: how many were tried.
        adaptive: the share that is right with gates that adapt.
        clean, change: what freezing all gates changes on pictures as they are, and in this light.
        beyond, low, high: the change less the clean one, with its 95% interval.
    """

    light: Light
    pictures: int
    adaptive: float
    clean: float
    change: float
    beyond: float
    low: float
    high: float

    @property
    def needed(self) -> bool | None:
        """Whether freezing surely costs more than it costs clean, or surely hardly more; None where
        neither is sure, as with few pictures."""
        if self.high < 0:
            lost = _surely_lost((self.beyond, self.low, self.high), self.pictures)
            return True if lost else None
        lowest = min(self.low, -UNSEEN / self.pictures)
        return False if self.high >= 0 and lowest >= -LITTLE else None

    @property
    def told_by_few(self) -> bool:
        """Whether there are too few pictures for an interval: one, or some that all do the same."""
        return np.isnan(self.high) or (self.needed is None and self.low == self.high)


def needs(table: pd.DataFrame, lights: Iterable[Light] | None = None) -> list[Need]:
    """One for each light in which gates were frozen.

    Args:
        table: a `shift_table`.
        lights: by default every kind at the strength that is told of.
    """
    asked = [Light(*item) for item in TOLD.items()] if lights is None else lights
    found = ((light, cell_of(table, light, FROZEN), cell_of(table, light)) for light in asked)
    return [_need(*one) for one in found if one[1] is not None and one[2] is not None]


def _need(light: Light, frozen: pd.Series, own: pd.Series) -> Need:
    numbers = [float(frozen[n]) for n in ("change", "beyond", "beyond_low", "beyond_high")]
    change, beyond, low, high = numbers
    facts = int(frozen["pictures"]), float(own["accuracy"])
    return Need(light, *facts, change - beyond, change, beyond, low, high)


def foremost(found: Sequence[Need]) -> Need | None:
    """The light that needs adapting gates most; None where none surely does."""
    needed = [need for need in found if need.needed]
    return min(needed, key=lambda need: need.beyond, default=None)


@dataclass(frozen=True)
class PartCost:
    """What one part alone costs, frozen, and with the gates of others where they were tried.

    Attributes:
        part: its title.
        changes: source of gates -> (change, low, high) against adapting gates.
    """

    part: str
    changes: dict[str, tuple[float, float, float]]

    @property
    def must_answer(self) -> bool:
        """Whether it loses surely, whichever gates it is given that do not adapt."""
        return bool(self.changes) and all(high < 0 for _, _, high in self.changes.values())


def costliest_part(record: ShiftRecord, table: pd.DataFrame, light: Light) -> PartCost | None:
    """The part that loses most when it alone is frozen in a light; None where none surely does."""
    parts = [_part(table, light, name) for name in parts_of(record.blocks)]
    frozen = [one for one in parts if FROZEN in one.changes]
    sure = [one for one in frozen if _surely_lost(one.changes[FROZEN], len(record))]
    return min(sure, key=lambda one: one.changes[FROZEN][0], default=None)


def _surely_lost(interval: tuple[float, float, float], pictures: int) -> bool:
    """Whether a change with its interval is a loss, of enough pictures."""
    change, _, high = interval
    return high < 0 and -change * pictures >= LOST


def _part(table: pd.DataFrame, light: Light, name: str) -> PartCost:
    rows = table[
        (table["kind"] == light.kind)
        & (table["strength"] == light.strength)
        & (table["where"] == name)
        & table["change"].notna()
    ]
    ends = ["change", "change_low", "change_high"]
    return PartCost(
        name, {row["gates"]: tuple(row[ends].astype(float)) for _, row in rows.iterrows()}
    )


@dataclass(frozen=True)
class EarlyAndLate:
    """What gates of the first and of the last part answer to, in one light.

    Attributes:
        first, last: titles of the parts.
        common: share of the move that all pictures have in common, of the first and the last part,
            means over their blocks.
        classes: share of the clean spread that follows the class.
        common_sure, class_sure: half-widths of the differences' intervals, at most.
    """

    first: str
    last: str
    common: tuple[float, float]
    classes: tuple[float, float]
    common_sure: float
    class_sure: float

    @property
    def light_first(self) -> bool:
        """Whether moves of the first part surely have more in common than those of the last."""
        return self.common[0] - self.common[1] > self.common_sure

    @property
    def class_last(self) -> bool:
        """Whether gates of the last part surely follow the class more than those of the first."""
        return self.classes[1] - self.classes[0] > self.class_sure

    @property
    def holds(self) -> bool:
        """Whether early gates answer to the light and late ones to the class."""
        return self.light_first and self.class_last


def early_and_late(record: ShiftRecord, light: Light) -> EarlyAndLate | None:
    """None in a network of one part, or where the moves were not measured.

    The interval of a mean over blocks is at most as wide as theirs are on average, and that of a
    difference at most as wide as both together.
    """
    blocks, parts = block_table(record, light), parts_of(record.blocks)
    if blocks.empty or len(parts) < 2:
        return None
    first, *_, last = parts
    ends = [blocks[blocks["block"].isin(parts[name])] for name in (first, last)]
    means = [tuple(float(part[c].mean()) for part in ends) for c in ("common", "class_share")]
    if np.isnan(means).any():
        return None
    sure = [sum(_half(part, name) for part in ends) for name in ("common", "class")]
    return EarlyAndLate(first, last, *means, *sure)  # type: ignore[arg-type]


def _half(rows: pd.DataFrame, name: str) -> float:
    return float((rows[f"{name}_high"] - rows[f"{name}_low"]).mean() / 2)


@dataclass(frozen=True)
class Steadied:
    """In how many blocks adapting gates steady the signal, in one light.

    Attributes:
        blocks: all of them.
        less, more: in which X surely changes less, or more, than with the clean picture's gates.
        below: in which X changes less than U, by the means alone.
    """

    blocks: int
    less: tuple[str, ...]
    more: tuple[str, ...]
    below: tuple[str, ...]


def steadied(record: ShiftRecord, light: Light) -> Steadied | None:
    """None where the moves were not measured in that light."""
    rows = block_table(record, light)
    if rows.empty:
        return None
    chosen = (rows["steadied_low"] > 0, rows["steadied_high"] < 0)
    below = rows["x_change"] < rows["u_change"]
    names = (tuple(rows["block"][some]) for some in (*chosen, below))
    return Steadied(len(rows), *names)


@dataclass(frozen=True)
class Carried:
    """Whether gates alone carry the class, on pictures that show nothing.

    Attributes:
        pictures: how many were tried.
        right, low, high: share that is right with the clean picture's own gates.
        chance: the share that is right when one class is said of all.
        taken: share taken for another class by its gates, with its interval; None where no other
            class was to be had.
    """

    pictures: int
    right: float
    low: float
    high: float
    chance: float
    taken: tuple[float, float, float] | None

    @property
    def holds(self) -> bool:
        """Whether gates alone surely say the class better than chance."""
        return self.low > self.chance


def chance_of(record: ShiftRecord) -> float:
    """The share of the commonest class."""
    return float(np.bincount(record.truth).max() / len(record)) if len(record) else np.nan


def carried(record: ShiftRecord, table: pd.DataFrame) -> Carried | None:
    """None where no picture that shows nothing was tried."""
    held, other = (cell_of(table, NOTHING, gates) for gates in (HELD, OTHER))
    if held is None:
        return None
    taken = None if other is None or np.isnan(other["taken"]) else _taken(other)
    right, low, high = (float(held[name]) for name in ("accuracy", "low", "high"))
    return Carried(int(held["pictures"]), right, low, high, chance_of(record), taken)


def _taken(row: Any) -> tuple[float, float, float]:
    return tuple(float(row[name]) for name in ("taken", "taken_low", "taken_high"))  # type: ignore[return-value]


def led_astray(table: pd.DataFrame) -> tuple[Light, float, tuple[float, float, float]] | None:
    """The light, other than none and nothing, in which most pictures are taken for the class whose
    gates they are given: with the share that is right, and the share taken with its interval."""
    rows = table[(table["gates"] == OTHER) & (table["where"] == ALL) & table["taken"].notna()]
    rows = rows[(rows["kind"] != "") & (rows["kind"] != NOTHING.kind)]
    if rows.empty:
        return None
    row = rows.loc[rows["taken"].astype(float).idxmax()]
    light = Light(row["kind"], float(row["strength"]), int(row["seed"]))
    return light, float(row["accuracy"]), _taken(row)


def clean_cost(table: pd.DataFrame) -> tuple[float, float, float] | None:
    """What freezing all gates changes on pictures as they are, with its interval."""
    row = cell_of(table, CLEAN, FROZEN)
    if row is None or np.isnan(row["change"]):
        return None
    return tuple(float(row[n]) for n in ("change", "change_low", "change_high"))  # type: ignore[return-value]


def told_lights(record: ShiftRecord) -> list[Light]:
    """Lights of which it is known where gates have to adapt, in the order of measuring."""
    placed = [c.light for c in record.cells if c.where != ALL and c.gates != ADAPTIVE]
    return [light for light in dict.fromkeys(placed) if not light.clean]
