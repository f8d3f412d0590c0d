"""The block that a session looks at, whatever the page: what one page chose, another shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from se_viz.ui.state import address

PARAMETER = "block"
"""In the link."""
BEFORE = "alike"
"""In links from when the map of classes had a block of its own."""
CHOSEN = "chosen block"
"""In the session; names of another network's blocks are passed over."""


def chosen(names: Sequence[str], usual: str) -> str:
    """The block that the link asks for, or that was chosen last; else the usual one."""
    before = address.asked(BEFORE)
    if before:
        address.put(BEFORE, [])
    asked = (address.asked(PARAMETER) or before or [""])[-1]
    if asked in names:
        st.session_state[CHOSEN] = asked
    found = st.session_state.get(CHOSEN, usual)
    return found if found in names else usual


def remember(name: str) -> None:
    """Look at this block from now on."""
    st.session_state[CHOSEN] = name


def look_at(name: str) -> None:
    """Look at this block from now on, whatever a link to this page asked for."""
    remember(name)
    address.put(PARAMETER, [])


def choose(name: str, usual: str = "") -> None:
    """Look at this block from now on; the link holds it. A page's usual block, where none was
    chosen, is no choice: other pages have their own."""
    if name != usual or CHOSEN in st.session_state:
        remember(name)
    address.put(PARAMETER, [name])
