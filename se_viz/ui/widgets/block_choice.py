"""The network's ribbon on a page: the block that all pages look at, chosen by a click or a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from se_viz.analysis.profiles.one_channel import most_specific
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.ui.components import ribbon
from se_viz.ui.state import chosen_block, resources
from se_viz.ui.state.lessons import lecture
from se_viz.ui.widgets import ways

KEY = "ribbon"
"""Of the component; a page has one."""
Gates = Mapping[str, np.ndarray]


def choose(gates: Gates, usual: str) -> str:
    """The chosen block; the link holds it.

    Args:
        gates: block name -> (C,), by which the ribbon is coloured.
        usual: the block to begin with, where none was chosen on any page.
    """
    name = _look(gates, usual)
    chosen_block.choose(name)
    return name


def by_means(how: Callable[[Gates, str], str] = choose) -> str:
    """The same by the mean gates; at first it is the block that follows the class most."""
    profile = resources.reference().profile
    return how(means_over(profile), most_specific(profile)[0])


def at_the_end() -> None:
    """The map at the end of a page that shows nothing of a single block, and ways to what does; in
    a lesson, which goes its own way, nothing."""
    if lecture.given() or not resources.blocks():
        return
    st.divider()
    ways.of_block(by_means(_look))


def _look(gates: Gates, usual: str) -> str:
    """The ribbon; a click in it chooses the block, and what is shown meanwhile chooses none."""
    blocks = resources.blocks()
    names = [block.name for block in blocks]
    name = chosen_block.chosen(names, usual)
    if len(names) < 2:
        return name
    clicked = ribbon.show(blocks, gates, name, KEY)
    if clicked != name:
        chosen_block.look_at(clicked)
    return clicked
