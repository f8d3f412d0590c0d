"""Are my gates all right? What the checks of every block say on these pictures and on noise."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.analysis.health import sentences
from se_viz.analysis.health.catalogue import CHECKS, check
from se_viz.analysis.health.table import TRAINED, UNTRAINED
from se_viz.experiments.health import health_of, noise_of
from se_viz.probe.reading import Reading
from se_viz.ui.escaping import sentence
from se_viz.ui.sentences.networks import health as said
from se_viz.ui.state import history, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import collection
from se_viz.ui.widgets.figure_card import save

NAME, VERDICT = "health", "Verdict"
AT_ONCE = 5e11
"""Weights times pixels of a picture: noise through such a network takes a second on two cores; what
takes more waits for a button."""


def show(model: Model) -> None:
    """The findings, where there are any; the numbers of all checks on demand."""
    st.subheader("Are my gates all right?")
    mine = collection()
    on = sentences.these(len(mine)) if len(mine) else said.DRAWN
    key = (model.key, tuple(shot.digest for shot in mine.shots))
    if not known(NAME, key) and not _wanted(model, on):
        return
    table = memo(NAME, key, lambda: _measured(mine.reading))
    _findings(table, on)
    save(NAME, table, history.manifest_of_now(NAME, said.source(on)), "Numbers (CSV)")
    with st.expander("Every check of every block"):
        st.dataframe(_shown(table), hide_index=True, key="all health")
        for one in CHECKS:
            st.markdown(sentence(said.check(one)))


def _wanted(model: Model, on: str) -> bool:
    if len(collection()) and _light(model):
        return True
    place = st.empty()
    with place.container():
        st.markdown(said.what_is_asked(on))
        pressed = st.button("Look at the gates", key="look at health")
    if pressed:
        place.empty()
    return pressed


def _light(model: Model) -> bool:
    entry = model.entry
    return entry is not None and entry.parameters * entry.preprocessing.size**2 <= AT_ONCE


def _measured(reading: Reading | None) -> pd.DataFrame:
    """Of the session's pictures, or of synthetic stimuli where there are none; with a bar."""
    seen = resources.stimuli().reading if reading is None else reading
    probe, bar = resources.probe(), st.progress(0.0, said.NOISE)
    try:
        noisy = noise_of(probe, lambda done, whole: bar.progress(done / whole, said.NOISE))
        return health_of(probe, [seen], noisy)
    finally:
        bar.empty()


def _findings(table: pd.DataFrame, on: str) -> None:
    found = sentences.findings(table)
    tell, icon = (st.warning, "report") if len(found) else (st.success, "check_circle")
    tell(sentence(sentences.summary(table, on)), icon=f":material/{icon}:")
    if len(found):
        rows = _shown(found).drop(columns=VERDICT)
        st.dataframe(rows, hide_index=True, key=NAME)
    for meaning in sentences.meanings(table):
        st.markdown(sentence(meaning))
    for why in sentences.untold(table):
        st.caption(sentence(why))


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of a `health_table` for people."""
    rows = [(check(row.check), row) for row in table.itertuples()]
    return pd.DataFrame(
        {
            "Block": [row.block for _, row in rows],
            "What": [one.title for one, _ in rows],
            VERDICT: [row.verdict for _, row in rows],
            "Number": [one.shown(row.number) for one, row in rows],
            "Built-in network, trained": [sentences.span(one, row, TRAINED) for one, row in rows],
            "and before training": [sentences.span(one, row, UNTRAINED) for one, row in rows],
            "Found": [one.threshold for one, _ in rows],
            "More": [row.detail for _, row in rows],
        }
    )
