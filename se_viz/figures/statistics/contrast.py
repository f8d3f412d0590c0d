"""Channels that tell two classes apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.contrast import LEVEL
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY

FEW = "This takes two pictures or more of both classes."
MOST = 2000
"""Points that a browser still draws and moves swiftly as SVG."""
SURE, UNSURE, STILL = COLOURS[0], GREY, COLOURS[3]
_HOVER = (
    "<b>%{customdata[0]}, channel %{customdata[1]}</b><br>mean gate %{customdata[2]:.3f} against "
    "%{customdata[3]:.3f}<br>Hedges' g %{customdata[4]:.2f}, 95% from %{customdata[5]:.2f} to "
    "%{customdata[6]:.2f}<br>p = %{customdata[7]:.2g}; corrected over the block "
    "%{customdata[8]:.2g}, over all blocks %{customdata[9]:.2g}<extra></extra>"
)
_WITHOUT_BOUND = (
    "<b>%{customdata[0]}, channel %{customdata[1]}</b><br>gate %{customdata[2]:.3f} in one class, "
    "%{customdata[3]:.3f} in the other<br>constant within both, so the effect has no bound"
    "<extra></extra>"
)
_NUMBERS = ["channel", "mean_a", "mean_b", "g", "low", "high", "p", "q_block", "q"]


def ranked_channels(table: pd.DataFrame, a: str, b: str, count: int = 25) -> go.Figure:
    """The channels with the largest effects, largest first: Hedges' g with its 95% interval.

    Args:
        table: a `contrast_table`. A point's `customdata` begins with its block and channel.
        a, b: the two classes, as it was made with.
        count: channels shown.
    """
    rows = table.dropna(subset=["g"]).head(count)
    if rows.empty:
        return layout.note(FEW if table.empty else "No gate changes within these classes.")
    figure = layout.panels([""], 1, row_height=20 * len(rows) + 30, legend=_legend(rows))
    places, across = np.arange(len(rows)), _effects(rows)
    for name, colour, chosen in _kinds(rows):
        trace = go.Scatter(_points(rows[chosen], name, colour), y=places[chosen], x=across[chosen])
        figure.add_trace(
            trace if colour == STILL else trace.update(error_x=_interval(rows[chosen]))
        )
    layout.list_rows(
        figure,
        [
            layout.plain(f"{block} · {channel}")
            for block, channel in zip(rows["block"], rows["channel"], strict=True)
        ],
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
        return layout.note(FEW if table.empty else "No gate changes within these classes.")
    rows = known.head(MOST)
    figure = layout.panels([""], 1, row_height=340, legend=_legend(rows))
    across = layout.rounded(_effects(rows))
    for name, colour, chosen in _kinds(rows):
        part = rows[chosen]
        trace = go.Scatter(_points(part, name, colour, 5), x=across[chosen])
        figure.add_trace(trace.update(y=layout.rounded(_sureness(part["p"]))))
    figure.update_yaxes(rangemode="tozero", title_text="-log10 of p, 300 at most")
    _across(figure, a, b)
    left_out = [f"{MOST:,} of {len(known):,} channels are drawn, those with the largest effects."]
    return layout.tell(figure, left_out if len(known) > MOST else [], 1)


def _sureness(p: pd.Series) -> np.ndarray:
    """-log10 of p, which ends where floating point does."""
    return -np.log10(np.maximum(p.to_numpy(float), 1e-300))


def _kinds(rows: pd.DataFrame) -> list[tuple[str, str, np.ndarray]]:
    """Name, colour and rows of each kind of channel that there is."""
    still = np.isinf(rows["g"].to_numpy())
    sure = (rows["q"] <= LEVEL).to_numpy() & ~still
    kinds = [
        (f"q of {LEVEL} or less", SURE, sure),
        (f"q above {LEVEL}", UNSURE, ~sure & ~still),
        ("constant within both classes", STILL, still),
    ]
    return [kind for kind in kinds if kind[2].any()]


def _legend(rows: pd.DataFrame) -> list[str]:
    return [name for name, _, _ in _kinds(rows)]


def _effects(rows: pd.DataFrame) -> np.ndarray:
    """g, with what has no bound a little beyond the largest of the others."""
    ends = rows[["g", "low", "high"]].abs().to_numpy()
    edge = 1.1 * ends[np.isfinite(ends)].max(initial=1.0)
    return rows["g"].clip(-edge, edge).to_numpy()


def _interval(rows: pd.DataFrame) -> dict:
    return {
        "symmetric": False,
        "array": layout.rounded(rows["high"] - rows["g"]),
        "arrayminus": layout.rounded(rows["g"] - rows["low"]),
        "thickness": 1.6,
        "width": 3,
    }


def _points(rows: pd.DataFrame, name: str, colour: str, size: int = 8) -> dict:
    numbers = rows[_NUMBERS].astype(float).to_numpy()
    data = [
        [layout.plain(block), int(channel), *(_short(number) for number in others)]
        for block, (channel, *others) in zip(rows["block"], numbers, strict=True)
    ]
    sides = np.where(rows["g"] > 0, "triangle-right", "triangle-left")
    symbol = {SURE: "circle", UNSURE: "circle-open", STILL: sides}[colour]
    return {
        "customdata": data,
        "mode": "markers",
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "name": name,
        "hovertemplate": _WITHOUT_BOUND if colour == STILL else _HOVER,
    }


def _short(number: float) -> float | None:
    return float(f"{number:.4g}") if np.isfinite(number) else None


def _across(figure: go.Figure, a: str, b: str) -> None:
    left, right = layout.shorts([b, a], 16)
    sides = f"← larger in {left} · larger in {right} →"
    title = f"Hedges' g<br>{sides}"
    figure.update_xaxes(zeroline=True, zerolinecolor=GREY, title_text=title)


def telling_by_depth(summary: pd.DataFrame) -> go.Figure:
    """For each block, the share of channels that tell two classes apart, and the largest effect.

    Args:
        summary: a `summary_by_block`.
    """
    if summary.empty:
        return layout.note(FEW)
    titles = [f"share of channels with q of {LEVEL} or less", "largest effect, |Hedges' g|"]
    figure = layout.panels(titles, 1, [150, 150], gap=48)
    columns = ["block", "telling", "channels", "best", "largest"]
    data = [
        [layout.plain(block), *facts, "has no bound" if np.isinf(largest) else f"{largest:.2f}"]
        for block, *facts, largest in summary[columns].values.tolist()
    ]
    hover = "<b>%{customdata[0]}</b><br>%{customdata[1]:,} of %{customdata[2]:,} channels"
    best = "<br>best: %{customdata[3]}, |g| %{customdata[4]}"
    for panel, (values, said) in enumerate(
        ((summary["share"], ": %{y:.1%}"), (_heights(summary["largest"]), best))
    ):
        bar = go.Bar(
            x=np.arange(len(summary)),
            y=layout.rounded(values),
            customdata=data,
            marker={"color": SURE, "line": {"width": 0}},
            width=0.8,
            showlegend=False,
            hovertemplate=f"{hover}{said}<extra></extra>",
        )
        figure.add_trace(bar.update(layout.axes_of(panel)))
    layout.place_blocks(figure, list(summary["block"]))
    figure.layout.xaxis.update(showticklabels=False, ticks="")
    figure.layout.yaxis.update(range=[0, 1], tickformat=".0%")
    figure.layout.yaxis2.update(rangemode="tozero")
    layout.label_axes(figure, 2, 1, "block, by depth", "")
    return figure


def _heights(largest: pd.Series) -> np.ndarray:
    """Of bars; an effect without bound stands a little above the largest of the others."""
    values = largest.fillna(0).to_numpy()
    return np.minimum(values, 1.1 * values[np.isfinite(values)].max(initial=1.0))


TELLING = FigureEntry(
    "telling-channels",
    ranked_channels,
    how="""
