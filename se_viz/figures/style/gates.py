"""Axes of gates: from 0 to 1, or as far as the gates of a panel go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import plotly.graph_objects as go

from se_viz.analysis.gate_span import SIGNED, USUAL, span_of
from se_viz.figures.style import layout

STEPS = {USUAL: 0.25, SIGNED: 0.5}


def axis_of(*gates: Any, room: tuple[float, float] = (0.0, 0.0)) -> dict[str, Any]:
    """Range and ticks of an axis for gates.

    Args:
        gates: as of `span_of`.
        room: below and above, as shares of the span.
    """
    low, high = span_of(*gates)
    wide = high - low
    ends = [low - room[0] * wide, high + room[1] * wide]
    return {"range": ends, "dtick": STEPS.get((low, high))}


def fit_panels(
    figure: go.Figure,
    way: Literal["x", "y"],
    panels: Iterable[Any],
    room: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Give the axis of each panel the range of its own gates."""
    for number, gates in enumerate(panels):
        axis = layout.axes_of(number)[f"{way}axis"]
        figure.layout[f"{way}axis{axis[1:]}"].update(axis_of(gates, room=room))
