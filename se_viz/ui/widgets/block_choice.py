"""The network's ribbon on a page: the block that all pages look at, chosen by a click or a key."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from se_viz.ui.components import ribbon
from se_viz.ui.state import chosen_block, resources

KEY = "ribbon"
"""Of the component; a page has one."""


def choose(gates: Mapping[str, np.ndarray], usual: str) -> str:
    """The chosen block; the link holds it.

    Args:
        gates: block name -> (C,), by which the ribbon is coloured.
        usual: the block to begin with, where none was chosen on any page.
    """
    name = looked_at(gates, usual)
    chosen_block.choose(name)
    return name


def looked_at(gates: Mapping[str, np.ndarray], usual: str) -> str:
    """As `choose`, on a page that shows nothing of the block: only a click chooses it."""
    blocks = resources.blocks()
    names = [block.name for block in blocks]
    name = chosen_block.chosen(names, usual)
    if len(names) < 2:
        return name
    clicked = ribbon.show(blocks, gates, name, KEY)
    if clicked != name:
        chosen_block.remember(clicked)
    return clicked
