"""What small networks that differ in one thing came to, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from se_viz.pictures.shifts import KINDS, Light
from se_viz.ui.sentences.common import counted, percent

TITLE = "Trained again, small: what holds here"
LIGHT = "Pictures of the validation set"
ADAPTING = (("plain", "no SE"), ("static", "a learned constant for each channel"))
WORTH = "Was it worth it?"
DEAD = (
    "ReLU and tanh start from a last batch norm of 1 here, and so does the sigmoid that they are "
    "held against. From 0, where all others start, neither ever learns: z is 0 there, a gate "
    "without a bias is 0 too, and neither passes a gradient to the other (accuracy {} and {})."
)


def light_named(light: tuple[str, float]) -> str:
    """One of the lights that every network was tried in."""
    kind, strength = light
    return "as they are" if kind not in KINDS else str(Light(kind, strength))


def source(networks: int, pictures: int) -> str:
    """Where numbers come from."""
    return (
        f"measured on the built-in validation set, {pictures:,} pictures of 80 px, with "
        f"{networks} networks trained by python -m se_viz.training replicate"
    )


def told(table: pd.DataFrame) -> str:
    """What a `row_table` comes to: the ratios, and the networks whose scale does not adapt."""
    rows = table.set_index("row")
    said = _ratios(rows.loc[[f"r{r}" for r in (2, 4, 8, 32) if f"r{r}" in rows.index]])
    found = [_against(rows.loc[row], title) for row, title in ADAPTING if row in rows.index]
    return " ".join([said, *found])


def _ratios(rows: pd.DataFrame) -> str:
    sure = rows[rows["sure"]]
    if sure.empty:
        least = f"{100 * rows['smallest'].max():.1f} points"
        return (
            f"Between r = 2 and 32 **no ratio can be told from r = 16** (differences of {least} "
            "could have shown)."
        )
    named = ", ".join(
        f"{row['title']} by {_points(row['difference'])}" for _, row in sure.iterrows()
    )
    return f"Of the ratios, {named} differ from r = 16 by more than the noise."


def _against(row: pd.Series, title: str) -> str:
    ends = f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
    seeds = counted(int(row["seeds"]), "seed")
    inside = "" if row["sure"] else ", inside the noise"
    return f"With **{title}**: {_points(row['difference'])} ({seeds}, 95% {ends}{inside})."


def _points(difference: float) -> str:
    return f"**{100 * difference:+.1f} points**"


def smallest(table: pd.DataFrame) -> str:
    """How many rows leave the noise, and how many would by chance."""
    sure = int(table["sure"].sum())
    return (
        f"{sure} of {len(table)} rows lie outside the noise, where chance alone would bring "
        f"{0.05 * len(table):.0f}. Intervals are Student's, over seeds, each paired with the same "
        "seed and the same pictures of the network it is held against."
    )


def dead(relu: float, tanh: float) -> str:
    """Why two rows start elsewhere, with the accuracy they have where the others start."""
    return DEAD.format(percent(relu), percent(tanh))


def worth(table: pd.DataFrame, compared: pd.DataFrame) -> str:
    """What SE at r = 16 gains, over no SE and over the network that is as large without it.

    Args:
        table: a `worth_table`.
        compared: a `row_table`, which holds the latter against SE by the same seeds.
    """
    rows, against = table.set_index("row"), compared.set_index("row")
    if "r16" not in rows.index or "wide" not in against.index:
        return ""
    se, wide = rows.loc["r16"], against.loc["wide"]
    takes = f"{percent(se['more'])} more weights"
    if pd.notna(se["time"]):
        takes += f" and {se['time']:.2f} times the time"
    return (
        f"SE at r = 16 gains {_gained(se)} over no SE, for {takes}. Over the network without SE "
        f"that is as large by width, seed by seed, it gains {_gained(_turned(wide))}."
    )


def _turned(row: pd.Series) -> pd.Series:
    """A row of a `row_table` from the other side: what it is held against gains over it."""
    ends = {"gained": -row["difference"], "low": -row["high"], "high": -row["low"]}
    return pd.Series(ends | {"seeds": row["seeds"]})


def _gained(row: pd.Series) -> str:
    ends = f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
    return f"{_points(row['gained'])} ({counted(int(row['seeds']), 'seed')}, 95% {ends})"


def worth_source(pictures: int, times: Mapping[str, Any] | None) -> str:
    """Where numbers come from."""
    known = f"accuracy on the built-in validation set, {pictures:,} pictures of 80 px"
    if not times:
        return f"{known}; weights counted"
    return (
        f"{known}; weights counted; time of {times['pictures']} pictures on {times['device']}, "
        f"{times['rounds']:,} rounds, by {times['command']}"
    )
