"""The network at the end of a page: one of its blocks, and ways to what other pages show of it."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.profiles.one_channel import most_specific
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.ui.state import resources
from se_viz.ui.state.lessons import lecture
from se_viz.ui.widgets import block_choice, ways


def show() -> None:
    """The ribbon by mean gates; in a lesson, which goes its own way, nothing."""
    if lecture.given() or not resources.blocks():
        return
    st.divider()
    ways.of_block(choose())


def choose() -> str:
    """The chosen block on the ribbon of mean gates; at first that which follows the class most."""
    profile = resources.reference().profile
    return block_choice.choose(means_over(profile), most_specific(profile)[0], "ribbon")
