"""The presenter's bar in Streamlit: where the lesson stands goes in, a key's request comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from se_viz.ui.components.registered import component


def show(data: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the bar and listen to the keys.

    Args:
        data: as `adapter.js` says.

    Returns:
        What was asked for since the last run, as `adapter.js` says; empty where nothing was.
    """
    asked = component("presenter")(
        key="presenter", data=dict(data), on_act_change=lambda: None
    ).get("act")
    return asked if isinstance(asked, dict) else {}
