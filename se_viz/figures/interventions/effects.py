"""What interventions do to accuracy, and block by block."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.entry import FigureEntry
from se_viz.figures.interventions.one_prediction import BYPASS, FREEZE, measure_of
from se_viz.figures.profiles.heatmap import CLASSES
from se_viz.figures.style import budget, layout
from se_viz.figures.style.palette import GREY, colour_of, translucent
from se_viz.figures.style.strokes import spans

SERIES = {
    "bypass": (BYPASS, "bypassed: gates at 1"),
    "freeze": (FREEZE, "frozen: gates at their mean"),
}


def sweep_by_depth(table: pd.DataFrame, columns: int = 1, told: str = "") -> go.Figure:
    """Each block in turn bypassed and frozen: what is lost, by depth.

    Args:
        table: a `sweep_table` (change of accuracy, with intervals) or a `picture_sweep_table`
            (change of probability of the likeliest class, or of the highest score); only single
            blocks are drawn. Of a column group, each has a panel.
        columns: panels side by side.
        told: the sentences beside it, whose blocks stand out.
    """
    single = table[table["depth"] > 0]
    if single.empty:
        return layout.note("There is no block to intervene on.")
    over_pictures = "low" in single
    what = "accuracy" if over_pictures else measure_of(table)
    blocks = list(single.sort_values("depth")["block"].unique())
    figure = _in_panels(single, 330, columns, "lines+markers")
    layout.place_blocks(figure, blocks, told=told)
    if what != "score":
        figure.update_yaxes(tickformat=".1%" if over_pictures else ".0%")
    layout.label_axes(figure, _groups(table), columns, "block, by depth", f"change of {what}")
    return figure


def sweep_by_part(table: pd.DataFrame, columns: int = 1) -> go.Figure:
    """Whole stages, and all blocks, bypassed and frozen: change of accuracy with its interval.

    Args:
        table: a `sweep_table`; interventions on one block are left out. Of a column group, each has
            a panel.
        columns: panels side by side.
    """
    rows = table[table["depth"] == 0]
    if rows.empty:
        return layout.note("This network has one block.")
    titles = list(rows["title"].unique())
    places = rows["title"].map(titles.index) + 1
    rows = rows.assign(depth=places, block=rows["title"])
    figure = _in_panels(rows, 260, columns, "markers+text")
    figure.for_each_trace(_number_beside)
    layout.place_blocks(figure, titles)
    figure.update_yaxes(tickformat=".0%")
    layout.label_axes(figure, _groups(table), columns, "", "change of accuracy")
    return figure


def _in_panels(rows: pd.DataFrame, height: int, columns: int, mode: str) -> go.Figure:
    """A panel for each group, all to one scale."""
    known = [how for how in SERIES if (rows["how"] == how).any()]
    groups = rows.groupby("group", sort=False) if "group" in rows else [("", rows)]
    titles = [layout.short(title, 48) for title, _ in groups]
    legend = [SERIES[how][1] for how in known]
    figure = layout.panels(titles, columns, row_height=height, legend=legend)
    for panel, (_, part) in enumerate(groups):
        for place, how in enumerate(known):
            trace = _series(part[part["how"] == how], how, (-0.12, 0.12)[place])
            trace.update(mode=mode, legendgroup=how, showlegend=panel == 0)
            figure.add_trace(trace.update(layout.axes_of(panel)))
    figure.update_yaxes(zeroline=True, zerolinecolor=GREY)
    if len(titles) > 1:
        figure.update_yaxes(matches="y")
    return figure


def _number_beside(trace: go.Scatter) -> None:
    """The points of accuracy beside each mark, bypassed to the left, frozen to the right."""
    left = trace.legendgroup == "bypass"
    texts = [f"{100 * change:+.1f}".replace("-", "−") for change in trace.y]
    trace.update(text=texts, textposition="bottom left" if left else "bottom right")


def _groups(table: pd.DataFrame) -> int:
    return table["group"].nunique() if "group" in table else 1


def _series(rows: pd.DataFrame, how: str, shift: float) -> go.Scatter:
    colour, name = SERIES[how]
    over_pictures = "low" in rows
    if over_pictures:
        facts = rows[["low", "high", "broken", "mended", "pictures", "loss_change"]].astype(float)
        hover = (
            "change of accuracy %{y:.2%}, 95% from %{customdata[1]:.2%} to %{customdata[2]:.2%}"
            "<br>right to wrong: %{customdata[3]:,.0f}, wrong to right: %{customdata[4]:,.0f} of "
            "%{customdata[5]:,.0f}<br>change of loss %{customdata[6]:+.4f}"
        )
    elif measure_of(rows) == "score":
        facts = rows[["before", "after"]].astype(float)
        hover = "score %{customdata[1]:.4g} to %{customdata[2]:.4g}"
    else:
        facts = rows[["before", "after", "logit_change"]].astype(float)
        hover = (
            "probability %{customdata[1]:.1%} to %{customdata[2]:.1%}<br>change of logit "
            "%{customdata[3]:+.3f}"
        )
    change = rows["change"].astype(float)
    return go.Scatter(
        x=layout.rounded(rows["depth"] - 1 + shift),
        y=layout.rounded(change),
        customdata=[
            [layout.plain(block), *numbers]
            for block, numbers in zip(rows["block"], facts.round(5).values.tolist(), strict=True)
        ],
        mode="lines+markers",
        line={"color": translucent(colour, 0.45), "width": 1.5},
        marker={"color": colour, "size": 9, "symbol": "diamond" if how == "freeze" else "circle"},
        error_y=_error(rows, change, colour) if over_pictures else None,
        name=name,
        hovertemplate=f"<b>%{{customdata[0]}}</b> {name}<br>{hover}<extra></extra>",
    )


def _error(rows: pd.DataFrame, middle: pd.Series, colour: str) -> dict:
    return {
        "symmetric": False,
        "array": layout.rounded(np.maximum(rows["high"].astype(float) - middle, 0)),
        "arrayminus": layout.rounded(np.maximum(middle - rows["low"].astype(float), 0)),
        "thickness": 1.4,
        "width": 3,
        "color": colour,
    }


def accuracy_by_class(
    table: pd.DataFrame, colours: Mapping[str, str], columns: int = 1
) -> go.Figure:
    """A row for each class, and for all: the change of accuracy with its 95% interval.

    Args:
        table: an `accuracy_table`. Of a column group, each has a panel.
        colours: `class_colours` of every class known.
        columns: panels side by side.
    """
    if table.empty:
        return layout.note("No picture has a class that the network knows.")
    table, left_out = budget.few_classes(table, CLASSES)
    names = list(dict.fromkeys(table["class"]))
    groups = table.groupby("group", sort=False) if "group" in table else [("", table)]
    titles = [layout.short(title, 48) for title, _ in groups]
    row = 12 if len(names) > 40 else 26
    figure = layout.panels(titles, columns, row_height=40 + row * len(names))
    for panel, (_, rows) in enumerate(groups):
        places = np.array([names.index(name) for name in rows["class"]])
        low, high = (rows[end].astype(float) for end in ("low", "high"))
        figure.add_trace(
            spans(low, high, places, translucent(GREY, 0.6), 3).update(layout.axes_of(panel))
        )
        figure.add_trace(_changes(rows, places, colours).update(layout.axes_of(panel)))
    figure.update_xaxes(zeroline=True, zerolinecolor=GREY, tickformat="+.0%")
    named = [f"{ALL} pictures" if name == ALL else name for name in names]
    layout.list_rows(figure, layout.apart(layout.shorts(named, 20)))
    layout.share_rows(figure, len(titles), columns)
    what = "change of accuracy (share of the pictures)"
    layout.label_axes(figure, len(titles), columns, what, "")
    return layout.tell(figure, left_out, 1)


def _changes(rows: pd.DataFrame, places: np.ndarray, colours: Mapping[str, str]) -> go.Scatter:
    facts = ["accuracy_before", "accuracy_after", "low", "high", "broken", "mended", "pictures"]
    numbers = rows[facts].astype(float).round(4).values.tolist()
    return go.Scatter(
        x=layout.rounded(rows["change"].astype(float)),
        y=places,
        customdata=[
            [layout.plain(name), *each] for name, each in zip(rows["class"], numbers, strict=True)
        ],
        mode="markers",
        marker={"size": 11, "color": [colour_of(colours, name) for name in rows["class"]]},
        showlegend=False,
        hovertemplate="<b>%{customdata[0]}</b>: %{x:+.1%}, 95% from %{customdata[3]:+.1%} to "
        "%{customdata[4]:+.1%}<br>accuracy %{customdata[1]:.1%} to %{customdata[2]:.1%}<br>"
        "right to wrong: %{customdata[5]:,.0f}, wrong to right: %{customdata[6]:,.0f} of "
        "%{customdata[7]:,.0f}<extra></extra>",
    )


SWEEP = FigureEntry(
    "sweep",
    sweep_by_depth,
    how="""
