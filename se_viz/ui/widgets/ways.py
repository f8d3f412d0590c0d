"""Ways from one page to what another shows of the same."""

from __future__ import annotations

import streamlit as st

SHUT, IN_A_PICTURE, IN_EVERY_CLASS = (
    "Shut this channel in the Lab",
    "See it in one picture",
    "See this channel in every class",
)
INSIDE, CHANNELS, WITHOUT = (
    "See {} in one picture",
    "See its channels in every class",
    "Bypass it in the Lab",
)


def lab(block: str, channel: int) -> None:
    """To the Lab, with one channel shut."""
    _to("lab", SHUT, {"at": block, "only": str(channel), "end": "0"})


def one_picture(block: str, channel: int) -> None:
    """To one picture in a block, with a channel marked."""
    _to("block", IN_A_PICTURE, {"block": block, "channel": str(channel)})


def every_class(block: str, channel: int) -> None:
    """To one channel in every class."""
    _to("channel", IN_EVERY_CLASS, {"block": block, "channel": str(channel)})


def of_block(block: str) -> None:
    """To all that pages show of one block."""
    with st.container(horizontal=True):
        _to("block", INSIDE.format(block), {"block": block})
        _to("channel", CHANNELS, {"block": block})
        _to("lab", WITHOUT, {"at": block})


def _to(path: str, label: str, query: dict[str, str]) -> None:
    from se_viz.ui.pages import catalogue  # whose pages come here

    page = next(page for page in catalogue.PAGES if page.path == path)
    st.page_link(page.linked(), label=label, icon=":material/arrow_forward:", query_params=query)
