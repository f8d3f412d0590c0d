"""A whole network in a file, of whichever Keras and format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from se_viz.nets.own.description.versions import Release


@dataclass(frozen=True)
class Saved:
    """What a file holds beside its weights.

    Attributes:
        release: which Keras wrote it.
        text: the description of the network, JSON.
        losses: what it says of those that it was trained with, as `loss.losses_of` gives it.
        legacy: whether its weights lie as in Keras's `.h5` files, by the names of layers.
    """

    release: Release
    text: bytes
    losses: Any = None
    legacy: bool = False
