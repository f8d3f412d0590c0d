"""One channel of one block: its gate in every class, and the pictures at both ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.one_channel import (
    channel_pictures,
    channel_table,
    highest_and_lowest,
    most_specific,
    told,
)
from se_viz.figures.catalogue import entry
from se_viz.figures.profiles.one_channel import channel_by_class
from se_viz.figures.style.palette import class_colours
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.common import measured_on
from se_viz.ui.sentences.figures import channel_measured_on, pictures_at
from se_viz.ui.sentences.pictures import yours
from se_viz.ui.state import address, resources
from se_viz.ui.state.examples import examples
from se_viz.ui.state.session import apart, collection
from se_viz.ui.widgets import block_choice, strip, ways
from se_viz.ui.widgets.figure_card import show
from se_viz.ui.widgets.view_options import class_names, source_of
from se_viz.view import View

TITLE, PATH = "One channel", "channel"
NUMBER = "one channel"
SHOWN = 8
"""Pictures at each end."""


def view_of(block: str, channel: int) -> View:
    """This page with one channel."""
    return View(PATH, linked={"block": (block,), "channel": (str(channel),)})


def draw() -> None:
    """The classes first, then single pictures."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    groups = (reference, mine) if mine else (reference,)
    st.header("How does one channel's gate answer?")
    block, channel = _choose(reference)
    whose = measured_on(reference.title) if mine else ""
    st.markdown(sentence(told(reference, block, channel) + whose))
    reading, thumbnails, of_whom = _pictures()
    pictures = channel_pictures(reading, block, channel)
    table = channel_table(groups, block, channel)
    dots = pictures if len(collection()) else pictures.iloc[:0]  # scenes are no photographs
    figure = channel_by_class(table, class_colours(class_names(reference, mine)), dots)
    show(figure, entry("one-channel"), table, source_of(groups))
    with st.container(horizontal=True):
        ways.lab(block, channel)
        ways.one_picture(block, channel)
    kinds = [reading.marked(row) for row in pictures["row"]]
    _ends(pictures.assign(kind=kinds), thumbnails, of_whom)


def _choose(reference: Group) -> tuple[str, int]:
    """The block on the ribbon and the channel by number; at first those of the link, or telling
    ones. The link always holds both, as what is telling differs from profile to profile."""
    profile = reference.profile
    ribbon, channel = st.columns([5, 1])
    with ribbon:
        block = block_choice.by_means()
    with channel:
        number = _number(profile, block)
    address.put("channel", [str(number)])
    return block, number


def _number(profile: Profile, block: str) -> int:
    last = profile.block(block).channels - 1
    linked = address.asked_for().text("channel")
    usual = int(linked) if re.fullmatch("[0-9]{1,6}", linked) else last + 1
    wanted = st.session_state.get(NUMBER, usual)
    st.session_state[NUMBER] = wanted if wanted <= last else most_specific(profile, block)[1]
    return int(st.number_input(labels.channels_up_to(last), 0, last, key=NUMBER))


def _pictures() -> tuple[Reading, Sequence[bytes], str]:
    mine = collection()
    if len(mine):
        thumbnails = [shot.thumbnail for shot in mine.shots]
        return mine.labelled(), thumbnails, yours(len(mine))
    found = examples()
    return found.reading, found.thumbnails, found.title


def _ends(pictures, thumbnails: Sequence[bytes], of_whom: str) -> None:
    high, low = highest_and_lowest(pictures, SHOWN)
    for rows, which in ((high, "highest"), (low, "lowest")):
        if len(rows):
            st.subheader(pictures_at(which))
            facts = zip(rows["row"], rows["picture"], rows["kind"], rows["gate"], strict=True)
            cards = [(thumbnails[row], name, kind, gate) for row, name, kind, gate in facts]
            strip.ends(cards, pictures_at(which))
    st.caption(channel_measured_on(of_whom, len(collection()) > 0))


PAGE = Page(TITLE, PATH, "How does one channel answer?", draw, main=True)
