"""The figure of the paper: mean excitation per channel, one curve per class, block after block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.gate_span import around
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures import from_profiles
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import budget, layout
from se_viz.figures.style.gates import fit_panels
from se_viz.figures.style.legend import entries, group_of, key, once, shortened
from se_viz.figures.style.palette import colour_of, dash_of, translucent

BAND, DOTS = 0.16, "1px,2px"
HEIGHT = 150
"""Pixels of a panel: two rows of them stand on the first screen of a lecture's projector."""


def class_curves(
    table: pd.DataFrame,
    colours: Mapping[str, str],
    columns: int = 2,
    band: bool = False,
    pictures: pd.DataFrame | None = None,
) -> go.Figure:
    """One panel per block, one curve per class; the second group's lines are dashed.

    Args:
        table: a `curve_table`.
        colours: `class_colours` of every class known.
        columns: panels side by side.
        band: shade one standard deviation over pictures about each class's mean.
        pictures: a `picture_table` with the same channels; each picture is a thin line.

    Returns:
        A figure with one trace per class, group and block, and as many again for bands. A click
        on a class in the legend hides it in every panel. Of more classes, blocks or channels than
        a figure holds (`budget`) it shows some, and says so.
    """
    if table.empty:
        return layout.note("No class is chosen.")
    table, pictures, left_out = _fit(table, pictures, columns, band)
    blocks = list(table["block"].unique())
    groups = list(table["group"].unique())
    names = entries(table) + _picture_names(pictures)
    figure = layout.panels(block_titles(table), columns, HEIGHT, legend=names)
    lines = shortened(_curves(table, blocks, groups, colours, band))
    if pictures is not None:
        lines += _picture_curves(pictures, blocks, colours)
    figure.add_traces([go.Scatter(line) for line in key(groups) + once(lines)])
    fit_panels(figure, "y", _gates(table, pictures, blocks, band))
    layout.label_axes(figure, len(blocks), columns, channel_axis(table), "mean excitation")
    return layout.tell(figure, left_out, columns)


def _fit(
    table: pd.DataFrame, pictures: pd.DataFrame | None, columns: int, band: bool
) -> tuple[pd.DataFrame, pd.DataFrame | None, list[str]]:
    table, classes = budget.few_classes(table)
    row, traces = HEIGHT + layout.GAP, 2 if band else 1
    table, blocks = budget.few_panels(table, "block", row, columns, traces)
    table, pictures = budget.few_channels(table, 6 if band else 3, pictures)
    return table, pictures, classes + blocks


def _gates(
    table: pd.DataFrame, pictures: pd.DataFrame | None, blocks: Sequence[str], band: bool
) -> Iterator[np.ndarray]:
    """What each panel has to show."""
    for block in blocks:
        part = table[table["block"] == block]
        ends = [*around(part["mean"], part["std"])] if band else [part["mean"]]
        if pictures is not None:
            ends.append(pictures.loc[pictures["block"] == block, "gate"])
        yield np.concatenate(ends)


def block_titles(table: pd.DataFrame) -> list[str]:
    """Of the panels of a `curve_table`: block, stage where there is one, and channels shown."""
    facts = table.groupby("block", sort=False, observed=True).agg(
        stage=("stage", "first"), shown=("position", "max"), channels=("channels", "first")
    )
    return [_title(str(block), *map(int, facts.loc[block])) for block in facts.index]


def _title(block: str, stage: int, last: int, channels: int) -> str:
    amount = f"{channels}" if last + 1 == channels else f"{last + 1} of {channels}"
    place = f" · stage {stage}" if stage else ""
    return f"{block}{place} · {amount} channels"


def channel_axis(table: pd.DataFrame) -> str:
    """What runs along the channel axis of a `curve_table` or `picture_block`."""
    if (table["position"] == table["channel"]).all():
        return "channel"
    steps = np.diff(table["channel"].to_numpy(int))
    along = np.diff(table["position"].to_numpy(int)) == 1
    return "sampled channels, in order" if (steps[along] > 0).all() else "channels, sorted"


def _curves(
    table: pd.DataFrame,
    blocks: Sequence[str],
    groups: Sequence[str],
    colours: Mapping[str, str],
    band: bool,
) -> list[dict]:
    bands, lines = [], []
    only_all = set(table["class"]) == {ALL}
    for facts, part in table.groupby(["group", "class", "block"], sort=False, observed=True):
        group, name, block = facts
        axes = layout.axes_of(blocks.index(block))
        if band and (name != ALL or only_all):
            bands.append(_band(part, colour_of(colours, name), name) | axes)
        look = {"color": colour_of(colours, name), "width": 2.4 if name == ALL else 1.3}
        look["dash"] = dash_of(colours, name, groups.index(group))
        lines.append(_line(part, name, look) | axes)
    return bands + lines


