"""A page's figure as a screen of a lecture takes it: larger type, and as high as there is room."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

import numpy as np
import plotly.graph_objects as go

from se_viz.ui.state.lessons.lecture import Lecture

LARGER = 1.2
SCREEN, LINE, BETWEEN, CHARACTERS, LEAST = 540, 31, 11, 105, 280
"""Pixels below the heading of a scene on a screen of 720, of a line of words, and between
paragraphs; characters of a line; pixels that a figure has at least."""


def room(now: Lecture) -> int:
    """Pixels that a scene's words leave for its figure on a screen of 1280 x 720."""
    scene = now.scene
    said = [text for text in scene.text.split("\n\n") if text]
    if asked := scene.question:
        said = [asked.explanation] if asked.explanation else said
        said.append(f"{asked.text} {max(asked.choices, key=len)}")
    lines = sum(max(1, ceil(len(text) / CHARACTERS)) for text in said)
    return max(LEAST, SCREEN - LINE * lines - BETWEEN * len(said))


def for_a_slide(figure: go.Figure, height: int) -> go.Figure:
    """The same in larger type; room between panels grows with it, and panels take what is left.

    Args:
        height: pixels of the whole.
    """
    made = go.Figure(figure)
    _larger_type(made)
    layout = made.layout
    if layout.height is None:
        return made.update_layout(height=height)
    usual = layout.template.layout.margin
    above, below = (layout.margin[side] or usual[side] or 0 for side in ("t", "b"))
    inner = layout.height - above - below
    above, below = round(LARGER * above), round(LARGER * below)
    _stretch(made, inner, height - above - below)
    return made.update_layout(height=height, margin_t=above, margin_b=below)


def _larger_type(figure: go.Figure) -> None:
    template = go.layout.Template(figure.layout.template)
    usual = template.layout
    fonts = [usual.font, usual.legend.font]
    fonts += [
        font for axis in (usual.xaxis, usual.yaxis) for font in (axis.title.font, axis.tickfont)
    ]
    for font in (*fonts, *(note.font for note in figure.layout.annotations)):
        if font.size:
            font.size = round(LARGER * font.size)
    figure.layout.template = template


def _stretch(figure: go.Figure, inner: float, room: float) -> None:
    """Move rows of panels, and what stands among them, from `inner` pixels to `room`."""
    before, after = _edges(figure, inner, room)
    under = [(one, _share(figure, one)) for one in figure.layout.images if "domain" in one.yref]

    def moved(y: float) -> float:
        if 0 <= y <= 1:
            return float(np.interp(y, before, after))
        edge = float(y > 1)
        return edge + (y - edge) * LARGER * inner / room

    for axis in figure.select_yaxes():
        if axis.domain:
            axis.domain = [min(max(moved(edge), 0), 1) for edge in axis.domain]
    for image, share in under:  # under its axis, by pixels of that
        image.y *= share * inner / (_share(figure, image) * room)
        image.sizey *= share * inner / (_share(figure, image) * room)
    for thing in (*figure.layout.annotations, *figure.layout.images):
        if thing.yref == "paper":
            thing.y = moved(thing.y)
    for shape in figure.layout.shapes:
        if shape.yref == "paper":
            shape.y0, shape.y1 = moved(shape.y0), moved(shape.y1)
    for image in figure.layout.images:
        if image.yref == "paper":
            image.sizey *= LARGER * inner / room
    if figure.layout.legend.y is not None:
        figure.layout.legend.y = moved(figure.layout.legend.y)


def _share(figure: go.Figure, image: go.layout.Image) -> float:
    """The part of the figure's height that the axis of an image takes."""
    low, high = figure.layout[f"yaxis{image.yref.split()[0][1:]}"].domain or (0, 1)
    return high - low


def _edges(figure: go.Figure, inner: float, room: float) -> tuple[np.ndarray, np.ndarray]:
    """Where rows of panels begin and end, from 0 to 1, before and after."""
    rows = sorted({tuple(axis.domain) for axis in figure.select_yaxes() if axis.domain})
    before = np.array([0.0, *(edge for row in rows for edge in row), 1.0])
    if any(later < earlier for earlier, later in pairwise(before)):
        return np.array([0.0, 1.0]), np.array([0.0, 1.0])  # panels of unlike rows
    widths = np.diff(before)
    gaps, panels = widths[::2].sum() * inner * LARGER / room, widths[1::2].sum()
    if panels == 0 or gaps > 0.6:
        return before, before
    widths[::2] *= inner * LARGER / room
    widths[1::2] *= (1 - gaps) / panels
    return before, np.concatenate([[0.0], np.cumsum(widths)])
