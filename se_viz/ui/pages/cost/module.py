"""One module of the network that is priced, beside the same without SE."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from se_viz.analysis.networks.diagram import Step, plain_of, step_table, steps_of
from se_viz.complexity import Config
from se_viz.figures.catalogue import entry
from se_viz.figures.networks.diagram import diagrams
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.figure_card import on_phone, show

WIDEST = 1
"""Wider networks than the papers' are not built only to be drawn: they take too much memory."""


def draw(config: Config, size: int) -> None:
    """Folded; the networks are built when it is opened."""
    folded = st.expander(said.MODULE, key="module", bind="query-params", icon=":material/schema:")
    if not folded.open:
        return
    with folded:
        if config.width > WIDEST:
            st.info(said.TOO_WIDE, icon=":material/info:")
            return
        whole = replace(config, size=size)
        modules = {title: _steps(one) for title, one in _pair(whole).items()}
        tables = [step_table(steps).assign(network=title) for title, steps in modules.items()]
        figure = diagrams(modules, 1 if on_phone() else 2)
        show(figure, entry("module"), pd.concat(tables, ignore_index=True), said.FROM_THE_GRAPH)


def _pair(config: Config) -> dict[str, Config]:
    plain = plain_of(config)
    found = {said.module(plain): plain}
    return found if config == plain else found | {said.module(config): config}


@st.cache_data(show_spinner=said.BUILDING, max_entries=32)
def _steps(config: Config) -> tuple[Step, ...]:
    return steps_of(config)
