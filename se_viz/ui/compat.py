"""What Streamlit does not publish and the app needs all the same.

Checked with Streamlit 1.67; `tests/ui/test_compat.py` says what is gone where another one differs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx, script_runner
from streamlit.runtime.state.session_state_proxy import get_session_state

CHECKED = "1.67"
"""The version of Streamlit that all here was checked with, whatever its last number."""

__all__ = ["CHECKED", "StreamlitPage", "bound", "drawn", "leave_keras_alone", "within_part"]

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


def bound(keys: Iterable[str]) -> frozenset[str]:
    """Those of some keys that stand for a parameter of the link (`bind="query-params"`)."""
    with get_session_state().query_params() as params:
        return frozenset(key for key in keys if params.is_bound(key))


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
