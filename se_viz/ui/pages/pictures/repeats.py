"""Pictures that came under several classes: which of them holds is the person's to say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.ui.state.session import Collection
from se_viz.ui.widgets.number_columns import picture_names

WHY = (
    "These came more than once, byte for byte, and under different classes. Each counts once; tick "
    "where the other class holds, then take it."
)


def choose(mine: Collection, key: str) -> dict[int, str]:
    """A table of them to tick, and a button; row -> the class that was chosen for it."""
    others = mine.disputed
    if not others:
        return {}
    st.subheader("One picture, several classes")
    st.caption(WHY)
    every = st.checkbox("Tick all", key=f"tick all {key}")
    edited = _table(mine, others, every, key)
    ticked = {row: label for (row, label), on in zip(others, edited["holds"], strict=True) if on}
    pressed = st.button("Take the other class of ticked", key="take others", disabled=not ticked)
    return ticked if pressed else {}


def _table(mine: Collection, others: list[tuple[int, str]], ticked: bool, key: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "holds": ticked,
            "picture": [mine.shots[row].name for row, _ in others],
            "class": [mine.labels[row] for row, _ in others],
            "also as": [label for _, label in others],
        }
    )
    return st.data_editor(
        table,
        key=f"repeats {key}{' all' * ticked}",
        hide_index=True,
        disabled=["picture", "class", "also as"],
        column_config={
            "picture": picture_names(),
            "class": "Class that holds",
            "also as": "Came also as",
            "holds": st.column_config.CheckboxColumn("Take this one", width="small"),
        },
    )
