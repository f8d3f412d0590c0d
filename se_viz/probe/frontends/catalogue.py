"""All front ends: a new one is one line here."""

from __future__ import annotations

from typing import Any

from se_viz.probe.frontends.base import Frontend, Program

FRONTENDS: list[Frontend] = [
    Frontend("keras", "se_viz.probe.frontends.keras"),
    Frontend("openvino", "se_viz.probe.frontends.openvino"),
]


def read(model: Any, result: int | None = 0) -> Program:
    """The program of a network, by the first front end that knows it; see `Frontend.read`."""
    frontend = next((each for each in FRONTENDS if each.knows(model)), None)
    if frontend is None:
        raise ValueError(f"No network of a library that is known here: {type(model).__name__}.")
    return frontend.read(model, result)
