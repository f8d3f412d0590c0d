"""All checks of gates, in the order of their findings: a new one is one file and one line here."""

from __future__ import annotations

from se_viz.analysis.health.base import Check
from se_viz.analysis.health.bottleneck_units import NEVER_OPEN, NEVER_SHUT
from se_viz.analysis.health.constant import CONSTANT
from se_viz.analysis.health.initial_weights import INITIAL_WEIGHTS
from se_viz.analysis.health.noise import NOISE
from se_viz.analysis.health.not_numbers import NOT_NUMBERS
from se_viz.analysis.health.one_value import ONE_VALUE
from se_viz.analysis.health.saturated import SATURATED_OPEN, SATURATED_SHUT

CHECKS: list[Check] = [
    NOT_NUMBERS,
    ONE_VALUE,
    CONSTANT,
    SATURATED_OPEN,
    SATURATED_SHUT,
    NEVER_OPEN,
    NEVER_SHUT,
    INITIAL_WEIGHTS,
    NOISE,
]


def check(slug: str) -> Check:
    """A check by its slug."""
    return next(one for one in CHECKS if one.slug == slug)
