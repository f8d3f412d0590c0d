"""What tells two classes apart: from which depth on, and which channels; a click opens one."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from se_viz.analysis.profiles.contrast import contrast_table, summary_by_block
from se_viz.analysis.profiles.distances import parting, parting_table
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.sample_size import too_few_of_two
from se_viz.figures.catalogue import entry
from se_viz.figures.statistics.contrast import ranked_channels, telling_by_depth, volcano
from se_viz.figures.statistics.distances import parting_by_depth
from se_viz.ui.escaping import sentence
from se_viz.ui.pages import channel
from se_viz.ui.sentences import labels
from se_viz.ui.widgets.figure_card import show
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.segments import one_of
from se_viz.ui.widgets.view_options import source_of

RANKED = 25
Picks = list[list]


def section(group: Group, names: list[str]) -> None:
    """Two classes of a group, `names` being those with pictures."""
    st.subheader("What tells two classes apart?")
    left, right = st.columns(2)
    with left:
        a = pick(st.selectbox, "One class", names, names[0], "class a")
    with right:
        others = [name for name in names if name != a]
        b = pick(st.selectbox, "Another", others, others[0], "class b")
    source = source_of([group])
    depths = parting_table(group, a, b)
    st.markdown(sentence(parting(depths, a, b)))
    show(parting_by_depth(depths, a, b), entry("parting"), depths, source)
    counts = group.profile.counts
    trouble = too_few_of_two((a, b), (counts[a], counts[b]))
    with st.container():
        if trouble:
            st.warning(sentence(trouble), icon=":material/info:")
    channels = contrast_table(group, a, b)
    if len(channels):
        _channels(channels, a, b, source)


def _channels(table: pd.DataFrame, a: str, b: str, source: str) -> None:
    look = one_of("Channels that tell them apart", LOOKS, "telling")
    _follow(LOOKS[look](table, a, b, source))
    _link(table)


def _ranked(table: pd.DataFrame, a: str, b: str, source: str) -> Picks:
    figure = ranked_channels(table, a, b, RANKED)
    return show(figure, entry("telling-channels"), table, source, picks=True)


def _volcano(table: pd.DataFrame, a: str, b: str, source: str) -> Picks:
    return show(volcano(table, a, b), entry("all-channels"), table, source, picks=True)


def _by_depth(table: pd.DataFrame, a: str, b: str, source: str) -> Picks:
    summary = summary_by_block(table)
    show(telling_by_depth(summary), entry("telling-by-depth"), summary, source)
    return []


LOOKS: dict[str, Callable[[pd.DataFrame, str, str, str], Picks]] = {
    "Largest effects": _ranked,
    "Every channel": _volcano,
    "By depth": _by_depth,
}


def _follow(picks: Picks) -> None:
    """Go to the channel that was clicked, once: coming back finds the click as it was."""
    clicked = tuple(picks[0][:2]) if picks else None
    if clicked == st.session_state.get("followed channel"):
        return
    st.session_state["followed channel"] = clicked
    if clicked:
        block, number = clicked
        wanted = channel.view_of(str(block), int(number))
        st.switch_page(channel.PAGE.linked(), query_params=wanted.linked)


def _link(table: pd.DataFrame) -> None:
    """The same way without a mouse."""
    best = table.head(RANKED)
    known = {
        labels.channel_of(block, number): (block, int(number))
        for block, number in zip(best["block"], best["channel"], strict=True)
    }
    picked, opened = st.columns(2, vertical_alignment="bottom")
    with picked:
        label, key = "A channel to look at alone", "channel to open"
        chosen = pick(st.selectbox, label, list(known), next(iter(known)), key)
    with opened:
        st.page_link(
            channel.PAGE.linked(),
            label=labels.open_it(chosen),
            icon=":material/arrow_forward:",
            query_params=channel.view_of(*known[chosen]).linked,
        )
