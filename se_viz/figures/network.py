"""The network itself: how it was trained, what it confuses, where its gates are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures import style
from se_viz.figures.palette import COLOURS


def training_curve(history: Sequence[Mapping[str, float]], columns: int = 2) -> go.Figure:
    """Loss and top-1 accuracy against the epoch, a panel each.

    Args:
        history: {"epoch": from 1, "loss": nats, "top1": percent} for each epoch; "loss" and
            "top1" may be missing where they were not measured.
    """
    panels = [("loss", "training loss", "loss (nats)"), ("top1", "validation top-1", "top-1 (%)")]
    figure = style.panels([title for _, title, _ in panels], columns, row_height=240)
    for panel, (key, title, axis) in enumerate(panels):
        points = [entry for entry in history if entry.get(key) is not None]
        number = ".1f" if key == "top1" else ".3f"
        trace = {
            "x": [entry["epoch"] for entry in points],
            "y": style.rounded([entry[key] for entry in points]),
            "mode": "lines+markers",
            "line": {"color": COLOURS[panel], "width": 2},
            "marker": {"size": 5},
            "name": title,
            "showlegend": False,
            "hovertemplate": f"epoch %{{x}}<br>{title} %{{y:{number}}}<extra></extra>",
        }
        figure.add_trace(go.Scatter(trace | style.axes_of(panel)))
        figure.layout["yaxis" if not panel else "yaxis2"].title.text = axis
    figure.layout.xaxis2.title.text = "epoch"
    if columns > 1:
        figure.layout.xaxis.title.text = "epoch"
    return figure


def confusion(matrix: np.ndarray, classes: Sequence[str]) -> go.Figure:
    """Confusion matrix with the counts written in.

    Args:
        matrix: K x K counts, rows the true class, columns the predicted one.
        classes: K names.
    """
    counts = np.asarray(matrix, int)
    share = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    names = style.apart([style.short(name, 18) for name in classes])
    figure = style.bare(150 + 34 * len(classes))
    figure.add_trace(
        go.Heatmap(
            z=style.rounded(share),
            x=names,
            y=names,
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
    )
    figure.update_yaxes(autorange="reversed", title_text="true class", showgrid=False)
    figure.update_xaxes(title_text="predicted class", showgrid=False, tickangle=-40)
    return figure


def gates_by_block(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Gates and SE weights of each block as bars, a panel each, one colour per stage.

    Args:
        table: a `block_table`.
    """
    if table.empty:
        return style.note("This network has no SE block.")
    stages = list(dict.fromkeys(table["stage"]))
    colours = [COLOURS[stages.index(stage) % len(COLOURS)] for stage in table["stage"]]
    titles = ["gates", "weights that SE adds"]
    figure = style.panels(titles, columns, row_height=240, gap=style.WIDE_GAP)
    for panel, key in enumerate(("gates", "weights")):
        bars = {
            "x": list(table["block"]),
            "y": [int(value) for value in table[key]],
            "customdata": table[["stage", "hidden", "ratio"]].to_numpy(),
            "marker": {"color": colours},
            "showlegend": False,
            "hovertemplate": f"<b>%{{x}}</b>, stage %{{customdata[0]}}<br>{titles[panel]}: "
            "%{y:,}<br>hidden width %{customdata[1]}, r = %{customdata[2]}<extra></extra>",
        }
        figure.add_trace(go.Bar(bars | style.axes_of(panel)))
    style.name_blocks(figure, table["block"], columns)
    style.label_axes(figure, 2, columns, "block, by depth", "count")
    return figure
