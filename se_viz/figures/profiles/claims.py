"""The paper's observations, each with the number that decides on it here."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY

ROW, LINE, LONGEST = 50, 60, 40
"""Pixels of a row; characters of a line of its claim, and of a group's name."""
VERDICTS = {True: "holds", False: "does not hold", None: "cannot be asked"}
SHADES = {True: COLOURS[2], False: COLOURS[3], None: GREY}


def claims(table: pd.DataFrame) -> go.Figure:
    """A row for each claim: whether it holds, and the number that decides, for each group.

    Args:
        table: one row for each claim and group, with the fields of a `Finding` and `group`.
    """
    groups, rows = list(table["group"].unique()), table.drop_duplicates("claim")
    figure = layout.panels([""], 1, row_height=30 + ROW * len(rows))
    for place, group in enumerate(groups):
        figure.add_trace(_verdicts(table[table["group"] == group], place, len(groups) > 1))
    names = [layout.short(name, LONGEST) if len(groups) > 1 else "" for name in groups]
    figure.update_xaxes(
        range=[-0.06, len(groups) - 0.06],
        tickvals=np.arange(len(groups)),
        ticktext=names,
        showgrid=False,
        showline=False,
        ticks="",
        side="top",
    )
    return figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickvals=np.arange(len(rows)),
        ticktext=[_asked(row) for row in rows.itertuples()],
        tickfont_size=13,
        showgrid=False,
        showline=False,
        ticks="",
    )


def _asked(row) -> str:
    lines = "<br>".join(wrap(layout.plain(row.claim), LINE))
    return f"{lines}<br><i>holds if {layout.plain(row.threshold)}</i>"


def _verdicts(rows: pd.DataFrame, place: int, beside: bool) -> go.Scatter:
    """beside: whether another group stands beside, so that the verdict has a line of its own."""
    said = [_verdict(row, "<br>  " if beside else "  ") for row in rows.itertuples()]
    shades = [SHADES[_known(holds)] for holds in rows["holds"]]
    symbols = ["circle" if _known(holds) else "circle-open" for holds in rows["holds"]]
    return go.Scatter(
        x=[place] * len(rows),
        y=np.arange(len(rows)),
        mode="markers+text",
        marker={"size": 12, "color": shades, "symbol": symbols, "line": {"width": 2.5}},
        text=said,
        textposition="middle right",
        textfont_size=13,
        hoverinfo="skip",
        showlegend=False,
    )


def _verdict(row, apart: str) -> str:
    said = VERDICTS[_known(row.holds)]
    return f"  <b>{layout.plain(row.short)}</b>{apart}{said}" if row.short else f"  {said}"


def _known(holds: object) -> bool | None:
    return None if holds is None or pd.isna(holds) else bool(holds)


CLAIMS = FigureEntry(
    "findings",
    claims,
    how="""
One row is one observation that the paper makes on its network. Beside it stands the number that
decides on it here: filled where it holds, open where it does not. The thresholds are ours, as the
paper names none; below, each is told with what was measured.
""",
    named="What the paper saw, claim by claim",
)
