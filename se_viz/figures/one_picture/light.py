"""What a network takes one picture for in another light, by whose gates it is given."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY, translucent

MARKS = {
    "adaptive": ("", "circle"),
    "held": ("/", "circle-open"),
    "frozen": ("", "square"),
    "same-class": ("", "diamond-open"),
    "other-class": ("", "diamond"),
}
LOOKS = {gates: (STYLES[gates].colour, *marks) for gates, marks in MARKS.items()}
"""Of each source of gates: colour, hatching of its bar, and its mark."""
ROW, NOW, HEAD = 42, 12, 34
"""Pixels of a source of gates, of a line where its class is another one, and of the heading."""


def predictions(table: pd.DataFrame) -> go.Figure:
    """A bar for each source of gates: the probability of the class that the picture was taken for
    as it is; beside it the share of many pictures that are right with such gates.

    Args:
        table: an `answer_table` of all blocks, with the columns of `Beside` and told (of each row,
            whose gates it has, in words).
    """
    moved = bool((table["now"] != table["clean_class"]).any())
    figure = layout.bare(HEAD + 14 + (ROW + NOW * moved) * len(table))
    figure.add_trace(_bars(table))
    rows, first = list(table.itertuples()), table["measured"].iloc[0]
    words = [text for place, row in enumerate(rows) for text in _words(row, place, first)]
    return figure.update_layout(
        annotations=[*_headings(table), *words],
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [len(table) - 0.4, -0.6], "visible": False},
        margin={"t": HEAD, "b": 12, "l": 0, "r": 0},
        showlegend=False,
    )


def _bars(table: pd.DataFrame) -> go.Bar:
    colours, patterns, _ = zip(*(LOOKS[gates] for gates in table["gates"]), strict=True)
    behind = [translucent(c, 0.15) if p else c for c, p in zip(colours, patterns, strict=True)]
    facts = [
        [layout.plain(row.told), layout.plain(row.clean_class), _many(row)]
        for row in table.itertuples()
    ]
    return go.Bar(
        x=layout.rounded(table["of_clean"]),
        y=np.arange(len(table)),
        orientation="h",
        width=0.16,
        marker={
            "color": colours,
            "line": {"width": 0},
            "pattern": {
                "shape": patterns,
                "size": 6,
                "solidity": 0.5,
                "fgcolor": colours,
                "bgcolor": behind,
            },
        },
        customdata=np.array(facts, object),
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}: %{x:.1%}%{customdata[2]}"
        "<extra></extra>",
    )


def _words(row, place: int, measured: float) -> list[dict]:
    """Whose gates, the two numbers, the class where it is another one now, and where the second
    number was measured where that is elsewhere than the first row's."""
    above = {"y": place - 0.1, "yanchor": "bottom"}
    below = {"y": place + 0.1, "yanchor": "top", "font": {"size": 11, "color": GREY}}
    said = [_text(0, layout.short(row.told, 24), **above)]
    said.append(_text(0.76, f"<b>{_percent(row.of_clean)}</b>", **above))
    if row.pictures:
        said.append(_text(1, _percent(row.accuracy), **above))
        if row.measured != measured:
            said.append(_text(1, f"at {row.measured:g}", **below))
    if row.now != row.clean_class:
        now = f"now {layout.short(row.now, 18)} {_percent(row.probability)}"
        said.append(_text(0, now, **below))
    return said


def _headings(table: pd.DataFrame) -> list[dict]:
    top = {"yref": "paper", "y": 1, "yanchor": "bottom", "font": {"size": 11, "color": GREY}}
    said = [_text(0.76, layout.short(table["clean_class"].iloc[0], 14), **top)]
    if table["pictures"].max():
        said.append(_text(1, f"right of<br>{int(table['pictures'].max()):,}", **top))
    return said


def _text(x: float, text: str, **more) -> dict:
    side = "left" if x == 0 else "right"
    place = {"x": x, "xref": "paper", "xanchor": side, "align": side, "showarrow": False}
    return {"text": text, **place, "font": {"size": 12}} | more


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _many(row) -> str:
    if not row.pictures:
        return ""
    return (
        f"<br>of {row.pictures:,} pictures {_percent(row.accuracy)} right "
        f"({100 * row.low:.1f} to {100 * row.high:.1f}), at {row.measured:g}"
    )


