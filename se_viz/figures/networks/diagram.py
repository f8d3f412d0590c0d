"""A module of a network as boxes and arrows, beside the same without SE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from se_viz.analysis.networks.diagram import Step
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import layout
from se_viz.figures.style.palette import COLOURS, GREY, translucent

RANK, TITLE, WIDTH, HEIGHT = 62, 34, 0.9, 0.46
"""Pixels from one row of boxes to the next and above a diagram; a box, in columns and rows."""
BESIDE = 1.5
"""Columns up to which two diagrams stand side by side."""
BEND = 0.36
"""Rows from a box to where arrows turn, under the shape of what comes out."""
COLOUR = {"gate": COLOURS[0], "merge": COLOURS[3], "layer": GREY, "input": GREY}
Point = tuple[float, float]


def diagrams(modules: Mapping[str, Sequence[Step]], columns: int = 2) -> go.Figure:
    """Each module under its title, from what goes in at its top to what comes out.

    Args:
        modules: title -> boxes, see `read_module`.
        columns: 1 on a narrow page, where they stand under one another.
    """
    drawn = {title: (steps, places(steps)) for title, steps in modules.items()}
    widest = max(_reach(at)[1] - _reach(at)[0] for _, at in drawn.values())
    beside = columns > 1 and widest <= BESIDE
    figure = layout.bare(RANK)
    right, down, rows = 0.0, 0.0, []
    for title, (steps, at) in drawn.items():
        low, high = _reach(at)
        corner = (right - low, down + TITLE / RANK)
        moved = {k: (x + corner[0], y + corner[1]) for k, (x, y) in at.items()}
        _draw(figure, title, steps, moved, narrow=columns == 1)
        deep = max(y for _, y in at.values()) + 1 + TITLE / RANK
        rows.append((high - low + 1, deep))
        right, down = (right + high - low + 1.3, 0.0) if beside else (0.0, down + deep + 0.3)
    wide = sum(w for w, _ in rows) + 0.3 * (len(rows) - 1) if beside else max(w for w, _ in rows)
    tall = max(d for _, d in rows) if beside else sum(d for _, d in rows) + 0.3 * (len(rows) - 1)
    figure.update_layout(
        height=int(RANK * tall) + 20,
        margin={"l": 0, "r": 0, "t": 10, "b": 10},
        xaxis={"visible": False, "range": [-0.75, wide - 0.25], "fixedrange": True},
        yaxis={"visible": False, "range": [tall - 0.4, -0.4], "fixedrange": True},
        showlegend=False,
    )
    return figure


def places(steps: Sequence[Step]) -> dict[int, Point]:
    """Where each box stands, in columns and rows, a row for each step from what goes in."""
    rank: dict[int, int] = {}
    for number, step in enumerate(steps):
        rank[number] = 1 + max((rank[parent] for parent in step.parents), default=-1)
    column: dict[int, float] = {}
    for number in sorted(rank, key=lambda each: rank[each]):
        column[number] = _column(number, steps, column)
    return {number: (column[number], float(rank[number])) for number in rank}


def _column(number: int, steps: Sequence[Step], column: Mapping[int, float]) -> float:
    step = steps[number]
    if not step.parents:
        return 0.0
    before = step.parents[0]
    if step.title.startswith("concatenate"):
        return sum(column[parent] for parent in step.parents) / len(step.parents)
    if step.title.startswith("scale"):
        return column[step.parents[1 if _branches(before, steps) else 0]]
    if step.kind == "merge":
        return column[step.parents[-1]]
    if step.kind == "gate" and steps[before].kind != "gate":
        return column[before] + 1
    same = _branches(before, steps) if step.kind != "gate" else [number]
    return column[before] + same.index(number) - (len(same) - 1) / 2


def _branches(parent: int, steps: Sequence[Step]) -> list[int]:
    """What goes on from a box by itself, in the order in which it is brought together again."""
    found = [n for n, s in enumerate(steps) if s.parents == (parent,) and s.kind == "layer"]
    return sorted(found, key=lambda number: _end(number, steps))


def _end(number: int, steps: Sequence[Step]) -> tuple[int, int]:
    """Where a branch joins others: the box, and its place among what goes in there."""
    for place, step in enumerate(steps[number + 1 :], number + 1):
        if number in step.parents:
            if len(step.parents) > 1:
                return place, step.parents.index(number)
            return _end(place, steps)
    return len(steps), 0


def _reach(at: Mapping[int, Point]) -> Point:
    """The first and the last column."""
    return min(x for x, _ in at.values()), max(x for x, _ in at.values())


def _draw(
    figure: go.Figure, title: str, steps: Sequence[Step], at: Mapping[int, Point], narrow: bool
) -> None:
    middle, top = at[0][0], min(y for _, y in at.values())
    start = {"x": 0, "xref": "paper", "xanchor": "left"} if narrow else {}
    _say(figure, (middle, top - 0.5), f"<b>{layout.plain(title)}</b>", size=13, **start)
    for number, step in enumerate(steps):
        for parent in step.parents:
            _arrow(figure, parent, number, at)
    for number, step in enumerate(steps):
        _box(figure, step, at[number], narrow)


def _box(figure: go.Figure, step: Step, at: Point, narrow: bool) -> None:
    """On a narrow page, what a layer is stands above its norm and activation."""
    (x, y), colour = at, COLOUR[step.kind]
    figure.add_shape(
        type="rect",
        x0=x - WIDTH / 2,
        x1=x + WIDTH / 2,
        y0=y - HEIGHT / 2,
        y1=y + HEIGHT / 2,
        line={"color": colour, "width": 1.5},
        fillcolor=translucent(colour, 0.16),
    )
    title = layout.plain(step.title)
    _say(figure, at, title.replace(", ", ",<br>", 1) if narrow else title, 10 if narrow else 11)
    _say(figure, (x + 0.05, y + HEIGHT / 2 + 0.13), step.shape, size=10, xanchor="left")


def _arrow(figure: go.Figure, parent: int, number: int, at: Mapping[int, Point]) -> None:
    path = _path(at[parent], at[number], set(at.values()))
    for a, b in list(pairwise(path))[:-1]:
        figure.add_shape(
            type="line", x0=a[0], y0=a[1], x1=b[0], y1=b[1], line={"color": GREY, "width": 1.2}
        )
    (tail_x, tail_y), (tip_x, tip_y) = path[-2:]
    figure.add_annotation(
        x=tip_x,
        y=tip_y,
        ax=tail_x,
        ay=tail_y,
        axref="x",
        ayref="y",
        text="",
        arrowhead=2,
        arrowwidth=1.2,
        arrowcolor=GREY,
    )


def _path(start: Point, end: Point, boxes: set[Point]) -> list[Point]:
    """Down and across, past what stands in between: along the column of either box where that is
    free, else beside it."""
    (x0, y0), (x1, y1) = start, end
    below, above = y0 + HEIGHT / 2, y1 - HEIGHT / 2

    def free(column: float) -> bool:
        return not any(x == column and y0 < y < y1 for x, y in boxes)

    if x0 == x1 and free(x0):
        return [(x0, below), (x0, above)]
    if x0 == x1:
        side = x0 - WIDTH / 2 - 0.12
        return [(x0 - WIDTH / 2, y0), (side, y0), (side, y1), (x0 - WIDTH / 2, y1)]
    if free(x0):
        turn = above - 0.12
        return [(x0, below), (x0, turn), (x1, turn), (x1, above)]
    turn = below + BEND
    if free(x1):
        return [(x0, below), (x0, turn), (x1, turn), (x1, above)]
    side = x1 + WIDTH / 2 + 0.12
    return [(x0, below), (x0, turn), (side, turn), (side, y1), (x1 + WIDTH / 2, y1)]


def _say(figure: go.Figure, at: Point, text: str, size: int = 11, **more: Any) -> None:
    place = {"x": at[0], "y": at[1], "font": {"size": size}} | more
    figure.add_annotation(place, text=text, showarrow=False)


DIAGRAM = FigureEntry(
    "module",
    diagrams,
    how="""
One module of the network as it was built, read from its own graph: a box is a layer with its norm
and activation, the small text under it is the shape of what comes out (height x width x channels,
or channels alone). **Blue** boxes make the gates, **orange** ones bring tensors together: the scale
is where each channel is multiplied by its gate.
""",
)
