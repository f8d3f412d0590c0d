"""Columns of tables: names of pictures, probabilities, scores."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from se_viz.nets.output import Output
from se_viz.ui.widgets.figure_card import on_phone


def picture_names() -> Any:
    """The column of pictures' names; a narrow one on a phone, so that their classes can be seen."""
    return st.column_config.TextColumn("Picture", width="small" if on_phone() else None)


def column(output: Output, label: str = "", width: Any = None) -> Any:
    """How a table shows a column of an output's numbers; only probabilities are percent, which are
    to be made so by `in_percent`."""
    label = label or output.measure.capitalize()
    if output.guesses:
        return st.column_config.ProgressColumn(
            label, min_value=0, max_value=100, format="%.1f%%", width=width
        )
    return st.column_config.NumberColumn(label, format="%.4g", width=width)


def in_percent(table: pd.DataFrame, output: Output, *names: str) -> pd.DataFrame:
    """The same with these columns as `column` shows them: Streamlit's own percent have as many
    digits as each number needs, so that those of a column differ."""
    return table.assign(**{name: 100 * table[name] for name in names}) if output.guesses else table
