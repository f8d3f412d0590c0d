"""The paper's observations about depth, asked of these weights."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from se_viz.analysis.networks.paper import Finding, findings
from se_viz.analysis.profiles.depth import specificity_table
from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.shifts.questions import answers_of
from se_viz.figures.catalogue import entry
from se_viz.figures.profiles.claims import claims
from se_viz.figures.profiles.depth import specificity_by_depth
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.light import page as light_page
from se_viz.ui.sentences import figures as said
from se_viz.ui.sentences import labels, light
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.session import apart, collection
from se_viz.ui.widgets import block_choice
from se_viz.ui.widgets.figure_card import few_pictures, save, show
from se_viz.ui.widgets.view_options import source_of

STIMULI_ASKED = (
    "This network has no class profile yet, so pictures drawn by code stand in, kind by kind. "
    "Real pictures may answer otherwise; make a profile of yours on the page **The network**."
)


def panel(group: Group) -> None:
    """One line for each observation, with the number that decides, on another page."""
    with st.container(border=True):
        st.markdown("**What the paper saw, and whether these gates do the same**")
        st.markdown("\n".join(map(said.finding, findings(group))))
        st.caption(sentence(said.thresholds_of(group.title)))
        st.page_link(PAGE.linked(), label="What each number means", icon=":material/arrow_forward:")


def draw() -> None:
    """All claims in a figure, then each with the number that decides, and the figure of depth."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    groups = (reference, mine) if mine else (reference,)
    found = [findings(group) for group in groups]
    st.header("What the paper saw in the gates, and what we see")
    st.markdown(sentence(said.how_many_hold(found[0], models.current().title)))
    source, rows = source_of(groups), _rows(groups, found)
    show(claims(rows), entry("findings"), rows, source)
    if not resources.has_profile():
        st.info(STIMULI_ASKED, icon=":material/info:")
    for group in groups:
        few_pictures(group)
    _claims(groups, found)
    table = specificity_table(groups)
    show(specificity_by_depth(table), entry("findings-specificity"), table, source)
    _in_other_light()
    block_choice.at_the_end()


def _claims(groups: Sequence[Group], found: Sequence[Sequence[Finding]]) -> None:
    """Each claim once, with what every group of pictures says to it."""
    st.subheader(labels.measured_on("; ".join(group.title for group in groups)))
    for same in zip(*found, strict=True):
        with st.container(border=True):
            _claim(same)


def _rows(groups: Sequence[Group], found: Sequence[Sequence[Finding]]) -> pd.DataFrame:
    """One row for each claim and group."""
    asked = [(group.title, one) for group, all_ in zip(groups, found, strict=True) for one in all_]
    return pd.DataFrame([{**vars(one), "group": title} for title, one in asked])


def _claim(same: Sequence[Finding]) -> None:
    first = same[0]
    if len(same) == 1:
        st.markdown(said.claim(first))
        st.markdown(sentence(first.sentence))
    else:
        st.markdown(f"**{first.claim}**")
        for one in same:
            st.markdown(f"{said.verdict(one)} {sentence(one.sentence)}")
    st.caption(said.decides(first))


def _in_other_light() -> None:
    """What the paper did not ask, of the shipped record of this network."""
    record = resources.shipped_shifts()
    if record is None:
        return
    st.subheader(light.NOT_IN_THE_PAPER)
    source, found = light.on_validation_set(len(record)), answers_of(record)
    for answer in found:
        with st.container(border=True):
            st.markdown(light.question(answer.question, answer.holds))
            st.markdown(sentence(answer.sentence))
            st.caption(light.decides(answer.meaning, answer.threshold))
    table = pd.DataFrame([vars(answer) for answer in found])
    save(
        "findings-light", table, history.manifest_of_now("findings-light", source), "Findings (CSV)"
    )
    st.page_link(light_page.PAGE.linked(), label=light.ASKED, icon=":material/arrow_forward:")


PAGE = Page("Findings", "findings", "What did the paper see, and does it hold here?", draw)
