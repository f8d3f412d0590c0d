"""What one block did to one picture: squeeze and excitation, channel by channel."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.profiles.curves import channel_axis
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.palette import COLOURS, GREY


def squeeze_and_gate(table: pd.DataFrame) -> go.Figure:
    """Two panels over the same channels: the squeeze above, the gate with the usual curve below.

    Args:
        table: a `picture_block`.
    """
    titles = ["squeeze: one number for each channel of U", "excitation: the gate of each channel"]
    names = ["this picture", 'usual ("all" curve)'] if "usual" in table else []
    figure = layout.panels(titles, 1, row_height=190, legend=names)
    lines = [_line(table, "squeeze", "squeeze %{y:.4f}", COLOURS[0]) | {"showlegend": False}]
    if "usual" in table:
        usual = _line(table, "usual", "usual gate %{y:.3f}", GREY)
        lines.append(usual | layout.axes_of(1) | {"name": names[1]})
    gate = _line(table, "gate", "gate %{y:.3f}", COLOURS[3]) | {"showlegend": bool(names)}
    lines.append(gate | layout.axes_of(1) | {"name": "this picture"})
    figure.add_traces([go.Scatter(line) for line in lines])
    figure.update_layout(xaxis2_matches="x", yaxis2=axis_of(table.filter(["gate", "usual"])))
    figure.layout.yaxis.rangemode = "tozero"
    figure.layout.xaxis2.title.text = channel_axis(table)
    figure.layout.yaxis.title.text = "squeeze z"
    figure.layout.yaxis2.title.text = "gate s"
    return figure


def _line(table: pd.DataFrame, key: str, value: str, colour: str) -> dict:
    return {
        "x": table["position"].to_numpy(),
        "y": layout.rounded(table[key]),
        "customdata": table["channel"].to_numpy(),
        "mode": "lines" if len(table) > 1 else "markers",
        "line": {"color": colour, "width": 1.4},
        "hovertemplate": f"channel %{{customdata}}<br>{value}<extra></extra>",
    }


def squeeze_against_gate(table: pd.DataFrame) -> go.Figure:
    """Each channel as a dot: its squeeze across, its gate up. A strong channel need not be let
    through, as the gate of a channel depends on all of them.

    Args:
        table: a `picture_block`.
    """
    figure = layout.bare(320)
    figure.add_trace(
        go.Scatter(
            x=layout.rounded(table["squeeze"]),
            y=layout.rounded(table["gate"]),
            customdata=table["channel"].to_numpy(),
            mode="markers",
            marker={"color": COLOURS[3], "size": 6, "opacity": 0.6},
            showlegend=False,
            hovertemplate="channel %{customdata}<br>squeeze %{x:.4f}<br>gate %{y:.3f}"
            "<extra></extra>",
        )
    )
    figure.update_xaxes(title_text="squeeze z of the channel", rangemode="tozero")
    figure.update_yaxes(title_text="gate s", **axis_of(table["gate"]))
    return figure


SQUEEZE_AND_GATE = FigureEntry(
    "squeeze-and-gate",
    squeeze_and_gate,
    how="""
**Above**, the squeeze: how strongly each channel answered to this picture, on average over all
positions (in some networks, where it answered most). **Below**, the gate that the block gave it;
the grey line is the usual one, a mean over the pictures that the source below the figure names.
Where the two part, the block treats this
picture differently from most of those.
""",
)
SQUEEZE_AGAINST_GATE = FigureEntry(
    "squeeze-against-gate",
    squeeze_against_gate,
    how="""
Each dot is a channel: its squeeze across, its gate up. If gates only followed strength, the dots
would lie on a line. They need not, as every gate depends on all channels.
""",
)
