"""Accuracy with gates of one's own, of others, and of nobody, on pictures and on plain grey."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY
from se_viz.figures.style.strokes import spans

SOURCES = (*("adaptive", "held", "same-class", "class-mean", "other-class", "shuffled", "frozen"),)
"""From the top."""
NAMES = {"adaptive": "its own, adapting", "held": "its own, clean"}
TAKEN = "→ taken for that class"
"""The row under "another class's"."""
ROW = 24  # pixels


def whose_gates(tables: Mapping[str, pd.DataFrame], chance: float, columns: int = 2) -> go.Figure:
    """A panel for each light, a row for each source of gates.

    Args:
        tables: title of a light -> rows of a `shift_table` in it, with all gates of one source.
        chance: the share that is right when one class is said of all, in [0, 1].
        columns: panels side by side.
    """
    if not tables:
        return layout.note("Not measured with the gates of others.")
    names = _rows(tables)
    figure = layout.panels(list(tables), columns, ROW * len(names) + 14)
    traces: list[go.Scatter] = []
    for panel, rows in enumerate(tables.values()):
        known = rows[rows["gates"].isin(SOURCES) & rows["accuracy"].notna()]
        _mark(figure, layout.axes_of(panel), chance)
        traces += _panel(layout.axes_of(panel), known.drop_duplicates("gates"), names)
    figure.add_traces(traces)
    ticks = [0, 0.25, 0.5, 0.75, 1] if columns > 1 else [0, 0.5, 1]
    figure.update_xaxes(range=[-0.04, 1.18], tickvals=ticks, tickformat=".0%", tickangle=0)
    layout.list_rows(
        figure,
        [NAMES.get(key, STYLES[key].name if key in STYLES else key) for key in names],
        ticks="",
    )
    layout.label_axes(figure, len(tables), columns, "share that is right", "")
    layout.share_rows(figure, len(tables), columns)
    return figure


def _rows(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Keys of sources that were tried anywhere, and `TAKEN` under that of other classes."""
    tried = pd.concat(list(tables.values()))
    there = set(tried[tried["accuracy"].notna()]["gates"])
    found = [gates for gates in SOURCES if gates in there]
    if "other-class" in found:
        found.insert(found.index("other-class") + 1, TAKEN)
    return found


def _mark(figure: go.Figure, axes: dict[str, str], chance: float) -> None:
    line = {"color": GREY, "width": 1.2, "dash": "2px,3px"}
    ends = {"xref": axes["xaxis"], "yref": f"{axes['yaxis']} domain", "y0": 0, "y1": 1}
    figure.add_shape(type="line", x0=chance, x1=chance, line=line, layer="below", **ends)


def _panel(axes: dict[str, str], rows: pd.DataFrame, names: list[str]) -> list[go.Scatter]:
    found: list[go.Scatter] = []
    for gates, own in rows.groupby("gates", sort=False):
        place = np.array([float(names.index(str(gates)))])
        found += _row(own, str(gates), place, ("accuracy", "low", "high"), axes)
        if gates == "other-class":
            taken = ("taken", "taken_low", "taken_high")
            found += _row(own, str(gates), place + 1, taken, axes)
    return found


def _row(
    rows: pd.DataFrame, gates: str, place: np.ndarray, facts: tuple[str, str, str], axes: dict
) -> list[go.Scatter]:
    """An interval and a dot with its number."""
    style, taken = STYLES[gates], facts[0] == "taken"
    low, high = (rows[end].astype(float) for end in facts[1:])
    share, count = float(rows[facts[0]].iloc[0]), int(rows["pictures"].iloc[0])
    what = "taken for the class of the gates" if taken else "right"
    name = NAMES.get(gates, style.name)
    symbol = "star-diamond" if taken else style.symbol
    dot = go.Scatter(
        x=layout.rounded([share]),
        y=place,
        mode="markers",
        marker={**style.marker, "size": 13 if taken else 10, "symbol": symbol},
        showlegend=False,
        hovertemplate=f"<b>gates: {name}</b><br>{share:.1%} {what}, 95% from {low.iloc[0]:.1%} to "
        f"{high.iloc[0]:.1%}<br>of {count:,} pictures<extra></extra>",
        **axes,
    )
    number = f"<b>{100 * share:.0f}</b>" if taken or gates == "adaptive" else f"{100 * share:.0f}"
    text = go.Scatter(
        x=layout.rounded(np.maximum(high, share + 0.02)),
        y=place,
        mode="text",
        text=[f"\u2002{style.written(number)}"],
        textposition="middle right",
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
        **axes,
    )
    return [spans(low, high, place, style.band(0.4), 8).update(axes), dot, text]


WHOSE = FigureEntry(
    "shift-whose",
    whose_gates,
    how="""
One panel is one light; one row is whose gates the pictures are given, in all blocks at once. Dots:
how many are right, with 95% intervals (Wilson); rings are gates that know the picture's class.
**The star**, in a row of its own: of pictures with gates of another class, how many are taken for
*that* class. The last panel shows the network nothing but plain grey: whatever it says there, gates
alone made it say. The dotted line is what one gets by always naming the commonest class.
""",
    named="Whose gates: its own, another picture's, nobody's",
)
