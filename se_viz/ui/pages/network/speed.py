"""What runs the network, and a faster, coarser way."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.networks.precision import change
from se_viz.ui.pages.network import zoo
from se_viz.ui.sentences.networks import network as said
from se_viz.ui.state import inference, models, resources
from se_viz.ui.state.models import COARSE, EXACT, Model
from se_viz.ui.state.session import collection


def show(model: Model) -> None:
    """Who computes the gates; a switch to bfloat16 where there is one; what that changes."""
    st.subheader("What computes its gates")
    runtime = resources.probe(model).runtime
    st.markdown(said.run_by(runtime.title, runtime.precision))
    if model.precision == EXACT and not _has_coarse():
        return
    coarse = st.toggle(
        "In bfloat16: faster, and coarser", model.precision == COARSE, key=f"coarse {model.key}"
    )
    if coarse != (model.precision == COARSE):
        zoo.use(models.in_precision(model, COARSE if coarse else EXACT))
    if model.precision == COARSE:
        st.markdown(_changes(model))


def _changes(model: Model) -> str:
    """How far gates and outputs come out otherwise, on the pictures at hand."""
    mine, exact = collection(), models.in_precision(model, EXACT)
    if not len(mine):
        found = change(resources.stimuli(exact).reading, resources.stimuli(model).reading)
        return found.describe(COARSE, "drawn ")
    for each in (exact, model):
        inference.catch_up(mine, each)
    return change(mine.labelled(exact.key), mine.labelled(model.key)).describe(COARSE)


def _has_coarse() -> bool:
    """Whether the processor has it, and OpenVINO is there to use it."""
    try:
        from se_viz.probe.runtimes.openvino.compiled import precisions
    except ImportError:
        return False
    return COARSE in precisions()
