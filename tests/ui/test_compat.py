"""Keras stays as it is when a page was drawn, and Streamlit has what the app takes of it."""

from __future__ import annotations

import importlib
import inspect

import keras
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from tests.ui.driver import go, open_app

TAKEN = {
    "navigation.page.StreamlitPage": "so pages of the navigation have no type",
    "runtime.scriptrunner.get_script_run_ctx": "so it is not known which widgets a run has drawn",
    "runtime.scriptrunner_utils.script_run_context.ScriptRunContext": (
        "so it is not known which widgets a run has drawn"
    ),
    "runtime.state.session_state_proxy.get_session_state": (
        "so it is not known which widgets the link holds"
    ),
    "runtime.state.query_params.QueryParams.is_bound": (
        "so it is not known which widgets the link holds"
    ),
    "runtime.state.query_params.QueryParams.get_binding_for_param": (
        "so no scene of a lesson opens its page as its link says"
    ),
    "runtime.state.query_params.QueryParams.unbind_widget": (
        "so no scene of a lesson opens its page as its link says"
    ),
    "runtime.scriptrunner.RerunData.is_history_navigation": (
        "so a scene of a lesson keeps what was chosen in the one before"
    ),
    "runtime.scriptrunner_utils.script_run_context.ScriptRunContext.is_history_navigation": (
        "so the way back to a link cannot be told from a browser that is late"
    ),
    "proto.ForwardMsg_pb2.ForwardMsg": "so no scene of a lesson has a link",
    "runtime.scriptrunner.script_runner._clean_problem_modules": (
        "so Keras may be reset after every run, for all sessions"
    ),
}
"""What is taken of Streamlit beside what it publishes, and what its loss would mean."""


class Lone(keras.layers.Layer):
    """A layer whose automatic name tells whether Keras was reset in between."""


def gone(name: str) -> bool:
    module, *rest = _split(name)
    found = importlib.import_module(module)
    for part in rest:
        if not hasattr(found, part):
            return True
        found = getattr(found, part)
    return False


def _split(name: str) -> list[str]:
    """The longest module that there is, then what is in it."""
    parts = ["streamlit", *name.split(".")]
    for end in range(len(parts), 0, -1):
        try:
            importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        return [".".join(parts[:end]), *parts[end:]]
    return ["streamlit", *parts[1:]]


@pytest.mark.parametrize("name", TAKEN)
def test_streamlit_has_what_is_taken_of_it(name):
    version = streamlit.__version__
    assert not gone(name), f"Streamlit {version} has no {name} any more, {TAKEN[name]}."


def test_a_name_that_is_gone_is_noticed():
    assert gone("runtime.scriptrunner.script_runner.no_such_function")
    assert gone("no_such_room.at_all")


def test_it_was_checked_with_this_streamlit():
    from se_viz.ui.compat import CHECKED

    assert streamlit.__version__.startswith(f"{CHECKED}."), (
        f"se_viz/ui/compat.py was checked with Streamlit {CHECKED}, and this is "
        f"{streamlit.__version__}: look whether its functions still do what they say."
    )


def test_the_step_after_a_run_that_is_left_out_resets_keras_and_nothing_of_ours():
    from se_viz.ui.compat import _clean_after_run

    source = inspect.getsource(_clean_after_run)
    assert "backend.clear_session()" in source, "Streamlit resets Keras elsewhere, or not at all."
    assert source.count("sys.modules[") == 2, "Streamlit does more there than of Keras and Pyplot."


def test_a_page_of_one_session_does_not_reset_keras_for_others():
    app = open_app("lab")
    assert Lone().name == "lone"
    go(app, "picture")
    assert Lone().name == "lone_1"


def bound_and_drawn():
    import streamlit as st

    from se_viz.ui import compat

    st.checkbox("A", key="a", bind="query-params")
    st.checkbox("B", key="b")
    st.text(f"{sorted(compat.drawn())} {sorted(compat.bound({'a', 'b', 'c'}))}")


def test_keys_that_are_drawn_and_those_that_the_link_holds_are_told_apart():
    app = AppTest.from_function(bound_and_drawn, default_timeout=60).run()
    assert not app.exception
    assert app.text[0].value == "['a', 'b'] ['a']"


def another_app():
    import streamlit as st

    st.text("Here, Keras is as Streamlit leaves it.")


def test_pages_of_another_app_are_left_as_streamlit_leaves_them():
    open_app()
    assert keras.backend.clear_session.__module__.startswith("keras")
    Lone()
    assert not AppTest.from_function(another_app, default_timeout=60).run().exception
    assert Lone().name == "lone"
