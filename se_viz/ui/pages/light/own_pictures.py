"""The same measured on a person's own pictures: asked for, stopped, gone on with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from se_viz.experiments.shifts.measure import by_light
from se_viz.experiments.shifts.plans import MAIN, Cell, block_plan, short_plan
from se_viz.pictures import PictureError
from se_viz.pictures.shifts import CLEAN, KINDS, Light
from se_viz.ui.sentences import interventions, pictures
from se_viz.ui.sentences import light as told
from se_viz.ui.state import resources, shifts
from se_viz.ui.state.session import Collection
from se_viz.ui.state.shifts import Chosen, Measured, OwnRun
from se_viz.ui.widgets import true_classes

DONE = "shifts measured"
"""In the session: something was measured in the run before."""


def found(mine: Collection) -> tuple[Chosen, OwnRun, Measured | None] | None:
    """What is chosen of the session's pictures, and what was measured on them; None without any."""
    if not len(mine):
        return None
    truth = true_classes.truth(mine)
    some = shifts.chosen(mine, truth)
    run = shifts.run_of(mine, some)
    count = len(some.rows)
    counted_as = (
        told.agreement_of(count)
        if some.truth is None
        else pictures.accuracy_of(count, len(truth.labels), truth.numbers)
    )
    return some, run, run.measured(told.on_yours(counted_as, some.frozen_at))


def draw(mine: Collection, some: Chosen, run: OwnRun, light: Light | None) -> None:
    """Which shifts, and the button; while it is measured, progress and another to stop."""
    st.subheader(told.OWN, divider=True)
    if some.truth is None:
        st.caption(told.AGREEMENT)
    if len(some.rows) < some.known:
        st.caption(told.evenly(len(some.rows), some.known))
    blocks = resources.blocks()
    kinds = ["", *KINDS]
    kind = str(st.selectbox("Shift", kinds, key="measure", format_func=told.kind_named))
    plan = short_plan(blocks, (kind,) if kind else MAIN)
    left, whole = run.left(plan), len(by_light(plan))
    if not left:
        st.caption(told.all_measured(whole))
    else:
        label = (
            told.go_on(whole - len(left), whole)
            if len(left) < whole
            else told.measure(len(some.rows), told.kind_named(kind))
        )
        _button(label, "measure shifts", mine, some, run, plan)
    if light is not None and CLEAN in run.lights:
        of_blocks = block_plan(blocks, light)
        if light in run.lights and run.left(of_blocks):
            _button(
                told.blocks_on(len(some.rows), light), "measure blocks", mine, some, run, of_blocks
            )


def _button(
    label: str, key: str, mine: Collection, some: Chosen, run: OwnRun, plan: Sequence[Cell]
) -> None:
    place = st.empty()
    if not place.button(label, key=key):
        return
    place.button(told.STOP, key=f"stop {key}", icon=":material/stop:")
    try:
        shifts.go_on(run, mine, some, plan)
    except PictureError:
        st.warning(interventions.UNREADABLE)
        return
    st.session_state[DONE] = True
    st.rerun()
