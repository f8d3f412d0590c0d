"""How the built-in network was made, and how good it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.figures.catalogue import entry
from se_viz.figures.networks.confusion import confusion
from se_viz.figures.networks.training_curve import training_curve
from se_viz.ui.state import resources
from se_viz.ui.widgets.figure_card import on_phone, show


def show_all() -> None:
    """Its mistakes first, then its making."""
    record = resources.provenance()
    measured = record["measured"]
    st.subheader(f"It is right on {measured['top1']:.1f} % of pictures")
    st.markdown(
        f"**{record['network']}**: {record['parameters'] / 1e6:.2f} million weights, trained from "
        f"scratch. Measured on the {measured['pictures']:,} pictures of Imagenette's validation "
        f"set, {measured['view']}. Below, which class was taken for which."
    )
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
    st.markdown(
        f"{training['epochs_done']} epochs on {training['training_pictures']:,} training pictures, "
        f"{training['training_seconds'] / 60:.0f} minutes on {training['device']}. The weights "
        f"ship in half precision and are measured as shipped."
    )
    st.code(training["command"], language="bash")
    curve = training["curve"]
    columns = 1 if on_phone() else 2
    source = "written down by the training run; accuracy on the validation set"
    show(training_curve(curve, columns), entry("training"), pd.DataFrame(curve), source)
    with st.expander("The whole record"):
        st.json(record, expanded=1)
