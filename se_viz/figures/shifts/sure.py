"""Sure or right: reliability diagrams of gates that adapt and others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY

SOURCES = ("adaptive", "held", "frozen", "open")
HEIGHT = 270  # pixels
LARGEST = 15  # pixels


def reliability_diagram(
    tables: Mapping[str, pd.DataFrame], columns: int = 2, measure: str = "accuracy"
) -> go.Figure:
    """A panel for each light: how often the network is right by how sure it is.

    Args:
        tables: title of a light -> `reliability` in it.
        columns: panels side by side.
        measure: what the tables' accuracy is of.
    """
    tables = {title: rows for title, rows in tables.items() if len(rows)}
    if not tables:
        return layout.note("Nobody measured how sure the network is.")
    names = [STYLES[gates].name for gates in SOURCES]
    figure = layout.panels(list(tables), columns, HEIGHT, legend=names)
    for panel, rows in enumerate(tables.values()):
        axes = layout.axes_of(panel)
        figure.add_trace(_diagonal(axes))
        for gates in SOURCES[::-1]:
            some = rows[(rows["gates"] == gates) & (rows["pictures"] > 0)]
            if len(some):
                figure.add_trace(_line(some, gates, axes, panel == 0, measure))
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", dtick=0.25)
    figure.update_yaxes(range=[0, 1.04], tickformat=".0%", dtick=0.25)
    layout.label_axes(figure, len(tables), columns, "how sure (mean probability)", measure)
    figure.update_layout(legend_traceorder="reversed")
    return figure


def _diagonal(axes: dict[str, str]) -> go.Scatter:
    line = {"color": GREY, "width": 1.2, "dash": "2px,3px"}
    ends = [0, 1]
    look = {"mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False}
    return go.Scatter(x=ends, y=ends, **look, **axes)


def _line(
    rows: pd.DataFrame, gates: str, axes: dict[str, str], legend: bool, measure: str
) -> go.Scatter:
    style, count = STYLES[gates], rows["pictures"].to_numpy(float)
    sizes = 4 + LARGEST * np.sqrt(count / count.sum())
    return go.Scatter(
        x=layout.rounded(rows["confidence"]),
        y=layout.rounded(rows["accuracy"]),
        customdata=rows[["low", "high", "pictures"]].astype(float).round(4).values.tolist(),
        mode="lines+markers",
        line=style.line | {"width": 1.6, "color": style.band(0.55)},
        marker={**style.marker, "size": sizes.round(1), "line": {"width": 1.6}},
        name=style.name,
        legendgroup=gates,
        showlegend=legend,
        hovertemplate=f"<b>{style.name}</b>, sure between %{{customdata[0]:.0%}} and "
        f"%{{customdata[1]:.0%}}<br>{measure} %{{y:.1%}} of %{{customdata[2]:,.0f}} pictures, sure "
        "on average %{x:.1%}<extra></extra>",
        **axes,
    )


SURE = FigureEntry(
    "shift-sure",
    reliability_diagram,
    how="""
Pictures are put into 15 bins by how probable the network calls its likeliest class; the height is
how many of a bin are right, the size of a dot how many pictures it holds. On the dotted diagonal
the network is as often right as it says; below it, it is too sure. The expected calibration error
is the mean distance from the diagonal, each bin weighed by its pictures (Guo et al., ICML 2017). A
network may stay accurate and still lose this, or the other way round.
""",
    named="How sure the network is, and how often it is right",
)
