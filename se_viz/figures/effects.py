"""What an intervention does: to one prediction, to accuracy, and block by block."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.analysis.groups import ALL
from se_viz.figures import budget, style
from se_viz.figures.heatmap import CLASSES
from se_viz.figures.palette import COLOURS, GREY, colour_of, translucent

BYPASS, FREEZE = COLOURS[3], COLOURS[0]
SERIES = {
    "bypass": (BYPASS, "bypassed (gates 1)"),
    "freeze": (FREEZE, "frozen (static scale kept)"),
}
WITHOUT, WITH = "as the network computes it", "with the intervention"


def before_and_after(table: pd.DataFrame, colours: Mapping[str, str]) -> go.Figure:
    """A row for each class: its probability without the intervention, and where it went with it.

    Args:
        table: a `change_table`.
        colours: `class_colours` of every class known.
    """
    if table.empty:
        return style.note("There is no class to show.")
    figure = style.panels([""], 1, row_height=40 + 34 * len(table), legend=[WITHOUT, WITH])
    places = np.arange(len(table))
    shades = [colour_of(colours, name) for name in table["class"]]
    gap = np.full(len(table), np.nan)
    ends = np.stack([table["before"], table["after"], gap], 1)
    figure.add_trace(
        go.Scatter(
            x=style.rounded(ends.ravel()),
            y=np.repeat(places, 3),
            mode="lines",
            line={"color": translucent(GREY, 0.55), "width": 3},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_trace(_ends(table, places, "before", WITHOUT, [GREY] * len(table), "circle-open"))
    figure.add_trace(_ends(table, places, "after", WITH, shades, "circle"))
    figure.update_xaxes(range=[-0.02, 1.02], tickformat=".0%", dtick=0.25, title_text="probability")
    figure.update_yaxes(
        range=[len(table) - 0.4, -0.6],
        tickvals=places,
        ticktext=style.shorts(table["class"], 20),
        showgrid=False,
    )
    return figure


def _ends(table, places, column: str, name: str, shades: list[str], symbol: str) -> go.Scatter:
    facts = ["before", "after", "logit_before", "logit_after", "rank_before", "rank_after"]
    data = [
        [style.plain(word), *numbers]
        for word, numbers in zip(table["class"], table[facts].round(4).values.tolist(), strict=True)
    ]
    return go.Scatter(
        x=style.rounded(table[column]),
        y=places,
        customdata=data,
        mode="markers",
        marker={
            "size": 13,
            "symbol": symbol,
            "color": shades,
            "line": {"color": shades, "width": 2.5},
        },
        name=name,
        hovertemplate="<b>%{customdata[0]}</b><br>without: %{customdata[1]:.2%}, rank "
        "%{customdata[5]:.0f}, logit %{customdata[3]:.3f}<br>with: %{customdata[2]:.2%}, rank "
        "%{customdata[6]:.0f}, logit %{customdata[4]:.3f}<extra></extra>",
    )


def every_way(table: pd.DataFrame, names: list[str]) -> go.Figure:
    """The same gates under several interventions: the probability of the likeliest class.

    Args:
        table: a `picture_sweep_table` of the interventions.
        names: what each is called.
    """
    if table.empty:
        return style.note("There is no intervention to show.")
    first = style.short(table["class"].iloc[0], 24)
    figure = style.panels([""], 1, row_height=30 + 30 * len(table))
    data = [
        [style.plain(name), style.plain(guess), logit]
        for name, guess, logit in zip(
            names, table["guess"], table["logit_change"].round(3), strict=True
        )
    ]
    figure.add_trace(
        go.Bar(
            x=style.rounded(table["after"]),
            y=np.arange(len(table)),
            orientation="h",
            width=0.7,
            marker={"color": [BYPASS if flip else FREEZE for flip in table["flipped"]]},
            text=[
                f" {after:.0%}" + (f", takes it for {guess}" if flip else "")
                for after, guess, flip in zip(
                    table["after"], style.shorts(table["guess"], 18), table["flipped"], strict=True
                )
            ],
            textposition="auto",
            customdata=data,
            showlegend=False,
            hovertemplate="<b>%{customdata[0]}</b><br>probability %{x:.2%}, change of logit "
            "%{customdata[2]:+.3f}<br>likeliest: %{customdata[1]}<extra></extra>",
        )
    )
    figure.add_vline(
        x=float(table["before"].iloc[0]),
        line={"color": GREY, "width": 2, "dash": "3px,2px"},
        annotation={"text": "untouched", "yanchor": "bottom", "font": {"size": 11}},
        annotation_position="top",
    )
    figure.update_xaxes(range=[0, 1], tickformat=".0%", title_text=f"probability of {first}")
    figure.update_yaxes(
        range=[len(table) - 0.4, -0.6],
        tickvals=np.arange(len(table)),
        ticktext=style.apart(style.shorts(names)),
        showgrid=False,
    )
    return figure


def sweep_by_depth(table: pd.DataFrame) -> go.Figure:
    """Each block in turn bypassed and frozen: what is lost, by depth.

    Args:
        table: a `sweep_table` (change of accuracy, with intervals) or a `picture_sweep_table`
            (change of probability of the likeliest class); only single blocks are drawn.
    """
    single = table[table["depth"] > 0]
    if single.empty:
        return style.note("There is no block to take in hand.")
    over_pictures = "low" in single
    known = [how for how in SERIES if (single["how"] == how).any()]
    figure = style.panels([""], 1, row_height=330, legend=[SERIES[how][1] for how in known])
    for place, how in enumerate(known):
        figure.add_trace(_series(single[single["how"] == how], how, (-0.12, 0.12)[place]))
    blocks = list(single.sort_values("depth")["block"].unique())
    style.place_blocks(figure, blocks)
    figure.update_yaxes(
        zeroline=True, zerolinecolor=GREY, tickformat=".1%" if over_pictures else ".0%"
    )
    what = "change of accuracy" if over_pictures else "change of probability"
    style.label_axes(figure, 1, 1, "block, by depth", what)
    return figure


def sweep_by_part(table: pd.DataFrame) -> go.Figure:
    """Whole stages, and all blocks, bypassed and frozen: change of accuracy with its interval.

    Args:
        table: a `sweep_table`; interventions on one block are left out.
    """
    rows = table[table["depth"] == 0]
    if rows.empty:
        return style.note("This network has one block.")
    known = [how for how in SERIES if (rows["how"] == how).any()]
    figure = style.panels([""], 1, row_height=260, legend=[SERIES[how][1] for how in known])
    titles = list(rows["title"].unique())
    for place, how in enumerate(known):
        part = rows[rows["how"] == how]
        places = part["title"].map(titles.index) + 1
        trace = _series(part.assign(depth=places, block=part["title"]), how, (-0.12, 0.12)[place])
        figure.add_trace(trace.update(mode="markers"))
    style.place_blocks(figure, titles)
    figure.update_yaxes(zeroline=True, zerolinecolor=GREY, tickformat=".0%")
    style.label_axes(figure, 1, 1, "", "change of accuracy")
    return figure


def _series(rows: pd.DataFrame, how: str, shift: float) -> go.Scatter:
    colour, name = SERIES[how]
    over_pictures = "low" in rows
    if over_pictures:
        facts = rows[["low", "high", "broken", "mended", "pictures", "loss_change"]].astype(float)
        hover = (
            "change of accuracy %{y:.2%}, 95 % from %{customdata[1]:.2%} to %{customdata[2]:.2%}"
            "<br>right to wrong: %{customdata[3]:,.0f}, wrong to right: %{customdata[4]:,.0f} of "
            "%{customdata[5]:,.0f}<br>change of loss %{customdata[6]:+.4f}"
        )
    else:
        facts = rows[["before", "after", "logit_change"]].astype(float)
        hover = (
            "probability %{customdata[1]:.2%} to %{customdata[2]:.2%}<br>change of logit "
            "%{customdata[3]:+.3f}"
        )
    change = rows["change"].astype(float)
    return go.Scatter(
        x=style.rounded(rows["depth"] - 1 + shift),
        y=style.rounded(change),
        customdata=[
            [style.plain(block), *numbers]
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
        "array": style.rounded(np.maximum(rows["high"].astype(float) - middle, 0)),
        "arrayminus": style.rounded(np.maximum(middle - rows["low"].astype(float), 0)),
        "thickness": 1.4,
        "width": 3,
        "color": colour,
    }


def accuracy_by_class(table: pd.DataFrame, colours: Mapping[str, str]) -> go.Figure:
    """A row for each class, and for all: the change of accuracy with its 95 % interval.

    Args:
        table: an `accuracy_table`.
        colours: `class_colours` of every class known.
    """
    if table.empty:
        return style.note("No picture has a class that the network knows.")
    table, left_out = budget.few_classes(table, CLASSES)
    figure = style.panels([""], 1, row_height=40 + (12 if len(table) > 40 else 26) * len(table))
    shades = [colour_of(colours, name) for name in table["class"]]
    places, change = np.arange(len(table)), table["change"].astype(float)
    facts = ["accuracy_before", "accuracy_after", "low", "high", "broken", "mended", "pictures"]
    data = [
        [style.plain(name), *numbers]
        for name, numbers in zip(
            table["class"], table[facts].astype(float).round(4).values.tolist(), strict=True
        )
    ]
    ends = np.stack([table["low"], table["high"], np.full(len(table), np.nan)], 1).astype(float)
    figure.add_trace(
        go.Scatter(
            x=style.rounded(ends.ravel()),
            y=np.repeat(places, 3),
            mode="lines",
            line={"color": translucent(GREY, 0.6), "width": 3},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=style.rounded(change),
            y=places,
            customdata=data,
            mode="markers",
            marker={"size": 11, "color": shades},
            showlegend=False,
            hovertemplate="<b>%{customdata[0]}</b>: %{x:+.1%}, 95 % from %{customdata[3]:+.1%} to "
            "%{customdata[4]:+.1%}<br>accuracy %{customdata[1]:.1%} to %{customdata[2]:.1%}<br>"
            "right to wrong: %{customdata[5]:,.0f}, wrong to right: %{customdata[6]:,.0f} of "
            "%{customdata[7]:,.0f}<extra></extra>",
        )
    )
    figure.update_xaxes(
        zeroline=True,
        zerolinecolor=GREY,
        tickformat="+.0%",
        title_text="change of accuracy (share of the pictures)",
    )
    names = [f"{ALL} pictures" if name == ALL else name for name in table["class"]]
    figure.update_yaxes(
        range=[len(table) - 0.4, -0.6],
        tickvals=places,
        ticktext=style.apart(style.shorts(names, 20)),
        showgrid=False,
    )
    return style.tell(figure, left_out, 1)
