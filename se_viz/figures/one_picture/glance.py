"""All gates of one picture at a glance: a strip for each SE block; in another light, a ghost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from se_viz.analysis.gate_span import span_of
from se_viz.analysis.networks.stages import evenly
from se_viz.figures.entry import FigureEntry
from se_viz.figures.one_picture.moves import add_moves
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.palette import COLOURS

HEIGHT, MOVES, NAMED = 190, 108, 10
WIDTH, MOST = 0.92, 640
"""Of a block's strip, in blocks; and bars that are drawn in all, at least `FEWEST` of a block."""
FEWEST = 8


def glance(
    table: pd.DataFrame,
    chosen: str,
    columns: int = 2,
    moves: pd.DataFrame | None = None,
    told: str = "",
) -> go.Figure:
    """Blocks by depth across; the gates of each as bars, from the lowest to the highest; height and
    colour are the gate.

    Args:
        table: a `glance_table`, or a `shifted_glance`, whose clean gates become a dashed line.
        chosen: the block to mark.
        columns: 1 on a narrow page, where fewer blocks are named.
        moves: a `move_table` with common shares, drawn below; None for none.
        told: the sentence beside it, whose blocks stand out.
    """
    blocks = list(table["block"].unique())
    figure = layout.bare(HEIGHT + 92 + MOVES * (moves is not None))
    figure.add_trace(_bars(_fewer(table, len(blocks)), blocks))
    if "clean" in table:
        figure.add_traces(_ghost(table, blocks))
    layout.place_blocks(figure, blocks, 20 if columns > 1 else NAMED, told)
    figure.update_layout(
        xaxis={"range": [-0.6, len(blocks) - 0.4], "title": {"text": "block, by depth"}},
        yaxis={"title": {"text": "gate"}, **_axis(table)},
        margin={"t": 26, "b": 66, "r": 8},
        barmode="overlay",
        bargap=0,
        **_mark(blocks.index(chosen), chosen, _axis(table)["range"]),
    )
    return figure if moves is None else add_moves(figure, moves, MOVES)


def _axis(table: pd.DataFrame) -> dict:
    ends = axis_of(table.filter(["gate", "clean"]), room=(0.02, 0.02))
    return ends | {"dtick": ends["dtick"] and 0.5}


def _shades(table: pd.DataFrame) -> list[str]:
    """Colours of gates, on the axis from one end to the other."""
    low, high = span_of(table.filter(["gate", "clean"]))
    gates = layout.rounded(table["gate"])
    places = np.clip((gates - low) / (high - low), 0, 1)
    return sample_colorscale("Viridis", places.tolist())


def _fewer(table: pd.DataFrame, blocks: int) -> pd.DataFrame:
    """Evenly spaced rows of each block, the first and the last among them."""
    rows = len(table) // blocks
    kept = evenly(range(rows), max(FEWEST, MOST // blocks))
    return table[(np.arange(len(table)) % rows)[:, None].__eq__(np.array(kept)).any(1)]


def _across(table: pd.DataFrame, blocks: list[str]) -> np.ndarray:
    """Where each row stands: block after block, within it by rank."""
    places = table["block"].map({name: place for place, name in enumerate(blocks)})
    return (places + WIDTH * (table["share"] - 0.5)).to_numpy(float)


def _bars(table: pd.DataFrame, blocks: list[str]) -> go.Bar:
    gates, count = layout.rounded(table["gate"]), len(table) // len(blocks)
    clean = table["clean"] if "clean" in table else table["gate"]
    names = [layout.plain(name) for name in table["block"]]
    facts = [names, (100 * table["share"]).round(), layout.rounded(clean).astype(float)]
    before = ", as the picture is %{customdata[2]:.3f}" if "clean" in table else ""
    return go.Bar(
        x=_across(table, blocks),
        y=gates,
        width=1.08 * WIDTH / max(count - 1, 1),
        marker={"color": _shades(table), "line": {"width": 0}},
        customdata=np.array(facts, object).T,
        hovertemplate="<b>%{customdata[0]}</b><br>gate %{y:.3f}"
        f"{before}<br>%{{customdata[1]}}% of channels lie below<extra></extra>",
        showlegend=False,
    )


def _ghost(table: pd.DataFrame, blocks: list[str]) -> list[go.Scatter]:
    """The gates that were, block after block: a dark dashed line on a light one, seen on all."""
    shape = (len(blocks), len(table) // len(blocks))
    breaks = np.full((len(blocks), 1), np.nan)
    xs, ys = (
        np.hstack([values.reshape(shape), breaks]).ravel()
        for values in (_across(table, blocks), layout.rounded(table["clean"]))
    )
    light = {"color": "rgba(255,255,255,0.75)", "width": 2.6}
    dark = {"color": "black", "width": 1.2, "dash": "3px,2px"}
    given = {"mode": "lines", "hoverinfo": "skip", "showlegend": False, "connectgaps": False}
    return [go.Scatter(x=xs, y=ys, line=look, **given) for look in (light, dark)]


def _mark(place: int, name: str, ends: list[float]) -> dict:
    """A frame around the chosen block, its name above; of a layout."""
    edges = {"x0": place - 0.5, "x1": place + 0.5, "y0": ends[0], "y1": ends[1]}
    frame = {"type": "rect", "line": {"color": COLOURS[3], "width": 2}, **edges}
    title = {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": f"<b>{layout.plain(name)}</b>",
        "font": {"color": COLOURS[3], "size": 12},
        "showarrow": False,
    }
    return {"shapes": [frame], "annotations": [title]}


ALL_GATES = FigureEntry(
    "all-gates",
    glance,
    how="""
A **strip** is an SE block, from the first on the left to the last on the right. Within it are the
block's gates for this picture, from the lowest at its left to the highest at its right; height and
colour are the gate. A flat strip treats all channels alike; one that climbs tells channels apart.
Wide blocks and narrow ones are drawn alike, by evenly spaced ranks. The frame marks the block that
is shown below.

In **another light** the bars are the gates as they are now, of the same channels in the same
places, and the **dashed line** is where they stood before. Bars that leave the line together have
answered to the light alike; a ragged strip has answered channel by channel. Under each block
stands **how far** its gates moved: the root of the mean square of s' - s, in spreads of the block's
gates over the pictures of the class profile (in gates where there is none). 1 is as far as pictures
differ from one another anyway. The **dark** part of the bar is the share that many pictures' moves
have in common at the nearest strength that was measured; the rest of it each picture makes in its
own way.
""",
    named="All gates of one picture",
)
