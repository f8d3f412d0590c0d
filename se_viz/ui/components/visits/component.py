"""The browser's history: one entry for each visit of a page, and for each scene of a lesson."""

from __future__ import annotations

import streamlit as st

from se_viz.ui.components.registered import component

KEY = "visits"
STYLE = f".st-key-{KEY} {{position: absolute; height: 0}}"
"""It takes no room."""


def keep() -> None:
    """Have the browser keep one entry for each visit, from now on."""
    with st.container(key=KEY):
        component("visits")(key=f"{KEY} kept")
