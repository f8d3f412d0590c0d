"""What recalibration is at each depth: a fixed scale, the class, or the picture."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.variance import SHARES
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, DASHES, GREY
from se_viz.figures.style.strokes import strokes

CLASS, PICTURE, STATIC = COLOURS[0], COLOURS[1], "#A6ABB2"
KINDS = {
    "class": (CLASS, "class: differs between classes"),
    "picture": (PICTURE, "picture: differs within a class"),
    "static": (STATIC, "static: the same for every picture"),
}
"""From the bottom of a bar to its top: class and static start at a straight edge."""
BY_CHANCE = "of class, what chance alone would give"
LEAST = 0.01
"""Share that chance must reach to be marked."""


def variance_by_depth(table: pd.DataFrame, told: str = "") -> go.Figure:
    """A bar for each block: the variance of its gates in three shares, stacked to 1.

    Below, how much variance there is to share. Where classes have few pictures, a line in the bars
    marks what chance alone would give to the class.

    Args:
        table: a `variance_table` of one group or two.
        told: the sentence beside it, whose blocks stand out.
    """
    if table.empty:
        return layout.note("There is no picture to take shares of.")
    groups = list(dict.fromkeys(table["group"]))
    blocks = list(dict.fromkeys(table["block"]))
    marked = bool((table["chance"] >= LEAST).any())
    legend = [name for _, name in KINDS.values()] + [BY_CHANCE] * marked
    titles = [*(layout.short(group, 48) for group in groups), "standard deviation of all gates"]
    heights = [320 if len(groups) == 1 else 220] * len(groups) + [80]
    figure = layout.panels(titles, 1, heights, legend, gap=42)
    for panel, group in enumerate(groups):
        rows = table[table["group"] == group]
        places = np.array([blocks.index(name) for name in rows["block"]])
        known = rows[list(SHARES)].notna().all(axis=1).to_numpy()
        figure.add_traces(_bars(rows[known], places[known], panel))
        if marked:
            figure.add_trace(_chance(rows, places, panel))
        figure.add_trace(_spread(rows, places, panel, len(groups)))
    _frame(figure, table, blocks, len(groups), told)
    return figure


def _bars(rows: pd.DataFrame, places: np.ndarray, panel: int) -> list[go.Bar]:
    group = layout.plain(rows["group"].iloc[0]) if len(rows) else ""
    data = [
        [layout.plain(block), *numbers]
        for block, *numbers in rows[["block", *KINDS, "mean", "std"]].round(4).values.tolist()
    ]
    hover = (
        "<b>%{customdata[0]}</b><br>between classes: %{customdata[1]:.1%}<br>within a class: "
        "%{customdata[2]:.1%}<br>same for every picture: %{customdata[3]:.1%}<br>all gates: "
        f"%{{customdata[4]:.3f}} ± %{{customdata[5]:.3f}}<br>{group}<extra></extra>"
    )
    return [
        go.Bar(
            x=places,
            y=layout.rounded(rows[kind]),
            customdata=data,
            marker={"color": colour, "line": {"width": 0}},
            width=0.86,
            name=name,
            legendgroup=kind,
            showlegend=panel == 0,
            text=[f"{100 * share:.1f}" for share in rows[kind]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertemplate=hover,
            **layout.axes_of(panel),
        )
        for kind, (colour, name) in KINDS.items()
    ]


def _chance(rows: pd.DataFrame, places: np.ndarray, panel: int) -> go.Scatter:
    height = rows["chance"].where(rows["chance"] >= LEAST).to_numpy(float)
    return go.Scatter(
        x=strokes(places - 0.43, places + 0.43),
        y=layout.rounded(np.repeat(height, 3)),
        mode="lines",
        line={"color": COLOURS[5], "width": 2},
        name=BY_CHANCE,
        legendgroup="chance",
        showlegend=panel == 0,
        hoverinfo="skip",
        **layout.axes_of(panel),
    )


def _spread(rows: pd.DataFrame, places: np.ndarray, panel: int, panels: int) -> go.Scatter:
    group = layout.plain(rows["group"].iloc[0])
    return go.Scatter(
        x=places,
        y=layout.rounded(rows["std"]),
        customdata=[layout.plain(block) for block in rows["block"]],
        mode="lines+markers",
        line={"color": GREY, "width": 2, "dash": DASHES[0][min(panel, 1)]},
        marker={"size": 6, "symbol": ("circle", "diamond-open")[min(panel, 1)]},
        showlegend=False,
        hovertemplate="<b>%{customdata}</b><br>standard deviation of all gates: %{y:.3f}<br>"
        f"{group}<extra></extra>",
        **layout.axes_of(panels),
    )


def _frame(
    figure: go.Figure, table: pd.DataFrame, blocks: list[str], groups: int, told: str
) -> None:
    layout.place_blocks(figure, blocks, told=told)
    stages = table.drop_duplicates("block")["stage"].to_numpy()
    for place in np.flatnonzero(np.diff(stages)):
        figure.add_vline(x=place + 0.5, line={"color": GREY, "width": 1, "dash": "2px,3px"})
    for panel in range(groups):
        number = "" if panel == 0 else str(panel + 1)
        figure.layout[f"xaxis{number}"].update(showticklabels=False, ticks="")
        figure.layout[f"yaxis{number}"].update(range=[0, 1], tickformat=".0%", dtick=0.25)
    figure.layout[f"yaxis{groups + 1}"].update(rangemode="tozero", nticks=3)
    figure.update_layout(barmode="stack", uniformtext={"minsize": 9, "mode": "hide"})
    layout.label_axes(figure, groups + 1, 1, "block, by depth", "share of variance")
    figure.layout[f"yaxis{groups + 1}"].title.text = "gate"


VARIANCE_SHARES = FigureEntry(
    "variance-shares",
    variance_by_depth,
    of_profiles=from_profiles.variance_shares,
    how="""
The gates of a block vary from channel to channel and from picture to picture. **Static** is what
differs between channels but is the same for every picture: a fixed scale, which a network without
SE could have as well. **Class** is what differs between the classes' means, **picture** what
differs within a class. The last two are what adapts. The three add up to all of the variance; each
class has the same weight. With few pictures, chance alone makes some of the share *class*; the
mark shows how much.
""",
    named="Static, class and picture shares of the gates' variance",
)
