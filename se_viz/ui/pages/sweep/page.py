"""Which stage's gates matter: each block bypassed and frozen, on many pictures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.predictions.true_classes import Truth
from se_viz.analysis.profiles.sample_size import FEW
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.sentences import SEVERAL, does_freezing_hurt_less
from se_viz.experiments.sweep import sweep_one
from se_viz.experiments.sweep_record import Sweep
from se_viz.experiments.sweep_tables import class_table, picture_sweep_table, sweep_table
from se_viz.figures.catalogue import entry
from se_viz.figures.interventions.effects import accuracy_by_class, sweep_by_depth, sweep_by_part
from se_viz.figures.style.palette import class_colours
from se_viz.interventions.base import Replacements
from se_viz.profiles.reference import digest_of
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.sweep import last_stage
from se_viz.ui.sentences import interventions as told
from se_viz.ui.sentences.common import FEW_PICTURES, SCORES
from se_viz.ui.state import examples, models, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.inference import swept
from se_viz.ui.state.session import Collection, collection
from se_viz.ui.widgets import true_classes
from se_viz.ui.widgets.figure_card import show


def draw() -> None:
    """Whether the last stage can go, then the sweep, of one's own pictures and as shipped."""
    st.header("Which gates matter?")
    top = st.container()
    mine = collection()
    shipped = resources.shipped_sweep() if models.current().built_in else None
    with st.container():  # what comes and goes in it moves nothing below
        asked = len(mine) and resources.output().guesses
        own, source = _own(mine) if asked else (None, "")
        if not resources.output().guesses:
            st.info(SCORES, icon=":material/info:")
        if own is None and shipped is None and resources.output().classes:
            _of_a_scene()
        if own is not None:
            st.subheader(told.of_yours(len(own.truth)), divider=True)
            if len(own.truth) < FEW * len(set(own.truth)):
                st.caption(FEW_PICTURES)
            if resources.output().several:
                st.caption(f"{SEVERAL}.")
            _show(own, source, "sweep-mine")
    if shipped is not None:
        record = shipped.record
        source = told.on_validation_set(record["pictures"])
        with st.container():
            if own is not None:
                st.subheader("On the built-in validation set", divider=True)
        _show(shipped, source, "sweep")
        _how_made(record)
    with top:
        last_stage.show(shipped or own, source)


def _show(sweep: Sweep, source: str, name: str) -> None:
    table = sweep_table(sweep)
    st.markdown(does_freezing_hurt_less(table))
    show(sweep_by_depth(table), entry(name), table, source)
    parts = table[table["depth"] == 0]
    if len(parts):
        st.subheader("Whole stages at once")
        show(sweep_by_part(table), entry(f"{name}-stages"), parts, source)
    _classes(sweep, table, source, name)


def _classes(sweep: Sweep, table: pd.DataFrame, source: str, name: str) -> None:
    st.subheader("Class by class")
    titles = [f"{one.selection.describe()} {one.kind.brief}" for one in sweep.plan]
    worst = int(table["change"].astype(float).argmin())
    chosen = st.selectbox("Intervention", titles, worst, key=f"{name} row", bind="query-params")
    found = class_table(sweep, titles.index(str(chosen)))
    figure = accuracy_by_class(found, class_colours(sweep.classes, found["class"]))
    show(figure, entry(f"{name}-classes"), found, source)


def _how_made(record) -> None:
    with st.expander("How this was made"):
        st.markdown(told.how_swept(record))
        st.code(record["command"], language="bash")
        st.json(dict(record), expanded=1)


def _own(mine: Collection) -> tuple[Sweep | None, str]:
    """The sweep over the pictures whose class the network knows, once it is asked for, and where
    it comes from."""
    found = true_classes.truth(mine)
    true_classes.left_out(found, "sweep-mine")
    return _swept(mine, found), true_classes.source_of(found)


def _swept(mine: Collection, found: Truth) -> Sweep | None:
    rows, true = found.known, found.rows[found.known]
    if not len(rows):
        return None
    reference = resources.reference()
    digests = tuple(mine.shots[row].digest for row in rows)
    key = (mine.network, digests, tuple(true), digest_of(reference.profile))
    if known("sweeps", key):
        return memo("sweeps", key, lambda: None)
    if not st.button(told.sweep_over(len(rows)), key="sweep mine"):
        return None
    made = swept(mine, found, sweep_plan(resources.blocks()), Replacements(reference))
    if made is None:
        st.warning(told.UNREADABLE)
        return None
    memo("sweeps", key, lambda: made)
    st.rerun()  # without the button


def _of_a_scene() -> None:
    """Without any labelled picture: what the blocks do to one rendered scene."""
    probe, known, reference = resources.probe(), examples.examples(), resources.reference()
    plan, row = sweep_plan(probe.blocks), examples.default_row()

    def make() -> np.ndarray:
        (model_input,) = examples.model_inputs([row])
        return sweep_one(probe, model_input, plan, Replacements(reference))

    key = (models.current().key, known.digests[row], digest_of(reference.profile))
    outputs = memo("sweep", key, make)
    table = picture_sweep_table(plan, probe.network.output, outputs)
    name = known.reading.names[row]
    st.markdown(told.instead(probe.network.output, name))
    source = told.frozen_at(known.measured_on(row), reference.title)
    show(sweep_by_depth(table), entry("sweep"), table, source)


PAGE = Page(
    "Which gates matter", "sweep", "Which gates matter, and can the last stage go?", draw, main=True
)
