"""Whether gates are all right, in words around the checks' own."""

from __future__ import annotations

from se_viz.analysis.health import noise
from se_viz.analysis.health.base import Check

DRAWN = "pictures drawn by code"
NOISE = "Passing noise through the network"


def what_is_asked(on: str) -> str:
    return (
        "Every block is asked: are its gates the same for every picture, all at one value, "
        "saturated? Do its bottleneck units open and shut? Have its weights left their "
        f"initialisation? Does it treat noise as it treats pictures? Measured on {on} and on "
        "uniform noise."
    )


def source(on: str) -> str:
    return f"measured on {on} and on {noise.COUNT} model inputs of uniform noise"


def check(one: Check) -> str:
    """What a check measures, and from where on it finds something."""
    return (
        f"**{one.title[0].upper()}{one.title[1:]}**: {one.measure}; found {one.threshold}. "
        f"{one.because}"
    )
