"""What the gates of each block answer to, and whether they steady the signal, by depth."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import GREEN, STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY, MARK, translucent

HEIGHT, LOW = 270, 74
"""Pixels of the panel of shares, and of that below it."""
NUMBERED = 20
"""Blocks whose bars have numbers."""
COMMON = "of how gates move: shared by all pictures"
CLASS = "of how clean gates spread: follows the class"


def what_gates_answer_to(table: pd.DataFrame, columns: int = 2) -> go.Figure:
    """Each block's common share of the move and the class's share of the clean spread, on one axis;
    below, how far its gates move.

    Args:
        table: a `block_table` of one light.
        columns: 1 on a narrow page.
    """
    if table.empty or table["common"].isna().all():
        return layout.note("Gates do not move in this light, or nobody measured how far.")
    titles = ["", "how far gates move, in spreads of the clean gates"]
    figure = layout.panels(titles, 1, [HEIGHT, LOW], legend=[COMMON, CLASS], gap=46)
    place_stages(figure, table, 0)
    figure.add_trace(_shares(table, "class", CLASS, MARK, "diamond-open"))
    figure.add_trace(_shares(table, "common", COMMON, GREEN, "circle"))
    figure.add_trace(_bars(table, NUMBERED if columns > 1 else NUMBERED // 2))
    layout.place_blocks(figure, list(table["block"]))
    figure.layout.xaxis.update(showticklabels=False, ticks="")
    figure.layout.xaxis2.update(title_text="block, by depth")
    figure.layout.yaxis.update(range=[0, 1.12], tickformat=".0%", dtick=0.25, title_text="share")
    figure.layout.yaxis2.update(range=[0, 1.5 * _most(table["spreads"])], nticks=3)
    figure.layout.annotations[0].update(font_size=12)
    figure.update_layout(legend_traceorder="reversed")
    return figure


def _most(values: pd.Series) -> float:
    most = float(np.nanmax(values.astype(float)))
    return most if most > 0 else 1.0


def _shares(table: pd.DataFrame, name: str, words: str, colour: str, symbol: str) -> go.Scatter:
    column = "class_share" if name == "class" else "common"
    share, low, high = (table[c].astype(float) for c in (column, f"{name}_low", f"{name}_high"))
    facts = np.stack([low, high], 1).round(4)
    return go.Scatter(
        x=table["depth"] - 1,
        y=layout.rounded(share),
        customdata=[
            [layout.plain(block), *(None if np.isnan(n) else n for n in ends)]
            for block, ends in zip(table["block"], facts.tolist(), strict=True)
        ],
        mode="lines+markers",
        line={"color": colour, "width": 2.4, "dash": "solid" if name == "common" else "4px,3px"},
        marker={
            "size": 10,
            "symbol": symbol,
            "color": colour,
            "line": {"width": 2 if symbol.endswith("open") else 0, "color": colour},
        },
        error_y=error_of(share, low, high, translucent(colour, 0.55)),
        name=words,
        hovertemplate=f"<b>%{{customdata[0]}}</b><br>%{{y:.1%}} {words}<br>95% from "
        "%{customdata[1]:.1%} to %{customdata[2]:.1%}<extra></extra>",
    )


def error_of(middle: pd.Series, low: pd.Series, high: pd.Series, colour: str) -> dict:
    """Intervals of points for Plotly, upwards."""
    return {
        "symmetric": False,
        "array": layout.rounded(np.maximum(high - middle, 0).fillna(0)),
        "arrayminus": layout.rounded(np.maximum(middle - low, 0).fillna(0)),
        "thickness": 2,
        "width": 0,
        "color": colour,
    }


def _bars(table: pd.DataFrame, most: int) -> go.Bar:
    far = table["spreads"].astype(float)
    few = len(table) <= most
    return go.Bar(
        x=table["depth"] - 1,
        y=layout.rounded(far.fillna(0)),
        customdata=[
            [layout.plain(block), round(float(move), 4)]
            for block, move in zip(table["block"], table["move"], strict=True)
        ],
        width=0.62,
        marker={"color": translucent(GREEN, 0.5)},
        text=[f"<b>{n:.1f}</b>" if n >= 1 else f"{n:.1f}" for n in far] if few else None,
        textposition="outside",
        textangle=0,
        textfont={"size": 11},
        constraintext="none",
        cliponaxis=False,
        showlegend=False,
        hovertemplate="<b>%{customdata[0]}</b><br>gates move by %{y:.2f} of their clean spreads, "
        "%{customdata[1]:.3f} (root mean square)<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )


def place_stages(figure: go.Figure, table: pd.DataFrame, panel: int) -> None:
    """Bands and names of the stages behind a panel; none in a network without."""
    axes = layout.axes_of(panel)
    on = {"xref": axes["xaxis"], "yref": f"{axes['yaxis']} domain"}
    runs = [(stage, len(list(run))) for stage, run in groupby(table["stage"])]
    first = 0
    for place, (stage, count) in enumerate(runs):
        if stage:
            ends = {"x0": first - 0.5, "x1": first + count - 0.5, "y0": 0, "y1": 1}
            fill = translucent(GREY, 0.08 if place % 2 else 0)
            figure.add_shape(type="rect", layer="below", line_width=0, fillcolor=fill, **ends, **on)
            look = {"showarrow": False, "yanchor": "top", "font": {"size": 12}}
            figure.add_annotation(
                text=f"stage {stage}", x=first + (count - 1) / 2, y=0.995, **look, **on
            )
        first += count


def steadiness(table: pd.DataFrame) -> go.Figure:
    """How far U and X change in one light, block by block, with adapting gates and with clean ones.

    Args:
        table: a `block_table` of one light.
    """
    if table.empty or table["u_change"].isna().all():
        return layout.note("Nobody measured how far the signal changes in this light.")
    series = {
        "U, before the gates": ("u_change", GREY, "3px,3px", "diamond"),
        "X, gates adapt": ("x_change", STYLES["adaptive"].colour, "solid", "circle"),
        "X, with the clean picture's gates": (
            *("x_fixed", STYLES["held"].colour, "5px,4px", "circle-open"),
        ),
    }
    figure = layout.panels([""], 1, HEIGHT, legend=list(series))
    place_stages(figure, table, 0)
    for name, (column, colour, dash, symbol) in series.items():
        figure.add_trace(_changes(table, column, name, colour, dash, symbol))
    layout.place_blocks(figure, list(table["block"]))
    most = _most(table[["u_change", "x_change", "x_fixed"]].max(axis=1))
    figure.update_yaxes(range=[0, 1.18 * most], tickformat=".0%")
    layout.label_axes(figure, 1, 1, "block, by depth", "change of the channels' means")
    return figure


def _changes(
    table: pd.DataFrame, column: str, name: str, colour: str, dash: str, symbol: str
) -> go.Scatter:
    facts = table[["steadied", "steadied_low", "steadied_high"]].astype(float).round(4)
    return go.Scatter(
        x=table["depth"] - 1,
        y=layout.rounded(table[column]),
        customdata=[
            [layout.plain(block), *(None if np.isnan(n) else n for n in three)]
            for block, three in zip(table["block"], facts.values.tolist(), strict=True)
        ],
        mode="lines+markers",
        line={"color": colour, "width": 2.2, "dash": dash},
        marker={
            "size": 8,
            "symbol": symbol,
            "color": colour,
            "line": {"width": 2 if symbol.endswith("open") else 0, "color": colour},
        },
        name=name,
        hovertemplate=f"<b>%{{customdata[0]}}</b><br>{name}: %{{y:.1%}}<br>adapting gates take "
        "%{customdata[1]:+.1%} off X's change, 95% from %{customdata[2]:+.1%} to "
        "%{customdata[3]:+.1%}<extra></extra>",
    )


ANSWER = FigureEntry(
    "shift-how",
    what_gates_answer_to,
    how="""
Each block's gates move when the light changes. **Green**: the part of that move which all pictures
have in common, |mean move|² / mean |move|² over channels; at 100% every picture's gates make the
same move, at 0% each goes its own way. **Diamonds**: of how far gates of *clean* pictures lie
apart, the part that follows the class (variance between classes over that plus the variance
within). Both are shares from 0 to 100%, with 95% intervals (jackknife over 20 groups of
pictures). **Bars**: how far gates move (root of the mean square), in spreads of the clean gates; at
1 the light moves a gate as far as the difference between pictures does.
""",
    named="What gates answer to: the light or the class",
)
STEADY = FigureEntry(
    "shift-steady",
    steadiness,
    how="""
How far the channels' means over positions move from the clean picture to the shifted one, as a
share of their length, mean over pictures: |z' − z| / |z| for what comes into the block's gates
(**U**, whose mean is z) and the same of s z for what leaves them (**X**, whose mean is s z). Solid:
with gates that adapt. Dashed: with the gates that the clean picture had. Where the solid line lies
under the dashed one, adapting gates steady the signal; where it lies above, they carry the change
on. It compares means over positions only, not the maps.
""",
    named="Do adapting gates steady the signal?",
)
