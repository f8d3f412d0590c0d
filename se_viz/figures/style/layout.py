"""The look that all figures share: panels, legend, axes, toolbar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from se_viz.analysis.networks.stages import evenly

FAINT = "rgba(128,128,128,0.25)"
LESS = 8
"""Characters by which names that read alike are cut less."""
GAP, WIDE_GAP, TOP = 62, 118, 34  # pixels between rows of panels, and above the first
PANEL, LEGEND_ROW = 210, 21


def config(filename: str) -> dict[str, Any]:
    """Toolbar settings: the camera button saves an SVG under the given name."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", filename).strip("-") or "figure"
    return {
        "toImageButtonOptions": {"format": "svg", "filename": name},
        "displaylogo": False,
        "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
        "responsive": True,
    }


def plain(text: object) -> str:
    """Text as it reads, without markup or placeholders of its own."""
    safe = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("%{", "%\u200b{")


def short(text: object, length: int = 26) -> str:
    """`plain`, cut in the middle where it is too long for a legend or an axis."""
    whole = str(text)
    half = (length - 1) // 2
    cut = whole if len(whole) <= length else f"{whole[:half]}…{whole[-half:]}"
    return plain(cut)


def shorts(names: Iterable[object], length: int = 26) -> list[str]:
    """`short` of each name, cut less where different names would read alike."""
    listed = [str(name) for name in names]
    lengths = dict.fromkeys(listed, length)
    while True:
        found = {name: short(name, most) for name, most in lengths.items()}
        counts = Counter(found.values())
        alike = [name for name, cut in found.items() if counts[cut] > 1]
        if not alike:
            return [found[name] for name in listed]
        lengths |= {name: lengths[name] + LESS for name in alike}


