"""The network itself: how it was trained, what it confuses, and its blocks stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, translucent

CONFUSED = 40
"""Classes whose names and counts can be read in a confusion matrix."""

FAR_APART = 30
"""Widths that differ by more than this factor are drawn on logarithmic axes."""
ROW, FEW_ROW = 15, 22  # pixels a block, and where there are few


def training_curve(history: Sequence[Mapping[str, float]], columns: int = 2) -> go.Figure:
    """Loss and top-1 accuracy against the epoch, a panel each.

    Args:
        history: {"epoch": from 1, "loss": nats, "top1": percent} for each epoch; "loss" and
            "top1" may be missing where they were not measured.
    """
    panels = [("loss", "training loss", "loss (nats)"), ("top1", "validation top-1", "top-1 (%)")]
    figure = layout.panels([title for _, title, _ in panels], columns, row_height=240)
    for panel, (key, title, axis) in enumerate(panels):
        points = [entry for entry in history if entry.get(key) is not None]
        number = ".1f" if key == "top1" else ".3f"
        trace = {
            "x": [entry["epoch"] for entry in points],
            "y": layout.rounded([entry[key] for entry in points]),
            "mode": "lines+markers",
            "line": {"color": COLOURS[panel], "width": 2},
            "marker": {"size": 5},
            "name": title,
            "showlegend": False,
            "hovertemplate": f"epoch %{{x}}<br>{title} %{{y:{number}}}<extra></extra>",
        }
        figure.add_trace(go.Scatter(trace | layout.axes_of(panel)))
        figure.layout["yaxis" if not panel else "yaxis2"].title.text = axis
    figure.layout.xaxis2.title.text = "epoch"
    if columns > 1:
        figure.layout.xaxis.title.text = "epoch"
    return figure


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


def gates_by_block(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Every block a bar as long as it has channels, with its bottleneck inside; beside it (or
    below), the weights that SE adds there. One colour and one heading for each stage or run.

    Args:
        table: a `block_table`.
        columns: 2 for panels side by side, 1 for one under the other.
    """
    if table.empty:
        return layout.note("This network has no SE block.")
    heads, places = _rows(table["group"])
    rows = len(heads) + len(table)
    titles = ["channels, and inside them the hidden width", "weights that SE adds"]
    row = FEW_ROW if rows <= 25 else ROW
    figure = layout.panels(titles, columns, row_height=row * rows + 10, gap=80)
    groups = list(heads)
    bars = [_bars(part, "gates", colour, places) for part, colour in _coloured(table, groups)] + [
        _bars(part, "weights", colour, places) | layout.axes_of(1)
        for part, colour in _coloured(table, groups)
    ]
    figure.add_traces([go.Bar(bar) for bar in [*bars, _hidden(table, places)]])
    _headings(figure, table, heads)
    _axes(figure, table, places, rows)
    return figure


def _rows(groups: pd.Series) -> tuple[dict[str, int], np.ndarray]:
    """Row of each group's heading, and of each block, from the top."""
    heads: dict[str, int] = {}
    places: list[int] = []
    for name in groups:
        heads.setdefault(name, len(places) + len(heads))
        places.append(len(places) + len(heads))
    return heads, np.array(places)


def _coloured(table: pd.DataFrame, groups: Sequence[str]):
    for place, group in enumerate(groups):
        yield table[table["group"] == group], COLOURS[place % 6]


def _bars(part: pd.DataFrame, key: str, colour: str, places: np.ndarray) -> dict:
    hover = (
        "<b>%{customdata[0]}</b> (%{customdata[1]})<br>channels %{customdata[2]:,}, r = "
        "%{customdata[3]:.4~g}, hidden width %{customdata[4]:,}<br>weights %{customdata[5]:,}, "
        "without biases<extra></extra>"
    )
    return {
        "y": places[part["depth"] - 1],
        "x": [int(value) for value in part[key]],
        "customdata": part[
            ["block", "group", "gates", "ratio", "hidden", "weights"]
        ].values.tolist(),
        "orientation": "h",
        "width": 0.8,
        "marker": {"color": translucent(colour, 0.4), "line": {"color": colour, "width": 1}},
        "showlegend": False,
        "hovertemplate": hover,
    }


def _hidden(table: pd.DataFrame, places: np.ndarray) -> dict:
    groups = list(dict.fromkeys(table["group"]))
    return {
        "y": places,
        "x": [int(value) for value in table["hidden"]],
        "orientation": "h",
        "width": 0.36,
        "marker": {"color": [COLOURS[groups.index(name) % 6] for name in table["group"]]},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _headings(figure: go.Figure, table: pd.DataFrame, heads: dict[str, int]) -> None:
    for group, part in table.groupby("group", sort=False):
        for panel in range(2):
            axes = layout.axes_of(panel)
            figure.add_annotation(
                text=layout.plain(heading(str(group), part) if panel == 0 else group),
                x=0,
                y=heads[str(group)],
                xref=f"{axes['xaxis']} domain",
                yref=axes["yaxis"],
                xanchor="left",
                showarrow=False,
                font_size=11,
            )


def heading(group: str, part: pd.DataFrame) -> str:
    """ "stage 2 · 3 blocks · 256 channels · r = 16"."""
    blocks = f"{len(part)} block{'s' * (len(part) != 1)}"
    return f"{group} · {blocks} · {_span(part['gates'])} channels · r = {_span(part['ratio'])}"


def _span(values: pd.Series) -> str:
    low, high = values.min(), values.max()
    return f"{low:,.4g}" if low == high else f"{low:,.4g} to {high:,.4g}"


def _axes(figure: go.Figure, table: pd.DataFrame, places: np.ndarray, rows: int) -> None:
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(
        range=[rows - 0.4, -0.6],
        tickvals=places,
        ticktext=layout.shorts(table["block"]),
        showgrid=False,
        ticks="",
        tickfont_size=10,
    )
    figure.layout.xaxis.title.text = "channels"
    figure.layout.xaxis2.title.text = "weights"
    if table["gates"].max() > FAR_APART * table["gates"].min():
        figure.update_xaxes(type="log", dtick=1)
        figure.layout.xaxis.title.text = "channels, logarithmic"
        figure.layout.xaxis2.title.text = "weights, logarithmic"
