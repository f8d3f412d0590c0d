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
from se_viz.ui.sentences import last_stage as told
from se_viz.ui.state import history
from se_viz.ui.widgets.figure_card import save

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
        st.metric("accuracy lost", told.RETRAINED)
        st.caption(told.BY_THE_PAPER)
    return "retrained without SE in the last stage", f"{told.RETRAINED} lost", told.PAPER


def _here(box, sweep: Sweep | None, source: str) -> list[tuple[str, str, str]]:
    with box:
        st.markdown("**Taken away from a trained network** :blue-badge[measured]")
        if sweep is None:
            st.caption(told.NOT_MEASURED)
            return []
        rows, found = last_stage_table(sweep), []
        if rows.empty:
            st.caption(told.NO_STAGES)
            return []
        last = rows["stage"].iloc[0]
        for kind, said in DONE.items():
            row = rows[rows["how"] == kind.key].iloc[0]
            done, change = told.done_to(last, said), told.points(row["change"])
            span = told.span(row["low"], row["high"])
            st.metric(done, change)
            st.caption(span)
            found.append((f"{done}, without training", f"{change}, {span}", source))
        st.caption(told.measured(source))
    return found


def _weights(box) -> tuple[str, str, str]:
    added = cost(SEResNet(depth=50)).added
    share = told.share_of_weights(added[3] / sum(added))
    with box:
        st.markdown("**Weights saved** :green-badge[closed form]")
        st.metric("of SE's weights, at r = 16", share)
        st.caption(told.weights(added[3], sum(added)))
    return "weights that go with stage 5", f"{share} of SE's weights", "closed form, r = 16"
