"""How every figure stands on a page: the figure, its numbers, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.tables import csv_of, neutralised
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style.layout import config
from se_viz.manifest import Manifest, NetworkIdentity
from se_viz.profiles import Profile
from se_viz.ui.escaping import plain
from se_viz.ui.lecture import slide
from se_viz.ui.sentences.figures import source as said_source
from se_viz.ui.sentences.figures import too_small, what_it_shows
from se_viz.ui.state import history, resources
from se_viz.ui.state.lessons import lecture

PHONE = "Mobi"
CAMERA = "The camera in the figure's toolbar saves it as a picture (SVG)."
MANIFEST = (
    "The manifest says what these were made with: network, preprocessing, pictures (by their "
    "SHA-256), versions, settings and link. It is enough to make them again."
)
WIDE = "wide"
NARROW = (
    f"@media (max-width: 700px) {{[class*='st-key-{WIDE}-'] {{overflow-x: auto}}"
    f"[class*='st-key-{WIDE}-'] > div {{min-width: 600px}}}}"
)
"""Style: in a narrow window, panels that stand side by side scroll within their figure."""
NAMED = ("labels", "skipped", "flips", "both-predict", "left-out-of", "numbers")
EXPORT = " ".join(
    f"[class*='st-key-{key}'] button[aria-label='Download as CSV'] {{display: none}}"
    for key in NAMED
)
"""Style: tables with names in them are saved by our buttons, which keep names from running."""
TOOLBAR = 32  # pixels
FEW = 10


def show(
    figure: go.Figure,
    entry: FigureEntry,
    table: pd.DataFrame,
    source: str,
    picks: bool = False,
    beside: tuple[NetworkIdentity, ...] = (),
) -> list[list]:
    """A figure (the camera in its toolbar saves an SVG) with its numbers below.

    Args:
        figure: to show.
        entry: what the catalogue knows of it.
        table: the numbers behind it, saved as CSV.
        source: where its numbers come from.
        picks: whether a click on a point is of use.
        beside: other networks than that of the pages which it shows.

    Returns:
        `customdata` of the points that were clicked on.
    """
    name = entry.slug
    with st.container(key=f"{WIDE} {name}" if side_by_side(figure) else None):
        event = st.plotly_chart(
            _for_a_slide(figure) if lecture.folded() else below_the_toolbar(figure),
            key=f"figure {name}",
            config=config(name),
            alt=what_it_shows(name, source),
            on_select="rerun" if picks else "ignore",
            selection_mode="points",
        )
    kept = history.note(entry, figure, table, source, beside)
    with st.container(horizontal=True, vertical_alignment="center"):
        save(name, table, kept.manifest, "Numbers (CSV)", CAMERA)
        with st.popover("How to read this", icon=":material/help:"):
            st.markdown(entry.how)
        st.caption(said_source(plain(source)))
    points = event["selection"]["points"] if picks else []  # type: ignore[index]
    return [point["customdata"] for point in points if "customdata" in point]


def _for_a_slide(figure: go.Figure) -> go.Figure:
    return slide.for_a_slide(figure, slide.room(lecture.lecture()))


def below_the_toolbar(figure: go.Figure) -> go.Figure:
    """The same with more room above, where the toolbar shows, over titles and legends otherwise."""
    height, margin = figure.layout.height, figure.layout.margin.t
    if height is None:
        return figure
    if margin is None:
        margin = figure.layout.template.layout.margin.t
    return go.Figure(figure).update_layout(height=height + TOOLBAR, margin_t=margin + TOOLBAR)


def side_by_side(figure: go.Figure) -> bool:
    """Whether it has panels or maps beside one another, which a narrow window would squeeze."""
    domains = [axis.domain for axis in figure.select_xaxes() if axis.domain]
    maps = [trace for trace in figure.data if trace.type == "heatmap"]
    return len({start for start, _ in domains}) > 1 or len(maps) > 1


def save(
    name: str, table: pd.DataFrame, manifest: Callable[[], Manifest], label: str, hint: str = ""
) -> None:
    """One button that opens to a table as CSV and its manifest, both made when pressed."""
    with st.popover("Save", icon=":material/download:"):
        download(f"{name}.csv", lambda: csv_of(table), label)
        download(f"{name}.json", lambda: described(manifest(), table), "Manifest (JSON)", MANIFEST)
        if hint:
            st.caption(hint)


def described(manifest: Manifest, table: pd.DataFrame) -> bytes:
    """A manifest as a file, for a table that is saved beside it; it says if cells were changed."""
    return replace(manifest, neutralised=neutralised(table)).json()


def download(
    filename: str, make: Callable[[], bytes], label: str, help_text: str | None = None
) -> None:
    """A button that makes its file when pressed."""
    st.download_button(
        label,
        make,
        filename,
        key=f"save {filename}",
        help=help_text,
        on_click="ignore",
        icon=":material/download:",
    )


def few_pictures(mine: Group) -> None:
    """Warn where chance alone makes gates look class-specific."""
    fewest = min(mine.profile.counts.values())
    if fewest < FEW:
        st.warning(too_small(fewest, FEW), icon=":material/info:")


def constant_gates(seen: Profile | None = None) -> None:
    """Warn of blocks whose gates do not follow the picture, by their weights or in a profile."""
    for said in resources.constant_gates(seen):
        st.warning(said, icon=":material/info:")


def on_phone() -> bool:
    """Whether the browser says that it runs on a phone."""
    return PHONE in (st.context.headers.get("User-Agent") or "")
