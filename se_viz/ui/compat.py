"""What Streamlit does not publish and the app needs all the same.

Checked with Streamlit 1.67; `tests/ui/test_compat.py` says what is gone where another one differs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx, script_runner
from streamlit.runtime.state.session_state_proxy import get_session_state

CHECKED = "1.67"
"""The version of Streamlit that all here was checked with, whatever its last number."""

__all__ = [
    "CHECKED",
    "StreamlitPage",
    "bound",
    "drawn",
    "leave_keras_alone",
    "turn_to",
    "visit",
    "within_part",
]
SENT_WITHIN = 0.02  # seconds, in which messages of a run leave the server

_thread = threading.local()
_clean_after_run = script_runner._clean_problem_modules


def drawn() -> frozenset[str]:
    """Keys of the widgets drawn so far in this run."""
    context = get_script_run_ctx()
    return context.shared.widget_user_keys_this_run.snapshot() if context else frozenset()


def within_part() -> bool:
    """Whether this run draws a part of the page alone, a fragment."""
    context = get_script_run_ctx()
    return bool(context and context.fragment_ids_this_run)


def visit() -> tuple[str, bool]:
    """The page of this run, and whether its link is one that the browser went back or forward to.
    In other runs of a page, the link is what the browser has heard of ours so far."""
    context = get_script_run_ctx()
    if context is None:
        return "", False
    return context.page_script_hash, context.is_history_navigation


def bound(keys: Iterable[str]) -> frozenset[str]:
    """Those of some keys that stand for a parameter of the link (`bind="query-params"`)."""
    with get_session_state().query_params() as params:
        return frozenset(key for key in keys if params.is_bound(key))


def turn_to(page: StreamlitPage, query: Mapping[str, Iterable[str]]) -> NoReturn:
    """Go to a page, or to this one once more, with what a link holds, as a browser's "back" does.

    What its widgets hold gives way to the link; what that does not name is as at first.
    `st.switch_page` keeps what widgets hold, and refuses what they are bound to.
    """
    context = get_script_run_ctx()
    assert context is not None
    assert context.script_requests is not None
    with get_session_state().query_params() as params:
        for key in {*map(str, st.session_state), *params, *query}:
            binding = params.get_binding_for_param(key)
            if binding:
                params.unbind_widget(binding.widget_id)
    link = ForwardMsg()
    link.page_info_changed.query_string = urlencode(query, doseq=True)
    context.enqueue(link)
    time.sleep(SENT_WITHIN)  # what is not sent yet is dropped by the next run
    context.script_requests.request_rerun(
        RerunData(
            query_string=link.page_info_changed.query_string,
            page_script_hash=page._script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
            is_history_navigation=True,
        )
    )
    st.empty()  # here this run ends
    st.stop()


def leave_keras_alone() -> None:
    """Let Keras be after this run of a page.

    After every run, Streamlit calls `keras.backend.clear_session`, which resets what all threads
    share, another session's half-built network included, and collects all garbage, a quarter of a
    second with TensorFlow in memory. No option turns it off, so the step that does it is left out
    after runs of ours, each of which has its thread. Networks that are dropped are collected there.
    """
    _thread.is_ours = True
    script_runner._clean_problem_modules = _clean_after_others


def _clean_after_others() -> None:
    if not getattr(_thread, "is_ours", False):
        _clean_after_run()
