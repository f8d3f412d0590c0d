"""Choices that wait: a link may name a class that comes with its pictures only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from se_viz.ui.escaping import plain
from se_viz.ui.sentences.pictures import not_there
from se_viz.ui.state import address


@dataclass
class AwaitedChoice:
    """What a person or a link chose; `found` tells that it was there once, so that it need not be
    waited for when it goes."""

    value: str = ""
    found: bool = False


def pick(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[str],
    usual: str,
    key: str,
    titled: Callable[[str], str] = str,
    missing: Callable[[str], str] = not_there,
    **more: Any,
) -> str:
    """One of the options; the link holds what was chosen, and waits for what is not there yet.

    Args:
        widget: such as `st.selectbox`.
        options: as the link holds them.
        usual: the one to begin with.
        key: of the widget and in the link.
        titled: an option for people.
        missing: what to say of one that the link asks for and that is not there.
        more: for the widget.
    """
    wanted: AwaitedChoice = st.session_state.setdefault(f"{key} wanted", AwaitedChoice())
    asked = address.asked(key)
    if asked:
        wanted.value, wanted.found = asked[-1], False
    here = wanted.value in options
    if wanted.found and not here:
        wanted.value = ""
    wanted.found = here
    with st.container():
        if wanted.value and not here:
            st.info(missing(plain(wanted.value)), icon=":material/info:")

    def chose() -> None:
        wanted.value, wanted.found = str(st.session_state[key]), True

    before = st.session_state.get(key)
    st.session_state[key] = wanted.value if here else before if before in options else usual
    chosen = widget(label, options, format_func=titled, key=key, on_change=chose, **more)
    address.put(key, [wanted.value] if wanted.value else [])
    return str(chosen)
