"""Mean gate of every class and channel as a map, block after block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.gate_span import span_of
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.profiles.curves import block_titles, channel_axis
from se_viz.figures.style import budget, layout
from se_viz.figures.style.legend import class_rows

CLASSES = 100
"""Rows that a map tells apart; colours do not run out here."""


def class_heatmap(table: pd.DataFrame, columns: int = 1, full_scale: bool = False) -> go.Figure:
    """One panel per block: classes down, channels across, colour the mean excitation.

    Args:
        table: a `curve_table` of one group or two.
        columns: panels side by side.
        full_scale: colours span gates from 0 to 1, or as far as they go beyond that; otherwise
            from the smallest to the largest shown. All panels share one scale either way.

    Returns:
        A figure that says how many classes or blocks it leaves out, where it does (`budget`).
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, left_out = budget.few_classes(table, CLASSES)
    rows = class_rows(table)
    height = 30 + _row_height(table) * len(rows)
    table, blocks_left_out = budget.few_panels(table, "block", height + layout.GAP, columns)
    table, _ = budget.few_channels(table, 1.5)
    blocks = list(table["block"].unique())
    figure = layout.panels(block_titles(table), columns, row_height=height)
    layout.tell(figure, left_out + blocks_left_out, columns)
    names = layout.row_names(rows)
    maps = [
        _map(table[table["block"] == block], rows, names) | layout.axes_of(panel)
        for panel, block in enumerate(blocks)
    ]
    figure.add_traces([go.Heatmap(trace) for trace in maps])
    _scale(figure, span_of(table["mean"]) if full_scale else _range(table))
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    figure.update_xaxes(showgrid=False)
    layout.share_rows(figure, len(blocks), columns)
    layout.label_axes(figure, len(blocks), columns, channel_axis(table), "class")
    return figure


def _row_height(table: pd.DataFrame) -> int:
    """Pixels, for names of one line or two; many rows are thin, and hovering names them."""
    if table["class"].nunique() > 40:
        return 8
    return 30 if table["group"].nunique() > 1 else 20


def _map(part: pd.DataFrame, rows: Sequence[tuple[str, str]], names: Sequence[str]) -> dict:
    lines = {
        (name, group): line
        for (name, group), line in part.groupby(["class", "group"], sort=False, observed=True)
    }
    here = [place for place, row in enumerate(rows) if row in lines]
    first = lines[rows[here[0]]]
    channel = first["channel"].to_numpy(np.int16)
    moved = not np.array_equal(channel, first["position"].to_numpy())
    number = "%{customdata}" if moved else "%{x}"
    trace = {
        "z": layout.rounded(np.stack([lines[rows[place]]["mean"].to_numpy() for place in here])),
        "y": [names[place] for place in here],
        "x0": 0,
        "dx": 1,
        "coloraxis": "coloraxis",
        "hovertemplate": f"<b>%{{y}}</b><br>{layout.plain(first['block'].iloc[0])}, channel "
        f"{number}<br>mean %{{z:.3f}}<extra></extra>",
    }
    return trace | ({"customdata": np.tile(channel, (len(here), 1))} if moved else {})


def _range(table: pd.DataFrame) -> tuple[float, float]:
    low, high = float(table["mean"].min()), float(table["mean"].max())
    return (low, high) if high > low else (0.0, 1.0)


def _scale(figure: go.Figure, span: tuple[float, float]) -> None:
    figure.update_layout(
        coloraxis={
            "colorscale": "Viridis",
            "cmin": round(span[0], 4),
            "cmax": round(span[1], 4),
            "colorbar": {
                "title": {"text": "mean excitation", "side": "top", "font": {"size": 12}},
                "orientation": "h",
                "thickness": 10,
                "len": 0.7,
                "x": 1,
                "xanchor": "right",
                "y": 1 + (figure.layout.margin.t - layout.TOP + 24) / figure.layout.height,
                "yanchor": "bottom",
            },
        },
        margin_t=figure.layout.margin.t + 66,
        height=figure.layout.height + 60,
    )


HEATMAP = FigureEntry(
    "gate-heatmap",
    class_heatmap,
    of_profiles=from_profiles.heatmap,
    how="""
One **row** is a class, one **column** a channel, the colour its mean gate. Rows that look alike
mean classes that the block treats alike. All panels share one scale, from the smallest to the
largest mean shown.
""",
)
