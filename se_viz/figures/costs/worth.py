"""What SE gains over no SE, beside the weights and the time that it takes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY
from se_viz.figures.style.strokes import strokes

WITHOUT = ("plain", "wide", "static")
"""Rows whose scale, if any, does not look at the picture."""
NAMED_BY_TIME = (*WITHOUT, "r16")
"""All ratios take the same time, so that names of more would lie on one another."""
PLACES = {"r2": "top left", "r16": "bottom right", "wide": "bottom left", "static": "bottom right"}
PLACES_BY_WEIGHTS = PLACES | {"plain": "bottom left", "r32": "top left"}
"""There, what is wider stands near what has no SE, and r = 32 near r = 16."""
WEIGHTS, TIME = "more weights", "time over that without SE"


def worth(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Accuracy gained, up; weights across in one panel, time in the other where it was measured.

    Args:
        table: a `worth_table`.
        columns: panels side by side.
    """
    if table.empty:
        return layout.note("No network was trained yet.")
    panels = {"more": WEIGHTS}
    if table["time"].notna().any():
        panels["time"] = TIME
    columns = min(columns, len(panels))
    figure = layout.panels([""] * len(panels), columns, row_height=260, gap=layout.WIDE_GAP)
    for number, column in enumerate(panels):
        axes = layout.axes_of(number)
        figure.add_traces([go.Scatter(trace | axes) for trace in _marks(table, column)])
        figure.layout[f"xaxis{number + 1 if number else ''}"].update(
            title_text=panels[column], tickformat="+.0%" if column == "more" else ".2f"
        )
    figure.update_yaxes(tickformat="+.0%", zeroline=True, zerolinecolor=GREY)
    figure.layout.yaxis.title.text = "accuracy gained over no SE"
    return figure


def _marks(table: pd.DataFrame, column: str) -> list[dict]:
    rows = table[table[column].notna()]
    colours = [GREY if row in WITHOUT else COLOURS[0] for row in rows["row"]]
    spans = [
        {
            "x": strokes(rows[column], rows[column]),
            "y": strokes(rows["low"], rows["high"]),
            "mode": "lines",
            "line": {"color": GREY, "width": 1.5},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    if column == "time":
        spans.append(
            spans[0]
            | {
                "x": strokes(rows["time_low"], rows["time_high"]),
                "y": strokes(rows["gained"], rows["gained"]),
            }
        )
    facts = rows[["seeds", "low", "high", "weights", "more", "time"]].round(4).values.tolist()
    places = PLACES if column == "time" else PLACES_BY_WEIGHTS
    named = rows["row"].isin(NAMED_BY_TIME) if column == "time" else rows["row"].notna()
    points = {
        "x": layout.rounded(rows[column]),
        "y": layout.rounded(rows["gained"]),
        "text": rows["title"].where(named, ""),
        "hovertext": rows["title"],
        "customdata": facts,
        "mode": "markers+text",
        "textposition": [places.get(row, "top right") for row in rows["row"]],
        "cliponaxis": False,
        "marker": {"size": 11, "color": colours, "line": {"width": 1.5, "color": "#FFFFFF"}},
        "hovertemplate": "<b>%{hovertext}</b>, %{customdata[0]} seeds<br>%{y:+.1%}, 95% from "
        "%{customdata[1]:+.1%} to %{customdata[2]:+.1%}<br>%{customdata[3]:,} weights, "
        "%{customdata[4]:+.1%}<br>time × %{customdata[5]:.2f}<extra></extra>",
        "showlegend": False,
    }
    return [*spans, points]


WORTH = FigureEntry(
    "worth",
    worth,
    how="""
Small SE-ResNet-50s (quarter width, pictures of 80 px) at each ratio, in blue; in grey without SE,
without SE and as large by width as r = 16, and with a learned constant for each channel, which does
not look at the picture. **Up** is the accuracy gained over the network without SE, with the same
seeds and pictures; the upright bar is Student's 95% interval over seeds. **Across** are the weights
it takes more, in closed form, and the time of a batch over that without SE, measured by turns in
one run: the median over rounds, with its 95% interval.
""",
)