def row_names(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Tick labels of (class, group) rows, with the group in small print where there are two.

    All differ, also where names were shortened, as Plotly folds rows of one name together.
    """
    two = len({group for _, group in rows}) > 1
    names = [
        name + (f"<br><sup>{short(group.split(',')[0], 24)}</sup>" if two else "")
        for name, (_, group) in zip(shorts([name for name, _ in rows], 20), rows, strict=True)
    ]
    return apart(names)


def apart(names: Sequence[str]) -> list[str]:
    """The same names; where two read alike, one ends in characters that nobody sees."""
    return [name + "\u200b" * names[:place].count(name) for place, name in enumerate(names)]


def rounded(values: Any) -> np.ndarray:
    """float32 with four decimals, all that a figure can show."""
    return np.round(np.asarray(values, np.float64), 4).astype(np.float32)


def bare(height: int) -> go.Figure:
    """A figure without panels; its colours are left to the page."""
    figure = go.Figure(layout={"template": _template(), "height": height})
    return figure


def note(text: str) -> go.Figure:
    """A figure that only says why there is nothing to draw."""
    figure = bare(160)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    middle = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    return figure.add_annotation(text=plain(text), **middle)


def tell(figure: go.Figure, sentences: Sequence[str], columns: int = 2) -> go.Figure:
    """Write sentences above the panels, under the legend; room is made for them.

    Args:
        figure: of `panels`.
        sentences: such as what is left out; none changes nothing.
        columns: panels side by side, which tells how wide the page is.
    """
    if not sentences:
        return figure
    lines = wrap(" ".join(sentences), 52 if columns < 2 else 110)
    room, layout = 8 + 16 * len(lines), figure.layout
    inner = layout.height - layout.margin.t - layout.margin.b
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "yshift": TOP - 12}
    look = {"xanchor": "left", "yanchor": "bottom", "align": "left", "showarrow": False}
    figure.add_annotation(text="<br>".join(map(plain, lines)), font_size=12, **place, **look)
    legend_at = 1 if layout.legend.y is None else layout.legend.y
    return figure.update_layout(
        height=layout.height + room,
        margin_t=layout.margin.t + room,
        legend_y=legend_at + room / inner,
    )


def panels(
    titles: Sequence[str],
    columns: int = 1,
    row_height: int | Sequence[int] = PANEL,
    legend: Sequence[str] = (),
    gap: int = GAP,
) -> go.Figure:
    """Empty panels, filled row by row, with room for a legend above.

    Args:
        titles: one for each panel, at least one.
        columns: panels side by side, at most as many as there are titles.
        row_height: pixels, of every row or of each.
        legend: names that the legend will hold.
        gap: pixels between rows of panels.
    """
    columns = max(1, min(columns, len(titles)))
    rows = -(-len(titles) // columns)
    heights = [row_height] * rows if isinstance(row_height, int) else list(row_height)
    inner = sum(heights) + (rows - 1) * gap
    figure = make_subplots(
        rows,
        columns,
        subplot_titles=[plain(title) for title in titles],
        row_heights=heights,
        vertical_spacing=gap / inner if rows > 1 else 0,
        horizontal_spacing=0.09 if columns > 1 else 0,
        figure=bare(inner),
    )
    figure.update_annotations(font_size=13, yshift=2)
    _remove_spare(figure, len(titles), rows * columns)
    return _add_legend(figure, legend, inner, columns)


def axes_of(panel: int) -> dict[str, str]:
    """Axes of a panel, counted from 0, for a trace."""
    number = "" if panel == 0 else str(panel + 1)
    return {"xaxis": f"x{number}", "yaxis": f"y{number}"}


def label_axes(figure: go.Figure, count: int, columns: int, x: str, y: str) -> None:
    """Name the x axis under the lowest panel of each column, the y axis at the left."""
    columns = max(1, min(columns, count))
    for panel in range(count):
        number = "" if panel == 0 else str(panel + 1)
        if panel + columns >= count:
            figure.layout[f"xaxis{number}"].title.text = x
        if panel % columns == 0:
            figure.layout[f"yaxis{number}"].title.text = y


def name_blocks(figure: go.Figure, blocks: Sequence[str], columns: int) -> None:
    """Block names upright under every panel where many stand in narrow panels."""
    figure.update_xaxes(type="category")
    if len(set(blocks)) > 6 and columns > 1:
        figure.update_xaxes(tickangle=-90)


def place_blocks(figure: go.Figure, blocks: Sequence[str], most: int = 20, told: str = "") -> None:
    """Blocks at 0, 1, ... along every x axis, upright names; of many, some are named.

    Args:
        blocks: their names, by depth.
        most: names that there is room for.
        told: the sentence beside the figure; what it names is named here too, in bold.
    """
    said = [place for place, name in enumerate(blocks) if _names(told, name)]
    named = sorted({*evenly(range(len(blocks)), most), *said})
    margin = max(0.6, 2 - len(blocks) / 2)
    texts = {place: plain(blocks[place]) for place in named}
    figure.update_xaxes(
        range=[-margin, len(blocks) - 1 + margin],
        tickvals=named,
        ticktext=[f"<b>{text}</b>" if at in said else text for at, text in texts.items()],
        tickangle=-90 if len(blocks) > 6 else 0,
        showgrid=False,
    )


def _names(told: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told) is not None


def list_rows(figure: go.Figure, names: Sequence[str], **more: Any) -> None:
    """Rows 0, 1, ... of every panel from top to bottom, with their names at the y axis.

    Args:
        more: for the axis.
    """
    ends = [len(names) - 0.4, -0.6]
    ticks = {"tickvals": list(range(len(names))), "ticktext": list(names)}
    figure.update_yaxes(range=ends, showgrid=False, **ticks, **more)


def share_rows(figure: go.Figure, count: int, columns: int) -> None:
    """Leave out tick labels of the y axis but at the left, where panels have the same rows."""
    columns = max(1, min(columns, count))
    for panel in range(count):
        if panel % columns:
            figure.layout[f"yaxis{panel + 1}"].showticklabels = False


def legend_rows(names: Sequence[str], columns: int) -> int:
    """Rows that a legend will take, at about 400 pixels a column of panels."""
    if not names:
        return 0
    entry = 48 + 7 * max(map(len, names))
    return -(-len(names) // max(1, 400 * columns // entry))


def _add_legend(figure: go.Figure, names: Sequence[str], inner: int, columns: int) -> go.Figure:
    room = LEGEND_ROW * legend_rows(names, columns)
    return figure.update_layout(
        height=inner + TOP + room + 60,
        margin={"t": TOP + room, "b": 56, "l": 58, "r": 14},
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1 + TOP / inner,
            "yanchor": "bottom",
            "itemsizing": "constant",
            "traceorder": "normal",
        },
        showlegend=bool(names),
    )


def _remove_spare(figure: go.Figure, used: int, made: int) -> None:
    for panel in range(used, made):
        for axis in ("x", "y"):
            figure.layout[f"{axis}axis{panel + 1}"].visible = False


def _template() -> go.layout.Template:
    axis = {
        "gridcolor": FAINT,
        "zeroline": False,
        "linecolor": FAINT,
        "showline": True,
        "ticks": "outside",
        "tickcolor": FAINT,
        "ticklen": 4,
        "automargin": True,
        "title": {"standoff": 6, "font": {"size": 12}},
        "tickfont": {"size": 11},
    }
    layout = {
        "font": {"size": 12},
        "xaxis": axis,
        "yaxis": axis,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"t": 20, "b": 56, "l": 58, "r": 14},
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "namelength": -1},
        "legend": {"font": {"size": 12}},
    }
    return go.layout.Template(layout=layout)
