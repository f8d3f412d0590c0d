"""Many separate lines in one trace, with a gap after each."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from se_viz.figures.style import layout


def strokes(*points: Any) -> np.ndarray:
    """One coordinate of n lines through the same number of points: the first points of all lines,
    (n,), the second, and so on; float32, not a number in the gaps."""
    gap = np.full(len(points[0]), np.nan)
    return layout.rounded(np.stack([*points, gap], 1).ravel())


def spans(low: Any, high: Any, places: np.ndarray, colour: str, width: float) -> go.Scatter:
    """A level line for each place, from low to high; it says nothing on hovering."""
    return go.Scatter(
        x=strokes(low, high),
        y=np.repeat(places, 3),
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        showlegend=False,
    )
