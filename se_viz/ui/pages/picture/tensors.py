"""The tensors of one block for one picture, kept while somebody looks at them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from cachetools import LRUCache

from se_viz import files
from se_viz.ui.sentences.pictures import passing
from se_viz.ui.state import models, resources
from se_viz.ui.widgets.picture_picker import Subject

MOST, ROOM = 4, 64 * 2**20
"""Blocks that a session keeps, and bytes; the last one is kept, however large."""


@dataclass(frozen=True, eq=False)
class BlockTensors:
    """One picture in one block.

    Attributes:
        model_input: uint8 (size, size, 3), as the network sees it.
        u, x: float32 (H, W, C), before and after scaling.
        z, s: float32 (C,), squeezes and gates.
    """

    model_input: np.ndarray
    u: np.ndarray
    z: np.ndarray
    s: np.ndarray
    x: np.ndarray

    def __len__(self) -> int:
        """Bytes."""
        return sum(part.nbytes for part in (self.model_input, self.u, self.z, self.s, self.x))


def look_inside(subject: Subject, block: str) -> BlockTensors:
    """What a block of the network of the pages makes of a picture; computed once.

    Raises:
        PictureError: where the picture's file can no longer be read.
        ValueError: where the network cannot be run here. Both are a sentence for people.
    """
    looked_at = st.session_state.setdefault("inside", LRUCache(ROOM, _room))
    key = (models.current().key, subject.digest, block)
    found = looked_at.get(key)
    if found is None:
        with st.spinner(passing(block)):
            looked_at[key] = found = _read(subject.model_input(), block)
    return found


def _room(inside: BlockTensors) -> int:
    """Of `ROOM`: at least what lets `MOST` stand beside one another, at most all of it."""
    return min(max(len(inside), ROOM // MOST), ROOM)


def _read(model_input: np.ndarray, block: str) -> BlockTensors:
    found = resources.probe().inside(model_input[None], block)
    return BlockTensors(model_input, found.u[0], found.z[0], found.s[0], found.x[0])


def npz(
    inside: BlockTensors,
    bottleneck: np.ndarray | None,
    subject: Subject,
    block: str,
    fingerprint: str,
) -> bytes:
    """u, z, hidden (the bottleneck, where it is known), s and x as an NPZ file, float32; and what
    they are of."""
    arrays = {"u": inside.u, "z": inside.z, "s": inside.s, "x": inside.x}
    if bottleneck is not None:
        arrays["hidden"] = bottleneck
    facts = {
        "block": block,
        "picture": subject.name,
        "picture_sha256": subject.of_file.file or subject.digest,
        "network_sha256": fingerprint,
    }
    if subject.of_file.page is not None:
        facts["picture_page"] = str(subject.of_file.page)
    return files.npz(arrays | {key: np.array(fact, str) for key, fact in facts.items()})
