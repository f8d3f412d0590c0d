"""What the network confuses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout

CONFUSED = 40
"""Classes whose names and counts can be read in a confusion matrix."""


def confusion(matrix: np.ndarray, classes: Sequence[str]) -> go.Figure:
    """Confusion matrix with the counts written in.

    Of more than 40 classes, those with the most mistakes are drawn, with a last column for the
    pictures that were taken for any other class.

    Args:
        matrix: K x K counts, rows the true class, columns the predicted one.
        classes: K names.
    """
    counts = np.asarray(matrix, int)
    named = layout.apart(layout.shorts(classes, 18))
    across, down = named, named
    figure = layout.bare(150 + 34 * min(len(classes), CONFUSED))
    if len(classes) > CONFUSED:
        counts, kept = _most_confused(counts)
        down = [named[place] for place in kept]
        across = [*down, "any other"]
        figure.add_annotation(_left_out(len(classes)))
        figure.update_layout(margin_t=50)
    figure.add_trace(_cells(counts, across, down))
    figure.update_yaxes(autorange="reversed", title_text="true class", showgrid=False)
    figure.update_xaxes(title_text="predicted class", showgrid=False, tickangle=-40)
    return figure


def _most_confused(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts (n, n + 1) of the n classes with the most mistakes, and which they are, in order."""
    mistakes = counts.sum(1) - np.diag(counts)
    kept = np.sort(np.argsort(-mistakes, kind="stable")[:CONFUSED])
    square = counts[np.ix_(kept, kept)]
    others = counts[kept].sum(1) - square.sum(1)
    return np.concatenate([square, others[:, None]], 1), kept


def _left_out(classes: int) -> dict:
    said = f"The {CONFUSED} of {classes:,} classes with the most mistakes."
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "yshift": 6}
    return place | {"text": said, "xanchor": "left", "yanchor": "bottom", "showarrow": False}


def _cells(counts: np.ndarray, across: Sequence[str], down: Sequence[str]) -> go.Heatmap:
    share = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return go.Heatmap(
        z=layout.rounded(share),
        x=across,
        y=down,
        customdata=counts,
        text=np.where(counts > 0, counts.astype(str), "").tolist(),
        texttemplate="%{text}",
        colorscale="Viridis",
        zmin=0,
        zmax=1,
        colorbar={
            "title": {"text": "share of<br>the class"},
            "thickness": 10,
            "tickformat": ".0%",
        },
        hovertemplate="true: <b>%{y}</b><br>predicted: <b>%{x}</b><br>"
        "pictures: %{customdata} (%{z:.1%} of the class)<extra></extra>",
    )


CONFUSION = FigureEntry(
    "confusion",
    confusion,
    how="""
A **row** is the true class, a **column** the network's guess. Everything off the diagonal is a
mistake.
""",
)
