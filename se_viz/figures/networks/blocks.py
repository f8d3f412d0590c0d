"""The blocks of a network, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, translucent

FAR_APART = 30
"""Widths that differ by more than this factor are drawn on logarithmic axes."""
ROW, FEW_ROW = 15, 22  # pixels a block, and where there are few


def gates_by_block(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Every block a bar as long as it has channels, with its bottleneck inside; beside it (or
    below), the weights that SE adds there. One colour and one heading for each stage or run.

    Args:
        table: a `block_table`.
        columns: 2 for panels side by side, 1 for one under the other.
    """
    if table.empty:
        return layout.note("This network has no SE block.")
    heads, places = _rows(table["group"])
    rows = len(heads) + len(table)
    titles = ["channels, and inside them the bottleneck", "weights that SE adds"]
    row = FEW_ROW if rows <= 25 else ROW
    figure = layout.panels(titles, columns, row_height=row * rows + 10, gap=80)
    groups = list(heads)
    bars = [_bars(part, "gates", colour, places) for part, colour in _coloured(table, groups)] + [
        _bars(part, "weights", colour, places) | layout.axes_of(1)
        for part, colour in _coloured(table, groups)
    ]
    figure.add_traces([go.Bar(bar) for bar in [*bars, _bottlenecks(table, places)]])
    _headings(figure, table, heads)
    _axes(figure, table, places, rows)
    return figure


def _rows(groups: pd.Series) -> tuple[dict[str, int], np.ndarray]:
    """Row of each group's heading, and of each block, from the top."""
    heads: dict[str, int] = {}
    places: list[int] = []
    for name in groups:
        heads.setdefault(name, len(places) + len(heads))
        places.append(len(places) + len(heads))
    return heads, np.array(places)


def _coloured(table: pd.DataFrame, groups: Sequence[str]):
    for place, group in enumerate(groups):
        yield table[table["group"] == group], COLOURS[place % 6]


def _bars(part: pd.DataFrame, key: str, colour: str, places: np.ndarray) -> dict:
    hover = (
        "<b>%{customdata[0]}</b> (%{customdata[1]})<br>channels %{customdata[2]:,}, "
        "%{customdata[4]}<br>weights %{customdata[3]:,}, without biases<extra></extra>"
    )
    return {
        "y": places[part["depth"] - 1],
        "x": [int(value) for value in part[key]],
        "customdata": [
            [*facts, narrow]
            for facts, narrow in zip(
                part[["block", "group", "gates", "weights"]].values.tolist(),
                map(_narrow, part["ratio"], part["hidden"]),
                strict=True,
            )
        ],
        "orientation": "h",
        "width": 0.8,
        "marker": {"color": translucent(colour, 0.4), "line": {"color": colour, "width": 1}},
        "showlegend": False,
        "hovertemplate": hover,
    }


def _narrow(ratio: float, hidden: int) -> str:
    return f"r = {ratio:.4g}, bottleneck width {hidden:,}" if hidden else "no bottleneck"


def _bottlenecks(table: pd.DataFrame, places: np.ndarray) -> dict:
    groups = list(dict.fromkeys(table["group"]))
    return {
        "y": places,
        "x": [int(value) for value in table["hidden"]],
        "orientation": "h",
        "width": 0.36,
        "marker": {"color": [COLOURS[groups.index(name) % 6] for name in table["group"]]},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _headings(figure: go.Figure, table: pd.DataFrame, heads: dict[str, int]) -> None:
    for group, part in table.groupby("group", sort=False):
        for panel in range(2):
            axes = layout.axes_of(panel)
            figure.add_annotation(
                text=layout.plain(heading(str(group), part) if panel == 0 else group),
                x=0,
                y=heads[str(group)],
                xref=f"{axes['xaxis']} domain",
                yref=axes["yaxis"],
                xanchor="left",
                showarrow=False,
                font_size=11,
            )


def heading(group: str, part: pd.DataFrame) -> str:
    """ "stage 2 · 3 blocks · 256 channels · r = 16", or "no bottleneck" in place of r."""
    blocks = f"{len(part)} block{'s' * (len(part) != 1)}"
    known = part["ratio"].dropna()
    narrow = f"r = {_span(known)}" if len(known) else "no bottleneck"
    return f"{group} · {blocks} · {_span(part['gates'])} channels · {narrow}"


def _span(values: pd.Series) -> str:
    low, high = values.min(), values.max()
    return f"{low:,.4g}" if low == high else f"{low:,.4g} to {high:,.4g}"


def _axes(figure: go.Figure, table: pd.DataFrame, places: np.ndarray, rows: int) -> None:
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(
        range=[rows - 0.4, -0.6],
        tickvals=places,
        ticktext=layout.shorts(table["block"]),
        showgrid=False,
        ticks="",
        tickfont_size=10,
    )
    figure.layout.xaxis.title.text = "channels"
    figure.layout.xaxis2.title.text = "weights"
    if table["gates"].max() > FAR_APART * table["gates"].min():
        figure.update_xaxes(type="log", dtick=1)
        figure.layout.xaxis.title.text = "channels, logarithmic"
        figure.layout.xaxis2.title.text = "weights, logarithmic"


BLOCKS = FigureEntry(
    "blocks",
    gates_by_block,
    how="""
Each bar is one SE block, as long as it has channels C; the dark bar inside it is as long as its
bottleneck is wide, C / r: through so few numbers all channels pass on their way to the gates. On
the other side, the weights of the block: with two layers they are 2 C² / r and grow with the square
of the channels, so that wide blocks hold most of them. Where widths differ very much, the axes are
logarithmic, and say so.
""",
)