def held_in_parts(table: pd.DataFrame, parts: list[str], columns: int = 2) -> go.Figure:
    """A row for each part of the network whose gates were held alone: this picture's probability,
    and beside it the share of many pictures that are right.

    Args:
        table: an `answer_table` of single parts, and of gates that adapt (where "all"), with the
            columns of `Beside` and told.
        parts: their titles, in order of depth.
        columns: panels side by side; 1 on a narrow page.
    """
    placed, whole = table[table["where"] != "all"], table[table["where"] == "all"]
    name = layout.short(table["clean_class"].iloc[0], 20) if len(table) else ""
    titles, sides = [f"this picture: {name}"], ["of_clean"]
    if (placed["pictures"] > 0).any():
        titles.append(f"{int(placed['pictures'].max()):,} pictures: right")
        sides.append("accuracy")
    told = placed.drop_duplicates("gates")
    figure = layout.panels(titles, columns, 26 + 30 * len(parts), legend=[*told["told"], "adapt"])
    for panel, column in enumerate(sides):
        axes = layout.axes_of(panel)
        marks = (
            _marks(placed[placed["gates"] == gates], parts, column, axes, panel)
            for gates in told["gates"]
        )
        figure.add_traces([_line(whole, column, len(parts), axes, panel), *marks])
    figure.update_xaxes(tickformat=".0%", rangemode="tozero")
    figure.update_yaxes(
        range=[len(parts) - 0.5, -0.5],
        tickvals=list(range(len(parts))),
        ticktext=[layout.plain(part) for part in parts],
    )
    layout.share_rows(figure, len(sides), columns)
    return figure


def _line(whole: pd.DataFrame, column: str, rows: int, axes: dict, panel: int) -> go.Scatter:
    """Where gates adapt everywhere."""
    value = round(float(whole[column].iloc[0]), 4) if len(whole) else None
    return go.Scatter(
        x=[value, value],
        y=[-0.5, rows - 0.5],
        mode="lines",
        line={"color": LOOKS["adaptive"][0], "width": 2},
        name="all gates adapt",
        legendgroup="adaptive",
        showlegend=panel == 0,
        hovertemplate="all gates adapt: %{x:.1%}<extra></extra>",
        **axes,
    )


def _marks(rows: pd.DataFrame, parts: list[str], column: str, axes: dict, panel: int) -> go.Scatter:
    colour, _, symbol = LOOKS[rows["gates"].iloc[0]]
    values, bars = layout.rounded(rows[column]), None
    if column == "accuracy":
        ends = (rows["high"] - rows["accuracy"], rows["accuracy"] - rows["low"])
        over, under = (layout.rounded(end) for end in ends)
        bars = {"array": over, "arrayminus": under, "width": 0, "thickness": 1.5}
    told = layout.plain(rows["told"].iloc[0])
    shift = 0.16 * (list(LOOKS).index(rows["gates"].iloc[0]) - 3)
    return go.Scatter(
        x=values,
        y=np.array([parts.index(part) for part in rows["where"]]) + min(max(shift, -0.2), 0.2),
        error_x=bars,
        mode="markers",
        marker={"color": colour, "symbol": symbol, "size": 10, "line": {"width": 2}},
        name=told,
        legendgroup=told,
        showlegend=panel == 0,
        customdata=[layout.plain(part) for part in rows["where"]],
        hovertemplate=f"%{{customdata}}: {told}<br>%{{x:.1%}}<extra></extra>",
        **axes,
    )


PREDICTIONS = FigureEntry(
    "in-this-light",
    predictions,
    how="""
One **bar** for each answer to the question whose gates the picture is given in this light; its
length is the probability that is left for the class which the network took the picture for **as it
is**. A line below names the class that it is taken for now, where that is another one.

Gates that **adapt** are the network's own. **Frozen** ones are the mean over a class profile: they
do not look at the picture at all. The **clean picture's gates, held**, are an oracle: they were
computed from the picture before its light changed, so they know its class. **Another class's**
gates are the control: if gates only had to look at something bright and sharp, these would do.

One picture says nothing, so the last column says how many of the validation pictures are right with
gates of this kind, at the nearest strength that was measured. Where nothing was measured over many,
there is no such column.
""",
    named="One picture in another light: whose gates",
)
IN_PARTS = FigureEntry(
    "held-in-one-stage",
    held_in_parts,
    how="""
Everywhere gates adapt to the light, but in **one stage**, row by row. There they are held: at the
gates of this picture before its light changed, at those of another picture of its class, or of
another class. The blue line is where all gates adapt. At the left the probability of the class that
this picture was taken for as it is; at the right the share of many pictures that are right, with
95% Wilson intervals.

A mark left of the line: the stage has to **answer to the light**, as no gates from before it will
do. Where only another class's gates cost, the stage tells **the class**. The first two sorts of
gates know the picture's class, so they may also gain: they are oracles.
""",
    named="One picture in another light: gates held in one stage",
)
