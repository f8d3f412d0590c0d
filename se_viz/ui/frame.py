"""How every figure stands on a page: the figure, its numbers, and how to read it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from se_viz.analysis.groups import Group
from se_viz.figures.style import config

PHONE = "Mobi"
FEW = 10


def show(
    figure: go.Figure,
    name: str,
    table: pd.DataFrame,
    reading: str,
    source: str,
    picks: bool = False,
) -> list[list]:
    """A figure (the camera in its toolbar saves an SVG) with its numbers below.

    Args:
        figure: to show.
        name: of the files people save, and the key of the widgets.
        table: the numbers behind it, saved as CSV.
        reading: how to read the figure, Markdown.
        source: where its numbers come from.
        picks: whether a click on a point is of use.

    Returns:
        `customdata` of the points that were clicked on.
    """
    event = st.plotly_chart(
        figure,
        key=f"figure {name}",
        config=config(name),
        alt=alt(name, source),
        on_select="rerun" if picks else "ignore",
        selection_mode="points",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        download(f"{name}.csv", lambda: table.to_csv(index=False).encode(), "Numbers (CSV)")
        with st.popover("How to read this", icon=":material/help:"):
            st.markdown(reading)
        st.caption(f"Source: {source}. The camera in the figure's toolbar saves it as SVG.")
    points = event["selection"]["points"] if picks else []  # type: ignore[index]
    return [point["customdata"] for point in points if "customdata" in point]


def alt(name: str, source: str) -> str:
    """What a screen reader says of a figure."""
    return f"Figure: {name.replace('-', ' ')}, {source}. Its numbers are in the CSV file below."


def download(filename: str, make, label: str) -> None:
    """A button that makes its file when pressed."""
    st.download_button(
        label, make, filename, key=f"save {filename}", on_click="ignore", icon=":material/download:"
    )


def few_pictures(mine: Group) -> None:
    """Warn where chance alone makes gates look class-specific."""
    fewest = min(mine.profile.counts.values())
    if fewest < FEW:
        st.warning(
            f"The smallest class has {fewest} picture{'s' * (fewest != 1)}. With n "
            "pictures in a class, about 1 / n of a gate's variance looks class-specific by chance "
            f"alone; take {FEW} or more of each class before you read anything into the figure.",
            icon=":material/info:",
        )


def on_phone() -> bool:
    """Whether the browser says that it runs on a phone."""
    return PHONE in (st.context.headers.get("User-Agent") or "")


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
