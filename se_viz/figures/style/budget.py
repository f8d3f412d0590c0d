"""What a figure can hold: classes, panels and points. What is left out, it says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import evenly
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.style.palette import COLOURS

CLASSES = len(COLOURS)
"""Classes that lines or violins tell apart by colour."""
HEIGHT = 6000
"""Pixels of panels, one under another."""
TRACES = 1000
"""Lines and outlines that a browser still moves swiftly."""
VALUES = 500_000
"""Numbers that a figure sends to the browser; at four bytes each, under 3 MB of JSON."""


def few_classes(table: pd.DataFrame, most: int = CLASSES) -> tuple[pd.DataFrame, list[str]]:
    """The first classes of a table (and "all"), with a sentence where some are left out."""
    names = [name for name in table["class"].unique() if name != ALL]
    if len(names) <= most:
        return table, []
    kept = table[table["class"].isin([*names[:most], ALL])]
    return kept, [f"The first {most} of {len(names):,} classes are drawn."]


def few_panels(
    table: pd.DataFrame, key: str, row: int, columns: int, traces: int = 1
) -> tuple[pd.DataFrame, list[str]]:
    """Panels that a figure holds, evenly spaced, with a sentence where some are left out.

    Args:
        table: its rows in the order of the panels.
        key: the column with a value for each panel, a block or a part.
        row: pixels that a panel takes, with the gap to the next.
        columns: panels side by side.
        traces: of each class and group in a panel.
    """
    names = list(table[key].unique())
    lines = traces * len(table[["class", "group"]].drop_duplicates())
    most = max(1, min(HEIGHT // row * max(1, columns), TRACES // lines))
    if len(names) <= most:
        return table, []
    kept = table[table[key].isin(evenly(names, most))]
    return kept, [f"{most} of {len(names)} blocks are drawn, evenly by depth."]


def few_channels(
    table: pd.DataFrame, cost: float, others: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Evenly spaced places of a `curve_table` where it has more than a figure holds.

    Wide blocks give way first. Titles say how many channels are left, so no sentence does.

    Args:
        table: a `curve_table`.
        cost: numbers that a row of the table takes in the figure.
        others: a `picture_table` with the same channels, which keeps the same places.
    """
    sizes = table.groupby("block", sort=False, observed=True)["position"].max() + 1
    rows = len(table) / max(int(sizes.sum()), 1)
    most = level(list(sizes), int(VALUES / (cost * max(rows, 1))))
    if most >= sizes.max():
        return table, others
    places = {block: _places(size, most) for block, size in sizes.items()}
    return _thin(table, places), None if others is None else _thin(others, places)


def level(sizes: Sequence[int], room: int) -> int:
    """Largest number, at least 1, to which sizes are cut so that they add up to `room` at most."""
    for done, size in enumerate(sorted(sizes)):
        if size * (len(sizes) - done) > room:
            return max(1, room // (len(sizes) - done))
        room -= size
    return max(sizes, default=1)


def _places(size: int, most: int) -> np.ndarray:
    """Old place -> new place, -1 for those left out."""
    kept = np.arange(min(size, most)) * size // min(size, most)
    new = np.full(size, -1, np.int32)
    new[kept] = np.arange(len(kept))
    return new


def _thin(table: pd.DataFrame, places: dict) -> pd.DataFrame:
    new = np.full(len(table), -1, np.int32)
    blocks, old = table["block"].to_numpy(), table["position"].to_numpy()
    for block, place in places.items():
        here = blocks == block
        new[here] = place[old[here]]
    return table.assign(position=new)[new >= 0]
