"""What was measured under shifts, in tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.shifts.calibration import calibration_error, reliability_table
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, SOURCES
from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.interventions.selection import ALL
from se_viz.pictures.shifts import CLEAN, Light

Z = 1.959964
"""Of 95%."""


def shift_table(record: ShiftRecord) -> pd.DataFrame:
    """Accuracy under every condition, with what it costs against gates that adapt.

    Returns:
        Columns kind ("" for pictures as they are), strength, seed, gates, where, pictures (on which
        it could be tried), right; accuracy, low, high (shares with their 95% Wilson interval);
        change, change_low, change_high (against adapting gates in the same light, over the same
        pictures, paired), beyond, beyond_low, beyond_high (the change less the one on the pictures
        as they are) and taken, taken_low, taken_high (share taken for the class whose gates they
        were given, as accuracy). What was not measured, or has fewer than two pictures, is nan. One
        row per condition.
    """
    return pd.DataFrame([_row(record, place) for place in range(len(record.cells))])


def _row(record: ShiftRecord, place: int) -> dict[str, Any]:
    cell, tried = record.cells[place], record.tried(place)
    right = record.right(place)[tried]
    facts = {**vars(cell.light), "gates": cell.gates, "where": cell.where}
    facts |= {"pictures": int(tried.sum()), "right": int(right.sum())}
    facts |= dict(zip(("accuracy", "low", "high"), wilson(right), strict=True))
    facts |= _named("change", mean_interval(_against(record, cell, cell.light, tried)))
    facts |= _named("beyond", mean_interval(_beyond(record, cell, tried)))
    return facts | _named("taken", wilson(record.taken(place)[tried]))


def _against(record: ShiftRecord, cell: Cell, light: Light, tried: np.ndarray) -> np.ndarray:
    """float (n,): right less right with gates that adapt, picture by picture; none where either
    was not measured."""
    own, base = record.row(Cell(light, cell.gates, cell.where)), record.row(Cell(light))
    if light.clean and cell.gates == "held":
        own = base  # a clean picture's gates are those that it has
    if own is None or base is None:
        return np.zeros(0)
    return (record.right(own).astype(float) - record.right(base))[tried]


def _beyond(record: ShiftRecord, cell: Cell, tried: np.ndarray) -> np.ndarray:
    here, clean = (_against(record, cell, light, tried) for light in (cell.light, CLEAN))
    return here - clean if len(here) == len(clean) else np.zeros(0)


def wilson(right: np.ndarray) -> tuple[float, float, float]:
    """A share of bool (n,) and its 95% interval (E. B. Wilson, JASA 22, 1927)."""
    count = len(right)
    if not count:
        return (np.nan,) * 3
    share, small = float(right.mean()), Z**2 / count
    middle = (share + small / 2) / (1 + small)
    half = (share * (1 - share) * small + small**2 / 4) ** 0.5 / (1 + small)
    return share, max(middle - half, 0.0), min(middle + half, 1.0)


def mean_interval(values: np.ndarray) -> tuple[float, float, float]:
    """A mean of float (n,) and its 95% interval, of the normal distribution; nan for n < 2."""
    if len(values) < 2:
        return (np.nan,) * 3
    mean, half = values.mean(), Z * values.std(ddof=1) / len(values) ** 0.5
    return float(mean), float(mean - half), float(mean + half)


def _named(name: str, found: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))


def reliability(record: ShiftRecord, light: Light) -> pd.DataFrame:
    """`reliability_table` of every source of gates, all of them changed, in one light.

    Returns:
        Columns gates, error (expected calibration error) and those of `reliability_table`.
    """
    parts = []
    for gates in SOURCES:
        row = record.row(Cell(light, gates))
        if row is not None:
            tried = record.tried(row)
            table = reliability_table(record.confidence[row][tried], record.right(row)[tried])
            parts.append(table.assign(gates=gates, error=calibration_error(table)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def block_table(record: ShiftRecord, light: Light) -> pd.DataFrame:
    """What gates do in one light, block by block: the columns of `Moves.table` and of
    `spread_table`; no rows where nobody asked how far they move there."""
    moves = record.moves
    if moves.empty:
        return moves
    there = moves[(moves["kind"] == light.kind) & (moves["strength"] == light.strength)]
    spreads = record.spreads.drop(columns=["stage", "depth"], errors="ignore")
    return there.merge(spreads, on="block")


def placed(table: pd.DataFrame, light: Light) -> pd.DataFrame:
    """The rows of a `shift_table` in one light of single parts or blocks."""
    return table[_in(table, light) & (table["where"] != ALL)]


def whole(table: pd.DataFrame, light: Light) -> pd.DataFrame:
    """The rows of a `shift_table` in one light with all gates of one source."""
    return table[_in(table, light) & (table["where"] == ALL)]


def cell_of(table: pd.DataFrame, light: Light, gates: str = ADAPTIVE, where: str = ALL) -> Any:
    """One row of a `shift_table`, or None."""
    rows = table[_in(table, light) & (table["gates"] == gates) & (table["where"] == where)]
    return None if rows.empty else rows.iloc[0]


def _in(table: pd.DataFrame, light: Light) -> pd.Series:
    return (table["kind"] == light.kind) & (table["strength"] == light.strength)
