"""What is folded until it is asked for, as networks are built for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from se_viz.complexity import Config
from se_viz.ui.sentences.networks import costs as said

WIDEST = 1
"""Wider networks than the papers' are not built for a page: they take too much memory."""


@contextmanager
def folded(label: str, key: str, icon: str, config: Config, size: int) -> Iterator[Config | None]:
    """A place that is folded until it is opened; gives the network to build for pictures of this
    size, or None where it is closed or the network too wide, which is said in it."""
    place = st.expander(label, key=key, bind="query-params", icon=icon)
    with place:
        wide = config.width > WIDEST
        if place.open and wide:
            st.info(said.TOO_WIDE, icon=":material/info:")
        yield replace(config, size=size) if place.open and not wide else None
