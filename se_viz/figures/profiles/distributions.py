"""Distributions of gates per stage or block: histograms and violins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import budget, layout
from se_viz.figures.style.gates import fit_panels
from se_viz.figures.style.legend import class_rows, entries, group_of, key, once, shortened
from se_viz.figures.style.palette import GREY, colour_of, dash_of, translucent
from se_viz.figures.style.strokes import strokes

_KEYS = ["group", "class", "part"]


def gate_histograms(table: pd.DataFrame, colours: Mapping[str, str], columns: int = 2) -> go.Figure:
    """One panel per stage or block, one stepped line per class.

    Args:
        table: a `histogram_table`.
        colours: `class_colours` of every class known.
        columns: panels side by side.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, classes = budget.few_classes(table)
    table, left_out = budget.few_panels(table, "part", layout.PANEL + layout.GAP, columns)
    parts, groups = (list(table[column].unique()) for column in ("part", "group"))
    figure = layout.panels(parts, columns, legend=entries(table))
    lines = []
    for (group, name, part), rows in table.groupby(_KEYS, sort=False, observed=True):
        look = {
            "color": colour_of(colours, name),
            "width": 2.4 if name == ALL else 1.4,
            "dash": dash_of(colours, name, groups.index(group)),
            "shape": "hvh",
        }
        trace = _steps(rows, name, group, part) | {"line": look}
        lines.append(trace | layout.axes_of(parts.index(part)))
    figure.add_traces([go.Scatter(line) for line in key(groups) + once(shortened(lines))])
    _scale(figure, table, parts, columns)
    return layout.tell(figure, classes + left_out, columns)


def _steps(rows: pd.DataFrame, name: str, group: str, part: str) -> dict:
    low, high = (rows[end].to_numpy() for end in ("low", "high"))
    middle, half = (low + high) / 2, (high - low) / 2
    even = _even(rows)
    across = (
        {"x0": middle[0], "dx": 2 * half[0]}
        if even
        else {"x": layout.rounded(middle), "customdata": layout.rounded(half)}
    )
    hover = (
        f"<b>{layout.plain(name)}</b><br>{layout.plain(part)}, gates of %{{x:.3f}} ± "
        f"{f'{half[0]:g}' if even else '%{customdata:.2g}'}<br>%{{y:.1%}} of its gates<br>"
        f"{layout.plain(group)}<extra></extra>"
    )
    return across | {
        "y": layout.rounded(rows["share"]),
        "mode": "lines",
        "name": name,
        "legendgroup": group_of(name),
        "hovertemplate": hover,
    }


def _even(table: pd.DataFrame) -> bool:
    """Whether all bins are of one width."""
    return bool(np.ptp(table["high"] - table["low"]) < 1e-5)


def _scale(figure: go.Figure, table: pd.DataFrame, parts: Sequence[str], columns: int) -> None:
    fit_panels(figure, "x", _edges(table, parts))
    figure.update_yaxes(rangemode="tozero", tickformat=".2~%")
    width = float(table["high"].iloc[0] - table["low"].iloc[0])
    per = f"per {width:g}" if _even(table) else "in a bin"
    layout.label_axes(figure, len(parts), columns, "gate", f"share of gates {per}")


def _edges(table: pd.DataFrame, parts: Sequence[str]) -> list[pd.DataFrame]:
    """Of the bins of each part."""
    return [table.loc[table["part"] == part, ["low", "high"]] for part in parts]


