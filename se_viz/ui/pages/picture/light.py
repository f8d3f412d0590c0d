"""The picture and all its gates, in the light that somebody turns it to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.one_picture.glance import at_a_glance, glance_table, shifted_glance
from se_viz.analysis.predictions.tables import top
from se_viz.analysis.shifts.one_move import move_table, spreads_of
from se_viz.experiments.shifts.nearest import common_moves
from se_viz.figures.catalogue import entry
from se_viz.figures.one_picture.glance import glance
from se_viz.pictures import PictureError
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.picture import light_answers, light_dial
from se_viz.ui.pages.picture.light_answers import Shifted
from se_viz.ui.sentences.one_picture import light as said
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.state.fallback import guarded
from se_viz.ui.widgets.figure_card import constant_gates, on_phone, show
from se_viz.ui.widgets.picture_picker import Subject

SIDE, GHOST = 144, 60
"""Pixels of the picture, and of the one beside it as it is."""
SIDES = (2, 5)


@st.fragment
def opening(subject: Subject, block: str) -> None:
    """The picture, its gates and its light; a turn of the dial draws this part of the page alone.

    Args:
        subject: the picture.
        block: the one to mark.
    """
    guarded(lambda: _opening(subject, block))


def _opening(subject: Subject, block: str) -> None:
    with history.part():
        model_input = _model_input(subject)
        light = CLEAN if model_input is None else light_dial.choose()
        if model_input is None or light.clean:
            _as_it_is(subject, block, model_input)
        else:
            _in(light, subject, block, model_input)


def _model_input(subject: Subject) -> np.ndarray | None:
    """uint8 (size, size, 3), or None where the picture's file is gone."""
    key = (models.current().key, subject.digest)
    try:
        return memo("model input", key, subject.model_input)
    except (PictureError, ValueError):
        return None


def _as_it_is(subject: Subject, block: str, model_input: np.ndarray | None) -> None:
    seen, told = st.columns(SIDES, gap="medium")
    reading, row = subject.reading, subject.row
    with seen:
        picture = subject.thumbnail if model_input is None else model_input
        st.image(picture, said.AS_SEEN, SIDE, output_format="PNG")
        output = reading.output
        for guess, number in top(reading.outputs[[row]], output, 3)[0]:
            line = sentence(f"{guess}: {output.number(number)}")
            st.progress(number, line) if output.guesses else st.markdown(line)
        if model_input is None:
            st.caption(said.GONE)
    with told:
        names = [each.name for each in resources.blocks()]
        sums = at_a_glance(reading, row, names)
        st.markdown(sentence(sums))
        constant_gates(resources.reference().profile)
        table = glance_table(reading, row, names)
        figure = glance(table, block, 1 if on_phone() else 2, told=sums)
        show(figure, entry("all-gates"), table, subject.source)


def _in(light: Light, subject: Subject, block: str, model_input: np.ndarray) -> None:
    seen, told = st.columns(SIDES, gap="medium")
    with seen:
        with st.container(horizontal=True, gap="xsmall"):
            st.image(light.apply(model_input), said.AS_SEEN, SIDE, output_format="PNG")
            st.image(model_input, said.AS_IT_IS, GHOST, output_format="PNG")
        answers = st.container()
        whose = light_answers.choose(subject)
    found = light_answers.shifted(subject, model_input, light, whose)
    with answers:
        light_answers.predictions(found)
    with told:
        light_answers.comes_to(found)
        _gates(found, block)
    light_answers.parts(found)
    st.caption(said.FROM_HERE)


def _gates(found: Shifted, block: str) -> None:
    """All gates, where they stood before, and how far those of each block moved."""
    blocks = resources.blocks()
    table = shifted_glance(found.clean, found.now, [each.name for each in blocks])
    moves = _moves(found)
    figure = glance(table, block, 1 if on_phone() else 2, moves)
    numbers = table.merge(moves.drop(columns=["stage", "depth"]), on="block", how="left")
    facts = {"kind": found.light.kind, "strength": found.light.strength, "seed": found.light.seed}
    show(figure, entry("all-gates"), numbers.assign(**facts), found.source)


def _moves(found: Shifted) -> pd.DataFrame:
    """How far each block's gates moved, and how much of that many pictures have in common."""
    spreads = spreads_of(resources.reference().profile) if resources.has_profile() else None
    moves = move_table(resources.blocks(), found.clean, found.now, spreads)
    return moves.merge(
        common_moves(resources.shipped_shifts(), found.light), on="block", how="left"
    )
