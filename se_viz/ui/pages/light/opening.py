"""The result: accuracy against strength, and which shifts need gates that adapt."""

from __future__ import annotations

from functools import cache

import numpy as np
import streamlit as st
from PIL import Image

from se_viz import shipped
from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.findings import Need, costliest_part, foremost, needs
from se_viz.experiments.shifts.plans import MAIN, TOLD
from se_viz.figures.catalogue import entry
from se_viz.figures.shifts.course import course
from se_viz.ui.sentences import light as told
from se_viz.ui.state.lessons import lecture
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets.figure_card import on_phone, show
from se_viz.ui.widgets.segments import one_of

EXAMPLE = shipped.ASSETS / "examples" / "scenes" / "church" / "white-noon.jpg"
SIDE = 224


def header(measured: Measured) -> list[Need]:
    """The result as a heading, and one line under it."""
    found = needs(measured.table)
    st.header(sentences.headline(found, measured.agreement))
    most = foremost(found)
    if most is None:
        st.markdown(told.UNDER_HEADER)
    else:
        cost = costliest_part(measured.record, measured.table, most.light)
        st.markdown(sentences.where_it_costs(most.light, cost))
    if measured.agreement:
        st.info(told.AGREEMENT, icon=":material/info:")
    return found


def draw(measured: Measured, found: list[Need]) -> None:
    """The figure, then one line for each shift."""
    kinds = _kinds(measured.record.kinds)
    if (asked := lecture.asks_for("shift")) in kinds:
        kinds = [asked]
    figure = course(
        measured.table,
        kinds,
        TOLD,
        example(),
        1 if on_phone() else 2,
        measured.measure,
    )
    show(figure, entry("shift-course"), measured.table, measured.source)
    lines = [
        told.needs_line(need.light, told.NEEDED[need.needed], sentences.need(need), need.pictures)
        for need in found
    ]
    st.markdown("\n".join(lines))
    st.caption(told.DECIDED_BY)


def _kinds(known: list[str]) -> list[str]:
    """Those that the figure shows; a control where there are others than the main ones."""
    first, others = ([k for k in known if (k in MAIN) == main] for main in (True, False))
    if not first or not others:
        return known
    options = dict(zip(told.SHOWN, (first, others, known), strict=True))
    return options[one_of("Shifts", options, "shown", label_visibility="collapsed")]


@cache
def example() -> np.ndarray | None:
    """uint8 (224, 224, 3), a public picture that ships; None where it does not."""
    if not EXAMPLE.exists():
        return None
    with Image.open(EXAMPLE) as image:
        side = min(image.size)
        left, top = ((length - side) // 2 for length in image.size)
        square = image.convert("RGB").crop((left, top, left + side, top + side))
        return np.asarray(square.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
