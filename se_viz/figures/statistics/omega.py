"""Class specificity by depth: omega squared of every channel, and what chance would give."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY, translucent
from se_viz.figures.style.strokes import strokes

SYMBOLS = ("circle", "diamond")
SPREAD, NULL = "middle half and nine in ten of the channels", "95 of 100 shuffles stay below"


def omega_by_depth(
    table: pd.DataFrame, intervals: Mapping[str, pd.DataFrame] | None = None, told: str = ""
) -> go.Figure:
    """For each block the median omega squared, over bars that span half and nine in ten channels.

    Args:
        table: an `omega_table` of one group or two.
        intervals: title of a group -> its `omega_intervals`: the median gets its interval, and a
            dash shows what shuffled labels reach.
        told: the sentences beside it, whose blocks stand out.
    """
    if table.empty:
        return layout.note("This takes two classes or more, and two pictures of a class.")
    groups = list(dict.fromkeys(table["group"]))
    known_of = intervals or {}
    given = {group: known_of[group] for group in groups if group in known_of}
    legend = [*(f"median, {layout.short(group, 40)}" for group in groups), SPREAD]
    legend += [NULL] * bool(given)
    figure = layout.panels([""], 1, row_height=340, legend=legend)
    blocks = list(dict.fromkeys(table["block"]))
    for place, group in enumerate(groups):
        rows = table[table["group"] == group]
        shift = 0.0 if len(groups) == 1 else (-0.17, 0.17)[place]
        x = np.array([blocks.index(name) for name in rows["block"]]) + shift
        known = given.get(group)
        found = None if known is None else known.set_index("block").reindex(rows["block"])
        figure.add_traces([*_bars(rows, x, place), _median(rows, x, place, legend[place], found)])
        if found is not None:
            figure.add_trace(_null(found, x, group == next(iter(given))))
    layout.place_blocks(figure, blocks, told=told)
    lowest = float(min(table["q05"].min(), *(t["low"].min() for t in given.values()), 0))
    figure.update_yaxes(range=[lowest - 0.03, 1], zeroline=True, zerolinecolor=GREY, dtick=0.25)
    layout.label_axes(figure, 1, 1, "block, by depth", "omega squared")
    return figure


def _bars(rows: pd.DataFrame, x: np.ndarray, place: int) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=layout.rounded(np.repeat(x, 3)),
            y=strokes(rows[low], rows[high]),
            mode="lines",
            line={"width": width, "color": translucent(COLOURS[place], opacity)},
            name=SPREAD,
            legendgroup="spread",
            showlegend=place == 0 and width > 4,
            legendrank=1100,
            hoverinfo="skip",
        )
        for low, high, width, opacity in (("q05", "q95", 1.5, 0.7), ("q25", "q75", 6, 0.5))
    ]


def _median(
    rows: pd.DataFrame, x: np.ndarray, place: int, name: str, found: pd.DataFrame | None
) -> go.Scatter:
    numbers = rows[["q05", "q25", "q75", "q95", "mean", "channels"]].round(4)
    hover = (
        "<b>%{customdata[0]}</b>: median %{y:.3f}, mean %{customdata[5]:.3f}<br>half of the "
        "channels: %{customdata[2]:.3f} to %{customdata[3]:.3f}<br>nine in ten: "
        "%{customdata[1]:.3f} to %{customdata[4]:.3f}<br>channels: %{customdata[6]:,}"
    )
    if found is not None:
        extra = found[["low", "high", "null_high", "p"]].round(4)
        numbers = pd.concat([numbers.set_axis(extra.index), extra], axis=1)
        hover += (
            "<br>95% interval of the median: %{customdata[7]:.3f} to %{customdata[8]:.3f}<br>"
            "shuffled labels: up to %{customdata[9]:.3f}, p = %{customdata[10]:.3f}"
        )
    words = [layout.plain(block) for block in rows["block"]]
    return go.Scatter(
        x=layout.rounded(x),
        y=layout.rounded(rows["median"]),
        customdata=[[word, *row] for word, row in zip(words, numbers.values.tolist(), strict=True)],
        mode="markers",
        marker={
            "color": "#FFFFFF",
            "size": 8,
            "symbol": SYMBOLS[place],
            "line": {"color": COLOURS[place], "width": 2.5},
        },
        error_y=None if found is None else _error(rows, found, COLOURS[place]),
        name=name,
        hovertemplate=f"{hover}<br>{layout.plain(rows['group'].iloc[0])}<extra></extra>",
    )


def _error(rows: pd.DataFrame, found: pd.DataFrame, colour: str) -> dict:
    median = rows["median"].to_numpy()
    return {
        "symmetric": False,
        "array": layout.rounded(np.maximum(found["high"].to_numpy() - median, 0)),
        "arrayminus": layout.rounded(np.maximum(median - found["low"].to_numpy(), 0)),
        "thickness": 1.8,
        "width": 5,
        "color": colour,
    }


def _null(found: pd.DataFrame, x: np.ndarray, first: bool) -> go.Scatter:
    return go.Scatter(
        x=strokes(x - 0.16, x + 0.16),
        y=layout.rounded(np.repeat(found["null_high"].to_numpy(), 3)),
        mode="lines",
        line={"color": COLOURS[5], "width": 2.5},
        name=NULL,
        legendgroup="null",
        showlegend=first,
        legendrank=1200,
        hoverinfo="skip",
    )


CLASS_SPECIFICITY = FigureEntry(
    "class-specificity",
    omega_by_depth,
    of_profiles=from_profiles.omega,
    how="""
For each channel, **omega squared** is the share of its gate's variance over pictures that the class
accounts for, less what chance would give: 0 where the class tells nothing, 1 where it tells
everything. A channel that knows nothing of the class can come out a little below 0.

The **dot** is the median over a block's channels; the thick bar holds half of them, the thin one
nine in ten. The **whiskers** are the median's 95% interval: pictures are drawn anew from each
class, again and again, so it speaks of other pictures of the same classes. The **dash** is what
shuffled labels reach in 95 of 100 cases: a median above it is more than luck. The spread of the
channels, the bars, is not an error: channels differ.
""",
)
