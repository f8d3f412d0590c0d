"""How the network was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS


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


TRAINING = FigureEntry(
    "training",
    training_curve,
    how="""
**Left**, the loss on the training pictures, which are cropped, mirrored and recoloured at random.
**Right**, the share of validation pictures that the network got right after that epoch.
""",
)
