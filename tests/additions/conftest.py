"""Pages here are opened as in the tests of the app."""

from __future__ import annotations

from tests.ui.conftest import (  # noqa: F401
    builtin_network_shared,
    installed_components,
    sessions_apart,
    waiting_takes_no_time,
)
