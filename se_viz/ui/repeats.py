"""Pictures that came under several classes: which of them holds is the person's to say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.ui.session import Collection, counted

WHY = (
    "These came more than once, byte for byte, and under different classes. Each counts once; tick "
    "the class that holds."
)


def choose(mine: Collection, key: str) -> dict[int, str]:
    """A table of them; row -> the class that was chosen for it."""
    others = mine.disputed
    if not others:
        return {}
    st.subheader("One picture, several classes")
    st.caption(WHY)
    table = pd.DataFrame(
        {
            "picture": [mine.shots[row].name for row, _ in others],
            "class": [mine.labels[row] for row, _ in others],
            "also as": [label for _, label in others],
            "holds": False,
        }
    )
    edited = st.data_editor(
        table,
        key=f"repeats {key}",
        hide_index=True,
        disabled=["picture", "class", "also as"],
        column_config={
            "picture": "Picture",
            "class": "Class that holds",
            "also as": "Came also as",
            "holds": st.column_config.CheckboxColumn("Take this one", width="small"),
        },
    )
    label = f"Take the other class of {counted(len(dict(others)), 'picture')}"
    if st.button(label, key="all repeats"):
        return dict(others)
    return {row: label for (row, label), on in zip(others, edited["holds"], strict=True) if on}
