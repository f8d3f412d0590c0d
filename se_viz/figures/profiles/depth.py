"""What changes with depth: class specificity and saturation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import budget, layout
from se_viz.figures.style.legend import entries, group_of, key, once, shortened
from se_viz.figures.style.palette import COLOURS, colour_of, dash_of, translucent
from se_viz.profiles import BINS


def specificity_by_depth(table: pd.DataFrame) -> go.Figure:
    """Median share of a gate's variance between classes per block, quartiles shaded.

    Args:
        table: a `specificity_table` of one group or two.
    """
    if table.empty:
        return layout.note("This takes pictures of two classes or more.")
    groups = list(dict.fromkeys(table["group"]))
    names = [*(layout.short(group, 40) for group in groups), "middle half of the channels"]
    figure = layout.panels([""], 1, row_height=300, legend=names)
    for place, group in enumerate(groups):
        rows = table[table["group"] == group]
        figure.add_traces([go.Scatter(trace) for trace in _specificity(rows, place)])
    figure.update_yaxes(range=[0, 1], tickformat=".0%")
    layout.label_axes(figure, 1, 1, "block, by depth", "variance between classes")
    return figure


def _specificity(rows: pd.DataFrame, place: int) -> list[dict]:
    colour, group = COLOURS[place], str(rows["group"].iloc[0])
    edges = np.concatenate([rows["q75"], rows["q25"][::-1]])
    hover = (
        f"<b>%{{x}}</b>: median %{{y:.1%}}<br>middle half of the channels: %{{customdata[0]:.1%}} "
        f"to %{{customdata[1]:.1%}}<br>mean %{{customdata[2]:.1%}}, channels: "
        f"%{{customdata[3]:.0f}}<br>{layout.plain(group)}<extra></extra>"
    )
    band = {
        "x": [*rows["block"], *rows["block"][::-1]],
        "y": layout.rounded(edges),
        "fill": "toself",
        "fillcolor": translucent(colour, 0.18),
        "mode": "lines",
        "line": {"width": 0, "color": colour},
        "name": "middle half of the channels",
        "legendgroup": "quartiles",
        "showlegend": place == 0,
        "hoverinfo": "skip",
    }
    median = {
        "x": list(rows["block"]),
        "y": layout.rounded(rows["median"]),
        "customdata": layout.rounded(rows[["q25", "q75", "mean", "channels"]]),
        "mode": "lines+markers",
        "name": layout.short(group, 40),
        "line": {"color": colour, "width": 2.2, "dash": dash_of({}, ALL, place)},
        "marker": {"size": 8, "symbol": ("circle", "diamond-open")[min(place, 1)]},
        "hovertemplate": hover,
    }
    return [band, median]


def saturation_by_depth(
    table: pd.DataFrame, colours: Mapping[str, str], columns: int = 2
) -> go.Figure:
    """Two panels over the blocks: share of gates nearly open, and nearly shut, a line per class.

    Args:
        table: a `saturation_table` of one group or two.
        colours: `class_colours` of every class known.
        columns: 2 for panels side by side, 1 for one under the other.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, left_out = budget.few_classes(table)
    groups = list(dict.fromkeys(table["group"]))
    titles = ["nearly open: gates of 0.95 or more", "nearly shut: gates under 0.05"]
    figure = layout.panels(
        titles, columns, row_height=240, legend=entries(table), gap=layout.WIDE_GAP
    )
    lines = [
        _line(rows, value, OPENING.format(value), colours, groups.index(group))
        | layout.axes_of(panel)
        for (group, _), rows in table.groupby(["group", "class"], sort=False, observed=True)
        for panel, value in enumerate(("open", "shut"))
    ]
    figure.add_traces([go.Scatter(line) for line in key(groups) + once(shortened(lines))])
    figure.update_yaxes(tickformat=".2~%", rangemode="tozero")
    layout.name_blocks(figure, table["block"], columns)
    layout.label_axes(figure, 2, columns, "block, by depth", "share of gates")
    return layout.tell(figure, left_out, columns)


def entropy_by_depth(table: pd.DataFrame, colours: Mapping[str, str]) -> go.Figure:
    """Entropy of the gates of each block, a line per class.

    Args:
        table: a `saturation_table` of one group or two.
        colours: `class_colours` of every class known.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, left_out = budget.few_classes(table)
    groups = list(dict.fromkeys(table["group"]))
    figure = layout.panels([""], 1, row_height=260, legend=entries(table))
    lines = [
        _line(rows, "entropy", ENTROPY, colours, groups.index(group))
        for (group, _), rows in table.groupby(["group", "class"], sort=False, observed=True)
    ]
    figure.add_traces([go.Scatter(line) for line in key(groups) + once(shortened(lines))])
    figure.update_yaxes(range=[0, np.log2(BINS)])
    layout.name_blocks(figure, table["block"], 1)
    layout.label_axes(figure, 1, 1, "block, by depth", "entropy (bits)")
    return layout.tell(figure, left_out, 1)


OPENING = "%{{y:.1%}} of the gates nearly {}"
ENTROPY = "entropy of %{y:.2f} bits"


def _line(
    rows: pd.DataFrame, value: str, said: str, colours: Mapping[str, str], place: int
) -> dict:
    name, group = str(rows["class"].iloc[0]), str(rows["group"].iloc[0])
    hover = f"<b>{layout.plain(name)}</b><br>%{{x}}: {said}<br>{layout.plain(group)}<extra></extra>"
    return {
        "x": list(rows["block"]),
        "y": layout.rounded(rows[value]),
        "mode": "lines+markers",
        "name": name,
        "legendgroup": group_of(name),
        "line": {
            "color": colour_of(colours, name),
            "width": 2.6 if name == ALL else 1.4,
            "dash": dash_of(colours, name, place),
        },
        "marker": {"size": 5, "symbol": ("circle", "diamond-open")[min(place, 1)]},
        "hovertemplate": hover,
    }


SPECIFICITY = FigureEntry(
    "specificity-by-depth",
    specificity_by_depth,
    of_profiles=from_profiles.specificity,
    how="""
For each channel we split the variance of its gate over pictures: the part between the means of
the classes, over all of it. The line is the median over a block's channels, the band holds the
middle half of them. With few pictures in a class the share is too large by chance: about 1 / n
for n pictures.
""",
    variants={
        "findings-specificity": "",
    },
)
SATURATION = FigureEntry(
    "saturation-by-depth",
    saturation_by_depth,
    of_profiles=from_profiles.saturation,
    how="""
A gate of 0.95 or more lets its channel through nearly unchanged; one under 0.05 nearly shuts it.
A gate that is always at one end does not adapt to the picture. Each line is the share of such
gates in a block, over all channels and pictures of a class; grey is the mean over classes.
""",
)
ENTROPY_BY_DEPTH = FigureEntry(
    "entropy-by-depth",
    entropy_by_depth,
    of_profiles=from_profiles.saturation,
    how="""
**Entropy** says how evenly the gates of a block are spread from 0 to 1, in bits: 0 where all share
one value (out of 100 equal steps), 6.6 where every value is as common as any other. It sees all
channels and all pictures of a class. Gates that are all open, or all shut, have none.
""",
)
