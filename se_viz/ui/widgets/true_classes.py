"""The true classes of one's own pictures, and what an accuracy leaves out."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.predictions.true_classes import NAMED, Truth, are_numbers, said, truth_of
from se_viz.nets.classes import imagenet
from se_viz.ui.escaping import plain
from se_viz.ui.sentences.pictures import accuracy_of
from se_viz.ui.state import history, resources
from se_viz.ui.state.session import Collection
from se_viz.ui.widgets.figure_card import save

NONE_KNOWN = (
    "Accuracy takes pictures whose class is known: put them in folders named like the network's "
    "classes, or name them on the page Your pictures."
)
NUMBERS = "Names of classes are numbers: take them for the network's, counted from 0"


def truth(mine: Collection) -> Truth:
    """Which pictures have a class that the network knows; whether numbers count is asked."""
    classes = resources.classes()
    if not are_numbers(mine.told, classes):
        return truth_of(mine.told, classes, False)
    usual = imagenet.is_imagenet(classes)
    numbers = st.toggle(NUMBERS, usual, key="numbers of classes", persist_state="session")
    return truth_of(mine.told, classes, bool(numbers))


def source_of(found: Truth) -> str:
    """Where an accuracy comes from, in words."""
    return accuracy_of(len(found.known), len(found.labels), found.numbers)


def left_out(found: Truth, name: str) -> None:
    """What does not count, with the nearest class, and what to do where that is all; nothing where
    all pictures count."""
    if not found.left_out:
        return
    text = said(found) if len(found.known) else f"{said(found)} {NONE_KNOWN}"
    st.info(plain(text), icon=":material/info:")
    table = found.table()
    if len(table) > NAMED:
        with st.expander("All that is left out"):
            st.dataframe(table, hide_index=True, key=f"left out of {name}")
    save(
        f"{name}-left-out", table, history.manifest_of_now(name, source_of(found)), "Left out (CSV)"
    )
