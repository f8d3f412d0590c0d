"""Beside the uploader: what files of pictures do not say about themselves."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import PictureOptions, ranges
from se_viz.pictures.zip_names import PAGES

ZIP_NAMES, LEVEL, RANGE = "zip names", "class level", "grey range"
"""Keys of the choices."""
LEVELS = {
    None: "the first in it whose name means something",
    0: "the folder or ZIP itself",
    1: "the folders in it",
    2: "two levels down",
    3: "three levels down",
    -1: "a picture's own folder",
    -2: "the one above a picture's own",
}


def show() -> None:
    """The choices, folded away: without them, what the files say decides."""
    with st.expander("How files are read"):
        st.caption(
            "For the pictures that you add next; those that are here stay as they were read, until "
            "you remove them and add them again."
        )
        st.selectbox(
            "The class is named by",
            list(LEVELS),
            format_func=LEVELS.__getitem__,
            key=LEVEL,
            help="Folders such as train, test, images or data do so only where no other can.",
        )
        st.selectbox(
            "Names in old ZIPs",
            ["", *PAGES],
            format_func=lambda page: f"{PAGES[page]} ({page})" if page else "found out from them",
            key=ZIP_NAMES,
            help="ZIPs made by old programs do not say in which script their names are.",
        )
        st.text_input(
            "Black and white of deep pictures",
            placeholder="found out from them, or as 0..4095",
            key=RANGE,
            help="Pictures of more than 8 bits a channel, as microscopes and scanners make them, "
            "seldom say which of their numbers are black and white.",
        )
        if problem():
            st.error(f"{problem()} Nothing is read until this is right.")


def problem() -> str:
    """What is wrong with what a person wrote, so that nothing is read yet; "" where all is well."""
    try:
        chosen()
    except ValueError as error:
        return str(error)
    return ""


def chosen() -> PictureOptions:
    """How the next upload is to be read; raises ValueError with a sentence."""
    state = st.session_state
    written = state.get(RANGE, "")
    return PictureOptions(
        zip_names=state.get(ZIP_NAMES, ""),
        class_level=state.get(LEVEL),
        range=ranges.parse(written) if written.strip() else None,
    )
