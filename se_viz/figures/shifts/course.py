"""Accuracy from pictures as they are until nothing is left to see, with gates that adapt or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.shifts.course_labels import add_labels
from se_viz.figures.shifts.light_strip import BELOW, SHOWN, add_strip
from se_viz.figures.shifts.line_styles import BLUE, STYLES
from se_viz.figures.style import layout
from se_viz.figures.style.palette import translucent
from se_viz.pictures.shifts import CLEAN, KINDS, Light

LINES = ("open", "frozen", "held", "adaptive")
"""Drawn from behind."""
HEIGHT, LABELS, GAP = 196, 22, 74
"""Pixels of a panel, of the labels under its pictures, and between panels besides the pictures."""
DOTS = {"adaptive": 8, "frozen": 7}


@dataclass(frozen=True, eq=False)
class Course:
    """One kind of shift.

    Attributes:
        kind: its name.
        strengths: in the order of the axis; the first, which is none, stands for "as is".
        rows: source of gates -> rows of the table in that order.
        told: the place on the axis of the strength that is told of, or None.
    """

    kind: str
    strengths: list[float]
    rows: Mapping[str, pd.DataFrame]
    told: int | None

    @property
    def lights(self) -> list[Light]:
        return [CLEAN, *(Light(self.kind, strength) for strength in self.strengths)]


def course(
    table: pd.DataFrame,
    kinds: Sequence[str],
    told: Mapping[str, float],
    example: np.ndarray | None = None,
    columns: int = 2,
    measure: str = "accuracy",
) -> go.Figure:
    """A panel for each kind of shift: accuracy by strength, a line for each source of gates.

    Args:
        table: a `shift_table`; rows with all gates of one source are drawn.
        kinds: names of kinds, those that were not measured are left out.
        told: kind -> the strength whose numbers are written.
        example: uint8 (224, 224, 3), a picture that is shown in each light; None for none.
        columns: panels side by side.
        measure: what the table's accuracy is of.
    """
    found = [one for one in (_course(table, kind, told) for kind in kinds) if one.strengths]
    if not found:
        return layout.note("No shift was measured yet.")
    columns = min(columns, len(found))
    room = 0 if example is None else SHOWN + BELOW
    titles = [KINDS[one.kind].title for one in found]
    figure = layout.panels(titles, columns, HEIGHT, gap=GAP + room)
    for panel, one in enumerate(found):
        axes = layout.axes_of(panel)
        _mark(figure, axes, one, example is not None)
        _draw(figure, axes, one, measure)
        _axes(figure, panel, one, example is not None)
        if example is not None:
            add_strip(figure, axes, one.lights, example, HEIGHT)
        add_labels(figure, axes, one.rows, one.told, panel == 0, HEIGHT, columns)
    _left_titles(figure, len(found))
    for panel in range(0, len(found), columns):
        figure.layout[f"yaxis{panel + 1 if panel else ''}"].title.text = measure
    return figure.update_layout(margin_b=56 + room, height=figure.layout.height + room)


def _course(table: pd.DataFrame, kind: str, told: Mapping[str, float]) -> Course:
    whole = table[(table["where"] == "all") & table["gates"].isin(LINES)]
    own = whole[whole["kind"] == kind]
    harmless = KINDS[kind].harmless
    strengths = sorted(set(own["strength"]), key=lambda strength: abs(strength - harmless))
    both = pd.concat([whole[whole["kind"] == ""].assign(strength=harmless), own])
    rows = {
        gates: both[both["gates"] == gates].set_index("strength").reindex([harmless, *strengths])
        for gates in LINES
        if (own["gates"] == gates).any()
    }
    place = 1 + strengths.index(told[kind]) if told.get(kind) in strengths else None
    return Course(kind, strengths, rows, place)


def _mark(figure: go.Figure, axes: dict[str, str], one: Course, pictures: bool) -> None:
    """A pale band behind the strength that is told of, down to its picture."""
    if one.told is None:
        return
    place = {"xref": axes["xaxis"], "x0": one.told - 0.5, "x1": one.told + 0.5}
    low = -(BELOW + SHOWN + LABELS) / HEIGHT if pictures else 0
    domain = {"yref": f"{axes['yaxis']} domain", "y0": low, "y1": 1}
    fill = translucent(BLUE, 0.09)
    figure.add_shape(type="rect", layer="below", line_width=0, fillcolor=fill, **place, **domain)


def _draw(figure: go.Figure, axes: dict[str, str], one: Course, measure: str) -> None:
    for gates, rows in one.rows.items():
        figure.add_trace(_band(rows, gates, axes))
    for gates, rows in one.rows.items():
        figure.add_trace(_line(rows, gates, one, measure, axes))


def _band(rows: pd.DataFrame, gates: str, axes: dict[str, str]) -> go.Scatter:
    known = np.flatnonzero(rows["accuracy"].notna())
    some = rows.iloc[known]
    return go.Scatter(
        x=np.concatenate([known, known[::-1]]),
        y=layout.rounded(np.concatenate([some["high"], some["low"][::-1]])),
        fill="toself",
        fillcolor=STYLES[gates].band(0.07 if gates == "held" else 0.15),
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        **axes,
    )


def _line(
    rows: pd.DataFrame, gates: str, one: Course, measure: str, axes: dict[str, str]
) -> go.Scatter:
    style, facts = STYLES[gates], ["low", "high", "pictures", "right"]
    said = ["as is", *(f"{KINDS[one.kind].title.lower()} {s:g}" for s in one.strengths)]
    numbers = rows[facts].astype(float).round(4).fillna(0).values.tolist()
    return go.Scatter(
        x=np.arange(len(rows)),
        y=layout.rounded(rows["accuracy"]),
        customdata=[[word, *four] for word, four in zip(said, numbers, strict=True)],
        mode="lines+markers" if gates in DOTS else "lines",
        line=style.line,
        marker={**style.marker, "size": DOTS.get(gates, 0)},
        name=style.name,
        showlegend=False,
        hovertemplate=f"<b>{style.name}</b>, %{{customdata[0]}}<br>{measure} %{{y:.1%}}, 95% from "
        "%{customdata[1]:.1%} to %{customdata[2]:.1%}<br>%{customdata[4]:,.0f} of "
        "%{customdata[3]:,.0f} pictures<extra></extra>",
        **axes,
    )


def _axes(figure: go.Figure, panel: int, one: Course, pictures: bool) -> None:
    number = "" if panel == 0 else str(panel + 1)
    words = ["as is", *(f"{strength:g}" for strength in one.strengths)]
    if one.told is not None:
        words[one.told] = f"<b>{words[one.told]}</b>"
    figure.layout[f"xaxis{number}"].update(
        range=[-0.55, len(one.strengths) + 0.55],
        tickvals=list(range(len(words))),
        ticktext=words,
        ticks="",
        tickangle=0,
        ticklabelstandoff=SHOWN + BELOW if pictures else 0,
        title={"text": KINDS[one.kind].unit, "font": {"size": 11}, "standoff": 4},
        showgrid=False,
    )
    figure.layout[f"yaxis{number}"].update(
        range=[0, 1.06], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".0%", showline=False
    )


def _left_titles(figure: go.Figure, count: int) -> None:
    """Titles bold, at the left of their panels."""
    for panel, title in enumerate(figure.layout.annotations[:count]):
        number = "" if panel == 0 else str(panel + 1)
        left = figure.layout[f"xaxis{number}"].domain[0]
        title.update(text=f"<b>{title.text}</b>", x=left, xanchor="left", font_size=15)


COURSE = FigureEntry(
    "shift-course",
    course,
    how="""
One panel is one kind of shift. From left to right less and less is left to see, in equal steps; the
pictures under the axis are the same one in each light (of fine changes a part of it). The **blue
line** is the network as it is: its gates see the shifted picture and adapt. **Orange**: all gates
frozen at their mean over other pictures, so nothing adapts. **Dashed**: every picture keeps the
gates that it had before the shift; they saw the picture as it was, so they know its class. It is an
oracle, not a network that one could build. **Grey**: all gates open. Pale bands are 95% intervals
(Wilson). Numbers stand at the strength that the rest of the page is about.

A shift *needs* gates that adapt where freezing them costs more than it costs on pictures as they
are: where the lines blue and orange lie further apart than at the left.
""",
    named="Accuracy under shifts, with gates that adapt and others",
)
