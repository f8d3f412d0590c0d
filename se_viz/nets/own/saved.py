"""A whole network in a file, of whichever Keras and format."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.nets.own.versions import Release


@dataclass(frozen=True)
class Saved:
    """What a file holds beside its weights.

    Attributes:
        release: which Keras wrote it.
        text: the description of the network, JSON.
        legacy: whether its weights lie as in Keras's `.h5` files, by the names of layers.
    """

    release: Release
    text: bytes
    legacy: bool = False
