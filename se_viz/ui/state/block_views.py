"""Pictures looked into block by block: those that ship, and those of a session when asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
import streamlit as st

from se_viz.experiments.block_view.record import BlockRecord, load
from se_viz.experiments.block_view.views import BlockInside, PictureView
from se_viz.experiments.shifts.one_picture import Given
from se_viz.nets import builtin
from se_viz.ui.sentences.one_picture import block as said
from se_viz.ui.state import models, resources
from se_viz.ui.state.caches import known, memo

VIEWS, INSIDES = 8, 96
"""Pictures, and blocks of them, that a session keeps."""


@st.cache_resource(show_spinner=False, max_entries=1)
def _of_file() -> BlockRecord | None:
    return load(builtin.BLOCK) if builtin.BLOCK.exists() else None


def shipped() -> BlockRecord | None:
    """What ships of the network of the pages; None where nothing does, or of other weights."""
    found = _of_file() if models.current().built_in else None
    if found is None or found.record["weights_sha256"] != resources.identity().fingerprint:
        return None
    return found


def measured(
    of: Hashable,
    model_input: Callable[[], np.ndarray],
    names: Callable[[], tuple[Given, tuple[str, str, str]]],
    block: str,
) -> PictureView:
    """A picture passed through the network of the pages in every light, and looked into a block;
    each once. With a bar.

    Args:
        of: what tells it from others, with all that its view depends on.
        model_input: gives uint8 (size, size, 3).
        names: gives whose gates it is given, and the names of a `PictureView`.
        block: to look into; those that were looked into before are in it too.

    Raises:
        PictureError, ValueError: as `model_input`, and where the network cannot be run here.
    """
    key = (models.current().key, of)
    view = memo("block view", key, lambda: _passed(model_input(), *names()), VIEWS)
    for each in resources.blocks():
        own = (*key, each.name)
        if each.name == block or known("block inside", own, INSIDES):
            view = view.with_inside(each.name, _inside(own, model_input, view))
    return view


def _passed(model_input: np.ndarray, given: Given, names: tuple[str, str, str]) -> PictureView:
    from se_viz.experiments.block_view.measure import picture_view

    ships, bar = shipped(), st.progress(0.0, said.passing(names[0]))
    moves = ships.mean_moves if ships else None

    def progress(done: int, whole: int) -> None:
        bar.progress(done / whole, said.passing(names[0]))

    try:
        return picture_view(resources.probe(), model_input, given, names, moves, progress=progress)
    finally:
        bar.empty()


def _inside(
    key: tuple[str, Hashable, str], model_input: Callable[[], np.ndarray], view: PictureView
) -> BlockInside:
    def look() -> BlockInside:
        from se_viz.experiments.block_view.measure import looked_into

        with st.spinner(said.looking(key[-1]), show_time=False):
            found = looked_into(resources.probe(), view, model_input(), [key[-1]])
        return found.insides[key[-1]]

    return memo("block inside", key, look, INSIDES)
