"""Beside the uploader: what files of pictures do not say about themselves."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import PictureOptions
from se_viz.pictures.zip_names import PAGES

ZIP_NAMES = "zip names"
"""Keys of the choices."""


def show() -> None:
    """The choices, folded away: without them, what the files say decides."""
    with st.expander("How files are read"):
        st.caption(
            "For the pictures that you add next; those that are here stay as they were read, until "
            "you remove them and add them again."
        )
        st.selectbox(
            "Names in old ZIPs",
            ["", *PAGES],
            format_func=lambda page: f"{PAGES[page]} ({page})" if page else "found out from them",
            key=ZIP_NAMES,
            help="ZIPs made by old programs do not say in which script their names are.",
        )


def chosen() -> PictureOptions:
    """How the next upload is to be read."""
    return PictureOptions(zip_names=st.session_state.get(ZIP_NAMES, ""))
