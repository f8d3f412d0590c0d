"""Which part of the network has to adapt to a light, or which block."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.networks.stages import parts_of
from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.findings import costliest_part
from se_viz.experiments.shifts.tables import cell_of, placed
from se_viz.figures.catalogue import entry
from se_viz.figures.shifts.where import cost_by_block, cost_by_part
from se_viz.pictures.shifts import Light
from se_viz.ui.sentences import light as told
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets.figure_card import show
from se_viz.ui.widgets.segments import one_of


def draw(measured: Measured, light: Light) -> None:
    """Part by part, and block by block where that was measured."""
    record, rows = measured.record, placed(measured.table, light)
    st.markdown(sentences.where_it_costs(light, costliest_part(record, measured.table, light)))
    own = cell_of(measured.table, light)
    base = told.base(float(own["accuracy"]), measured.measure)
    source = told.in_light(measured.source, light)
    blocks = [block.name for block in record.blocks]
    if one_of("Gates of", told.PLACES, "places") == told.PARTS:
        parts = list(parts_of(record.blocks))
        some = rows[rows["where"].isin(parts)]
        show(cost_by_part(some, parts, base), entry("shift-where"), some, source)
    elif rows["where"].isin(blocks).any():
        some = rows[rows["where"].isin(blocks)]
        show(cost_by_block(some, blocks, base), entry("shift-where-blocks"), some, source)
    else:
        st.info(told.MEASURE_BLOCKS if measured.own else told.ONLY_STAGES, icon=":material/info:")
    if len(set(record.truth)) < 2:
        st.caption(told.NO_OTHER_CLASS)
