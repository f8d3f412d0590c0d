"""The network itself: how good it is, how it was made, what SE costs in it, and the self-check."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.depth import block_table
from se_viz.complexity import cost
from se_viz.figures.network import confusion, gates_by_block, training_curve
from se_viz.nets.layout import SEResNet
from se_viz.ui import guide, resources
from se_viz.ui.frame import on_phone, show

PAPER = "Hu et al., arXiv 1709.01507"


def page() -> None:
    """Its mistakes first, then its making, its blocks, and whether the probe reads it right."""
    record = resources.provenance()
    measured = record["measured"]
    st.header(f"The built-in network is right on {measured['top1']:.1f} % of pictures")
    st.markdown(
        f"**{record['network']}**: {record['parameters'] / 1e6:.2f} million weights, trained from "
        f"scratch. Measured on the {measured['pictures']:,} pictures of Imagenette's validation "
        f"set, {measured['view']}. Below, which class was taken for which."
    )
    _confusion(measured)
    _making(record)
    _blocks()
    _cost()
    _check(record)


def _confusion(measured: dict) -> None:
    matrix = np.array(measured["confusion"])
    table = pd.DataFrame(matrix, index=measured["classes"], columns=measured["classes"])
    table = table.rename_axis("true class").reset_index()
    figure = confusion(matrix, measured["classes"])
    show(figure, "confusion", table, guide.CONFUSION, "measured on the built-in validation set")


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
    show(training_curve(curve, columns), "training", pd.DataFrame(curve), guide.CURVE, source)
    with st.expander("The whole record"):
        st.json(record, expanded=1)


def _blocks() -> None:
    profile = resources.builtin_profile()
    st.subheader(f"Its {len(profile.blocks)} SE blocks")
    table = block_table(profile.blocks)
    gates, weights = int(table["gates"].sum()), int(table["weights"].sum())
    st.markdown(f"**{gates:,}** gates in all, made by **{weights:,}** weights.")
    figure = gates_by_block(table, 1 if on_phone() else 2)
    show(figure, "blocks", table, guide.BLOCKS, "closed form, from the network's layout")


def _cost() -> None:
    st.subheader("What SE costs at the paper's size")
    rows = []
    for depth, (before, after) in PAPER_FLOPS.items():
        found = cost(SEResNet(depth=depth, stride_in="1x1"))
        rows.append(
            {
                "network": f"SE-ResNet-{depth}",
                "weights without SE": f"{found.weights:,}",
                "weights that SE adds": f"{sum(found.added):,}",
                "more weights": f"{100 * found.added_share:.2f} %",
                "in stage 5": f"{100 * found.added[3] / sum(found.added):.1f} %",
                "more multiply-adds": f"{100 * found.added_operations_share:.2f} %",
                "GFLOPs in the paper": f"{before} to {after}",
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="cost")
    st.caption(
        "Closed form: (2 / r) times the sum over stages of N C², with r = 16 and no biases; "
        "multiply-adds for one picture of 224 px, the additions of the squeeze and the products of "
        f"the scaling included. The last column is quoted from {PAPER}, table 2; its 3.86 to 3.87 "
        "is the paper's 0.26 %."
    )


def _check(record: dict) -> None:
    st.subheader("Does the probe read what the network computes?")
    shipped = record["self_check"]
    st.markdown(
        f"When the weights were shipped, every gate of {shipped['pictures']} validation pictures "
        f"recomputed in NumPy from its squeeze differed from the one read by at most "
        f"**{shipped['largest_difference']:.1e}** (limit 1e-5)."
    )
    if st.button("Check again here, on the drawn pictures", key="check"):
        with st.spinner("Checking"):
            found = resources.checked()
        (st.success if found.passed else st.error)(found.describe())


PAPER_FLOPS = {50: (3.86, 3.87), 101: (7.58, 7.60), 152: (11.30, 11.32)}
