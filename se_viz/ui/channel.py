"""One channel of one block: its gate in every class, and the pictures at both ends."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from se_viz.analysis.groups import Group
from se_viz.analysis.one_channel import (
    channel_pictures,
    channel_table,
    highest_and_lowest,
    most_specific,
    told,
)
from se_viz.figures.one_channel import channel_by_class
from se_viz.figures.palette import class_colours
from se_viz.probe.reading import Reading
from se_viz.ui import guide, resources, strip
from se_viz.ui.choices import class_names, source_of
from se_viz.ui.frame import show
from se_viz.ui.session import apart, collection, counted

TITLE, PATH = "One channel", "channel"
SHOWN = 8
"""Pictures at each end."""


def as_page() -> StreamlitPage:
    """This page, for the navigation and for links to it."""
    return st.Page(page, title=TITLE, url_path=PATH)


def link_to(block: str, channel: int) -> dict[str, str]:
    """What a link to this page holds."""
    return {"block": block, "channel": str(channel)}


def page() -> None:
    """The classes first, then single pictures."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    groups = (reference, mine) if mine else (reference,)
    st.header("How does one channel's gate answer?")
    block, channel = _choose(reference)
    st.markdown(told(reference, block, channel))
    reading, thumbnails, of_whom = _pictures()
    pictures = channel_pictures(reading, block, channel)
    table = channel_table(groups, block, channel)
    figure = channel_by_class(table, class_colours(class_names(reference, mine)), pictures)
    show(figure, "one-channel", table, guide.CHANNEL, source_of(groups))
    _ends(pictures, thumbnails, of_whom)


def _choose(reference: Group) -> tuple[str, int]:
    """The block by depth, the channel by number; at first, one that follows the class a lot."""
    profile = reference.profile
    names = [block.name for block in profile.blocks]
    start_block, _ = most_specific(profile)
    by_depth, by_number = st.columns([3, 1], vertical_alignment="bottom")
    with by_depth:
        block = names[0]
        if len(names) > 1:
            block = str(
                st.select_slider(
                    "Block, by depth", names, start_block, key="block", bind="query-params"
                )
            )
    last = profile.block(block).channels - 1
    _, start = most_specific(profile, block)
    with by_number:
        channel = st.number_input(
            f"Channel, 0 to {last}", 0, last, start, key="channel", bind="query-params"
        )
    return block, int(channel)


def _pictures() -> tuple[Reading, Sequence[bytes], str]:
    mine = collection()
    if len(mine):
        thumbnails = [shot.thumbnail for shot in mine.shots]
        return mine.labelled(), thumbnails, f"your {counted(len(mine), 'picture')}"
    found = resources.drawn()
    return found.reading, found.thumbnails, f"{len(found.reading)} pictures drawn by code"


def _ends(pictures, thumbnails: Sequence[bytes], of_whom: str) -> None:
    high, low = highest_and_lowest(pictures, SHOWN)
    for rows, which in ((high, "highest"), (low, "lowest")):
        if len(rows):
            st.subheader(f"Pictures with the {which} gate")
            facts = zip(rows["row"], rows["picture"], rows["class"], rows["gate"], strict=True)
            cards = [(thumbnails[row], name, kind, gate) for row, name, kind, gate in facts]
            strip.ends(cards, f"Pictures with the {which} gate")
    st.caption(f"Measured on {of_whom}. {guide.DRAWN_CHANNEL * (not len(collection()))}")
