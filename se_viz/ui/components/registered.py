"""Our components in Streamlit."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from se_viz.ui.components.modules import script, style


def component(name: str) -> Any:
    """What draws a component; told to Streamlit anew in each run, which costs nothing."""
    js, css = _assembled(name)
    return st.components.v2.component(f"se_viz_{name}", js=js, css=css)


@cache
def _assembled(name: str) -> tuple[str, str]:
    return script(name), style(name)