def _line(part: pd.DataFrame, name: str, look: dict) -> dict:
    data, channel, std = _hover_data(part)
    block, group, pictures = (part[key].iloc[0] for key in ("block", "group", "pictures"))
    hover = (
        f"<b>{layout.plain(name)}</b><br>{layout.plain(block)}, channel {channel}<br>"
        f"mean %{{y:.3f}} ± {std}<br>{layout.plain(group)}, pictures: {pictures}<extra></extra>"
    )
    return {
        "y": layout.rounded(part["mean"]),
        "customdata": layout.rounded(data),
        "name": name,
        "legendgroup": group_of(name),
        "showlegend": True,
        "hovertemplate": hover,
        **_strokes(look, len(part)),
    }


def _hover_data(part: pd.DataFrame) -> tuple[np.ndarray, str, str]:
    """Numbers for hovering and their placeholders; the channel is left out where x tells it."""
    channel, std = part["channel"].to_numpy(), part["std"].to_numpy()
    if np.array_equal(channel, part["position"]):
        return std, "%{x}", "%{customdata:.3f}"
    return np.stack([channel, std], 1), "%{customdata[0]:.0f}", "%{customdata[1]:.3f}"


def _strokes(look: dict, points: int) -> dict:
    """A line; a single channel gets a dot, as a line through one point is invisible."""
    return {"mode": "lines" if points > 1 else "markers", "line": look, "marker": look_of(look)}


def look_of(look: dict) -> dict:
    """The marker that goes with a line: open where the line is dashed."""
    symbol = "circle" if look.get("dash", "solid") == "solid" else "circle-open"
    return {"color": look["color"], "size": 9, "symbol": symbol}


def _band(part: pd.DataFrame, colour: str, name: str) -> dict:
    mean, std = (part[key].to_numpy(np.float64) for key in ("mean", "std"))
    if len(part) == 1:
        return _bar(float(mean[0]), float(std[0]), colour, name)
    place = part["position"].to_numpy(np.int16)
    low, high = around(mean, std)
    return {
        "x": np.concatenate([place, place[::-1]]),
        "y": layout.rounded(np.concatenate([high, low[::-1]])),
        "fill": "toself",
        "fillcolor": translucent(colour, BAND),
        "line": {"width": 0},
        "mode": "lines",
        "legendgroup": group_of(name),
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _bar(mean: float, std: float, colour: str, name: str) -> dict:
    ends = np.stack(around(mean, std))
    return {
        "x": [0, 0],
        "y": layout.rounded(ends),
        "mode": "lines",
        "line": {"width": 6, "color": translucent(colour, 0.35)},
        "legendgroup": group_of(name),
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _picture_names(pictures: pd.DataFrame | None) -> list[str]:
    if pictures is None:
        return []
    return [f"picture {name}" for name in layout.shorts(dict.fromkeys(pictures["picture"]))]


def _picture_curves(
    pictures: pd.DataFrame, blocks: Sequence[str], colours: Mapping[str, str]
) -> list[dict]:
    lines, names = [], dict.fromkeys(pictures["picture"])
    shown = dict(zip(names, layout.shorts(names), strict=True))
    for (row, block), part in pictures.groupby(["row", "block"], sort=False, observed=True):
        if block not in blocks:
            continue
        name, label = part["picture"].iloc[0], part["class"].iloc[0]
        hover = (
            f"<b>{layout.plain(name)}</b> ({layout.plain(label)})<br>{block}, channel "
            "%{customdata:.0f}<br>gate %{y:.3f}<extra></extra>"
        )
        trace = {
            "y": layout.rounded(part["gate"]),
            "customdata": part["channel"].to_numpy(np.int32),
            "name": f"picture {shown[name]}",
            "legendgroup": f"picture {row}",
            "showlegend": True,
            "hovertemplate": hover,
            "opacity": 0.85,
        }
        trace |= _strokes({"color": colour_of(colours, label), "width": 1, "dash": DOTS}, len(part))
        lines.append(trace | layout.axes_of(blocks.index(block)))
    return lines


GATES_BY_CLASS = FigureEntry(
    "gates-by-class",
    class_curves,
    of_profiles=from_profiles.curves,
    how="""
One **panel** is one SE block; `SE_4_6` is the sixth block of stage 4. **Across** run the block's
channels, **up** goes the mean gate over the pictures of a class. The thick grey line, "all", is
the mean over all classes, each with the same weight.

Where the lines lie on one another, the block treats every class alike. Where they part, it lets
different channels through for different classes. Click a name in the legend to hide it, double-
click to see it alone.

*50 sampled* shows evenly spaced channels, as many as the paper shows (Hu et al., [arXiv
1709.01507](https://arxiv.org/abs/1709.01507), "Role of excitation"). *50 most class-specific* are
those whose gate depends most on the class. Sorted *by mean gate*, the lines rise with the grey
one.
""",
)
