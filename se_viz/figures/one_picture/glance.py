"""All gates of one picture at a glance: a column for each SE block."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS

HEIGHT, NAMED = 200, 10


def glance(table: pd.DataFrame, chosen: str, columns: int = 2) -> go.Figure:
    """Blocks by depth across; the gates of each, sorted, from the lowest at the bottom to the
    highest; colour is the gate.

    Args:
        table: a `glance_table`.
        chosen: the block to mark.
        columns: 1 on a narrow page, where fewer blocks are named.
    """
    blocks = list(table["block"].unique())
    gates = table["gate"].to_numpy().reshape(len(blocks), -1).T
    figure = layout.bare(HEIGHT + 92)
    figure.add_trace(
        go.Heatmap(
            z=layout.rounded(gates),
            y0=0,
            dy=100 / (len(gates) - 1),
            customdata=np.tile([layout.plain(block) for block in blocks], (len(gates), 1)),
            coloraxis="coloraxis",
            hovertemplate="<b>%{customdata}</b><br>%{y:.0f} % of channels have a gate of at most "
            "%{z:.3f}<extra></extra>",
        )
    )
    layout.place_blocks(figure, blocks, 20 if columns > 1 else NAMED)
    figure.update_xaxes(range=[-0.6, len(blocks) - 0.4], title_text="block, by depth")
    figure.update_yaxes(
        title_text="channels, low gate to high",
        range=[-1, 101],
        tickvals=[0, 50, 100],
        ticktext=["0 %", "50 %", "100 %"],
        showgrid=False,
    )
    figure.update_layout(coloraxis=_scale(), margin={"t": 26, "b": 66, "r": 8})
    return _mark(figure, blocks.index(chosen), chosen)


def _scale() -> dict:
    bar = {
        "title": {"text": "gate", "side": "top", "font": {"size": 12}},
        "thickness": 10,
        "tickvals": [0, 0.5, 1],
        "len": 1.1,
        "xpad": 4,
    }
    return {"colorscale": "Viridis", "cmin": 0, "cmax": 1, "colorbar": bar}


def _mark(figure: go.Figure, place: int, name: str) -> go.Figure:
    """A frame around the chosen block, its name above."""
    frame = {"color": COLOURS[3], "width": 3}
    figure.add_shape(type="rect", x0=place - 0.5, x1=place + 0.5, y0=-1, y1=101, line=frame)
    return figure.add_annotation(
        x=place,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"<b>{layout.plain(name)}</b>",
        font={"color": COLOURS[3], "size": 12},
        showarrow=False,
    )


ALL_GATES = FigureEntry(
    "all-gates",
    glance,
    how="""
A **column** is an SE block, from the first on the left to the last on the right. Within it are all
of the block's gates for this picture, sorted from the lowest at the bottom to the highest at the
top; the colour is the gate. A column of one colour treats all channels alike; one that runs from
dark to bright tells channels apart. Wide blocks and narrow ones are drawn alike, by 64 evenly
spaced ranks. The frame marks the block that is shown below.
""",
    named="All gates of one picture",
)
