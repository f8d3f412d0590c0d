"""Heavy results of a session, kept by what they were made of: few of each kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
MOST = 4
_MEMO = "memo "


def memo(kind: str, key: Hashable, make: Callable[[], T], most: int = MOST) -> T:
    """What `make` gave for this key before, else what it gives now; the oldest gives way."""
    kept = _kept(kind)
    if key in kept:
        kept[key] = kept.pop(key)
    else:
        kept[key] = make()
        while len(kept) > most:
            kept.pop(next(iter(kept)))
    return kept[key]


def known(kind: str, key: Hashable) -> bool:
    """Whether there is a result for this key."""
    return key in _kept(kind)


def forget() -> None:
    """Drop the results of every kind."""
    for key in [key for key in st.session_state if str(key).startswith(_MEMO)]:
        del st.session_state[key]


def _kept(kind: str) -> dict:
    return st.session_state.setdefault(f"{_MEMO}{kind}", {})