Each row is a channel, the dot its effect size (Hedges' g: the difference of the two means in units
of the spread within the classes), the bar its 95% interval. Channels whose difference might be
chance are marked: p-values are of Welch's test, corrected for all channels of all blocks
(Benjamini and Hochberg). A triangle at the edge is a channel that is constant within both classes,
at different values: its effect has no bound. Click a channel to look at it alone.
""",
    named="Channels that tell two classes apart",
)
VOLCANO = FigureEntry(
    "all-channels",
    volcano,
    how="""
Each dot is a channel: **across** how large its effect is (Hedges' g), **up** how sure it is, as
the minus of the logarithm of p: 3 is one in a thousand. What matters stands high **and** far from
the middle. Filled dots stay once p-values are corrected for all channels of all blocks (Benjamini
and Hochberg); triangles at the edge are constant within both classes, at different values. Click a
dot to look at that channel alone.
""",
    named="Every channel's part in telling two classes apart",
)
TELLING_BY_DEPTH = FigureEntry(
    "telling-by-depth",
    telling_by_depth,
    how="""
**Above**, how many of a block's channels tell the two classes apart (a corrected p of 0.05 or
less): where few are left out, the whole block takes sides. **Below**, the effect of its best
channel, in units of the spread within the classes.
""",
    named="Channels that tell two classes apart, by depth",
)
