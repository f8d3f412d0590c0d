"""What SE gains over no SE, beside what it takes: weights, and time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from se_viz.complexity import cost
from se_viz.experiments.replication.compare import Records, seeds_against, summed_up
from se_viz.experiments.replication.record import CLEAN, LIGHTS
from se_viz.nets.se_resnet.layout import SEResNet

BASE = "plain"
TITLES = {
    "plain": "no SE",
    "wide": "no SE, wider",
    "static": "a constant",
    **{f"r{ratio}": f"r = {ratio}" for ratio in (32, 16, 8, 4, 2)},
}
"""The rows that are weighed, from what takes least on."""


def worth_table(
    records: Records,
    truth: np.ndarray,
    light: tuple[str, float] = CLEAN,
    times: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """What each of `TITLES` gains over the network without SE, and takes more.

    Args:
        truth: int (N,), the classes of the pictures.
        light: one of `LIGHTS`.
        times: as `read_times` gives them.

    Returns:
        Columns row, title, seeds, gained (accuracy over that without SE, a share, the mean over
        seeds in common), low, high (its 95% interval, nan below two seeds), weights, more (weights
        over those without SE, less 1), and of the time of a picture over that without SE: time,
        time_low and time_high (its 95% interval; nan where none was measured).
    """
    place, rows = LIGHTS.index(light), []
    measured = (times or {}).get("rows", {})
    base = _weights(records, BASE)
    for row, title in TITLES.items():
        pairs = seeds_against(records, row, BASE, truth, place)
        if pairs:
            gained, half = summed_up(np.array([own - other for _, own, other in pairs]))
            time = measured.get(row, [np.nan] * 3)
            weights = _weights(records, row)
            known = (row, title, len(pairs), gained, gained - half, gained + half)
            rows.append((*known, weights, weights / base - 1, *time))
    facts = ["row", "title", "seeds", "gained", "low", "high", "weights", "more"]
    return pd.DataFrame(rows, columns=[*facts, "time", "time_low", "time_high"])


def layout_of(records: Records, row: str) -> SEResNet:
    """The layout of the networks of a row."""
    facts = next(iter(records[row].values())).facts["layout"]
    return SEResNet(**facts | {"se_stages": tuple(facts["se_stages"])})


def read_times(path: Path) -> dict[str, Any]:
    """What `training times` wrote: `rows` (row -> ratio, low, high) and how it was made."""
    return json.loads(path.read_text())


def _weights(records: Records, row: str) -> int:
    layout = layout_of(records, row)
    found = cost(layout, layout.size or 224)
    return found.weights + sum(found.added)
