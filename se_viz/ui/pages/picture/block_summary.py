"""What a block of the network of the pages did to a picture, and which layers make its gates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from se_viz.analysis.one_picture.summary import Story, tell
from se_viz.probe.gates.sites import USUAL
from se_viz.probe.reading import Reading
from se_viz.ui.state import resources

if TYPE_CHECKING:
    from se_viz.probe.gates.sites import Site


def bottleneck(reading: Reading, row: int, block: str) -> np.ndarray:
    """float32 (C / r,), what the bottleneck of a block made of one picture of a reading.

    Raises:
        ValueError: where a layer of the block computes something that is not known here, or there
            is no bottleneck; a sentence for people.
    """
    from se_viz.probe.gates import recompute

    site = _site(block)
    if recompute.dense_layers(site) < 2:
        raise ValueError(f"There is none: {site.title}.")
    return recompute.bottleneck(site, reading.squeezes[block][[row]])[0].astype(np.float32)


def story(reading: Reading, row: int, block: str, shown: Iterable[int]) -> Story:
    """What a block did to one picture of a reading; `shown` are the channels beside it."""
    try:
        inner = bottleneck(reading, row, block)
    except ValueError:
        inner = None
    z, s = reading.squeezes[block][row], reading.gates[block][row]
    site = _site(block)
    size, maker = (site.size[0] or 0, site.size[1] or 0), site.kind.name
    maker = "" if maker == USUAL else maker
    return tell(block, z, inner, s, size, shown, largest=site.largest, maker=maker)


def largest(block: str) -> bool:
    """Whether a block's squeeze is the maximum over positions, not the mean."""
    return _site(block).largest


def layers_of(block: str) -> str:
    """Which layers make a block's gates, a line."""
    return _site(block).describe()


def _site(block: str) -> Site:
    return next(site for site in resources.probe().sites if site.block.name == block)
