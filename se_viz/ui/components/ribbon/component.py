"""The ribbon in Streamlit: gates in, the chosen block out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.gate_span import span_of
from se_viz.analysis.networks.stages import runs
from se_viz.analysis.one_picture.strips import strip
from se_viz.probe.gates.blocks import Block
from se_viz.ui.components.registered import component


def show(
    blocks: Sequence[Block],
    gates: Mapping[str, np.ndarray],
    chosen: str,
    key: str,
    moved: pd.DataFrame | None = None,
    brief: bool = False,
) -> str:
    """Draw the ribbon; a click or an arrow key in it chooses a block.

    Args:
        blocks: of the network, in order of depth.
        gates: block name -> (C,), of a picture, or the mean of a class.
        chosen: name of the block that is marked, whatever was clicked before.
        key: of the component.
        moved: columns block, move (rms of s' - s) and common (the part of it that every picture
            has, nan where that is not known); None where nothing moved.
        brief: whether the words that explain it are left out.

    Returns:
        Name of the block that was clicked on since the last run, else `chosen`.
    """
    name = st.session_state.pop(_clicked(key), chosen)
    data = ribbon_data(blocks, [strip(gates[block.name]) for block in blocks], moved)
    draw = component("ribbon")
    draw(
        key=key,
        data={**data, "brief": brief, "choice": {"block": name}},
        on_block_change=lambda: _keep(key),
    )
    return name


def ribbon_data(
    blocks: Sequence[Block], strips: Sequence[np.ndarray], moved: pd.DataFrame | None = None
) -> dict[str, Any]:
    """What `ribbon/strip.js` draws, as plain values.

    Args:
        blocks, moved: as of `show`.
        strips: of each block, gates from low to high.
    """
    rows = zip(blocks, runs(blocks), strict=True)
    facts = [{"name": b.name, "channels": b.channels, "part": part} for b, part in rows]
    data = {"blocks": facts, "strips": [_plain(each) for each in strips]}
    data |= {"span": list(span_of(*strips))}
    return data | (_moves(blocks, moved) if moved is not None else {})


def _moves(blocks: Sequence[Block], moved: pd.DataFrame) -> dict[str, Any]:
    by_block = moved.set_index("block").loc[[block.name for block in blocks]]
    moves, shared = by_block["move"].to_numpy(float), by_block["common"].to_numpy(float)
    return {
        "moves": np.round(moves, 4).tolist(),
        "shared": None if np.isnan(shared).any() else np.round(shared, 3).tolist(),
        "reach": float(moves.max(initial=0.0)),
    }


def _plain(strip: np.ndarray) -> list[float | None]:
    """None where a gate is no number, which has no colour."""
    return [number if np.isfinite(number) else None for number in np.round(strip, 3).tolist()]


def _clicked(key: str) -> str:
    return f"{key} clicked"


def _keep(key: str) -> None:
    name = st.session_state[key].get("block")
    if name:
        st.session_state[_clicked(key)] = name
