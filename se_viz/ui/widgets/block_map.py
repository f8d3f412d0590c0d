"""The network by its mean gates: one of its blocks, and ways to what other pages show of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from se_viz.analysis.profiles.one_channel import most_specific
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.ui.state import resources
from se_viz.ui.state.lessons import lecture
from se_viz.ui.widgets import block_choice, ways


def choose(how: Callable[..., str] = block_choice.choose) -> str:
    """The chosen block; at first that which follows the class most."""
    profile = resources.reference().profile
    return how(means_over(profile), most_specific(profile)[0])


def show() -> None:
    """At the end of a page; in a lesson, which goes its own way, nothing."""
    if lecture.given() or not resources.blocks():
        return
    st.divider()
    ways.of_block(choose(block_choice.looked_at))
