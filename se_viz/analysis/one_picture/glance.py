"""All gates of one picture at a glance: every block as a column of its gates, low to high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from se_viz.probe.reading import Reading

QUANTILES = 64
Arrays = Mapping[str, np.ndarray]


def glance_table(reading: Reading, row: int, blocks: Sequence[str]) -> pd.DataFrame:
    """Gates of one picture at evenly spaced ranks, block after block.

    Args:
        reading, row: the picture.
        blocks: names, in order of depth.

    Returns:
        Columns block, share (of the block's channels with a smaller or the same gate, from 0 to 1)
        and gate (in [0, 1], one that a channel has). 64 rows for each block.
    """
    shares = np.linspace(0, 1, QUANTILES)
    gates = [np.quantile(reading.gates[b][row], shares, method="nearest") for b in blocks]
    return pd.DataFrame(
        {
            "block": np.repeat(np.array(blocks, object), QUANTILES),
            "share": np.tile(shares, len(blocks)),
            "gate": np.concatenate(gates).astype(np.float32),
        }
    )


def shifted_glance(clean: Arrays, now: Arrays, blocks: Sequence[str]) -> pd.DataFrame:
    """The same channels of one picture as it is and in another light, block after block, in the
    order of its gates as it is.

    Args:
        clean, now: block name -> gates (C,).
        blocks: names, in order of depth.

    Returns:
        Columns block, share (as `glance_table`), channel, gate (in the light) and clean, both in
        [0, 1]. 64 rows for each block.
    """
    shares = np.linspace(0, 1, QUANTILES)
    parts = []
    for block in blocks:
        order = np.argsort(clean[block], kind="stable")
        channels = order[np.rint(shares * (len(order) - 1)).astype(int)]
        gates = {"gate": now[block][channels], "clean": clean[block][channels]}
        parts.append(pd.DataFrame({"block": block, "share": shares, "channel": channels, **gates}))
    return pd.concat(parts, ignore_index=True)


def at_a_glance(reading: Reading, row: int, blocks: Sequence[str]) -> str:
    """One or two sentences, Markdown: how open the gates are, where most, where least, where they
    differ most from channel to channel."""
    gates = {block: reading.gates[block][row].astype(np.float64) for block in blocks}
    count = sum(map(len, gates.values()))
    if len(blocks) == 1:
        ((block, only),) = gates.items()
        return (
            f"This picture set the **{count:,}** gates of **{block}** from **{only.min():.2f}** to "
            f"**{only.max():.2f}**, **{only.mean():.2f}** on average."
        )
    lows, highs = (min(map(np.min, gates.values())), max(map(np.max, gates.values())))
    said = f"This picture set **{count:,}** gates in {len(blocks)} blocks"
    if f"{lows:.2f}" == f"{highs:.2f}":
        return f"{said}, all of them to **{lows:.2f}**."
    return f"{said}: {_open_and_shut(gates)}. {_widest(gates)}."


def _open_and_shut(gates: Mapping[str, np.ndarray]) -> str:
    mean = {block: float(values.mean()) for block, values in gates.items()}
    most, least = max(mean, key=mean.__getitem__), min(mean, key=mean.__getitem__)
    if f"{mean[most]:.2f}" == f"{mean[least]:.2f}":
        return f"{mean[most]:.2f} on average in every one"
    return (
        f"most open in **{most}** ({mean[most]:.2f} on average), most shut in **{least}** "
        f"({mean[least]:.2f})"
    )


def _widest(gates: Mapping[str, np.ndarray]) -> str:
    wide = max(gates, key=lambda block: float(gates[block].std()))
    if gates[wide].min() == gates[wide].max():
        return "Within a block they are all alike"
    return (
        f"From channel to channel they differ most in **{wide}**, from "
        f"**{gates[wide].min():.2f}** to **{gates[wide].max():.2f}**"
    )
