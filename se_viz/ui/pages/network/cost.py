"""What SE costs at the paper's size, in closed form."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.complexity import cost
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.ui.sentences import labels

PAPER = "Hu et al., arXiv 1709.01507"
PAPER_FLOPS = {50: (3.86, 3.87), 101: (7.58, 7.60), 152: (11.30, 11.32)}


def show() -> None:
    """The paper's three networks, a row each."""
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
                "GFLOPs in the paper": f"{before:.2f} to {after:.2f}",
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="cost")
    st.caption(labels.costs(PAPER))
