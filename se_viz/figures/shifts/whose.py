"""Accuracy with gates of one's own, of others, and of nobody, on pictures and on plain grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY, translucent
from se_viz.figures.style.strokes import spans

SOURCES = (*("adaptive", "held", "same-class", "class-mean", "other-class", "shuffled", "frozen"),)
"""From the top."""
NAMES = {"adaptive": "its own, adapting", "held": "its own, clean"}
ROW = 25  # pixels
RIGHT, TAKEN = "says the picture's class", "says the class whose gates it was given"


def whose_gates(tables: Mapping[str, pd.DataFrame], chance: float, columns: int = 2) -> go.Figure:
    """A panel for each light, a row for each source of gates.

    Args:
        tables: title of a light -> rows of a `shift_table` in it, with all gates of one source.
        chance: the share that is right when one class is said of all, in [0, 1].
        columns: panels side by side.
    """
    if not tables:
        return layout.note("Not measured with the gates of others.")
    known = [
        gates
        for gates in SOURCES
        if any(
            ((rows["gates"] == gates) & rows["accuracy"].notna()).any() for rows in tables.values()
        )
    ]
    figure = layout.panels(list(tables), columns, ROW * len(known) + 14, legend=[RIGHT, TAKEN])
    for panel, rows in enumerate(tables.values()):
        found = rows[rows["gates"].isin(known) & rows["accuracy"].notna()]
        _panel(figure, panel, found.drop_duplicates("gates"), known, chance)
    _axes(figure, len(tables), known, columns)
    return figure


def _panel(
    figure: go.Figure, panel: int, rows: pd.DataFrame, known: Sequence[str], chance: float
) -> None:
    axes = layout.axes_of(panel)
    places = rows["gates"].map(list(known).index).to_numpy(float)
    line = {"color": GREY, "width": 1.2, "dash": "2px,3px"}
    ends = {"xref": axes["xaxis"], "yref": f"{axes['yaxis']} domain", "y0": 0, "y1": 1}
    figure.add_shape(type="line", x0=chance, x1=chance, line=line, layer="below", **ends)
    figure.add_trace(_spans(rows, places, ("low", "high"), axes, GREY))
    figure.add_trace(_dots(rows, places, axes, panel == 0))
    other = rows["gates"] == "other-class"
    if other.any():
        some, at = rows[other], places[other.to_numpy()]
        colour = STYLES["other-class"].colour
        figure.add_trace(_spans(some, at, ("taken_low", "taken_high"), axes, colour))
        figure.add_trace(_taken(some, at, axes, panel == 0))


def _spans(rows: pd.DataFrame, places: np.ndarray, ends: tuple[str, str], axes, colour: str):
    low, high = (rows[end].astype(float) for end in ends)
    return spans(low, high, places, translucent(colour, 0.45), 5).update(axes)


def _dots(rows: pd.DataFrame, places: np.ndarray, axes: dict, legend: bool) -> go.Scatter:
    styles = [STYLES[gates] for gates in rows["gates"]]
    facts = rows[["low", "high", "right", "pictures"]].astype(float).round(4).values.tolist()
    names = [NAMES.get(gates, STYLES[gates].name) for gates in rows["gates"]]
    return go.Scatter(
        x=layout.rounded(rows["accuracy"]),
        y=places,
        customdata=[[name, *four] for name, four in zip(names, facts, strict=True)],
        mode="markers+text",
        text=[f"{100 * share:.0f}" for share in rows["accuracy"]],
        textposition="top center",
        textfont={"size": 11},
        marker={
            "size": 10,
            "color": [style.colour for style in styles],
            "symbol": [style.symbol for style in styles],
            "line": {"width": 2.2, "color": [style.colour for style in styles]},
        },
        name=RIGHT,
        legendgroup=RIGHT,
        showlegend=legend,
        hovertemplate="<b>gates: %{customdata[0]}</b><br>%{x:.1%} right, 95 % from "
        "%{customdata[1]:.1%} to %{customdata[2]:.1%}<br>%{customdata[3]:,.0f} of "
        "%{customdata[4]:,.0f} pictures<extra></extra>",
        **axes,
    )


def _taken(rows: pd.DataFrame, places: np.ndarray, axes: dict, legend: bool) -> go.Scatter:
    facts = rows[["taken_low", "taken_high", "pictures"]].astype(float).round(4).values.tolist()
    colour = STYLES["other-class"].colour
    return go.Scatter(
        x=layout.rounded(rows["taken"]),
        y=places,
        customdata=facts,
        mode="markers+text",
        text=[f"<b>{100 * share:.0f}</b>" for share in rows["taken"]],
        textposition="bottom center",
        textfont={"size": 11},
        marker={"size": 12, "symbol": "star-diamond", "color": colour},
        name=TAKEN,
        legendgroup=TAKEN,
        showlegend=legend,
        hovertemplate="<b>gates: another class's</b><br>%{x:.1%} taken for the class of the gates, "
        "95 % from %{customdata[0]:.1%} to %{customdata[1]:.1%}<br>of %{customdata[2]:,.0f} "
        "pictures<extra></extra>",
        **axes,
    )


def _axes(figure: go.Figure, count: int, known: Sequence[str], columns: int) -> None:
    figure.update_xaxes(range=[-0.04, 1.04], tickformat=".0%", dtick=0.25)
    figure.update_yaxes(
        range=[len(known) - 0.3, -0.75],
        tickvals=list(range(len(known))),
        ticktext=[NAMES.get(gates, STYLES[gates].name) for gates in known],
        ticks="",
        showgrid=False,
    )
    layout.label_axes(figure, count, columns, "share of the pictures", "")
    layout.share_rows(figure, count, columns)


WHOSE = FigureEntry(
    "shift-whose",
    whose_gates,
    how="""
One panel is one light; one row is whose gates the pictures are given, in all blocks at once. Dots:
how many are right, with 95 % intervals (Wilson); rings are gates that know the picture's class.
**The star**: of pictures with gates of another class, how many are taken for *that* class. The last
panel shows the network nothing but plain grey: whatever it says there, gates alone made it say. The
dotted line is what one gets by always naming the commonest class.
""",
    named="Whose gates: its own, another picture's, nobody's",
)
