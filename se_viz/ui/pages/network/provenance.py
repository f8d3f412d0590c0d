"""How the built-in network was made, and how good it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.figures.catalogue import entry
from se_viz.figures.networks.confusion import confusion
from se_viz.figures.networks.training_curve import training_curve
from se_viz.ui.sentences.networks.network import measured_how, right_on, trained_how
from se_viz.ui.state import resources
from se_viz.ui.widgets.figure_card import on_phone, show


def show_all() -> None:
    """Its mistakes first, then its making."""
    record = resources.provenance()
    measured = record["measured"]
    st.subheader(right_on(measured))
    st.markdown(measured_how(record))
    _confusion(measured)
    _making(record)


def _confusion(measured: dict) -> None:
    matrix = np.array(measured["confusion"])
    table = pd.DataFrame(matrix, index=measured["classes"], columns=measured["classes"])
    table = table.rename_axis("true class").reset_index()
    figure = confusion(matrix, measured["classes"])
    show(figure, entry("confusion"), table, "measured on the built-in validation set")


def _making(record: dict) -> None:
    training = record["training"]
    st.subheader("How it was made")
    st.markdown(trained_how(training))
    st.code(training["command"], language="bash")
    curve = training["curve"]
    columns = 1 if on_phone() else 2
    source = "written down by the training run; accuracy on the validation set"
    show(training_curve(curve, columns), entry("training"), pd.DataFrame(curve), source)
    with st.expander("The whole record"):
        st.json(record, expanded=1)
