"""The presenter's bar in Streamlit: where the lesson stands goes in, a key's request comes out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).resolve().parent


def show(data: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the bar and listen to the keys.

    Args:
        data: as `adapter.js` says.

    Returns:
        What was asked for since the last run, as `adapter.js` says; empty where nothing was.
    """
    script, style = _assets()
    draw = st.components.v2.component("se_viz_presenter", js=script, css=style)
    asked = draw(key="presenter", data=dict(data), on_act_change=lambda: None).get("act")
    return asked if isinstance(asked, dict) else {}


@cache
def _assets() -> tuple[str, str]:
    """Script and style."""
    script, style = (FOLDER / name for name in ("adapter.js", "style.css"))
    return script.read_text(encoding="utf-8"), style.read_text(encoding="utf-8")
