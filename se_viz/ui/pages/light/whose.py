"""Whose gates pictures are given: gates alone carry the class."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.findings import carried, chance_of, led_astray
from se_viz.experiments.shifts.plans import MAIN, TOLD, WHOSE
from se_viz.experiments.shifts.tables import whole
from se_viz.figures.catalogue import entry
from se_viz.figures.shifts.whose import whose_gates
from se_viz.pictures.shifts import CLEAN, NOTHING, Light
from se_viz.ui.sentences import light as told
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets.figure_card import on_phone, show

MOST = 2
"""Lights that are shown besides none and nothing."""


def draw(measured: Measured) -> None:
    """The figure, with what follows from it."""
    st.subheader("Whose gates?", divider=True)
    tables = _tables(measured.table)
    alone, astray = carried(measured.record, measured.table), led_astray(measured.table)
    said = [sentences.carry_the_class(alone)] if alone else []
    said += [sentences.astray(*astray)] if astray else []
    st.markdown(" ".join(said) or told.WHOSE)
    figure = whose_gates(tables, chance_of(measured.record), 1 if on_phone() else 2)
    rows = pd.concat(tables.values()) if tables else measured.table[:0]
    show(figure, entry("shift-whose"), rows, measured.source)
    st.caption(told.WHOSE)


def _tables(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Title -> rows, of lights in which gates of others were tried."""
    kinds = dict.fromkeys((*MAIN, *TOLD))
    told_of = [Light(kind, TOLD[kind]) for kind in kinds]
    found = {light: whole(table, light) for light in (CLEAN, *told_of, NOTHING)}
    tried = {
        light: rows[rows["gates"].isin(WHOSE)]
        for light, rows in found.items()
        if (rows["gates"] == "other-class").any()
    }
    shown = [light for light in tried if light not in (CLEAN, NOTHING)][:MOST]
    return {
        told.light_titled(light): tried[light]
        for light in (CLEAN, *shown, NOTHING)
        if light in tried
    }
