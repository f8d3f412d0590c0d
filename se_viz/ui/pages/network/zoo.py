"""Another network from the zoo: what there is, what it takes to have it, and loading it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.ui.pages.network import refusal
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.networks import network as said
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model


def show() -> None:
    """A list to choose from, a button that fetches and loads, and everything as a table."""
    st.subheader("Look through another network")
    choices = models.choices()
    current = models.in_precision(models.current(), models.EXACT)
    key = st.selectbox(
        "Network",
        list(choices),
        list(choices).index(current.key),
        format_func=lambda key: _line(choices[key]),
        key=f"pick beside {current.key}",
        help="Your pictures stay, and are passed through the network that you choose.",
    )
    model = choices[key]
    label = said.use_it(model.entry, model.local)
    if st.button(label, key="use", disabled=model.key == models.current().key, type="primary"):
        use(model)
    columns = {"top-1 (%)": st.column_config.NumberColumn(format="%.1f")}
    with st.expander(labels.all_networks(len(choices))):
        st.dataframe(
            _table(list(choices.values())), hide_index=True, key="zoo", column_config=columns
        )


def use(model: Model) -> None:
    """Load a network and show it from now on; where that fails, say why and change nothing."""
    try:
        resources.probe(model)
    except ValueError as error:
        refusal.say(error)
        return
    models.choose(model)
    st.rerun()


def _line(model: Model) -> str:
    return said.in_list(model.entry, model.title, model.local)


def _table(shown: list[Model]) -> pd.DataFrame:
    held = resources.held()
    return pd.DataFrame(
        {
            "name": model.key,
            "network": entry.title,
            "from": entry.family,
            "top-1 (%)": entry.top1,
            "weights (million)": round(entry.parameters / 1e6, 1),
            "SE blocks": entry.se_blocks,
            "size (MB)": round(entry.size / 1e6),
            "where": said.place(model.key in held, model.local),
            "licence": entry.licence,
        }
        for model in shown
        if (entry := model.entry)
    )