def gate_violins(
    table: pd.DataFrame, summary: pd.DataFrame, colours: Mapping[str, str], columns: int = 2
) -> go.Figure:
    """One panel per stage or block, one lying violin per class and group.

    The outline is the histogram itself, widest where most gates are; the bar spans the quartiles
    and the dot is the median.

    Args:
        table: a `histogram_table`.
        summary: its `violin_table`.
        colours: `class_colours` of every class known.
        columns: panels side by side.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, classes = budget.few_classes(table)
    rows = class_rows(table)
    height = 40 + 30 * len(rows)
    table, left_out = budget.few_panels(table, "part", height + layout.GAP, columns)
    parts = list(table["part"].unique())
    summary = summary[summary["class"].isin(table["class"].unique())]
    figure = layout.panels(parts, columns, row_height=height)
    outlines = dict(iter(table.groupby(_KEYS, sort=False, observed=True)))
    traces: list[go.Scatter] = []
    for number, part in enumerate(parts):
        chosen = summary[summary["part"] == part]
        axes = layout.axes_of(number)
        for fact in chosen.itertuples(index=False):
            group, name = fact[0], fact[1]
            place = rows.index((name, group))
            outline = outlines[(group, name, part)]
            traces.append(go.Scatter(_outline(outline, place, colour_of(colours, name)) | axes))
        traces += [go.Scatter(mark | axes) for mark in _marks(chosen, rows)]
    figure.add_traces(traces)
    fit_panels(figure, "x", _edges(table, parts))
    _name_rows(figure, rows, len(parts), columns)
    return layout.tell(figure, classes + left_out, columns)


def _outline(rows: pd.DataFrame, place: int, colour: str) -> dict:
    share = rows["share"].to_numpy()
    used = np.flatnonzero(share)
    kept = slice(max(used[0] - 1, 0), used[-1] + 2)
    middle = ((rows["low"] + rows["high"]) / 2).to_numpy()[kept]
    half = 0.45 * share[kept] / share.max()
    return {
        "x": layout.rounded(np.concatenate([middle, middle[::-1]])),
        "y": layout.rounded(np.concatenate([place - half, (place + half)[::-1]])),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": translucent(colour, 0.45),
        "line": {"color": colour, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(summary: pd.DataFrame, rows: Sequence[tuple[str, str]]) -> list[dict]:
    keys = zip(summary["class"], summary["group"], strict=True)
    places = np.array([rows.index(key) for key in keys], float)
    names = ["q05", "q25", "median", "q75", "q95", "mean"]
    hover = (
        "<b>%{customdata[6]}</b><br>%{customdata[8]}, median %{x:.3f}, mean %{customdata[5]:.3f}"
        "<br>half of the gates: %{customdata[1]:.3f} to %{customdata[3]:.3f}"
        "<br>nine in ten: %{customdata[0]:.3f} to %{customdata[4]:.3f}"
        "<br>%{customdata[7]}<extra></extra>"
    )
    words = [
        [layout.plain(text) for text in summary[column]] for column in ("class", "group", "part")
    ]
    bar = {
        "x": strokes(summary["q25"], summary["q75"]),
        "y": np.repeat(places, 3),
        "mode": "lines",
        "line": {"color": GREY, "width": 4},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    dot = {
        "x": layout.rounded(summary["median"]),
        "y": places,
        "customdata": [
            [*numbers, *texts]
            for numbers, texts in zip(
                summary[names].round(4).to_numpy().tolist(), zip(*words, strict=True), strict=True
            )
        ],
        "mode": "markers",
        "marker": {"color": "#FFFFFF", "size": 8, "line": {"color": GREY, "width": 2}},
        "hovertemplate": hover,
        "showlegend": False,
    }
    return [bar, dot]


def _name_rows(
    figure: go.Figure, rows: Sequence[tuple[str, str]], parts: int, columns: int
) -> None:
    layout.list_rows(figure, layout.row_names(rows))
    layout.share_rows(figure, parts, columns)
    layout.label_axes(figure, parts, columns, "gate", "class")


HISTOGRAMS = FigureEntry(
    "gate-histograms",
    gate_histograms,
    of_profiles=from_profiles.histograms,
    how="""
**Across** is the gate, cut into 100 bins; **up** is the share of all gates of a class that fall
into a bin. All channels and all pictures of the class count. A peak at the right edge means
channels that are nearly always let through.
""",
)
VIOLINS = FigureEntry(
    "gate-violins",
    gate_violins,
    of_profiles=from_profiles.violins,
    how="""
The outline is the histogram, mirrored: it is widest where most gates are. The thick bar holds the
middle half of the gates, the dot is the median.
""",
)
