"""What SE adds, bars cut by stages, under the formula with its numbers in."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, tint

SHADES = {
    **{"stage 2": 0.2, "stage 3": 0.4, "stage 4": 0.65, "stage 5": 0.95},
    **{"35 x 35": 0.3, "17 x 17": 0.6, "8 x 8": 0.95},
}
INSIDE = 0.12
"""The share of the bar from which on a stage has room for its name."""
BARS = {"weights": "weights", "operations": "multiply-adds", "activations": "activations"}
"""Columns of a `stage_table`, from top to bottom."""

LETTERS, LINE = 40, 18
"""In a line of a narrow figure, and its pixels."""


def added_weights(table: pd.DataFrame, narrow: bool = False) -> go.Figure:
    """What SE adds, cut by stages: a bar of weights, one of multiply-adds and one of activations.

    Args:
        table: a `stage_table`.
        narrow: whether the formula is broken into lines that a phone has room for.
    """
    if table.empty:
        return layout.note("No stage has SE, so it adds no weight.")
    stages = table.groupby("stage", sort=False)[list(BARS)].sum()
    figure = layout.panels([""], 1, row_height=150)
    for what, title in BARS.items():
        whole = max(stages[what].sum(), 1)
        ends = [0, *stages[what].cumsum() / whole]
        for (name, row), (start, end) in zip(stages.iterrows(), pairwise(ends), strict=True):
            figure.add_trace(_bar(str(name), title, int(row[what]), (start, end), table))
    totals = [f"{title}<br><b>{stages[what].sum():,}</b>" for what, title in BARS.items()]
    figure.update_yaxes(range=[2.5, -0.5], tickvals=list(range(3)), ticktext=totals, showgrid=False)
    figure.update_xaxes(
        title_text="share of what SE adds",
        range=[0, 1],
        tickformat=".0%",
        showgrid=False,
        dtick=0.5 if narrow else 0.2,
        ticklabeloverflow="allow",
    )
    figure.update_layout(barmode="overlay", bargap=0, margin_l=90, margin_r=24)
    _say(figure, formula(table), narrow)
    return figure


def formula(table: pd.DataFrame) -> str:
    """ "(2 / 16) · (3·256² + ...) = 2,514,944", of a `stage_table` without biases; with an r for
    each stage "2 · (3·256² / 16 + ...)"."""
    squares = 2 * table["blocks"] * table["channels"] ** 2
    total, products = int(table["weights"].sum()), int((squares / table["ratio"]).sum())
    biases = f" + {total - products:,} biases" if total > products else ""
    ratios = list(dict.fromkeys(table["ratio"]))
    one = len(ratios) == 1
    parts = [
        f"{blocks}·{channels:,}²{'' if one else f' / {ratio:g}'}"
        for blocks, channels, ratio in zip(
            table["blocks"], table["channels"], table["ratio"], strict=True
        )
    ]
    first = f"(2 / {ratios[0]:g})" if one else "2"
    return f"{first} · ({' + '.join(parts)}){biases} = {total:,}"


def _bar(
    name: str, what: str, amount: int, ends: tuple[float, float], table: pd.DataFrame
) -> go.Bar:
    rows = table[table["stage"] == name]
    blocks = " and ".join(
        f"{count} × {channels:,} channels"
        for count, channels in zip(rows["blocks"], rows["channels"], strict=True)
    )
    start, share = ends[0], ends[1] - ends[0]
    return go.Bar(
        x=[share],
        y=[list(BARS.values()).index(what)],
        base=[start],
        orientation="h",
        width=0.75,
        name=name,
        marker={
            "color": tint(COLOURS[0], SHADES[name]),
            "line": {"color": COLOURS[0], "width": 1},
        },
        text=[f"{name}<br>{share:.1%}" if share >= INSIDE else ""],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        hovertemplate=f"<b>{name}</b>: {blocks}<br>{amount:,} {what}, "
        f"{share:.1%} of SE's<extra></extra>",
    )


def _say(figure: go.Figure, numbers: str, narrow: bool) -> None:
    lines = ["added weights = (2 / r) · Σ N<sub>s</sub> C<sub>s</sub>²"]
    lines += textwrap.wrap(f"= {numbers}", LETTERS if narrow else 2 * LETTERS)
    room = LINE * (len(lines) - 1)
    figure.update_layout(height=figure.layout.height + room, margin_t=figure.layout.margin.t + room)
    figure.add_annotation(
        text="<br>".join(lines),
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xshift=-figure.layout.margin.l,
        yshift=8,
        yanchor="bottom",
        xanchor="left",
        align="left",
        showarrow=False,
        font_size=13,
    )


ADDED_WEIGHTS = FigureEntry(
    "added-weights",
    added_weights,
    how="""
Each bar is all that SE adds, cut by stages. **Weights**, 2 C² / r for a block of C channels, grow
with the square of the channels: the last stage, which has the most channels and the fewest
positions, holds most of them. **Multiply-adds** are one for each weight, and two for each number of
U: one to squeeze, one to scale. **Activations** are the numbers that z, bottleneck, s and X are:
where maps are large, X is. In closed form: nothing is measured.
""",
)
