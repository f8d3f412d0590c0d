"""Which stage's gates matter: each block bypassed and frozen, on many pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.sweep import last_stage
from se_viz.ui.sentences import interventions as told
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.common import FEW_PICTURES, SCORES, of_whom
from se_viz.ui.sentences.pictures import yours
from se_viz.ui.state import examples, models, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.inference import swept
from se_viz.ui.state.session import Collection, collection
from se_viz.ui.widgets import block_choice, true_classes
from se_viz.ui.widgets.figure_card import on_phone, show


def draw() -> None:
    """Whether the last stage can go, then the sweep, as shipped and of one's own pictures."""
    st.header("Which gates matter?")
    top = st.container()
    mine = collection()
    shipped = resources.shipped_sweep() if models.current().built_in else None
    seen = [] if shipped is None else [_shipped(shipped)]
    with st.container():  # what comes and goes in it moves nothing below
        own = _own(mine) if len(mine) and resources.output().guesses else None
        if not resources.output().guesses:
            st.info(SCORES, icon=":material/info:")
        if own is None and shipped is None and resources.output().classes:
            _of_a_scene()
        if own is not None:
            seen.append(own)
            if len(own.sweep.truth) < FEW * len(set(own.sweep.truth)):
                st.caption(FEW_PICTURES)
            if resources.output().several:
                st.caption(f"{SEVERAL}.")
    if seen:
        _show(seen, "sweep" if shipped else "sweep-mine")
    if shipped is not None:
        _how_made(shipped.record)
    with top:
        last_stage.show(seen[0].sweep if seen else None, seen[0].source if seen else "")
    block_choice.at_the_end()


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep, of which pictures, and where its numbers come from."""

    sweep: Sweep
    title: str
    source: str


def _shipped(sweep: Sweep) -> Swept:
    pictures = sweep.record["pictures"]
    return Swept(sweep, labels.built_in_set(pictures), told.on_validation_set(pictures))


def _show(seen: Sequence[Swept], name: str) -> None:
    """Each figure once, with a panel for each sweep."""
    tables = [sweep_table(one.sweep) for one in seen]
    said = [
        of_whom(one.title, does_freezing_hurt_less(table), len(seen) > 1)
        for one, table in zip(seen, tables, strict=True)
    ]
    for line in said:
        st.markdown(sentence(line))
    columns = 1 if on_phone() else len(seen)
    source = "; ".join(one.source for one in seen)
    table = _together(seen, tables)
    show(sweep_by_depth(table, columns, " ".join(said)), entry(name), table, source)
    parts = table[table["depth"] == 0]
    if len(parts):
        st.subheader("Whole stages at once")
        show(sweep_by_part(table, columns), entry(f"{name}-stages"), parts, source)
    _classes(seen, tables, source, name, columns)


def _together(seen: Sequence[Swept], tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Under one another, with a column group where there are several."""
    if len(seen) == 1:
        return tables[0]
    rows = zip(seen, tables, strict=True)
    return pd.concat([table.assign(group=one.title) for one, table in rows], ignore_index=True)


def _classes(
    seen: Sequence[Swept], tables: Sequence[pd.DataFrame], source: str, name: str, columns: int
) -> None:
    st.subheader("Class by class")
    plan = seen[0].sweep.plan
    titles = [f"{one.selection.describe()} {one.kind.brief}" for one in plan]
    worst = int(tables[0]["change"].astype(float).argmin())
    chosen = st.selectbox("Intervention", titles, worst, key=f"{name} row", bind="query-params")
    row = titles.index(str(chosen))
    found = _together(seen, [class_table(one.sweep, row) for one in seen])
    figure = accuracy_by_class(found, class_colours(seen[0].sweep.classes, found["class"]), columns)
    show(figure, entry(f"{name}-classes"), found, source)


def _how_made(record) -> None:
    with st.expander("How this was made"):
        st.markdown(told.how_swept(record))
        st.code(record["command"], language="bash")
        st.json(dict(record), expanded=1)


def _own(mine: Collection) -> Swept | None:
    """The sweep over the pictures whose class the network knows, once it is asked for."""
    found = true_classes.truth(mine)
    true_classes.left_out(found, "sweep-mine")
    sweep = _swept(mine, found)
    if sweep is None:
        return None
    return Swept(sweep, yours(len(sweep.truth)), true_classes.source_of(found))


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
