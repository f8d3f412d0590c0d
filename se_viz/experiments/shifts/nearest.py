"""What a record of many pictures says beside one picture: at the nearest strength measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.tables import wilson
from se_viz.pictures.shifts import KINDS, Light


@dataclass(frozen=True)
class Beside:
    """What came of a condition over many pictures.

    Attributes:
        measured: the strength at which it was measured.
        accuracy, low, high: share of right ones, with its 95% Wilson interval.
        pictures: on how many.
        taken: share taken for the class whose gates they were given.
    """

    measured: float = np.nan
    accuracy: float = np.nan
    low: float = np.nan
    high: float = np.nan
    pictures: int = 0
    taken: float = np.nan


def beside(record: ShiftRecord, cell: Cell) -> Beside:
    """What a record holds of a condition at the nearest strength of its kind at which it was
    measured; pictures as they are count only for what is nearer to them than to the mildest
    strength of the course."""
    near = [
        place
        for place, other in enumerate(record.cells)
        if (other.gates, other.where) == (cell.gates, cell.where) and _fits(other.light, cell.light)
    ]
    if not near:
        return Beside()
    lights = [record.cells[place].light for place in near]
    row = near[_nearest([strength_of(light, cell.light.kind) for light in lights], cell.light)]
    tried = record.tried(row)
    shares = wilson(record.right(row)[tried])
    taken = float(record.taken(row)[tried].mean()) if tried.any() else np.nan
    measured = strength_of(record.cells[row].light, cell.light.kind)
    return Beside(measured, *shares, int(tried.sum()), taken)


def _fits(measured: Light, light: Light) -> bool:
    if measured.kind or not light.kind:
        return measured.kind == light.kind
    shift = KINDS[light.kind]
    mildest = (shift.harmless, shift.course[0])
    return _nearest(mildest, light) == 0


def strength_of(light: Light, kind: str) -> float:
    """The strength of a light as one of this kind; of pictures as they are, the harmless one."""
    return light.strength if light.kind or not kind else KINDS[kind].harmless


def _nearest(strengths: Iterable[float], light: Light) -> int:
    return int(np.argmin([abs(strength - light.strength) for strength in strengths]))


def with_beside(table: pd.DataFrame, record: ShiftRecord | None) -> pd.DataFrame:
    """An `answer_table` with the columns of `Beside`, nan and 0 where nothing was measured."""
    cells = [
        Cell(Light(row.kind, row.strength, row.seed), row.gates, row.where)
        for row in table.itertuples()
    ]
    found = [asdict(beside(record, cell) if record else Beside()) for cell in cells]
    return pd.concat([table, pd.DataFrame(found, columns=list(asdict(Beside())))], axis=1)


def common_moves(record: ShiftRecord | None, light: Light) -> pd.DataFrame:
    """Block by block, the share of the gates' move that many pictures have in common.

    Returns:
        Columns block, measured (the nearest strength of the light's kind at which moves were
        measured), common, common_low, common_high and pictures; no rows where none were.
    """
    columns = ["block", "measured", "common", "common_low", "common_high", "pictures"]
    moves = record.moves if record is not None else pd.DataFrame()
    of_kind = moves[moves["kind"] == light.kind] if len(moves) else moves
    if of_kind.empty:
        return pd.DataFrame(columns=columns)
    strengths = of_kind["strength"].unique()
    there = strengths[_nearest(strengths, light)]
    found = of_kind[of_kind["strength"] == there].assign(measured=there)
    return found[columns].reset_index(drop=True)
