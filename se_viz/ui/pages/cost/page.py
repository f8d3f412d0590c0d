"""What the SE block costs, in closed form, and what the reduction ratio buys, quoted."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from se_viz.analysis.networks.costs import (
    stage_table,
    trade_off_table,
    ways_of_counting,
    whole_table,
)
from se_viz.complexity import Config
from se_viz.figures.catalogue import entry
from se_viz.figures.costs.added_weights import added_weights
from se_viz.figures.costs.trade_off import trade_off
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.cost import measured, module, papers, replication
from se_viz.ui.pages.cost.choice import choose
from se_viz.ui.sentences.common import percent
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.figure_card import on_phone, show

PAPERS = 50
"""Layers of the network of which the paper tried ratios."""


def draw() -> None:
    """The weights stage by stage; then the trade-off over r beside what it is bought with."""
    head = st.container()
    config, size = choose()
    whole, stages = whole_table(config, size), stage_table(config, size)
    with head:
        st.header(said.title(whole["more"][0]))
        st.markdown(said.of_what(config, size, *whole["more"][1:3]))
    figure = added_weights(stages, narrow=on_phone())
    show(figure, entry("added-weights"), stages, said.CLOSED_FORM)
    module.draw(config, size)
    measured.draw(config, size)
    curve, beside = st.columns([5, 3], gap="medium")
    with curve:
        st.subheader(said.WORTH)
        table = trade_off_table()
        alike = getattr(config, "depth", None) == PAPERS and not isinstance(config.ratio, tuple)
        marked = config.ratio_of(2) if alike else None
        show(trade_off(table, marked), entry("trade-off"), table, said.QUOTED)
        st.caption(said.TRIED)
    with beside:
        _whole(config, whole, stages)
    replication.draw()
    papers.show()


def _whole(config: Config, whole: pd.DataFrame, stages: pd.DataFrame) -> None:
    st.subheader(said.beside(config))
    rows = [
        {
            "": row["what"],
            "plain": said.amount(row["what"], row["plain"]),
            "with SE": said.amount(row["what"], row["with_se"]),
            "more": f"+{percent(row['more'], 2)}",
        }
        for _, row in whole.iterrows()
    ]
    st.table(pd.DataFrame(rows).set_index(""), border="horizontal")
    st.caption(said.KEPT)
    last = stages.loc[stages["stage"] == "stage 5", "share"].sum()
    if last:
        st.markdown(said.last_stage(last))
    with st.popover(said.WHY, icon=":material/help:"):
        st.markdown(said.COUNTED)
        shares = ways_of_counting().set_index("network").map(partial(percent, decimals=2))
        st.table(shares.rename(columns=_COLUMNS))


_COLUMNS = {
    "dense": "dense layers",
    "scaled": "and scaling",
    "counted": "and squeeze",
    "printed": "as printed",
}


PAGE = Page(
    "What it costs",
    "cost",
    "What does it cost, and is a smaller r worth it?",
    draw,
    main=True,
    of_weights=False,
)
