"""One entry in the legend for each class, and a key to the dashes of two groups."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.style import layout
from se_viz.figures.style.palette import GREY, dash_of


def entries(table: pd.DataFrame) -> list[str]:
    """What a legend of a table's classes, and of its groups where there are two, will hold."""
    groups = [layout.short(group, 40) for group in table["group"].unique()]
    names = layout.shorts(table["class"].unique())
    return (groups if len(groups) > 1 else []) + names


def group_of(name: str) -> str:
    """The legend group of a class, which nothing but classes has, whatever they are called."""
    return f"class {name}"


def class_rows(table: pd.DataFrame) -> list[tuple[str, str]]:
    """(class, group) of a table with the groups of one class side by side, "all" last."""
    pairs = table[["class", "group"]].drop_duplicates()
    rows = list(zip(pairs["class"], pairs["group"], strict=True))
    order = [name for name in dict.fromkeys(name for name, _ in rows) if name != ALL] + [ALL]
    return sorted(rows, key=lambda row: order.index(row[0]))


def shortened(traces: Sequence[dict]) -> list[dict]:
    """The same traces with names that fit into a legend; different ones stay different."""
    names = [trace["name"] for trace in traces if "name" in trace]
    short = dict(zip(names, layout.shorts(names), strict=True))
    return [trace | ({"name": short[trace["name"]]} if "name" in trace else {}) for trace in traces]


def once(traces: Sequence[dict]) -> list[dict]:
    """The same traces, with one entry in the legend for each legend group."""
    seen: set[str] = set()
    found = []
    for trace in traces:
        group = trace.get("legendgroup")
        visible = trace.get("showlegend", True) and group not in seen
        found.append(trace | {"showlegend": visible})
        if visible and group is not None:
            seen.add(group)
    return found


def key(groups: Sequence[str]) -> list[dict]:
    """Traces without points that show in the legend which group has which dash."""
    if len(groups) < 2:
        return []
    return [
        {
            "x": [None],
            "y": [None],
            "mode": "lines",
            "name": layout.short(group, 40),
            "legendgroup": f"key {group}",
            "line": {"color": GREY, "dash": dash_of({}, ALL, place), "width": 1.6},
            "hoverinfo": "skip",
        }
        for place, group in enumerate(groups)
    ]
