"""Why a network is not taken, on the page where it was asked for."""

from __future__ import annotations

import streamlit as st

from se_viz.ui.escaping import sentence

PLACES = "What was looked at, and why it is no SE block"


def say(error: ValueError) -> None:
    """The sentence; where no SE block was found, also what was looked at."""
    st.error(sentence(str(error)), icon=":material/error:")
    places: tuple[str, ...] = getattr(error, "places", ())
    if places:
        with st.expander(PLACES, expanded=True):
            for place in places:
                st.text(place)
