"""The address of a page: what it asks for, what we put there, and the settings that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state_proxy import get_session_state

_PUT = "put into the link"
"""In the session: what we wrote last, by parameter."""


def asked(name: str) -> list[str] | None:
    """What the link gives a parameter that no widget holds; None where it is what we put there."""
    found = st.query_params.get_all(name)
    return found if found and found != _written().get(name) else None


def put(name: str, values: Sequence[str]) -> None:
    """Let the link hold these values of a parameter that no widget holds; none removes it."""
    _written()[name] = list(values)
    _put_now().add(name)
    if st.query_params.get_all(name) == list(values):
        return
    if values:
        st.query_params[name] = list(values)
    else:
        st.query_params.pop(name, None)


def opened_with() -> dict[str, list[str]]:
    """The query that this session was opened with, before widgets drop what they do not know."""
    if "opened with" not in st.session_state:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state["opened with"] = query
    return st.session_state["opened with"]


def settings() -> dict[str, Any]:
    """What is chosen in the widgets of this run that the link holds, and what it holds besides."""
    bound, drawn = _bound(), _drawn()
    held = {key: st.session_state[key] for key in drawn & bound}
    besides = {key: st.query_params.get_all(key) for key in st.query_params if key not in bound}
    return {key: _plain(value) for key, value in (held | besides).items()}


def address(path: str) -> str:
    """Path and query of the page as it is now, without the server."""
    gone = _bound() - _drawn()
    held = sorted(key for key in st.query_params if key not in gone)
    query = {key: st.query_params.get_all(key) for key in held}
    return f"/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")


def begin() -> None:
    """A page starts to be drawn."""
    _put_now().clear()


def tidy() -> None:
    """A page is drawn: what another page had put into the link goes."""
    for name, values in list(_written().items()):
        if name not in _put_now() and values and st.query_params.get_all(name) == values:
            st.query_params.pop(name)


def _put_now() -> set[str]:
    return st.session_state.setdefault("put in this run", set())


def _written() -> dict[str, list[str]]:
    return st.session_state.setdefault(_PUT, {})


def _drawn() -> frozenset[str]:
    """Keys of the widgets drawn so far in this run."""
    context = get_script_run_ctx()
    return context.shared.widget_user_keys_this_run.snapshot() if context else frozenset()


def _bound() -> frozenset[str]:
    """Those of the session's keys that stand for a parameter of the link."""
    keys = {str(key) for key in st.session_state} | set(st.query_params)
    with get_session_state().query_params() as params:
        return frozenset(key for key in keys if params.is_bound(key))


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float | None) else str(value)
