"""The paper's choices tried again on small networks, beside what the paper found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.experiments.replication.compare import Records, accuracy_of, row_table, seed_table
from se_viz.experiments.replication.record import CLEAN, LIGHTS
from se_viz.experiments.replication.worth import worth_table
from se_viz.figures.catalogue import entry
from se_viz.figures.costs.replication import differences
from se_viz.figures.costs.worth import worth
from se_viz.quoted import LADDER
from se_viz.ui.sentences.networks import replication as said
from se_viz.ui.state import resources
from se_viz.ui.widgets.figure_card import on_phone, show
from se_viz.ui.widgets.segments import one_of


def draw() -> None:
    """Every row in one light; nothing where no record ships."""
    records = resources.replication()
    if not records:
        return
    st.subheader(said.TITLE)
    above = st.container()
    lights = {said.light_named(light): light for light in LIGHTS}
    light = lights[one_of(said.LIGHT, lights, "tried")]
    truth = resources.shipped_sweep().truth
    seeds = seed_table(records, truth, light)
    table = row_table(seeds)
    with above:
        st.markdown(said.told(table))
    runs = sum(map(len, records.values()))
    figure = differences(table, seeds, papers=light == CLEAN)
    show(figure, entry("replication"), table, said.source(runs, len(truth)))
    st.caption(said.smallest(table))
    _worth(records, truth, light, table)
    st.caption(LADDER)
    st.caption(said.dead(*(accuracy_of(records, truth, row) for row in ("relu", "tanh"))))


def _worth(
    records: Records, truth: np.ndarray, light: tuple[str, float], compared: pd.DataFrame
) -> None:
    times = resources.replication_times()
    table = worth_table(records, truth, light, times)
    st.subheader(said.WORTH)
    st.markdown(said.worth(table, compared))
    figure = worth(table, 1 if on_phone() else 2)
    show(figure, entry("worth"), table, said.worth_source(len(truth), times))
