"""One channel of one block: its gate in every class."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.gate_span import around
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.entry import FigureEntry
from se_viz.figures.profiles.heatmap import CLASSES
from se_viz.figures.style import budget, layout
from se_viz.figures.style.gates import axis_of
from se_viz.figures.style.legend import class_rows
from se_viz.figures.style.palette import colour_of, translucent
from se_viz.figures.style.strokes import spans

DOTS = 2000
"""Pictures drawn as dots."""
_FACTS = ["mean", "std", "low", "high", "pictures"]


def channel_by_class(
    table: pd.DataFrame, colours: Mapping[str, str], pictures: pd.DataFrame | None = None
) -> go.Figure:
    """A row for each class and group: smallest to largest gate, one standard deviation, mean.

    Args:
        table: a `channel_table` of one group or two.
        colours: `class_colours` of every class known.
        pictures: a `channel_pictures`; each picture is a dot in the row of its class, of the last
            group that has it. A dot's `customdata` begins with its row in the reading.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, left_out = budget.few_classes(table, CLASSES)
    rows = class_rows(table)
    found = table.set_index(["class", "group"]).loc[rows]
    title = f"{table['block'].iloc[0]}, channel {table['channel'].iloc[0]}"
    high = 12 if len(rows) > 40 else 24
    figure = layout.panels([title], 1, row_height=30 + high * len(rows))
    shades = [colour_of(colours, name) for name, _ in rows]
    figure.add_traces(_ranges(found, shades) + _deviations(found, shades))
    if pictures is not None and pictures["class"].isin([name for name, _ in rows]).any():
        figure.add_trace(_dots(pictures, rows, colours))
    figure.add_trace(_means(found, rows, shades))
    ends = axis_of(found["low"], found["high"], room=(0.01, 0.01))
    figure.update_xaxes(**ends, title_text="gate")
    layout.list_rows(figure, layout.row_names(rows))
    return layout.tell(figure, left_out, 1)


def _ranges(found: pd.DataFrame, shades: list[str]) -> list[go.Scatter]:
    return _bars(found["low"], found["high"], shades, 1.5, 0.8)


def _deviations(found: pd.DataFrame, shades: list[str]) -> list[go.Scatter]:
    low, high = map(pd.Series, around(found["mean"], found["std"]))
    return _bars(low, high, shades, 8, 0.45)


def _bars(
    low: pd.Series, high: pd.Series, shades: list[str], width: float, opacity: float
) -> list[go.Scatter]:
    """One trace for each colour, however many rows there are."""
    places = np.arange(len(low))
    traces = []
    for shade in dict.fromkeys(shades):
        mine = np.array([other == shade for other in shades])
        colour = translucent(shade, opacity)
        traces.append(spans(low[mine], high[mine], places[mine], colour, width))
    return traces


def _means(found: pd.DataFrame, rows: list[tuple[str, str]], shades: list[str]) -> go.Scatter:
    data = [
        [layout.plain(name), layout.plain(group), *facts]
        for (name, group), facts in zip(
            rows, found[_FACTS].astype(float).round(4).values.tolist(), strict=True
        )
    ]
    return go.Scatter(
        x=layout.rounded(found["mean"]),
        y=np.arange(len(rows)),
        customdata=data,
        mode="markers",
        marker={"color": "#FFFFFF", "size": 9, "line": {"color": shades, "width": 2.5}},
        showlegend=False,
        hovertemplate="<b>%{customdata[0]}</b><br>mean %{customdata[2]:.3f} ± %{customdata[3]:.3f}"
        "<br>from %{customdata[4]:.3f} to %{customdata[5]:.3f}<br>%{customdata[1]}, pictures: "
        "%{customdata[6]:,.0f}<extra></extra>",
    )


def _dots(
    pictures: pd.DataFrame, rows: list[tuple[str, str]], colours: Mapping[str, str]
) -> go.Scatter:
    """The pictures, evenly thinned where they are many; those of one class in a row of its own."""
    places = {name: place for place, (name, _) in enumerate(rows) if name != ALL}
    here = pictures[pictures["class"].isin(list(places))]
    here = here.iloc[np.unique(np.linspace(0, len(here) - 1, min(len(here), DOTS)).astype(int))]
    lift = 0.28 * (np.arange(len(here)) % 5 - 2) / 2
    words = [[layout.plain(text) for text in here[column]] for column in ("picture", "class")]
    return go.Scatter(
        x=layout.rounded(here["gate"]),
        y=layout.rounded(np.array([places[name] for name in here["class"]]) + lift),
        customdata=[list(facts) for facts in zip(here["row"].tolist(), *words, strict=True)],
        mode="markers",
        marker={
            "size": 5,
            "color": [colour_of(colours, name) for name in here["class"]],
            "opacity": 0.75,
        },
        showlegend=False,
        hovertemplate="<b>%{customdata[1]}</b> (%{customdata[2]})<br>gate %{x:.3f}<extra></extra>",
    )


ONE_CHANNEL = FigureEntry(
    "one-channel",
    channel_by_class,
    how="""
One **row** is a class. The ring is the mean gate of this channel over the pictures of the class,
the thick bar one standard deviation either way, the thin one runs from the smallest gate to the
largest. Small dots are single pictures, where they are known. Rows that stand apart mean that the
channel knows the class; long bars mean that it follows the picture.
""",
)
