"""Sentences about what interventions change, for people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from se_viz.interventions.selection import ALL
from se_viz.nets.output import Output

SEVERAL = (
    "Each label is said by itself, so a picture is right where the label that it is known by has "
    "more than 50%; what else is in it nobody told"
)
"""What is right of a network whose labels are said each for itself, for people."""


def what_changed(said: str, before: np.ndarray, after: np.ndarray, output: Output) -> str:
    """A sentence about one picture without and with an intervention.

    Args:
        said: the intervention in words.
        before, after: outputs (K,).
        output: what these are.
    """
    shown = output.shown(np.stack([before, after]))
    taken, now = output.said(shown)
    first, last = shown.argmax(1)
    name = f"**{output.classes[first]}**"
    fell, rest, new = (output.number(number) for number in (*shown[:, first], shown[1, last]))
    moves = f"from **{fell}** to **{rest}**"
    if not output.guesses:
        return f"With **{said}**, {name}, the highest score, goes {moves}."
    if output.several:
        same = f"stay **{taken}**" if taken == now else f"become **{now}** instead of **{taken}**"
        return (
            f"With **{said}**, the labels above 50% {same}; {name}, the likeliest without it, "
            f"goes {moves}."
        )
    if first == last:
        return (
            f"With **{said}**, the network still takes this picture for {name}: **{fell}** becomes "
            f"**{rest}**."
        )
    return (
        f"With **{said}**, the network takes this picture for **{now}** ({new}) instead of {name}, "
        f"which falls {moves}."
    )


def does_freezing_hurt_less(table: pd.DataFrame) -> str:
    """Sentences about a `sweep_table`: frozen against bypassed, all blocks and one at a time."""
    single, whole = table[table["depth"] > 0], table[table["where"] == ALL]
    pairs = single.pivot_table(index="block", columns="how", values="change", sort=False)
    less = int((pairs["freeze"] > pairs["bypass"]).sum())
    said = ""
    if len(whole):
        bypass, freeze = whole.set_index("how")["change"].loc[["bypass", "freeze"]]
        said = (
            f"With every gate frozen at its mean, the network {_lost(freeze)} of accuracy; with "
            f"every gate bypassed, it {_lost(bypass)}. "
        )
    return (
        f"{said}{_worst(single[single['how'] == 'bypass'])}; freezing hurts less than bypassing in "
        f"**{less}** of {len(pairs)}."
    )


def _worst(bypassed: pd.DataFrame) -> str:
    worst = bypassed.loc[bypassed["change"].idxmin()]
    if not worst["change"] < 0:
        return "Of single blocks, bypassing none costs accuracy"
    return (
        f"Of single blocks, bypassing **{worst['block']}** costs most, "
        f"{-100 * worst['change']:.1f} points"
    )


def most_moved(table: pd.DataFrame, output: Output) -> str:
    """A sentence about a `picture_sweep_table`: which block's bypass moves the prediction most."""
    single = table[(table["depth"] > 0) & (table["how"] == "bypass")]
    if single["change"].isna().any():
        return "What the network says of this picture is no number (nan), before or after a bypass."
    most = single.loc[single["change"].abs().idxmax()]
    before, after = (output.number(most[when]) for when in ("before", "after"))
    what = "prediction" if output.guesses else "highest score"
    if most["change"] == 0:
        return f"Bypassed one at a time, no block moves the {what}."
    said = (
        f"Bypassing **{most['block']}** moves the {what} most: **{most['class']}** goes from "
        f"{before} to {after}."
    )
    if not output.guesses:
        return said
    flips = int(single["flipped"].sum())
    return (
        f"{said} Bypassed one at a time, **{flips}** of {len(single)} blocks change what the "
        "network takes the picture for."
    )


def _lost(change: float) -> str:
    """`loses **5.9 points**`, in percent of the pictures."""
    points = round(100 * change, 1)
    return f"{'gains' if points > 0 else 'loses'} **{abs(points):.1f} points**"
