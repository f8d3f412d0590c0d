"""What each channel carries of a block's output, beside its gate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.one_picture.contribution import HALF, MOST, carriers, cumulative_table, notable
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.palette import COLOURS, GREY, MARK

LEAST = 1e-7
"""The smallest share that is drawn; less stands there too, and hovering tells the number."""
POINTS = 400
"""Of a cumulative curve."""
LOOKED_AT = "channels looked at"
SIDES = (("before", "before scaling (U)", COLOURS[0]), ("after", "after scaling (X)", COLOURS[3]))


def contribution(table: pd.DataFrame, chosen: np.ndarray, columns: int = 2) -> go.Figure:
    """A dot for each channel, its share of U across and its gate up; and how few channels carry
    most, before and after.

    Args:
        table: a `contribution_table`.
        chosen: int (n,), channel numbers to mark.
        columns: panels side by side.
    """
    if not table["before"].any():
        return layout.note("Nothing comes out of this block for this picture.")
    titles = ["gate, and what the channel carries before it", "the n strongest channels together"]
    legend = [LOOKED_AT, *(name for _, name, _ in SIDES)]
    figure = layout.panels(titles, columns, row_height=290, legend=legend, gap=100)
    figure.add_traces([*_dots(table, chosen), *_sums(table)])
    _even(figure, len(table))
    _name(figure, table)
    figure.layout.xaxis.update(title_text="share of U (log scale)", **_log_axis(table))
    figure.layout.yaxis.update(title_text="gate s", **axis_of(table["gate"], room=(0, 0.04)))
    figure.layout.xaxis2.update(title_text="channels, strongest first", rangemode="tozero")
    figure.layout.yaxis2.update(
        title_text="carried", range=[0, 1.02], tickvals=[0, HALF, MOST, 1], tickformat=".0%"
    )
    return figure


def _dots(table: pd.DataFrame, chosen: np.ndarray) -> list[go.Scatter]:
    every = _dot(table, {"size": 6, "opacity": 0.55, "color": COLOURS[2]})
    ring = {"size": 11, "symbol": "circle-open", "color": MARK, "line": {"width": 2.5}}
    some = _dot(table.iloc[chosen], ring).update(name=LOOKED_AT, showlegend=True)
    return [every, some] if len(chosen) else [every]


def _name(figure: go.Figure, table: pd.DataFrame) -> None:
    """Numbers of the channel that carries most, and of one that is wide open to nothing."""
    for row in notable(table):
        if row is not None:
            figure.add_annotation(
                x=np.log10(max(row["before"], LEAST)),
                y=row["gate"],
                text=f"<b>{row['channel']:.0f}</b>",
                ax=14,
                ay=22 if row["gate"] > 0.5 else -22,
                arrowwidth=1,
                arrowhead=0,
                arrowcolor=GREY,
                font_size=12,
            )


def _dot(table: pd.DataFrame, marker: dict) -> go.Scatter:
    shares = 100 * table[["before", "after"]].to_numpy()
    return go.Scatter(
        x=table["before"].clip(lower=LEAST).to_numpy(np.float32),
        y=layout.rounded(table["gate"]),
        customdata=np.column_stack([table["channel"], np.round(shares, 5)]),
        mode="markers",
        marker=marker,
        cliponaxis=False,
        showlegend=False,
        hovertemplate="<b>channel %{customdata[0]}</b><br>gate %{y:.3f}<br>carries %{customdata[1]}"
        "% before, %{customdata[2]}% after<extra></extra>",
    )


def _log_axis(table: pd.DataFrame) -> dict:
    """Powers of ten, in percent."""
    low = np.floor(np.log10(max(LEAST, table["before"].clip(lower=LEAST).min())))
    high = np.log10(table["before"].max())
    powers = np.arange(low, np.ceil(high) + 1)
    names = [f"{100 * 10.0**power:.7g}%" for power in powers]
    if low <= np.log10(LEAST):
        names[0] = "less"
    room = {"range": [low - 0.25, high + 0.5]}
    kept = slice(None, None, 2 if len(powers) > 6 else 1)
    return room | {"type": "log", "tickvals": list(10.0 ** powers[kept]), "ticktext": names[kept]}


def _even(figure: go.Figure, count: int) -> None:
    """Where all channels would stand if each carried as much as any other."""
    line = {"color": GREY, "width": 1.5, "dash": "3px,3px"}
    figure.add_shape(
        type="line", x0=1 / count, x1=1 / count, y0=0, y1=1.04, line=line, layer="below"
    )
    figure.add_annotation(
        x=np.log10(1 / count),
        y=0.02,
        xanchor="right",
        yanchor="bottom",
        text=f"even share, 1/{count} ",
        font={"size": 10, "color": GREY},
        showarrow=False,
    )


def _sums(table: pd.DataFrame) -> list[go.Scatter]:
    sums = cumulative_table(table)
    kept = np.unique(np.linspace(0, len(sums) - 1, min(POINTS, len(sums))).round().astype(int))
    sums, traces = sums.iloc[kept], []
    for key, name, colour in SIDES:
        traces.append(
            go.Scatter(
                x=sums["channels"].to_numpy(),
                y=layout.rounded(sums[key]),
                mode="lines" if len(table) > 1 else "markers",
                name=name,
                line={"color": colour, "width": 2},
                hovertemplate=f"{name}: the %{{x}} strongest<br>carry %{{y:.1%}}<extra></extra>",
                **layout.axes_of(1),
            )
        )
        traces.append(_marks(table, key, name, colour))
    return traces


def _marks(table: pd.DataFrame, key: str, name: str, colour: str) -> go.Scatter:
    """Dots where half and nine tenths are reached, with the number of channels."""
    counts, others = (
        [carriers(table[side].to_numpy(), part) for part in (HALF, MOST)]
        for side in (key, "after" if key == "before" else "before")
    )
    left = [a < b or (a == b and key == "before") for a, b in zip(counts, others, strict=True)]
    return go.Scatter(
        x=counts,
        y=[HALF, MOST],
        mode="markers+text",
        text=[f"{count:,}" for count in counts],
        textposition=["top left" if one else "bottom right" for one in left],
        textfont={"color": colour, "size": 12},
        marker={"color": colour, "size": 8},
        cliponaxis=False,
        showlegend=False,
        hovertemplate=f"{name}: %{{y:.1%}} are carried by %{{x}} channels<extra></extra>",
        **layout.axes_of(1),
    )


CONTRIBUTION = FigureEntry(
    "contribution",
    contribution,
    how="""
What a channel carries is its share of the sum of squares of U (before) or X (after) over all
positions and channels. So a gate of one half leaves a quarter of what a channel carried, and shares
shift as far as gates differ from one another. **Left**, each dot is a channel: how much it carries
before scaling goes across, on a log scale, its gate goes up. Dots at the upper left are wide open
gates with nothing to let through. Left of the dotted line a channel carries less than an even
share. **Right**, the channels are sorted by what they carry: the curves show how many it takes for
a half and for nine tenths of the output, before and after. Later layers may still make much of a
weak channel.
""",
    named="What each channel carries before and after scaling",
)
