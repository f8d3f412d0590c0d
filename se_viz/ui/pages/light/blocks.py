"""What gates of each block answer to, and whether they steady the signal."""

from __future__ import annotations

import streamlit as st

from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.findings import early_and_late, steadied
from se_viz.experiments.shifts.tables import block_table
from se_viz.figures.catalogue import entry
from se_viz.figures.shifts.by_block import steadiness, what_gates_answer_to
from se_viz.pictures.shifts import Light
from se_viz.ui.sentences import light as told
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets.figure_card import on_phone, show


def draw(measured: Measured, light: Light) -> None:
    """Both figures in one light; a sentence where it was not asked how far gates move."""
    st.subheader("How?", divider=True)
    table = block_table(measured.record, light)
    if table.empty:
        st.info(told.NO_MOVES, icon=":material/info:")
        return
    source = told.in_light(measured.source, light)
    found = early_and_late(measured.record, light)
    st.markdown(sentences.whom_gates_follow(found) if found else told.HOW)
    columns = 1 if on_phone() else 2
    show(what_gates_answer_to(table, columns), entry("shift-how"), table, source)
    st.subheader("Does it steady the signal?", divider=True)
    changes = steadied(measured.record, light)
    if changes:
        st.markdown(sentences.steadies(changes))
    show(steadiness(table), entry("shift-steady"), table, source)
    st.caption(told.STEADY)
