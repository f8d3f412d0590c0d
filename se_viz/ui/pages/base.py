"""What a page of the app is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from se_viz.ui.compat import StreamlitPage


@dataclass(frozen=True)
class Page:
    """A page: its title, its path in the address, and what draws it.

    `parts` are names of the parts of its figure, where that can light up one of them, see
    `state.lecture.focus`.
    """

    title: str
    path: str
    draw: Callable[[], None]
    parts: tuple[str, ...] = ()

    def linked(self, first: bool = False) -> StreamlitPage:
        """For the navigation, and for links to it; the first is what the app opens on."""
        return st.Page(self.draw, title=self.title, url_path=self.path, default=first)
