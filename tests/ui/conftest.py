"""What every session of the app in these tests has in common."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.caching import cache_resource_api

from tests.ui.driver import SESSION


@pytest.fixture(scope="session", autouse=True)
def installed_components():
    """Streamlit looks through all installed packages at each new session, 0.2 s; once will do."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session", autouse=True)
def sessions_apart():
    """All of `AppTest` have one session id, and with it one cache of a session; not so here."""

    def own_id() -> str:
        return st.session_state.setdefault(SESSION, f"session {uuid4()}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache_resource_api, "get_session_id_or_throw", own_id)
        yield
