"""What every session of the app in these tests has in common."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.caching import cache_resource_api
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from se_viz.nets.builtin import UNTRAINED
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model
from tests.nets.shipped import builtin_probe
from tests.ui.driver import SESSION


@pytest.fixture(scope="session", autouse=True)
def installed_components():
    """Streamlit looks through all installed packages at each new session, 0.2 s; once will do."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session", autouse=True)
def builtin_network_shared():
    """The app holds two networks; the built-in one and what it was before training, let go of for
    others, are not loaded again."""
    load = resources._load
    untrained = cache(lambda: load(models.of_zoo(UNTRAINED)))

    def shared(model: Model):
        if model.key == UNTRAINED:
            return untrained()
        return builtin_probe() if model.built_in else load(model)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resources, "_load", shared)
        yield


@pytest.fixture(scope="session", autouse=True)
def waiting_takes_no_time():
    """`AppTest` asks a thousand times a second whether a run is over, and keeps it from running."""
    ask = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        ask(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session", autouse=True)
def sessions_apart():
    """All of `AppTest` have one session id, and with it one cache of a session; not so here."""

    def own_id() -> str:
        return st.session_state.setdefault(SESSION, f"session {uuid4()}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache_resource_api, "get_session_id_or_throw", own_id)
        yield
