"""What the reduction ratio buys: the paper's errors over weights, quoted."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY

PLACES = {2: "bottom left", 4: "bottom center", 8: "bottom center", 16: "top right"}
ROOM = 1.5
"""Millions of weights left free at both ends."""


def trade_off(table: pd.DataFrame, ratio: float | None = None) -> go.Figure:
    """Top-1 error over weights, one point a ratio, from the network without SE on.

    Args:
        table: a `trade_off_table`.
        ratio: the one to mark.
    """
    figure = layout.panels([""], 1, row_height=230)
    with_se = table[table["ratio"].notna()]
    first = pd.concat([table[table["ratio"].isna()], with_se.head(1)])
    figure.add_trace(_line(first, "dot", GREY))
    figure.add_trace(_line(with_se, "solid", COLOURS[0]))
    for _, row in table.iterrows():
        figure.add_trace(_point(row, row["ratio"] == ratio))
    weights = table["weights"]
    figure.update_xaxes(
        range=[weights.min() - ROOM, weights.max() + ROOM], ticksuffix=" M", title_text="weights"
    )
    low, high = table["top1"].min(), table["top1"].max()
    figure.update_yaxes(range=[low - 0.3, high + 0.2], ticksuffix="%", tickformat=".1f")
    figure.update_yaxes(title_text="top-1 error on ImageNet")
    return figure


def _line(rows: pd.DataFrame, dash: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=rows["weights"],
        y=rows["top1"],
        mode="lines",
        line={"dash": dash, "color": colour, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _point(row: pd.Series, marked: bool) -> go.Scatter:
    plain = pd.isna(row["ratio"])
    colour = GREY if plain else COLOURS[0]
    hover = (
        f"<b>{row['network']}</b><br>top-1 error {row['top1']:.2f}%, top-5 {row['top5']:.2f}%"
        f"<br>weights {row['weights']:.1f} M as printed, {row['counted']:.2f} M counted"
    )
    name = f"{row['network']}, no SE" if plain else str(row["network"])
    name = f"{name}<br>{row['top1']:.2f}%"
    return go.Scatter(
        x=[row["weights"]],
        y=[row["top1"]],
        mode="markers+text",
        marker={
            "size": 16 if marked else 10,
            "color": colour if marked or plain else "rgba(255,255,255,0.9)",
            "line": {"color": colour, "width": 2},
        },
        text=[f"<b>{name}</b>" if marked else name],
        textposition="middle right" if plain else PLACES.get(int(row["ratio"]), "middle right"),
        hovertemplate=f"{hover}<extra></extra>",
        showlegend=False,
    )


TRADE_OFF = FigureEntry(
    "trade-off",
    trade_off,
    how="""
Each point is one network that the paper trained on ImageNet (table 10), quoted: weights across, as
printed there, and top-1 error up. Going right, the bottleneck gets wider. Most of what SE brings is
there at r = 16 and stays so; at r = 32 a part of it is lost. Each is a single training run, and how
far another run would land is not said. The weights that the paper prints at r = 4, 8 and 32 (35.7,
30.7 and 26.9 millions) are not those of the closed form (35.6, 30.6 and 26.8), which stand in the
table beside them.
""",
)
