"""The address of a page: what it asks for, what we put there, and the view that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import streamlit as st

from se_viz.ui import compat
from se_viz.view import View

_PUT, _OPENED = "put into the link", "opened with"
"""In the session: what we wrote last, by parameter, and the view that it was opened with."""
_PAGE, _BEFORE = "page of the link", "put into the link on this page"
"""In the session: the page that was drawn last, and all that we wrote since it was turned to."""
_PART, _AROUND = "drawn in the part", "drawn around the part"
"""In the session: keys of widgets, see `part`."""


def asked(name: str) -> list[str] | None:
    """What the link gives a parameter that no widget holds; None where it is what we put there, now
    or before: a browser that is busy may not have heard of the last yet."""
    found = list(asked_for().texts(name))
    ours = found == _written().get(name) or (name, *found) in _before()
    return found if found and not ours else None


def put(name: str, values: Sequence[str]) -> None:
    """Let the link hold these values of a parameter that no widget holds; none removes it."""
    _written()[name] = list(values)
    _before().add((name, *values))
    _put_now().add(name)
    if st.query_params.get_all(name) == list(values):
        return
    if values:
        st.query_params[name] = list(values)
    else:
        st.query_params.pop(name, None)


def asked_for() -> View:
    """What the link asks for as it is now, whatever the page."""
    query = _query()
    return View.of("", query, query)


def remember() -> None:
    """Remember the link that this session was opened with, before widgets drop what they do not
    know."""
    if _OPENED not in st.session_state:
        st.session_state[_OPENED] = asked_for()


def opened() -> View:
    """What the link asked for that this session was opened with."""
    return st.session_state.get(_OPENED, View())


def first_classes() -> tuple[str, ...]:
    """The classes that this session was opened with; the second time, none."""
    found = opened()
    st.session_state[_OPENED] = replace(found, classes=None)
    return found.classes or ()


def view(path: str) -> View:
    """The page as it is now: what is chosen in the widgets of this run that the link holds, and
    what it holds besides."""
    query = _query()
    bound = compat.bound({str(key) for key in st.session_state} | set(query))
    drawn = compat.drawn()
    if compat.within_part():
        drawn |= _around() & {str(key) for key in st.session_state}
    chosen = {key: _plain(st.session_state[key]) for key in drawn & bound}
    besides = {key: texts for key, texts in query.items() if key not in bound}
    held = {key: query[key] for key in sorted(query) if key not in bound - drawn}
    return View.of(path, chosen | besides, held)


@contextmanager
def part() -> Iterator[None]:
    """Around what a part of the page draws that may be drawn again by itself."""
    before = compat.drawn()
    yield
    st.session_state[_PART] = compat.drawn() - before


def begin() -> None:
    """A page starts to be drawn."""
    page, went_back = compat.visit()
    if went_back or page != st.session_state.get(_PAGE):
        _before().clear()
    st.session_state[_PAGE] = page
    _put_now().clear()
    st.session_state[_PART] = frozenset()


def tidy() -> None:
    """A page is drawn: what another page had put into the link goes."""
    st.session_state[_AROUND] = compat.drawn() - st.session_state[_PART]
    for name, values in list(_written().items()):
        if name not in _put_now() and values and st.query_params.get_all(name) == values:
            st.query_params.pop(name)


def _around() -> frozenset[str]:
    """Keys of the widgets that the page drew last, but those of its part."""
    return st.session_state.get(_AROUND, frozenset())


def _put_now() -> set[str]:
    return st.session_state.setdefault("put in this run", set())


def _before() -> set[tuple[str, ...]]:
    return st.session_state.setdefault(_BEFORE, set())


def _written() -> dict[str, list[str]]:
    return st.session_state.setdefault(_PUT, {})


def _query() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float | None) else str(value)
