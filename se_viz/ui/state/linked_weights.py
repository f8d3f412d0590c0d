"""Links name the weights that they were made with, so that others say so when they are opened."""

from __future__ import annotations

import streamlit as st

from se_viz.ui.sentences.networks.network import other_weights
from se_viz.ui.state import address, resources
from se_viz.view import MARK, WEIGHTS

_MEANT = "weights that were meant"
"""In the session: the page that it was opened on, and the weights that its link named."""


def follow(path: str) -> str:
    """Have a link that holds any choice name the weights of the network of the pages.

    Returns:
        A sentence where the session was opened with a link to this page that was made with others;
        "" where it was not.
    """
    opened_on, meant = st.session_state.setdefault(_MEANT, (path, address.opened()))
    here = resources.identity().fingerprint[:MARK]
    chosen = set(address.asked_for().linked) - {WEIGHTS}
    address.put(WEIGHTS, [here] if chosen else [])
    if path != opened_on or not meant.linked or meant.text(WEIGHTS) == here:
        return ""
    return other_weights(meant.text(WEIGHTS), here)
