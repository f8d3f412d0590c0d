"""Can the SE blocks of the last stage go? Three answers, never mixed up."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.complexity import cost
from se_viz.experiments.sweep_record import Sweep
from se_viz.experiments.sweep_tables import last_stage_table
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.ui.state import history
from se_viz.ui.widgets.figure_card import save

PAPER = "Hu et al., arXiv 1709.01507, section on the role of excitation"
RETRAINED, LEFT = "under 0.1 %", "about 4 %"
SOURCES = "each answer names its own"
DONE = {Bypass: "gates set to 1", MeanAblation: "gates frozen at their mean"}


def show(sweep: Sweep | None, source: str) -> None:
    """The paper's retrained networks, this network as it stands, and weights in closed form.

    Args:
        sweep: of the network of the pages, where there is one.
        source: where its numbers come from.
    """
    st.subheader("Can the last stage's SE go?")
    paper, here, weights = st.columns(3, border=True)
    facts = [_paper(paper), _weights(weights)]
    facts[1:1] = _here(here, sweep, source)
    table = pd.DataFrame(facts, columns=["question", "answer", "source"])
    save("last-stage", table, history.manifest_of_now("last-stage", SOURCES), "Answers (CSV)")


def _paper(box) -> tuple[str, str, str]:
    with box:
        st.markdown("**Trained without it** :gray-badge[quoted from the paper]")
        st.metric("accuracy lost", RETRAINED)
        st.caption(
            f"SE-ResNet-50 on ImageNet, trained from the start without SE in its last stage: the "
            f"paper gives less than 0.1 % (its editions differ on whether of top-1 or top-5), and "
            f"{LEFT} more weights than ResNet-50 instead of about 10 %. {PAPER}. Its weights could "
            "adapt to that; ours below could not."
        )
    return "retrained without SE in the last stage", f"{RETRAINED} lost", PAPER


def _here(box, sweep: Sweep | None, source: str) -> list[tuple[str, str, str]]:
    with box:
        st.markdown("**Taken away from a trained network** :blue-badge[measured]")
        if sweep is None:
            st.caption("Not measured yet: sweep over pictures of yours whose classes are known.")
            return []
        rows, found = last_stage_table(sweep), []
        if rows.empty:
            st.caption("This network has no stages as the paper's have.")
            return []
        last = rows["stage"].iloc[0]
        for kind, said in DONE.items():
            row = rows[rows["how"] == kind.key].iloc[0]
            answer = f"{100 * row['change']:+.2f} points"
            st.metric(f"{last}, {said}", answer)
            span = f"95 % from {100 * row['low']:+.2f} to {100 * row['high']:+.2f}"
            found.append((f"{last}, {said}, without training", f"{answer}, {span}", source))
            st.caption(span)
        st.caption(f"Accuracy of this network, {source}. Nothing was trained anew.")
    return found


def _weights(box) -> tuple[str, str, str]:
    added = cost(SEResNet(depth=50)).added
    share = added[3] / sum(added)
    with box:
        st.markdown("**Weights saved** :green-badge[closed form]")
        st.metric("of SE's weights, at r = 16", f"{share:.1%}")
        st.caption(
            f"(2 / r) times the sum of N C² over the stages: {added[3]:,} of {sum(added):,} "
            "weights of SE-ResNet-50 stand in stage 5. The share is the same at every r "
            "and at half width."
        )
    return "weights that go with stage 5", f"{share:.1%} of SE's weights", "closed form, r = 16"
