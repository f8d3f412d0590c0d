"""The network itself: its SE blocks, where it comes from, whether the probe reads it right."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.profiles.depth import block_table
from se_viz.figures.catalogue import entry
from se_viz.figures.networks.blocks import gates_by_block
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.network import (
    class_profile,
    health,
    output,
    own_network,
    provenance,
    speed,
    zoo,
)
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.networks import network as said
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model
from se_viz.ui.widgets import pixels
from se_viz.ui.widgets.figure_card import constant_gates, on_phone, show


def draw() -> None:
    """The blocks stage by stage; then another network, its origin, its checks, what SE costs."""
    model = models.current()
    st.header(labels.the_network(model.title))
    _blocks()
    zoo.show()
    own_network.show()
    _origin(model)
    output.show(model)
    if model.built_in:
        provenance.show_all()
    else:
        class_profile.show()
    speed.show(model)
    _check(model)
    health.show(model)
    _found()


def _blocks() -> None:
    blocks = resources.blocks()
    table = block_table(blocks, resources.weights())
    gates, weights = int(table["gates"].sum()), int(table["weights"].sum())
    st.markdown(said.blocks(len(blocks), gates, weights))
    constant_gates()
    figure = gates_by_block(table, 1 if on_phone() else 2)
    source = "closed form, from the network's layout"
    if not models.current().built_in:
        source = "counted, layer by layer"
    show(figure, entry("blocks"), table, source)


def _origin(model: Model) -> None:
    st.subheader("Where it comes from")
    entry = model.entry
    if entry is None:
        network = resources.probe().network
        st.markdown(said.own_file(network))
        if network.note:
            st.markdown(sentence(network.note))
        pixels.explain()
        return
    st.markdown(said.origin(entry))
    st.markdown(said.accuracy(entry))
    st.markdown(said.weights(entry, resources.identity().fingerprint))


def _check(model: Model) -> None:
    st.subheader("Does the probe read what the network computes?")
    if model.built_in:
        shipped = resources.provenance()["self_check"]
        st.markdown(said.shipped_check(shipped))
    if st.button("Check here, on drawn pictures", key="check"):
        with st.spinner("Checking"):
            found = resources.checked()
        say = st.success if found.passed else st.error if found.failed else st.warning
        say(found.describe())


def _found() -> None:
    with st.expander("How the SE blocks were found, and what was rejected"):
        st.markdown(
            "Blocks are found by structure, never by name: a product whose broadcast factor "
            "descends, through a function with a range (a sigmoid, tanh, softmax or relu), from a "
            "global pool of the other factor. Every product of the network was looked at; what is "
            "no SE block as the paper has it is called what it is."
        )
        if not st.toggle("Show the report", key="report", bind="query-params"):
            return
        found = resources.probe().found
        for site in found.sites:
            st.text(site.describe())
        st.markdown(labels.rejected(len(found.rejected)))
        for rejected in found.rejected:
            st.text(rejected.describe())


PAGE = Page("The network", "network", "Which network is this, and are its gates all right?", draw)
