"""The network's ribbon on a page: the block that all pages look at, chosen by a click or a key."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from se_viz.ui.components import ribbon
from se_viz.ui.state import chosen_block, resources


def choose(gates: Mapping[str, np.ndarray], usual: str, key: str) -> str:
    """The chosen block; the link holds it.

    Args:
        gates: block name -> (C,), by which the ribbon is coloured.
        usual: the block to begin with, where none was chosen on any page.
        key: of the component.
    """
    blocks = resources.blocks()
    names = [block.name for block in blocks]
    name = chosen_block.chosen(names, usual)
    if len(names) > 1:
        name = ribbon.show(blocks, gates, name, key)
    chosen_block.choose(name)
    return name
