"""Two networks side by side: how their gates are distributed at like depth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.gate_span import span_of
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.palette import SIDES, translucent
from se_viz.figures.style.strokes import strokes

SYMBOLS, DASHES = ("circle", "diamond"), ("solid", "7px,3px")
HALF = 0.42
"""Of the way to the next part, that the widest bin of a part reaches."""


def mirrored(histograms: pd.DataFrame, summary: pd.DataFrame) -> go.Figure:
    """For each part of the depth a histogram of gates in two halves: network A left, B right.

    Both halves of a part have one scale, so equal shares are equally wide. A bar spans the
    quartiles, a dot is the median, and above stands the distance between the two.

    Args:
        histograms: a `side_histograms`.
        summary: its `side_table`.
    """
    if histograms.empty:
        return layout.note("There is no picture that both networks have seen.")
    parts = list(dict.fromkeys(summary["part"]))
    names = _names(summary)
    figure = layout.panels([""], 1, row_height=250, legend=list(names.values()))
    widest = histograms.groupby("part", sort=False)["share"].max()
    for (part, side), rows in histograms.groupby(["part", "side"], sort=False):
        trace = _half(rows, parts.index(part), widest[part]) | _look(side, names)
        figure.add_trace(go.Scatter(trace | {"showlegend": False}))
    for side, rows in summary.groupby("side"):
        figure.add_traces([go.Scatter(mark) for mark in _marks(rows, parts, side, names)])
    _name_parts(figure, summary, parts, histograms[["low", "high"]])
    return figure


def _names(table: pd.DataFrame) -> dict[int, str]:
    """Side -> what the legend calls it; the same network twice is still two."""
    found = table.drop_duplicates("side").set_index("side")["network"]
    return {side: f"{'AB'[side]}: {layout.short(name, 32)}" for side, name in found.items()}


def _look(side: int, names: Mapping[int, str]) -> dict:
    return {
        "name": names[side],
        "legendgroup": f"side {side}",
        "line": {"color": SIDES[side], "width": 1},
        "fillcolor": translucent(SIDES[side], 0.4),
    }


def _half(rows: pd.DataFrame, place: int, widest: float) -> dict:
    """An outline in steps, from the middle outwards: to the left for side 0."""
    way = (-1, 1)[int(rows["side"].iloc[0])]
    edges = np.stack([rows["low"], rows["high"]], 1).ravel()
    reach = place + way * HALF * np.repeat(rows["share"].to_numpy(), 2) / widest
    used = np.flatnonzero(reach != place)
    kept = slice(used[0], used[-1] + 1)
    return {
        "x": layout.rounded(np.concatenate([[place], reach[kept], [place]])),
        "y": layout.rounded(np.concatenate([edges[used[:1]], edges[kept], edges[used[-1:]]])),
        "mode": "lines",
        "fill": "toself",
        "hoverinfo": "skip",
    }


def _marks(
    summary: pd.DataFrame, parts: list[str], side: int, names: Mapping[int, str]
) -> list[dict]:
    places = np.array([parts.index(part) for part in summary["part"]]) + (-0.09, 0.09)[side]
    bar = {
        "x": layout.rounded(np.repeat(places, 3)),
        "y": strokes(summary["q25"], summary["q75"]),
        "mode": "lines",
        "line": {"color": SIDES[side], "width": 4},
        "hoverinfo": "skip",
    }
    between = "" if summary["specificity"].isna().all() else _BETWEEN
    dot = {
        "x": layout.rounded(places),
        "y": layout.rounded(summary["median"]),
        "customdata": _hover_data(summary),
        "mode": "markers",
        "marker": {
            "color": "#FFFFFF",
            "size": 10,
            "symbol": SYMBOLS[side],
            "line": {"color": SIDES[side], "width": 2.5},
        },
        "hovertemplate": _HOVER + between + "<extra></extra>",
    }
    group = {"name": names[side], "legendgroup": f"side {side}"}
    return [bar | group | {"showlegend": False}, dot | group]


_NUMBERS = ["blocks", "gates", "q05", "q25", "q75", "q95", "mean", "open", "shut", "specificity"]
_HOVER = (
    "<b>%{customdata[0]}</b><br>%{customdata[1]}, blocks: %{customdata[2]}, channels: "
    "%{customdata[3]:,}<br>median %{y:.3f}, mean %{customdata[8]:.3f}<br>half of the gates: "
    "%{customdata[5]:.3f} to %{customdata[6]:.3f}<br>nine in ten: %{customdata[4]:.3f} to "
    "%{customdata[7]:.3f}<br>0.95 or more: %{customdata[9]:.1%}, under 0.05: "
    "%{customdata[10]:.1%}"
)
_BETWEEN = "<br>variance between classes: %{customdata[11]:.1%} (median)"


def _hover_data(summary: pd.DataFrame) -> list[list]:
    words = [[layout.plain(text) for text in summary[key]] for key in ("network", "part")]
    numbers = summary[_NUMBERS].round(4).values.tolist()
    return [[*texts, *row] for *texts, row in zip(*words, numbers, strict=True)]


def _name_parts(
    figure: go.Figure, summary: pd.DataFrame, parts: list[str], gates: pd.DataFrame
) -> None:
    apart = summary.groupby("part", sort=False)["distance"].first()
    low, top = span_of(gates)
    for place, part in enumerate(parts):
        known = np.isfinite(apart[part])
        figure.add_annotation(
            text=f"{apart[part]:.3f}<br>apart" if known else "only in<br>one",
            x=place,
            y=top + 0.02 * (top - low),
            yanchor="bottom",
            showarrow=False,
            font_size=11,
        )
    figure.update_xaxes(
        range=[-0.5, len(parts) - 0.5],
        tickvals=list(range(len(parts))),
        ticktext=[part.replace(" ", "<br>", 1) for part in parts],
        showgrid=False,
        title_text="part of the network, by depth",
    )
    figure.update_yaxes(**axis_of(gates, room=(0, 0.14)), title_text="gate")


def by_relative_depth(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Two panels over relative depth: the median gate of each block with the middle half of its
    gates, and the median share of variance between classes with its quartiles over channels.

    Args:
        table: a `depth_table`.
        columns: 2 for panels side by side, 1 for one under the other.
    """
    if table.empty:
        return layout.note("There is no picture that both networks have seen.")
    names = _names(table)
    legend = [*names.values(), "middle half"]
    titles = ["median gate", "variance between classes"]
    if table["specificity"].isna().all():
        titles[1] += ": takes two classes"
    figure = layout.panels(titles, columns, row_height=260, legend=legend, gap=layout.WIDE_GAP)
    for panel, columns_of in enumerate((("q25", "median", "q75"), ("s25", "specificity", "s75"))):
        for side, rows in table.groupby("side"):
            band, line = _lines(rows, columns_of, side, names)
            shown = panel == 0
            band |= {"showlegend": shown and side == 0}
            figure.add_trace(go.Scatter(band | layout.axes_of(panel)))
            figure.add_trace(go.Scatter(line | {"showlegend": shown} | layout.axes_of(panel)))
    figure.update_xaxes(range=[-0.03, 1.03], tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.layout.yaxis.update(axis_of(table[["q25", "q75"]]))
    figure.layout.yaxis2.update(range=[0, 1], dtick=0.25)
    figure.layout.yaxis2.tickformat = ".0%"
    layout.label_axes(figure, 2, columns, "relative depth: first block 0, last 1", "")
    return figure


def _lines(
    rows: pd.DataFrame, columns: tuple[str, str, str], side: int, names: Mapping[int, str]
) -> tuple[dict, dict]:
    low, middle, high = columns
    depth = rows["depth"].to_numpy()
    band = {
        "x": layout.rounded(np.concatenate([depth, depth[::-1]])),
        "y": layout.rounded(np.concatenate([rows[high], rows[low][::-1]])),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": translucent(SIDES[side], 0.18),
        "line": {"width": 6 if len(rows) == 1 else 0, "color": translucent(SIDES[side], 0.35)},
        "name": "middle half",
        "legendgroup": "middle half",
        "hoverinfo": "skip",
    }
    number = ":.1%" if middle == "specificity" else ":.3f"
    line = {
        "x": layout.rounded(depth),
        "y": layout.rounded(rows[middle]),
        "customdata": [
            [layout.plain(block), channels, *ends]
            for block, channels, *ends in rows[["block", "channels", low, high]].round(4).values
        ],
        "mode": "lines+markers",
        "name": names[side],
        "legendgroup": f"side {side}",
        "line": {"color": SIDES[side], "width": 2, "dash": DASHES[side]},
        "marker": {"size": 7, "symbol": SYMBOLS[side]},
        "hovertemplate": f"<b>%{{customdata[0]}}</b>, {names[side]}<br>median %{{y{number}}}, "
        f"middle half: %{{customdata[2]{number}}} to %{{customdata[3]{number}}}<br>channels: "
        "%{customdata[1]:,}<extra></extra>",
    }
    return band, line


SIDE_BY_SIDE = FigureEntry(
    "side-by-side",
    mirrored,
    how="""
One **half** is one network, one **pair** a stretch of depth: the same stage in both, or, where a
network has no stages, the same quarter of the way from its first block to its last. A half is wide
where many of that network's gates are. The bar holds the middle half of them, the mark is the
median. Between two halves stands how far, on average, gates would have to be moved to turn one
distribution into the other (the Wasserstein distance, in units of the gate).
""",
)
SIDE_BY_SIDE_DEPTH = FigureEntry(
    "side-by-side-depth",
    by_relative_depth,
    how="""
**Across** runs the way from a network's first SE block, 0, to its last, 1. On the left the median
gate with the middle half of the gates; on the right the share of a gate's variation that the class
of a picture accounts for.
""",
)
