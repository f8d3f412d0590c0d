"""SE-Viz: see and handle the adaptive recalibration of Squeeze-and-Excitation networks."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PUBLIC = {
    **dict.fromkeys(
        (
            *("load", "find", "read", "profile", "intervene"),
            *("sweep", "shift", "check", "health", "figure"),
        ),
        "se_viz.api",
    ),
    "Probe": "se_viz.probe.probe",
    "Profile": "se_viz.profiles",
    "__version__": "se_viz.shipped",
}
"""Public names, and where they stand: nothing is loaded before it is asked for."""
__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__
