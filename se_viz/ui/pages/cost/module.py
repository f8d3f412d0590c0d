"""One module of the network that is priced, beside the same without SE."""

from __future__ import annotations

import gc
import threading

import pandas as pd
import streamlit as st

from se_viz.analysis.networks.diagram import Step, plain_of, step_table, steps_of
from se_viz.complexity import Config
from se_viz.figures.catalogue import entry
from se_viz.figures.networks.diagram import diagrams
from se_viz.ui.pages.cost.folded import folded
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.figure_card import on_phone, show


def draw(config: Config, size: int) -> None:
    """Folded; the networks are built when it is opened."""
    with folded(said.MODULE, "module", ":material/schema:", config, size) as whole:
        if whole is None:
            return
        modules = {title: _steps(one) for title, one in _pair(whole).items()}
        tables = [step_table(steps).assign(network=title) for title, steps in modules.items()]
        figure = diagrams(modules, 1 if on_phone() else 2)
        show(figure, entry("module"), pd.concat(tables, ignore_index=True), said.FROM_THE_GRAPH)


def _pair(config: Config) -> dict[str, Config]:
    plain = plain_of(config)
    found = {said.module(plain): plain}
    return found if config == plain else found | {said.module(config): config}


_BUILDING = threading.Lock()
"""One network at a time, however many look: the largest has 240 MB of weights."""


@st.cache_data(show_spinner=said.BUILDING, max_entries=32)
def _steps(config: Config) -> tuple[Step, ...]:
    with _BUILDING:
        try:
            return steps_of(config)
        finally:
            gc.collect()  # a network's layers and tensors hold one another
