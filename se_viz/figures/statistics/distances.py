"""Which classes a block treats alike, and at which depth two of them part."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.distances import Tree, tree
from se_viz.figures.entry import FigureEntry
from se_viz.figures.profiles.heatmap import CLASSES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY, translucent
from se_viz.figures.style.strokes import strokes

TREE, NAMED = 90, 40
"""Pixels of the tree; classes up to which columns are named, too."""


def class_map(matrix: pd.DataFrame, block: str) -> go.Figure:
    """Distances between classes in a block, ordered by the tree above: what is alike is adjacent.

    Args:
        matrix: a `distance_matrix`; of more than a hundred classes, the first hundred are drawn.
        block: its name, for the title.
    """
    if len(matrix) < 2:
        return layout.note("A distance takes two classes with pictures.")
    shown = matrix.iloc[:CLASSES, :CLASSES]
    found = tree(shown)
    names = layout.shorts([shown.index[row] for row in found.order], 20)
    size = len(shown) * (8 if len(shown) > NAMED else 24)
    titles = [f"{block}: classes joined, nearest first", ""]
    figure = layout.panels(titles, 1, [TREE, max(size, 120)], gap=6)
    figure.add_traces([_branches(found), _cells(shown, found)])
    _frame(figure, names)
    _scale(figure, shown)
    left_out = [f"The first {CLASSES} of {len(matrix):,} classes are drawn."]
    return layout.tell(figure, left_out if len(matrix) > CLASSES else [], 1)


def _branches(found: Tree) -> go.Scatter:
    """One line for all joints, up, across and down; hovering over its corners tells the height."""
    joints = np.array(found.joints)
    left, right, low, lower, height = joints.T
    return go.Scatter(
        x=strokes(left, left, right, right),
        y=strokes(low, height, height, lower),
        mode="lines",
        line={"color": GREY, "width": 1.5},
        showlegend=False,
        hovertemplate="joined at a distance of %{y:.3f}<extra></extra>",
    )


def _cells(matrix: pd.DataFrame, found: Tree) -> go.Heatmap:
    order = list(found.order)
    values = matrix.to_numpy(copy=True)
    np.fill_diagonal(values, np.nan)
    words = layout.shorts(matrix.index[row] for row in order)
    return go.Heatmap(
        z=layout.rounded(values[np.ix_(order, order)]),
        customdata=[[f"{one} and {other}" for other in words] for one in words],
        coloraxis="coloraxis",
        hoverongaps=False,
        hovertemplate="<b>%{customdata}</b><br>distance %{z:.3f}<extra></extra>",
        **layout.axes_of(1),
    )


def _frame(figure: go.Figure, names: list[str]) -> None:
    ticks = {"tickvals": list(range(len(names))), "ticktext": names, "ticks": "", "showgrid": False}
    along = {"range": [-0.5, len(names) - 0.5], "showgrid": False}
    figure.layout.xaxis.update(showticklabels=False, ticks="", showline=False, **along)
    figure.layout.yaxis.update(rangemode="tozero", nticks=4, title_text="distance")
    few = len(names) <= NAMED
    figure.layout.xaxis2.update(ticks | along | {"showticklabels": few, "tickangle": -90})
    figure.layout.yaxis2.update(ticks | {"range": [len(names) - 0.5, -0.5]})


def _scale(figure: go.Figure, matrix: pd.DataFrame) -> None:
    """From the closest two classes to the most distant; a class is not held against itself."""
    apart = matrix.to_numpy()[np.triu_indices(len(matrix), 1)]
    low, high = float(apart.min()), float(apart.max())
    figure.update_layout(
        coloraxis={
            "colorscale": "Viridis",
            "cmin": round(low, 4) if high - low > 1e-3 else 0,
            "cmax": max(round(high, 4), 1e-3),
            "colorbar": {
                "title": {"text": "distance (gate)", "side": "right", "font": {"size": 12}},
                "thickness": 10,
                "nticks": 5,
            },
        }
    )


def parting_by_depth(table: pd.DataFrame, a: str, b: str) -> go.Figure:
    """How far apart two classes lie in each block, against the spread within them.

    Args:
        table: a `parting_table`.
        a, b: the two classes, as it was made with.
    """
    if table.empty:
        return layout.note("There is no block to compare classes in.")
    apart = " from ".join(layout.shorts([a, b], 20))
    legend = [apart, "spread within the two", "any two classes", "chance alone"]
    figure = layout.panels([""], 1, row_height=300, legend=legend)
    looks = [
        ("within", legend[1], {"color": GREY, "width": 0}),
        ("usual", legend[2], {"color": COLOURS[1], "width": 1.5, "dash": "3px,2px"}),
        ("chance", legend[3], {"color": COLOURS[5], "width": 1.5, "dash": "1px,2px"}),
        ("distance", legend[0], {"color": COLOURS[0], "width": 2.6}),
    ]
    known = [look for look in looks if table[look[0]].notna().any()]
    figure.add_traces([_line(table, *look) for look in known])
    layout.place_blocks(figure, list(table["block"]))
    figure.update_yaxes(rangemode="tozero")
    layout.label_axes(figure, 1, 1, "block, by depth", "distance of mean gates (gate)")
    return figure


def _line(table: pd.DataFrame, value: str, name: str, look: dict) -> go.Scatter:
    main, area = value == "distance", value == "within"
    hover = (
        "<b>%{customdata[0]}</b><br>distance %{y:.3f}<br>spread within: %{customdata[1]}<br>"
        "distance / spread: %{customdata[2]}<br>any two classes: %{customdata[3]}<br>chance alone: "
        "%{customdata[4]}<extra></extra>"
    )
    return go.Scatter(
        x=np.arange(len(table)),
        y=layout.rounded(table[value]),
        customdata=_facts(table) if main else None,
        mode="lines+markers" if main or len(table) == 1 else "lines",
        fill="tozeroy" if area else None,
        fillcolor=translucent(GREY, 0.28) if area else None,
        line=look,
        marker={"size": 7 if main else 9, "color": look["color"]},
        name=name,
        legendrank=900 if main else 1000,
        hovertemplate=hover if main else None,
        hoverinfo=None if main else "skip",
    )


def _facts(table: pd.DataFrame) -> list[list[str]]:
    """Block and numbers as text, as some may be unknown."""
    numbers = table[["within", "ratio", "usual", "chance"]]
    texts = [[_text(number) for number in row] for row in numbers.values]
    return [[layout.plain(block), *row] for block, row in zip(table["block"], texts, strict=True)]


def _text(number: float) -> str:
    if np.isinf(number):
        return "no spread within"
    return "unknown" if np.isnan(number) else f"{number:.3f}"


DISTANCES = FigureEntry(
    "class-distances",
    class_map,
    how="""
The number between two classes is how far their mean gates lie apart in this block: the root mean
square of the differences over its channels, in units of the gate. The tree joins the closest
classes first (average linkage).
""",
)
PARTING = FigureEntry(
    "parting",
    parting_by_depth,
    how="""
How far apart two classes are in each block, beside how much the pictures of one class differ among
themselves. Where the first is above the second, a picture's gates tell its class better than they
tell which picture of the class it is.
""",
    named="From which depth on two classes part",
)
