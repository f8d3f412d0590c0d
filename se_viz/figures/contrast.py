"""Channels that tell two classes apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.contrast import LEVEL
from se_viz.figures import style
from se_viz.figures.palette import COLOURS, GREY

FEW = "This takes two pictures or more of both classes."
MOST = 2000
"""Points that a browser still draws and moves swiftly as SVG."""
SURE, UNSURE = COLOURS[0], GREY
_HOVER = (
    "<b>%{customdata[0]}, channel %{customdata[1]}</b><br>mean gate %{customdata[2]:.3f} against "
    "%{customdata[3]:.3f}<br>Hedges' g %{customdata[4]:.2f}, 95 % from %{customdata[5]:.2f} to "
    "%{customdata[6]:.2f}<br>p = %{customdata[7]:.2g}; corrected over the block "
    "%{customdata[8]:.2g}, over all blocks %{customdata[9]:.2g}<extra></extra>"
)
_NUMBERS = ["channel", "mean_a", "mean_b", "g", "low", "high", "p", "q_block", "q"]


def ranked_channels(table: pd.DataFrame, a: str, b: str, count: int = 25) -> go.Figure:
    """The channels with the largest effects, largest first: Hedges' g with its 95 % interval.

    Args:
        table: a `contrast_table`. A point's `customdata` begins with its block and channel.
        a, b: the two classes, as it was made with.
        count: channels shown.
    """
    rows = table.dropna(subset=["g"]).head(count)
    if rows.empty:
        return style.note(FEW if table.empty else "No gate changes within these classes.")
    legend = [f"q of {LEVEL} or less", f"q above {LEVEL}"]
    figure = style.panels([""], 1, row_height=20 * len(rows) + 30, legend=legend)
    places = np.arange(len(rows))
    for name, colour, chosen in _kinds(rows, legend):
        part = rows[chosen]
        error = {
            "symmetric": False,
            "array": style.rounded(part["high"] - part["g"]),
            "arrayminus": style.rounded(part["g"] - part["low"]),
            "thickness": 1.6,
            "width": 3,
        }
        figure.add_trace(
            go.Scatter(_points(part, name, colour), y=places[chosen], x=part["g"], error_x=error)
        )
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=places,
        ticktext=[
            style.plain(f"{block} · {channel}")
            for block, channel in zip(rows["block"], rows["channel"], strict=True)
        ],
        showgrid=False,
    )
    _across(figure, a, b)
    return figure


def volcano(table: pd.DataFrame, a: str, b: str) -> go.Figure:
    """Every channel: effect across, and how sure it is (p on a log scale) up.

    Args:
        table: a `contrast_table`, best of one block or a few; of more than 2,000 channels, those
            with the largest effects are drawn.
        a, b: the two classes, as it was made with.
    """
    known = table.dropna(subset=["g"])
    if known.empty:
        return style.note(FEW if table.empty else "No gate changes within these classes.")
    rows = known.head(MOST)
    legend = [f"q of {LEVEL} or less", f"q above {LEVEL}"]
    figure = style.panels([""], 1, row_height=340, legend=legend)
    for name, colour, chosen in _kinds(rows, legend):
        part = rows[chosen]
        trace = go.Scatter(_points(part, name, colour, 5), x=style.rounded(part["g"]))
        figure.add_trace(trace.update(y=style.rounded(_sureness(part["p"]))))
    figure.update_yaxes(rangemode="tozero", title_text="-log10 of p, 300 at most")
    _across(figure, a, b)
    left_out = [f"{MOST:,} of {len(known):,} channels are drawn, those with the largest effects."]
    return style.tell(figure, left_out if len(known) > MOST else [], 1)


def _sureness(p: pd.Series) -> np.ndarray:
    """-log10 of p, which ends where floating point does."""
    return -np.log10(np.maximum(p.to_numpy(float), 1e-300))


def _kinds(rows: pd.DataFrame, names: list[str]) -> list[tuple[str, str, np.ndarray]]:
    sure = (rows["q"] <= LEVEL).to_numpy()
    kinds = [(names[0], SURE, sure), (names[1], UNSURE, ~sure)]
    return [kind for kind in kinds if kind[2].any()]


def _points(rows: pd.DataFrame, name: str, colour: str, size: int = 8) -> dict:
    numbers = rows[_NUMBERS].astype(float).to_numpy()
    data = [
        [style.plain(block), int(channel), *(float(f"{n:.4g}") for n in others)]
        for block, (channel, *others) in zip(rows["block"], numbers, strict=True)
    ]
    symbol = "circle" if colour == SURE else "circle-open"
    return {
        "customdata": data,
        "mode": "markers",
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "name": name,
        "hovertemplate": _HOVER,
    }


def _across(figure: go.Figure, a: str, b: str) -> None:
    left, right = style.shorts([b, a], 16)
    sides = f"← larger in {left} · larger in {right} →"
    title = f"Hedges' g<br>{sides}"
    figure.update_xaxes(zeroline=True, zerolinecolor=GREY, title_text=title)


def telling_by_depth(summary: pd.DataFrame) -> go.Figure:
    """For each block, the share of channels that tell two classes apart, and the largest effect.

    Args:
        summary: a `summary_by_block`.
    """
    if summary.empty:
        return style.note(FEW)
    titles = [f"share of channels with q of {LEVEL} or less", "largest effect, |Hedges' g|"]
    figure = style.panels(titles, 1, [150, 150], gap=48)
    data = [
        [style.plain(block), *facts]
        for block, *facts in summary[["block", "telling", "channels", "best"]].values.tolist()
    ]
    hover = "<b>%{customdata[0]}</b><br>%{customdata[1]:,} of %{customdata[2]:,} channels"
    largest = summary["largest"].fillna(0)
    for panel, (values, said) in enumerate(
        ((summary["share"], ": %{y:.1%}"), (largest, "<br>best: %{customdata[3]}, |g| %{y:.2f}"))
    ):
        bar = go.Bar(
            x=np.arange(len(summary)),
            y=style.rounded(values),
            customdata=data,
            marker={"color": SURE, "line": {"width": 0}},
            width=0.8,
            showlegend=False,
            hovertemplate=f"{hover}{said}<extra></extra>",
        )
        figure.add_trace(bar.update(style.axes_of(panel)))
    style.place_blocks(figure, list(summary["block"]))
    figure.layout.xaxis.update(showticklabels=False, ticks="")
    figure.layout.yaxis.update(range=[0, 1], tickformat=".0%")
    figure.layout.yaxis2.update(rangemode="tozero")
    style.label_axes(figure, 2, 1, "block, by depth", "")
    return figure
