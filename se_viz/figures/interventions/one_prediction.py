"""What an intervention does to one prediction: with and without, and in every way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY, colour_of, translucent
from se_viz.figures.style.strokes import spans

BYPASS, FREEZE = COLOURS[3], COLOURS[0]
WITHOUT, WITH = "as the network computes it", "with the intervention"


def measure_of(table: pd.DataFrame) -> str:
    """What a table of effects on a picture is of: only probabilities have logits beside them."""
    return "probability" if any(name.startswith("logit") for name in table) else "score"


def _as_written(measure: str, places: int = 2) -> str:
    """How such a number is written, for Plotly."""
    return f".{places}%" if measure == "probability" else ".4g"


def before_and_after(table: pd.DataFrame, colours: Mapping[str, str]) -> go.Figure:
    """A row for each class: its probability without the intervention, and where it went with it;
    likewise scores, on an axis of their own.

    Args:
        table: a `change_table`.
        colours: `class_colours` of every class known.
    """
    if table.empty:
        return layout.note("There is no class to show.")
    figure = layout.panels([""], 1, row_height=40 + 34 * len(table), legend=[WITHOUT, WITH])
    places = np.arange(len(table))
    shades = [colour_of(colours, name) for name in table["class"]]
    grey = translucent(GREY, 0.55)
    figure.add_trace(spans(table["before"], table["after"], places, grey, 3))
    figure.add_trace(_ends(table, places, "before", WITHOUT, [GREY] * len(table), "circle-open"))
    figure.add_trace(_ends(table, places, "after", WITH, shades, "circle"))
    figure.data[-1].update(showlegend=False, legendgroup=WITH)
    figure.add_trace(_entry(WITH))
    figure.update_xaxes(title_text=measure_of(table))
    if measure_of(table) == "probability":
        figure.update_xaxes(range=[-0.02, 1.02], tickformat=".0%", dtick=0.25)
    layout.list_rows(figure, layout.shorts(table["class"], 20))
    return figure


def _entry(name: str) -> go.Scatter:
    """In the legend, for dots that have the colours of classes: none of these."""
    marker = {"size": 13, "symbol": "circle", "color": GREY}
    look = {"mode": "markers", "marker": marker, "hoverinfo": "skip"}
    return go.Scatter(x=[None], y=[None], name=name, legendgroup=name, **look)


def _ends(table, places, column: str, name: str, shades: list[str], symbol: str) -> go.Scatter:
    facts = ["before", "after", "rank_before", "rank_after"]
    logits = ["", ""]
    if measure_of(table) == "probability":
        facts += ["logit_before", "logit_after"]
        logits = [f", logit %{{customdata[{place}]:.3f}}" for place in (5, 6)]
    number = _as_written(measure_of(table))
    data = [
        [layout.plain(word), *numbers]
        for word, numbers in zip(table["class"], table[facts].round(4).values.tolist(), strict=True)
    ]
    return go.Scatter(
        x=layout.rounded(table[column]),
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
        hovertemplate=f"<b>%{{customdata[0]}}</b><br>without: %{{customdata[1]:{number}}}, rank "
        f"%{{customdata[3]:.0f}}{logits[0]}<br>with: %{{customdata[2]:{number}}}, rank "
        f"%{{customdata[4]:.0f}}{logits[1]}<extra></extra>",
    )


def every_way(table: pd.DataFrame, names: list[str]) -> go.Figure:
    """The same gates under several interventions: the probability of the likeliest class, or the
    highest score.

    Args:
        table: a `picture_sweep_table` of the interventions.
        names: what each is called.
    """
    if table.empty:
        return layout.note("There is no intervention to show.")
    measure, first = measure_of(table), layout.short(table["class"].iloc[0], 24)
    figure = layout.panels([""], 1, row_height=30 + 30 * len(table))
    figure.add_trace(
        go.Bar(
            x=layout.rounded(table["after"]),
            y=np.arange(len(table)),
            orientation="h",
            width=0.7,
            marker={"color": [BYPASS if flip else FREEZE for flip in table["flipped"]]},
            text=[_way(row, measure) for row in table.itertuples()],
            textposition="auto",
            showlegend=False,
            **_hover_of_ways(table, names, measure),
        )
    )
    figure.add_vline(
        x=float(table["before"].iloc[0]),
        line={"color": GREY, "width": 2, "dash": "3px,2px"},
        annotation={"text": "untouched", "yanchor": "bottom", "font": {"size": 11}},
        annotation_position="top",
    )
    figure.update_xaxes(title_text=f"{measure} of {first}")
    if measure == "probability":
        figure.update_xaxes(range=[0, 1], tickformat=".0%")
    layout.list_rows(figure, layout.apart(layout.shorts(names)))
    return figure


def _way(row, measure: str) -> str:
    """What stands at the bar of an intervention."""
    number = f"{row.after:.1%}" if measure == "probability" else f"{row.after:.4g}"
    return f" {number}" + (f", takes it for {layout.short(row.guess, 18)}" if row.flipped else "")


def _hover_of_ways(table: pd.DataFrame, names: list[str], measure: str) -> dict:
    words = [[layout.plain(word) for word in column] for column in (names, table["guess"])]
    if measure == "score":
        hover = f"<b>%{{customdata[0]}}</b><br>score %{{x:{_as_written(measure)}}}<extra></extra>"
        return {"customdata": list(zip(*words, strict=True)), "hovertemplate": hover}
    hover = (
        "<b>%{customdata[0]}</b><br>probability %{x:.1%}, change of logit %{customdata[2]:+.3f}"
        "<br>taken for: %{customdata[1]}<extra></extra>"
    )
    data = zip(*words, table["logit_change"].round(3), strict=True)
    return {"customdata": [list(row) for row in data], "hovertemplate": hover}


WITH_AND_WITHOUT = FigureEntry(
    "with-and-without",
    before_and_after,
    how="""
One row is one class: the likeliest without the intervention, and the likeliest with it (of a
network that gives scores, the highest). The **ring** is its number as the network computes it, the
**dot** where it goes with the intervention. Hover for logits and ranks. Nothing was
trained anew: the rest of the network does not know that its gates were changed.
""",
    named="One picture with and without the intervention",
)
EVERY_WAY = FigureEntry(
    "every-way",
    every_way,
    how="""
Each bar is the same gates under another intervention: how probable the class stays that was
likeliest without one (dashed line); of a network that gives scores, the highest. An orange bar
means that the network now takes the picture for something else. *Frozen* keeps the static scale, a
mean over many pictures; *shuffled* keeps the values but gives them to the wrong channels.
""",
    named="The same gates under other interventions",
)
