"""How far each block's gates moved, under the gates themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, translucent

ABOVE, GAP = 190, 24  # pixels
WHOLE, COMMON = translucent(COLOURS[0], 0.4), COLOURS[0]


def add_moves(figure: go.Figure, moves: pd.DataFrame, height: int) -> go.Figure:
    """Add a row of bars under the one panel of a figure, whose x axis it shares.

    Args:
        figure: with blocks at 0, 1, ...
        moves: a `move_table` with the columns common (share, nan where it is not known) and, where
            it is known, measured and pictures.
        height: pixels of it, for which the figure has room.
    """
    known = moves["spreads"].notna().any()
    values = moves["spreads" if known else "move"].to_numpy(float)
    share = height / (height + ABOVE)
    figure.add_traces([_whole(moves, values), *_common(moves, values)])
    top = max(float(np.nanmax(values)), 0.5 if known else 0.02)
    figure.update_layout(
        yaxis={"domain": [share, 1]},
        yaxis2={
            "domain": [0, share - GAP / (height + ABOVE)],
            "range": [0, 1.3 * top],
            "nticks": 3,
            "title": {"text": "moved,<br>spreads" if known else "moved"},
        },
        xaxis={"anchor": "y2"},
    )
    return figure


def _whole(moves: pd.DataFrame, values: np.ndarray) -> go.Bar:
    facts = zip(map(layout.plain, moves["block"]), moves["move"], _spreads(moves), strict=True)
    return go.Bar(
        x=np.arange(len(moves)),
        y=layout.rounded(values),
        width=0.7,
        yaxis="y2",
        marker={"color": WHOLE, "line": {"width": 0}},
        text=[_short(value) for value in values] if len(moves) <= 20 else None,
        textposition="outside",
        cliponaxis=False,
        customdata=[[name, round(float(move), 4), told] for name, move, told in facts],
        hovertemplate="<b>%{customdata[0]}</b><br>gates moved by %{customdata[1]:.3f}"
        "%{customdata[2]}<extra></extra>",
        showlegend=False,
    )


def _common(moves: pd.DataFrame, values: np.ndarray) -> list[go.Bar]:
    if moves["common"].isna().all():
        return []
    said = "<b>%{customdata[0]}</b><br>%{customdata[1]:.1%} of the move of %{customdata[2]:,}"
    facts = zip(map(layout.plain, moves["block"]), moves["common"], moves["pictures"], strict=True)
    return [
        go.Bar(
            x=np.arange(len(moves)),
            y=layout.rounded(values * moves["common"]),
            width=0.7,
            yaxis="y2",
            marker={"color": COMMON, "line": {"width": 0}},
            customdata=[[name, round(float(part), 4), int(count)] for name, part, count in facts],
            hovertemplate=f"{said} pictures is common to all<extra></extra>",
            showlegend=False,
        )
    ]


def _spreads(moves: pd.DataFrame) -> list[str]:
    return [f", {far:.2f} spreads" if np.isfinite(far) else "" for far in moves["spreads"]]


def _short(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"[1:]
