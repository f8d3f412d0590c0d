"""The paper's observations about depth, asked of these weights."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.analysis.networks.paper import Finding, findings
from se_viz.analysis.profiles.depth import specificity_table
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.catalogue import entry
from se_viz.figures.profiles.depth import specificity_by_depth
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.session import apart, collection
from se_viz.ui.widgets.figure_card import few_pictures, save, show
from se_viz.ui.widgets.view_options import source_of

VERDICTS = {True: ":green-badge[holds here]", False: ":orange-badge[does not hold here]"}
DRAWN = (
    "This network has no class profile yet, so pictures drawn by code are asked, kind by kind. "
    "Real pictures may answer otherwise; make a profile of yours on the page **The network**."
)
UNKNOWN = ":gray-badge[cannot be asked]"


def panel(group: Group) -> None:
    """One line for each observation, with the number that decides, on another page."""
    lines = [
        f"- {_badge(finding)} {finding.claim} "
        + (f"**{finding.short}**; it holds if {finding.threshold}." if finding.short else "")
        for finding in findings(group)
    ]
    with st.container(border=True):
        st.markdown("**What the paper saw, asked of these gates**")
        st.markdown("\n".join(lines))
        st.caption(sentence(f"Measured on {group.title}. The thresholds are ours."))
        st.page_link(PAGE.linked(), label="What each number means", icon=":material/arrow_forward:")


def draw() -> None:
    """A figure of depth first, then each claim with the number that decides."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    found = findings(reference)
    st.header("What the paper saw in the gates, and what we see")
    st.markdown(sentence(_summary(found)))
    groups = (reference, mine) if mine else (reference,)
    table = specificity_table(groups)
    source = source_of(groups)
    show(specificity_by_depth(table), entry("findings-specificity"), table, source)
    if not resources.has_profile():
        st.info(DRAWN, icon=":material/info:")
    for group in groups:
        few_pictures(group)
    _claims(reference, found, "findings")
    if mine:
        _claims(mine, findings(mine), "findings-mine")


def _summary(found: tuple[Finding, ...]) -> str:
    asked = [finding for finding in found if finding.holds is not None]
    held = sum(finding.holds is True for finding in asked)
    mute = len(found) - len(asked)
    rest = f", and {mute} cannot be asked of it" if mute else ""
    return (
        f"Hu et al. looked at the gates of an SE-ResNet-50 trained on ImageNet and made "
        f"{len(found)} observations. On this network ({models.current().title}), "
        f"**{held} of {len(asked)}** hold{rest}."
    )


def _claims(group: Group, found: tuple[Finding, ...], name: str) -> None:
    st.subheader(f"Asked of: {group.title}")
    for finding in found:
        with st.container(border=True):
            st.markdown(f"**{finding.claim}** {_badge(finding)}")
            st.markdown(sentence(finding.sentence))
            st.caption(
                f"Decides: {finding.meaning}; it holds if {finding.threshold} (our threshold). "
                f"Claim: {finding.where}. {finding.instead}"
            )
    table = pd.DataFrame([vars(finding) for finding in found])
    manifest = history.manifest_of_now(name, source_of([group]))
    save(name, table, manifest, "Findings (CSV)")


def _badge(finding: Finding) -> str:
    return UNKNOWN if finding.holds is None else VERDICTS[finding.holds]


PAGE = Page("Findings", "findings", draw)
