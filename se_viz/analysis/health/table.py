"""All checks of all blocks as one table, with what the built-in network gives as a yardstick."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.health.base import Answer, Check, Evidence, untold
from se_viz.analysis.health.catalogue import CHECKS
from se_viz.analysis.health.not_numbers import NOT_NUMBERS

FINDING, FINE, UNTOLD = "finding", "fine", "cannot be told"
NO_GATES = "The gates are no numbers."
COLUMNS = ["block", "stage", "depth", "check", "title", "verdict", "number", "detail", "threshold"]
TRAINED, UNTRAINED = "trained", "untrained"
YARDSTICKS = [f"{name}_{end}" for name in (TRAINED, UNTRAINED) for end in ("low", "high")]


def health_table(
    evidence: Sequence[Evidence], yardsticks: Mapping[str, Mapping[str, float]] | None = None
) -> pd.DataFrame:
    """Every check of every block.

    Args:
        evidence: of each block, in order of depth.
        yardsticks: `yardsticks_of` the built-in network; None for none.

    Returns:
        A row for each block and check, in that order: block, stage, depth (from 1); check (its
        slug) and title; verdict, one of `FINDING`, `FINE` and `UNTOLD`; number, not a number where
        it cannot be told; detail; threshold; and the least and the largest number of the built-in
        network's blocks after and before training, `YARDSTICKS`.
    """
    rows = [
        _row(one, depth, check, (yardsticks or {}).get(check.slug, {}))
        for depth, one in enumerate(evidence, 1)
        for check in CHECKS
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, *YARDSTICKS])


def _row(
    one: Evidence, depth: int, check: Check, yardstick: Mapping[str, float]
) -> tuple[Any, ...]:
    block, answer = one.site.block, _answer(one, check)
    told = answer.number is not None
    verdict = UNTOLD if not told else FINDING if answer.found else FINE
    number = answer.number if told else math.nan
    facts = (block.name, block.stage, depth, check.slug, check.title, verdict, number)
    beside = (yardstick.get(name, math.nan) for name in YARDSTICKS)
    return (*facts, answer.detail, check.threshold, *beside)


def _answer(one: Evidence, check: Check) -> Answer:
    sound = np.isfinite(one.gates.mean).all() and np.isfinite(one.noise.mean).all()
    return check.ask(one) if sound or check is NOT_NUMBERS else untold(NO_GATES)


def yardsticks_of(record: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """check -> the ends of its numbers over blocks, named as in `YARDSTICKS`.

    Args:
        record: of `training health`: `columns`, and `rows` under `trained` and `untrained`.
    """
    found: dict[str, dict[str, float]] = {}
    for name in (TRAINED, UNTRAINED):
        table = pd.DataFrame(record[name], columns=record["columns"])
        for slug, numbers in table.groupby("check")["number"]:
            ends = {f"{name}_low": numbers.min(), f"{name}_high": numbers.max()}
            found.setdefault(str(slug), {}).update(ends)
    return found
