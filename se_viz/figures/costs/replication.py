"""Small networks that differ in one thing: what each is worth beside the paper's."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY, translucent
from se_viz.figures.style.strokes import spans

OURS, RUN, PAPER = (
    "mean over seeds, with its 95% interval",
    "one seed",
    "the paper, quoted: one run on ImageNet",
)
ROOM = 0.03
"""Left free at both ends, a share of what is drawn."""


def differences(table: pd.DataFrame, seeds: pd.DataFrame, papers: bool = True) -> go.Figure:
    """A row for each network: by how much its accuracy differs from the one that differs from it in
    one thing.

    Args:
        table: a `row_table`.
        seeds: the `seed_table` that it was made of.
        papers: whether the paper's differences are drawn beside.
    """
    if table.empty:
        return layout.note("No network was trained yet.")
    places, ticks = _rows(table)
    legend = [OURS, RUN, *([PAPER] if papers else [])]
    height = 20 * len(ticks) + 30
    figure = layout.panels([""], 1, row_height=height, legend=legend)
    figure.add_trace(_seeds(seeds, places))
    at = table["row"].map(places)
    figure.add_trace(spans(table["low"], table["high"], at, COLOURS[0], 2.5))
    figure.add_trace(_means(table, at))
    if papers:
        figure.add_trace(_papers(table, at))
    figure.update_xaxes(
        zeroline=True,
        zerolinecolor=GREY,
        tickformat="+.0%",
        title_text="difference of accuracy",
        range=_ends(table, seeds),
    )
    layout.list_rows(figure, ticks)
    return figure


def _ends(table: pd.DataFrame, seeds: pd.DataFrame) -> list[float]:
    """Of the axis, with room beside the last point and the last bar."""
    at = pd.concat([table["low"], table["high"], table["paper"], seeds["difference"]])
    room = ROOM * (at.max() - at.min())
    return [at.min() - room, at.max() + room]


def _rows(table: pd.DataFrame) -> tuple[dict[str, int], list[str]]:
    """Where each row stands, and what stands at the axis: questions in bold above their rows."""
    places, ticks, before = {}, [], ""
    for question, row, title in zip(table["question"], table["row"], table["title"], strict=True):
        if question != before:
            ticks.append(f"<b>{layout.plain(question)}</b>")
        before = question
        places[row] = len(ticks)
        ticks.append(layout.plain(title))
    return places, ticks


def _seeds(seeds: pd.DataFrame, places: dict[str, int]) -> go.Scatter:
    return go.Scatter(
        x=layout.rounded(seeds["difference"]),
        y=seeds["row"].map(places),
        customdata=seeds[["title", "seed", "accuracy", "base"]].round(4).values.tolist(),
        mode="markers",
        marker={"size": 6, "color": translucent(COLOURS[0], 0.35)},
        name=RUN,
        hovertemplate="<b>%{customdata[0]}</b>, seed %{customdata[1]}<br>%{x:+.1%}: "
        "%{customdata[2]:.1%}, held against %{customdata[3]:.1%}<extra></extra>",
    )


def _means(table: pd.DataFrame, at: pd.Series) -> go.Scatter:
    facts = ["title", "seeds", "low", "high", "accuracy", "base", "smallest"]
    symbols = ["circle" if sure else "circle-open" for sure in table["sure"]]
    return go.Scatter(
        x=layout.rounded(table["difference"]),
        y=at,
        customdata=table[facts].round(4).values.tolist(),
        mode="markers",
        marker={"size": 11, "symbol": symbols, "color": COLOURS[0], "line": {"width": 2}},
        name=OURS,
        hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]} seeds<br>%{x:+.1%}, 95% from "
        "%{customdata[2]:+.1%} to %{customdata[3]:+.1%}<br>accuracy %{customdata[4]:.1%}, held "
        "against %{customdata[5]:.1%}<br>smallest difference that could have shown "
        "%{customdata[6]:.1%}<extra></extra>",
    )


def _papers(table: pd.DataFrame, at: pd.Series) -> go.Scatter:
    known = table["paper"].notna()
    return go.Scatter(
        x=layout.rounded(table["paper"][known]),
        y=at[known],
        text=table["title"][known],
        mode="markers",
        marker={"size": 11, "symbol": "diamond-open", "color": COLOURS[3], "line": {"width": 2}},
        name=PAPER,
        hovertemplate="<b>%{text}</b>, the paper: %{x:+.2%}<extra></extra>",
    )


REPLICATION = FigureEntry(
    "replication",
    differences,
    how="""
Each row is a kind of small SE-ResNet-50 (quarter width, pictures of 80 px, 18 epochs on
Imagenette), trained with several seeds and held against the one that differs from it in this one
thing: r = 16, a sigmoid, at the end of the branch. Small dots are the seeds; the point is their
mean, with Student's 95% interval over seeds. A **hollow** point lies inside the noise: with these
seeds, a difference of less than half the bar could not have shown. Of twenty rows one lies outside
by chance. **Diamonds** are the paper's, quoted: SE-ResNet-50 on ImageNet, one run each, so that
their own noise is not known.
""",
)
