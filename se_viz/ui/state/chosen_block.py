"""The block that a session looks at, whatever the page: what one page chose, another shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from se_viz.ui.state import address

PARAMETER = "block"
"""In the link."""
CHOSEN = "chosen block"
"""In the session; names of another network's blocks are passed over."""


def chosen(names: Sequence[str], usual: str) -> str:
    """The block that the link asks for, or that was chosen last; else the usual one."""
    asked = (address.asked(PARAMETER) or [""])[-1]
    if asked in names:
        st.session_state[CHOSEN] = asked
    found = st.session_state.get(CHOSEN, usual)
    return found if found in names else usual


def choose(name: str) -> None:
    """Look at this block from now on; the link holds it."""
    st.session_state[CHOSEN] = name
    address.put(PARAMETER, [name])
