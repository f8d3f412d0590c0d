"""What SE costs at the paper's size, in closed form beside what the paper prints."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.complexity import cost
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.quoted import DEPTHS
from se_viz.ui.sentences.common import percent
from se_viz.ui.sentences.networks import costs as said


def show() -> None:
    """The paper's three networks, a row each."""
    st.subheader("What SE costs at the paper's size")
    st.dataframe(pd.DataFrame(map(_row, DEPTHS)), hide_index=True, key="cost")
    st.caption(said.AT_THE_PAPERS_SIZE)


def _row(depth: int) -> dict[str, str]:
    found, told = cost(SEResNet(depth=depth, stride_in="1x1")), DEPTHS[depth]
    return {
        "network": f"SE-ResNet-{depth}",
        "weights without SE": f"{found.weights:,}",
        "weights that SE adds": f"{sum(found.added):,}",
        "more weights": percent(found.added_share, 2),
        "in stage 5": percent(found.added[3] / sum(found.added)),
        "more multiply-adds": percent(found.added_operations_share, 2),
        "GFLOPs in the paper": f"{told.plain[2]:.2f} to {told.with_se[2]:.2f}",
    }
