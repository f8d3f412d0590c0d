"""Confidence is not accuracy: how sure the network is, and how often it is right."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.experiments.shifts.gate_sources import SOURCES
from se_viz.experiments.shifts.plans import LINES
from se_viz.experiments.shifts.tables import reliability
from se_viz.figures.catalogue import entry
from se_viz.figures.shifts.sure import reliability_diagram
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.ui.sentences import light as told
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets.figure_card import on_phone, show


def draw(measured: Measured, light: Light) -> None:
    """Reliability diagrams on pictures as they are and in one light, with calibration errors."""
    st.subheader("Sure or right?", divider=True)
    tables = {told.light_titled(one): reliability(measured.record, one) for one in (CLEAN, light)}
    tables = {title: rows[rows["gates"].isin(LINES)] for title, rows in tables.items() if len(rows)}
    st.markdown(told.calibration({title: _errors(rows) for title, rows in tables.items()}))
    figure = reliability_diagram(tables, 1 if on_phone() else 2, measured.measure)
    rows = pd.concat([rows.assign(light=title) for title, rows in tables.items()])
    show(figure, entry("shift-sure"), rows, told.in_light(measured.source, light))


def _errors(rows: pd.DataFrame) -> dict[str, float]:
    first = rows.drop_duplicates("gates").set_index("gates")["error"]
    return {SOURCES[gates].title: float(first[gates]) for gates in LINES if gates in first}
