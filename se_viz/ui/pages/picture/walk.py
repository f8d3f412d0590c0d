"""Walking through blocks: which one, which step of it, and which channels to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.one_picture.channel_choice import Which, channel_numbers, pick_channels
from se_viz.figures.one_picture.feature_maps import shown
from se_viz.ui.state import chosen_block
from se_viz.ui.widgets import block_choice
from se_viz.ui.widgets.segments import one_of

STEPS = ("Squeeze", "Excite", "Scale")
WHICH: dict[str, Which] = {
    "highest gate": "open",
    "lowest gate": "shut",
    "most changed": "changed",
    "by number": "numbers",
}
NO_CHANGE = (
    "Without feature maps it is not known which channels changed most, so these have the highest "
    "gates."
)


def block_of(names: list[str], gates: Mapping[str, np.ndarray]) -> str:
    """The block to look at, on the ribbon of the picture's gates. The first is early, where maps
    still show things."""
    return block_choice.choose(gates, names[len(names) // 4])


def step_of(names: list[str], block: str) -> str:
    """The step to look at, with buttons that walk from step to step and from block to block."""
    last = len(names) * len(STEPS) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        back = st.container(width="content")
        step = one_of("Step", STEPS, "step", label_visibility="collapsed")
        ahead = st.container(width="content")
    place = names.index(block) * len(STEPS) + STEPS.index(step)
    with back:
        _button("Back", names, place - 1, place == 0)
    with ahead:
        _button("Next", names, place + 1, place == last)
    return str(step)


def _button(label: str, names: list[str], place: int, disabled: bool) -> None:
    st.button(
        label,
        key=f"walk {label}",
        disabled=disabled,
        on_click=_go,
        args=(names, place),
    )


def _go(names: list[str], place: int) -> None:
    block, step = divmod(place, len(STEPS))
    chosen_block.choose(names[block])
    st.session_state["step"] = STEPS[step]


@dataclass(frozen=True, eq=False)
class Chosen:
    """Channel numbers, and what a person should know of the choice, empty where nothing."""

    channels: np.ndarray
    said: str = ""


def channels_of(table: pd.DataFrame, columns: int) -> Chosen:
    """The channels to look at; the link holds how they are chosen.

    Args:
        table: channel, gate, and change where it is known.
        columns: 1 on a narrow page, which has room for fewer.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        label = one_of("Channels to look at", WHICH, "which", wrap=True)
        which, most = WHICH[label], shown(columns)
        if which == "numbers":
            text = st.text_input(
                "Channel numbers",
                "0-7",
                max_chars=200,
                key="numbers",
                bind="query-params",
                placeholder="3, 17, 40-43",
                width=240,
            )
            return Chosen(*_numbers(str(text or ""), len(table), most))
    if which == "changed" and "change" not in table:
        return Chosen(pick_channels(table, "open", most), NO_CHANGE)
    return Chosen(pick_channels(table, which, most))


def _numbers(text: str, total: int, most: int) -> tuple[np.ndarray, str]:
    numbers, said = channel_numbers(text, total, most)
    return np.array(numbers, np.int64), said
