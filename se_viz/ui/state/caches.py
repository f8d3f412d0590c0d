"""Heavy results of a session by what they were made of, few of each kind, in Streamlit's cache."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")
MOST = 4


class _Missing(Exception):  # noqa: N818
    """There is no result for a key; what raises is not kept."""


def memo(kind: str, key: Hashable, make: Callable[[], T], most: int = MOST) -> T:
    """What `make` gave for this key before, else what it gives now; the one that was not asked for
    longest gives way. `most` is how many of a kind are kept, the same at each call."""
    kept = _kept(kind, most)
    try:
        return kept(repr(key), _refuse)
    except _Missing:
        made = make()  # outside, as what is drawn within a cached function is drawn again
        return kept(repr(key), lambda: made)


def known(kind: str, key: Hashable, most: int = MOST) -> bool:
    """Whether there is a result for this key."""
    try:
        _kept(kind, most)(repr(key), _refuse)
    except _Missing:
        return False
    return True


def forget() -> None:
    """Drop the results of every kind in this session."""
    for kept in _KINDS:
        kept.clear()


_KINDS: list[Any] = []


@cache
def _kept(kind: str, most: int) -> Any:
    """The results of one kind, apart from others by the name of the function."""

    def result(key: str, _make: Callable[[], Any]) -> Any:
        return _make()

    result.__qualname__ = f"{kind} of a session, {most}"
    kept = st.cache_resource(scope="session", max_entries=most, show_spinner=False)(result)
    _KINDS.append(kept)
    return kept


def _refuse() -> Any:
    raise _Missing
