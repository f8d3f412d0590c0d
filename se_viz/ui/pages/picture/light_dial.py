"""The light in which a picture is shown: a kind of shift, and a dial over its strengths."""

from __future__ import annotations

import numpy as np
import streamlit as st

from se_viz.pictures.shifts import KINDS, Light, Shift
from se_viz.ui.sentences.one_picture import light as said
from se_viz.ui.widgets.segments import one_of

FIRST = ("exposure", "contrast", "blur", "noise")
MORE, START = "more", "contrast"
STEPS = (0.01, 0.1, 1.0)
MOST = 210
"""Places of a dial."""


def choose() -> Light:
    """Widgets for the kind and the strength; the link holds both. It starts as pictures are."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shift = _kind()
        with st.container(width=320):
            strength = st.select_slider(
                said.dial(shift),
                places(shift),
                f"{shift.harmless:g}",
                key=shift.name,
                bind="query-params",
                help=said.dial_help(shift),
            )
    return Light(shift.name, float(strength))


def _kind() -> Shift:
    titles = {KINDS[name].title: name for name in FIRST}
    rest = {shift.title: name for name, shift in KINDS.items() if name not in FIRST}
    with st.container(width="content"):
        title = one_of("Change its light", [*titles, MORE], "light", KINDS[START].title, wrap=True)
        if title == MORE:
            title = one_of("Other changes", rest, "other light", wrap=True)
    return KINDS[(titles | rest)[title]]


def places(shift: Shift) -> list[str]:
    """Strengths from harmless to the end of the course, evenly spaced, as people read them."""
    start, end = shift.harmless, shift.course[-1]
    step = next(step for step in STEPS if abs(end - start) / step < MOST)
    count = round(abs(end - start) / step) + 1
    return [f"{value:g}" for value in np.linspace(start, end, count).round(6)]
