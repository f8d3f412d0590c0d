"""What it costs when one part of a network alone has gates that do not adapt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY
from se_viz.figures.style.strokes import spans

SOURCES = ("frozen", "held", "same-class", "other-class")
"""From the top of a part."""
ROW, APART = 20, 14
"""Pixels of a row, and between parts."""
FACTS = ("change_low", "change_high", "accuracy", "pictures")


def cost_by_part(table: pd.DataFrame, places: Sequence[str], base: str = "") -> go.Figure:
    """A row for each part and source of gates: points against adapting gates, with intervals.

    Args:
        table: rows of a `shift_table` in one light, of gates of single parts.
        places: names of the parts, from the top.
        base: what adapting gates reach, for the axis, such as "88.8%".
    """
    rows = _rows(table, places)
    if rows.empty:
        return layout.note("Not measured part by part.")
    known = [gates for gates in SOURCES if (rows["gates"] == gates).any()]
    height = int(ROW * len(rows) + APART * len(places))
    figure = layout.panels([""], 1, height, legend=[STYLES[gates].name for gates in known])
    for gates in known:
        part = rows[rows["gates"] == gates]
        low, high = (100 * part[f"change_{end}"].astype(float) for end in ("low", "high"))
        colour = STYLES[gates].band(0.35)
        figure.add_trace(spans(low, high, part["row"].to_numpy(float), colour, 10))
        figure.add_trace(_dots(part, gates))
    figure.add_trace(_numbers(rows))
    _axes(figure, rows, places, base)
    return figure


def _rows(table: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """The rows that are drawn, with `row`: where, in rows from the top."""
    found = table[table["where"].isin(places) & table["gates"].isin(SOURCES)]
    found = found[found["change"].notna()]
    known = [gates for gates in SOURCES if (found["gates"] == gates).any()]
    apart = len(known) + APART / ROW
    pairs = zip(found["where"], found["gates"], strict=True)
    rows = [list(places).index(part) * apart + known.index(gates) for part, gates in pairs]
    return found.assign(row=rows)


def _dots(rows: pd.DataFrame, gates: str) -> go.Scatter:
    style = STYLES[gates]
    facts = rows[list(FACTS)].astype(float).round(5).values.tolist()
    marker = {**style.marker, "size": 11}
    return go.Scatter(
        x=layout.rounded(100 * rows["change"].astype(float)),
        y=layout.rounded(rows["row"]),
        customdata=[
            [layout.plain(name), *four] for name, four in zip(rows["where"], facts, strict=True)
        ],
        mode="markers",
        marker=marker,
        name=style.name,
        hovertemplate=f"<b>%{{customdata[0]}}</b>: {style.name}<br>%{{x:+.1f}} points, 95% from "
        "%{customdata[1]:+.1%} to %{customdata[2]:+.1%}<br>%{customdata[3]:.1%} of "
        "%{customdata[4]:,.0f} pictures<extra></extra>",
    )


def _numbers(rows: pd.DataFrame) -> go.Scatter:
    """The points as text, at the end of the interval that is away from zero."""
    change = 100 * rows["change"].astype(float)
    less = change < 0
    ends = 100 * rows["change_low"].where(less, rows["change_high"]).astype(float)
    return go.Scatter(
        x=layout.rounded(ends.fillna(change)),
        y=layout.rounded(rows["row"]),
        text=[
            STYLES[gates].written(_signed(points))
            for gates, points in zip(rows["gates"], change, strict=True)
        ],
        mode="text",
        textposition=["middle left" if under else "middle right" for under in less],
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
    )


def _signed(points: float) -> str:
    """With room to the dot or interval beside it."""
    text = f"{points:+.1f}".replace("-", "−") if round(points, 1) else "0.0"
    return f"\u2002<b>{text}</b>\u2002"


def _axes(figure: go.Figure, rows: pd.DataFrame, places: Sequence[str], base: str) -> None:
    ends = 100 * rows[["change", "change_low", "change_high"]].astype(float)
    low, high = min(0, ends.min().min()), max(0, ends.max().max())
    room = 0.18 * (high - low) + 0.5
    middle = rows.groupby("where", sort=False)["row"].mean()
    figure.update_xaxes(
        range=[low - room, high + room],
        zeroline=True,
        zerolinecolor=GREY,
        zerolinewidth=1.5,
        title_text="points against gates that adapt" + (f" ({base})" if base else ""),
    )
    figure.update_yaxes(
        range=[rows["row"].max() + 0.7, -0.9],
        tickvals=[float(middle[name]) for name in places if name in middle],
        ticktext=[f"<b>{layout.plain(name)}</b>" for name in places if name in middle],
        tickfont={"size": 12.5},
        ticks="",
        showgrid=False,
        showline=False,
    )


def cost_by_block(table: pd.DataFrame, places: Sequence[str], base: str = "") -> go.Figure:
    """The same block by block, in order of depth from the left.

    Args:
        table: rows of a `shift_table` in one light, of gates of single blocks.
        places: names of the blocks.
        base: as in `cost_by_part`.
    """
    rows = _rows(table, places)
    if rows.empty:
        return layout.note("Not measured block by block.")
    known = [gates for gates in SOURCES if (rows["gates"] == gates).any()]
    figure = layout.panels([""], 1, 330, legend=[STYLES[gates].name for gates in known])
    for place, gates in enumerate(known):
        part = rows[rows["gates"] == gates]
        shift = 0.16 * (place - (len(known) - 1) / 2)
        at = part["where"].map(list(places).index).to_numpy(float) + shift
        figure.add_trace(_upright(_dots(part, gates), at, part))
    layout.place_blocks(figure, list(places))
    figure.update_yaxes(zeroline=True, zerolinecolor=GREY)
    against = "points against gates that adapt" + (f" ({base})" if base else "")
    layout.label_axes(figure, 1, 1, "block, by depth", against)
    return figure


def _upright(dots: go.Scatter, at: np.ndarray, rows: pd.DataFrame) -> go.Scatter:
    """The same dots with blocks along x and an interval each."""
    change, low, high = (
        100 * rows[name].astype(float) for name in ("change", "change_low", "change_high")
    )
    return dots.update(
        x=layout.rounded(at),
        y=dots.x,
        marker_size=8,
        error_y={
            "symmetric": False,
            "array": layout.rounded(np.maximum(high - change, 0).fillna(0)),
            "arrayminus": layout.rounded(np.maximum(change - low, 0).fillna(0)),
            "thickness": 1.4,
            "width": 0,
            "color": dots.marker.color,
        },
        hovertemplate=dots.hovertemplate.replace("%{x:+.1f}", "%{y:+.1f}"),
    )


HOW = """
One part of the network alone has gates that do not adapt to the shift; all others do. Right of zero
is better than gates that adapt, left is worse; bars are 95% intervals of the paired difference.
**Frozen**: at the mean over other pictures. **Rings**: the gates that this picture, or another of
its class, had before the shift; they tell the network the class, so what they gain may be nothing
but the answer. **Another class's**: clean gates of a picture of another class, the only ones that
do not give it away. Where all four lose, this part has to answer to the light.
"""
WHERE = FigureEntry("shift-where", cost_by_part, HOW, "Which part of the network has to adapt")
WHERE_BLOCKS = FigureEntry(
    "shift-where-blocks", cost_by_block, HOW, "Which block of the network has to adapt"
)
