"""What a `health_table` says, in sentences for people."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from se_viz.analysis.health.base import Check
from se_viz.analysis.health.catalogue import CHECKS, check
from se_viz.analysis.health.table import FINDING, TRAINED, UNTOLD, UNTRAINED, YARDSTICKS
from se_viz.probe.gates.constant import listed

NO_YARDSTICKS = (
    "The built-in network's own numbers are not beside these: those that ship are of other weights "
    "than its weights here; python -m se_viz.training health measures them anew."
)


def these(pictures: int) -> str:
    """`these 12 pictures`."""
    return f"these {pictures:,} pictures" if pictures != 1 else "this one picture"


def findings(table: pd.DataFrame) -> pd.DataFrame:
    """The rows in which something was found."""
    return table[table["verdict"] == FINDING]


def summary(table: pd.DataFrame, on: str) -> str:
    """What it comes to.

    Args:
        table: a `health_table`.
        on: what it was measured on, such as `these 12 pictures`.
    """
    blocks, found = table["block"].nunique(), findings(table)
    if not len(found):
        whole = f"All {blocks} blocks look" if blocks != 1 else "The one block looks"
        rest = " as far as could be told" if (table["verdict"] == UNTOLD).any() else ""
        return f"{whole} healthy on {on}{rest}."
    hit = found["block"].nunique()
    many = f"{len(found)} findings" if len(found) != 1 else "1 finding"
    return f"{many} in {hit} of {blocks} block{'s' * (blocks != 1)}, on {on}."


def line(row: Any) -> str:
    """One finding: `SE_2_1: most bottleneck units never open: 62%, 5 of 8 units`."""
    one = check(row.check)
    detail = f", {row.detail}" if row.detail else ""
    return f"{row.block}: {one.title}: {one.shown(row.number)}{detail}"


def _yardstick(one: Check, row: Any) -> str:
    """The built-in network's numbers; "" where there are none."""
    after, before = span(one, row, TRAINED), span(one, row, UNTRAINED)
    return f"; built-in network: {after} trained, {before} before training" if after else ""


def span(one: Check, row: Any, name: str) -> str:
    """The built-in network's least and largest number, `0.15 to 0.45`; "" where there is none."""
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    if math.isnan(low):
        return ""
    ends = dict.fromkeys((one.shown(low), one.shown(high)))
    return " to ".join(ends)


def meanings(table: pd.DataFrame) -> list[str]:
    """For each check that found something: where, what its number is and what it is held against,
    and what it may mean."""
    found = findings(table)
    parts = {one: found[found["check"] == one.slug] for one in CHECKS}
    said = [_meaning(one, part) for one, part in parts.items() if len(part)]
    bare = len(found) and found[YARDSTICKS].isna().all(axis=None)
    return [*said, NO_YARDSTICKS] if bare else said


def _meaning(one: Check, found: pd.DataFrame) -> str:
    row = next(found.itertuples())
    return (
        f"{_first_up(one.title)} in {listed(list(found['block']))}. Measured: {one.measure} (found "
        f"{one.threshold}{_yardstick(one, row)}). It may mean: {one.meaning}"
    )


def untold(table: pd.DataFrame) -> list[str]:
    """Why some checks could not be made, a sentence for each reason and the blocks it holds for."""
    rows = table[table["verdict"] == UNTOLD]
    blocks, said = table["block"].nunique(), []
    for why, part in rows.groupby("detail", sort=False):
        names = list(dict.fromkeys(part["block"]))
        said.append(str(why) if len(names) == blocks else f"{listed(names)}: {why}")
    return said


def _first_up(text: str) -> str:
    return text[0].upper() + text[1:]
