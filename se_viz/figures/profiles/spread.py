"""The paper's companion figure: how much gates vary within one class."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.profiles.curves import class_curves


def class_spread(table: pd.DataFrame, colours: Mapping[str, str], columns: int = 2) -> go.Figure:
    """Mean and one standard deviation over the pictures of each class, one panel per block.

    Args:
        table: a `curve_table`, best of one class or two; "all" is left out.
        colours: `class_colours` of every class known.
        columns: panels side by side.
    """
    return class_curves(table[table["class"] != ALL], colours, columns, band=True)


SPREAD = FigureEntry(
    "spread-within-class",
    class_spread,
    of_profiles=from_profiles.spread,
    how="""
The line is the mean gate over the pictures of **one** class, the band one standard deviation
either way. A wide band means that a gate follows the picture itself, not only its class. This is
the paper's companion figure.
""",
)
