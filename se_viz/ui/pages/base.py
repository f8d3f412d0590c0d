"""What a page of the app is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from se_viz.ui.compat import StreamlitPage


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        title: in the navigation.
        path: in the address.
        question: that it answers, as the link at the end of the page before asks it.
        draw: draws it.
        main: whether it is of the main line; the others stand under "More".
        broad: whether it needs the whole width, so that the sidebar is closed at first.
        parts: names of the parts of its figure, where that can light up one of them, see
            `state.lecture.focus`.
        of_weights: whether it shows what the network of the pages does, so that a link to it that
            was made with other weights may mean other numbers.
    """

    title: str
    path: str
    question: str
    draw: Callable[[], None]
    main: bool = False
    broad: bool = False
    parts: tuple[str, ...] = ()
    of_weights: bool = True

    def linked(self) -> StreamlitPage:
        """For the navigation, and for links to it."""
        return st.Page(self.draw, title=self.title, url_path=self.path)
