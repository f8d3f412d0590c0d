"""One picture from the inside: every block at a glance, then one of them step by step."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.channels import choose_channels
from se_viz.analysis.one_picture.block import picture_block, strongest
from se_viz.analysis.one_picture.contribution import carried, contribution_table, notable
from se_viz.figures.catalogue import entry
from se_viz.figures.one_picture.block import squeeze_against_gate, squeeze_and_gate
from se_viz.figures.one_picture.contribution import contribution
from se_viz.manifest import inside as with_manifest
from se_viz.pictures import PictureError
from se_viz.ui.escaping import plain
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.picture import light, steps, walk
from se_viz.ui.pages.picture.tensors import BlockTensors, look_inside, npz
from se_viz.ui.sentences import pictures as said
from se_viz.ui.state import resources
from se_viz.ui.state.history import manifest_of_now
from se_viz.ui.widgets.figure_card import download, on_phone, show
from se_viz.ui.widgets.picture_picker import Subject, choose
from se_viz.ui.widgets.segments import one_of
from se_viz.ui.widgets.view_options import ORDERS


def draw() -> None:
    """The picture and all blocks; one block from squeeze to scale; what its channels carry."""
    st.header("What the block did to this picture")
    subject = choose()
    names = [block.name for block in resources.blocks()]
    above = st.container()
    gates = {name: subject.reading.gates[name][subject.row] for name in names}
    block = walk.block_of(names, gates)
    with above:
        light.opening(subject, block)
    step = walk.step_of(names, block)
    with st.container():  # what comes and goes in it moves nothing below
        inside = _inside(subject, block)
    table = _table(subject, block, inside)
    columns = 1 if on_phone() else 2
    chosen = walk.channels_of(table, columns)
    place = steps.Place(subject, block, inside, chosen.channels, columns)
    with st.container():
        if chosen.said:
            st.info(plain(chosen.said), icon=":material/info:")
        steps.show_step(place, step)
        if inside is not None:
            _carried(place, table)
    label = "All channels of this block, beside the usual gates"
    usual = st.expander(label, key="usual", bind="query-params")
    if usual.open:
        with usual:
            _usual(subject, block)


def _inside(subject: Subject, block: str) -> BlockTensors | None:
    try:
        return look_inside(subject, block)
    except (PictureError, ValueError) as error:
        st.warning(said.no_maps(error), icon=":material/info:")
        return None


def _table(subject: Subject, block: str, inside: BlockTensors | None) -> pd.DataFrame:
    """Channel and gate, and what the channel carries where U and X are at hand."""
    if inside is not None:
        return contribution_table(inside.u, inside.x, inside.s)
    gates = subject.reading.gates[block][subject.row]
    return pd.DataFrame({"channel": np.arange(len(gates)), "gate": gates})


def _carried(place: steps.Place, table: pd.DataFrame) -> None:
    _, idle = notable(table)
    dead = "A high gate on a dead channel does nothing"
    st.subheader("What each channel carries" if idle is None else dead)
    st.markdown(carried(table))
    figure = contribution(table, place.channels, place.columns)
    show(figure, entry("contribution"), table, place.source)
    _save(place)


def _save(place: steps.Place) -> None:
    block, inside, subject = place.block, place.inside, place.subject
    assert inside is not None
    bottleneck, _ = steps.bottleneck_of(subject, block)
    fingerprint = resources.probe().network.fingerprint
    manifest = manifest_of_now(f"{block}-inside", place.source)
    download(
        f"{block}-inside.npz",
        lambda: with_manifest(npz(inside, bottleneck, subject, block, fingerprint), manifest()),
        said.inside(block),
    )


def _usual(subject: Subject, block: str) -> None:
    group, reading, row = resources.reference(), subject.reading, subject.row
    order = one_of("Order of channels", ORDERS, "sorted")
    channels = choose_channels(group.profile, block, "all", ORDERS[order])
    table = picture_block(reading, row, block, channels, group)
    source = said.usual_gates(subject.source, block, group.title)
    show(squeeze_and_gate(table), entry("squeeze-and-gate"), table, source)
    st.markdown("**Where this picture differs most from the usual**")
    far = strongest(table)
    st.dataframe(
        far[["channel", "squeeze", "gate", "usual", "usual_std", "difference"]].round(3),
        hide_index=True,
        key="strongest",
    )
    st.markdown("**How strongly each channel answers, and how far it is let through**")
    show(squeeze_against_gate(table), entry("squeeze-against-gate"), table, source)


PAGE = Page(
    "All gates of one picture", "picture", "What do all the gates of one picture look like?", draw
)