One block at a time is changed, all others as they are. **Bypassed**: its gates are 1, as if
there were no recalibration. **Frozen**: its gates stay at their mean over all classes, so the
static scale is kept and only what adapts is gone. The height is what that changes; for many
pictures it is a change of accuracy, with a 95% interval from the pictures that change sides
(Agresti and Min, 2005). Where frozen lies at zero and bypassed far below, the block works as a
fixed scale.
""",
    named="Each block in turn",
    variants={
        "sweep-mine": "Each block in turn, on the person's own pictures",
        "sweep-of-picture": "Each block in turn, on one picture",
    },
)
STAGES = FigureEntry(
    "sweep-stages",
    sweep_by_part,
    how="""
The same with all blocks of a stage at once, and with all blocks of the network. Losses need not add
up: what one block no longer does, the next may still do.
""",
    named="Whole stages at once",
    variants={
        "sweep-mine-stages": "Whole stages at once, on the person's own pictures",
    },
)
ACCURACY = FigureEntry(
    "accuracy-by-class",
    accuracy_by_class,
    how="""
For each class, how much of its pictures are got right with the intervention, minus without; the
line is a 95% interval. The same pictures are seen both ways, so only those that change sides
count.
""",
    named="Accuracy by class, with and without the intervention",
    variants={
        "sweep-classes": "One intervention, class by class",
        "sweep-mine-classes": "One intervention, class by class, on the person's own pictures",
    },
)
