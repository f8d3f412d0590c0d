"""The living block in Streamlit: numbers in, choices out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from se_viz.ui.components.registered import component


@dataclass(frozen=True)
class Chosen:
    """What is chosen in the figure; an empty text or None where nothing is.

    Attributes:
        picture: its id.
        block: its name.
        channel: its number.
        light: such as `contrast-0.4`, or `clean`.
        step: `whole`, `squeeze`, `excite` or `scale`.
        place: `plain`, `residual`, `se` or `inception`.
        ratio: r, None for the block's own.
    """

    picture: str = ""
    block: str = ""
    channel: int | None = None
    light: str = ""
    step: str = ""
    place: str = ""
    ratio: float | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Chosen:
        """What a browser sent, or a link holds; what is no choice is left out."""
        texts = {
            k: str(values.get(k) or "") for k in ("picture", "block", "light", "step", "place")
        }
        channel, ratio = _number(values.get("channel")), _number(values.get("ratio"))
        return cls(**texts, channel=None if channel is None else int(channel), ratio=ratio)


def _number(value: Any) -> float | None:
    """A number of 0 or more, None for anything else."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if 0 <= found < 1e6 else None


def chosen(key: str) -> Chosen | None:
    """What was chosen in the figure of this key while it was on the page, None before that."""
    state = st.session_state.get(key)
    found = state.get("choice") if state else None
    return Chosen.of(found) if found else None


def show(data: Mapping[str, Any], first: Chosen, key: str) -> None:
    """Draw the figure.

    Args:
        data: as `block_data` makes it; the same as in the run before travels no second time.
        first: what is chosen at first, the same as long as the page stays.
        key: of the component; `chosen` reads what is chosen in it.
    """
    draw = component("block")
    asked = {name: value for name, value in vars(first).items() if value not in ("", None)}
    draw(key=key, data={**data, "choice": asked}, on_choice_change=lambda: None)
