"""From z over the bottleneck to the gates: the numbers of one picture in one block."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.palette import COLOURS, MARK, translucent
from se_viz.figures.style.strokes import strokes

NAMES = 24
"""Units of the bottleneck up to which bars have room between them."""


def squeezes(z: np.ndarray, chosen: np.ndarray) -> go.Figure:
    """The squeeze of every channel; chosen ones are marked.

    Args:
        z: (C,).
        chosen: int (n,), channel numbers.
    """
    figure = layout.panels([_z_title(z)], 1, row_height=130)
    figure.add_traces(_channels(z, chosen, 0, COLOURS[0], "squeeze"))
    layout.label_axes(figure, 1, 1, "channel", "z")
    return figure


def excitation(
    z: np.ndarray, bottleneck: np.ndarray | None, s: np.ndarray, chosen: np.ndarray
) -> go.Figure:
    """Three panels: z, the bottleneck, and s; the middle one is left out where it is not known.

    Args:
        z, s: (C,), squeezes and gates.
        bottleneck: (C / r,).
        chosen: int (n,), channel numbers to mark.
    """
    titles = [_z_title(z)]
    if bottleneck is not None:
        active = int((bottleneck > 0).sum())
        titles.append(f"bottleneck: {len(bottleneck):,} units, {active:,} of them above 0")
    titles.append(f"s: {len(s):,} gates, from {s.min():.2f} to {s.max():.2f}")
    figure = layout.panels(titles, 1, row_height=120, gap=82)
    figure.add_traces(_channels(z, chosen, 0, COLOURS[0], "squeeze"))
    if bottleneck is not None:
        figure.add_trace(_bars(bottleneck))
    last = len(titles) - 1
    figure.add_traces(_channels(s, chosen, last, COLOURS[3], "gate"))
    for panel, (x, y) in enumerate(_axes(bottleneck is not None)):
        axes = layout.axes_of(panel)
        figure.layout[f"xaxis{axes['xaxis'][1:]}"].title.text = x
        figure.layout[f"yaxis{axes['yaxis'][1:]}"].title.text = y
    ends = axis_of(s, room=(0, 0.12))
    figure.layout[f"yaxis{last + 1}"].update(ends | {"dtick": ends["dtick"] and 0.5})
    return figure


def _axes(with_bottleneck: bool) -> list[tuple[str, str]]:
    middle = [("bottleneck unit", "W₁z, activated")] if with_bottleneck else []
    return [("channel", "z"), *middle, ("channel", "gate s")]


def _z_title(z: np.ndarray) -> str:
    return f"z: {len(z):,} squeezes, from {z.min():.3f} to {z.max():.3f}".replace("-", "−")


def _bars(bottleneck: np.ndarray) -> go.Bar:
    return go.Bar(
        y=layout.rounded(bottleneck),
        marker={"color": COLOURS[2], "line": {"width": 0}},
        width=0.7 if len(bottleneck) <= NAMES else 0.9,
        showlegend=False,
        hovertemplate="bottleneck unit %{x}<br>%{y:.4f}<extra></extra>",
        **layout.axes_of(1),
    )


def _channels(
    values: np.ndarray, chosen: np.ndarray, panel: int, colour: str, word: str
) -> list[go.Scatter]:
    """A skyline of all channels, with dots on some."""
    place = layout.axes_of(panel)
    every = go.Scatter(
        y=layout.rounded(values),
        mode="lines",
        line={"shape": "hvh", "width": 1, "color": translucent(colour, 0.7)},
        fill="tozeroy",
        fillcolor=translucent(colour, 0.25),
        showlegend=False,
        hovertemplate=f"channel %{{x}}<br>{word} %{{y:.4f}}<extra></extra>",
        **place,
    )
    if len(values) == 1:
        every.update(mode="markers", fill=None)
    return [every, *_stems(values, chosen, word, place)] if len(chosen) else [every]


def _stems(values: np.ndarray, chosen: np.ndarray, word: str, place: dict) -> list[go.Scatter]:
    """Chosen channels, each with its number at the outer end."""
    ends = values[chosen]
    stems = go.Scatter(
        x=np.repeat(chosen, 3),
        y=strokes(0 * ends, ends),
        mode="lines",
        line={"width": 2, "color": MARK},
        showlegend=False,
        hoverinfo="skip",
        **place,
    )
    dots = go.Scatter(
        x=chosen,
        y=layout.rounded(ends),
        mode="markers+text",
        text=[f"<b>{channel}</b>" for channel in chosen],
        textposition=["top center" if end >= 0 else "bottom center" for end in ends],
        textfont={"size": 11},
        marker={"size": 7, "color": MARK},
        cliponaxis=False,
        showlegend=False,
        hovertemplate=f"<b>channel %{{x}}</b><br>{word} %{{y:.4f}}<extra></extra>",
        **place,
    )
    return [stems, dots]


SQUEEZES = FigureEntry(
    "squeezes",
    squeezes,
    how="""
**Across** are all channels of the block, **up** the squeeze of each: the mean of its feature map
(in some networks, its largest number). The dots mark the channels that you chose to look at. This
row of numbers is all that the block knows of the picture when it decides on its gates.
""",
    named="Squeeze: z of every channel",
)
EXCITATION = FigureEntry(
    "excitation",
    excitation,
    how="""
**Above**, z: one number for each channel. In the **middle**, the bottleneck, which holds C / r
numbers: the narrow place through which everything must pass. **Below**, s: a gate for each channel,
made of the bottleneck alone. Every gate hangs on all channels, as each of them reaches every
unit of it. Dots mark the channels that you chose to look at.
""",
    named="Excite: from z over the bottleneck to s",
)
AT_ONCE = replace(
    EXCITATION,
    how="""
**Above**, z: one number for each channel. **Below**, s: a gate for each channel, made of all the
numbers above. Dots mark the channels that you chose to look at.
""",
)
"""Where there is no bottleneck to be seen."""
