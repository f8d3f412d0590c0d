"""When does adapting matter? Pictures lose their light; gates adapt, or do not."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.profiles.sample_size import FEW
from se_viz.experiments.sentences import SEVERAL
from se_viz.experiments.shifts.findings import Need, foremost, told_lights
from se_viz.pictures.shifts import Light
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.light import blocks, opening, own_pictures, sure, where, whose
from se_viz.ui.sentences import light as told
from se_viz.ui.sentences.common import FEW_PICTURES
from se_viz.ui.state import address, resources, shifts
from se_viz.ui.state.session import collection
from se_viz.ui.state.shifts import Measured
from se_viz.ui.widgets import block_choice
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.segments import one_of


def draw() -> None:
    """What ships or was measured, from the result to what lies behind it; then one's own."""
    if not resources.output().guesses:
        st.header(told.ASKED)
        st.info(told.NO_CLASSES, icon=":material/info:")
        return
    mine = collection()
    ships, own = shifts.shipped(), own_pictures.found(mine)
    measured = _source(ships, own[2] if own else None)
    light = None
    if measured is None:
        st.header(told.ASKED)
        st.info(told.MEASURE_FIRST if own else told.NOT_YET, icon=":material/info:")
    else:
        light = _all(measured)
    if own:
        own_pictures.draw(mine, own[0], own[1], light)
    elif measured is not None:
        st.subheader(told.OWN, divider=True)
        st.markdown(told.ADD_PICTURES)
    if measured is not None and not measured.own:
        _how_made(measured)
    block_choice.at_the_end()


def _source(ships: Measured | None, own: Measured | None) -> Measured | None:
    """The validation set or one's own pictures; asked where there are both. What was just measured
    comes first."""
    if st.session_state.pop(own_pictures.DONE, False) and own is not None:
        st.session_state["source"] = told.SOURCES[1]
    if ships is None or own is None:
        return own or ships
    options = dict(zip(told.SOURCES, (ships, own), strict=True))
    return options[one_of("Measured on", options, "source")]


def _all(measured: Measured) -> Light | None:
    """Everything that was measured; the light that was chosen."""
    found = opening.header(measured)
    if measured.own:
        if len(measured.record) < FEW * len(set(measured.record.truth)):
            st.caption(FEW_PICTURES)
        if resources.output().several:
            st.caption(f"{SEVERAL}.")
    opening.draw(measured, found)
    lights = {light.kind: light for light in told_lights(measured.record)}
    if not lights:
        return None
    st.subheader("Where?", divider=True)
    st.markdown(told.WHERE)
    light = _choose(lights, foremost(found))
    where.draw(measured, light)
    blocks.draw(measured, light)
    whose.draw(measured)
    sure.draw(measured, light)
    return light


def _choose(lights: dict[str, Light], most: Need | None) -> Light:
    """One of the lights, by default that which needs adapting gates most; the link holds it."""
    first = most.light.kind if most and most.light.kind in lights else next(iter(lights))
    widget, titled = st.segmented_control, lambda kind: str(lights[kind])
    light = lights[pick(widget, "Light", list(lights), first, "shift", titled, required=True)]
    address.put("shift", [light.kind])
    address.put("strength", [f"{light.strength:g}"])
    address.put("seed", [str(light.seed)])
    return light


def _how_made(measured: Measured) -> None:
    record = measured.record.record
    if "command" not in record:
        return
    with st.expander("How this was made"):
        st.markdown(told.how_made(record))
        st.code(record["command"], language="bash")
        st.json(dict(record), expanded=1)


PAGE = Page(
    "When the light changes",
    "light",
    "When the light changes, do gates have to adapt?",
    draw,
    main=True,
)
