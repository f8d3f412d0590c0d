"""Columns of probabilities and of scores in tables."""

from __future__ import annotations

from typing import Any

import streamlit as st

from se_viz.nets.output import Output


def column(output: Output, label: str = "", width: Any = None) -> Any:
    """How a table shows a column of an output's numbers; only probabilities are percent."""
    label = label or output.measure.capitalize()
    if output.guesses:
        return st.column_config.ProgressColumn(
            label, min_value=0, max_value=1, format="percent", width=width
        )
    return st.column_config.NumberColumn(label, format="%.4g", width=width)
