"""How much longer a picture takes with the parts of SE added in turn, beside the paper's."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY
from se_viz.figures.style.strokes import spans

HERE, PAPER = "measured here, with its 95% interval", "the paper, quoted"
ROOM = 0.02
"""Left free on both sides, of the network without SE."""


def times(table: pd.DataFrame, quoted: pd.DataFrame) -> go.Figure:
    """Time over that of the network without SE, a row for each network.

    Args:
        table: title, milliseconds, and ratio, low and high as `timing.time_of` gives them.
        quoted: title, milliseconds and ratio of what others measured.
    """
    figure = layout.panels([""], 1, row_height=210, legend=[HERE, PAPER])
    rows = pd.concat([table, quoted], ignore_index=True)
    here, there = rows.iloc[: len(table)], rows.iloc[len(table) :]
    figure.add_trace(spans(here["low"], here["high"], here.index.to_numpy(), COLOURS[0], 2.5))
    figure.add_trace(_points(here, HERE, "circle", COLOURS[0]))
    figure.add_trace(_points(there, PAPER, "diamond-open", COLOURS[3]))
    figure.update_xaxes(
        title_text="time over that without SE",
        range=[rows[["low", "ratio"]].min(axis=None) - ROOM, _most(rows) + ROOM],
        zeroline=False,
    )
    figure.add_vline(x=1, line_color=GREY, line_width=1)
    names = [
        f"{layout.plain(title)}, {ms:,.3g} ms"
        for title, ms in zip(rows["title"], rows["milliseconds"], strict=True)
    ]
    layout.list_rows(figure, names)
    return figure


def _most(rows: pd.DataFrame) -> float:
    return rows[["high", "ratio"]].max(axis=None)


def _points(rows: pd.DataFrame, name: str, symbol: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=layout.rounded(rows["ratio"]),
        y=rows.index,
        text=[layout.plain(title) for title in rows["title"]],
        customdata=rows[["milliseconds"]].round(3).values.tolist(),
        mode="markers",
        marker={"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2}},
        name=name,
        hovertemplate="<b>%{text}</b><br>%{x:.3f} times, %{customdata[0]:,.3g} ms<extra></extra>",
    )


TIMES = FigureEntry(
    "times",
    times,
    how="""
Four networks, timed by turns on one picture in the same run: without SE; with every block's squeeze
computed beside it; with the dense layers after it; and as it is, with U scaled by the gates. Each
is timed whole, since parts timed alone do not add up where they share their passes over memory.
**Right** of 1 is slower than without SE. The point is the median of the rounds' ratios, the bar
its 95% interval, by order statistics; the milliseconds are medians of their own, which need not
have just that ratio. **Diamonds** are the paper's
(section 4), quoted, from its own machines; they have no bar, as none is said.
""",
)
