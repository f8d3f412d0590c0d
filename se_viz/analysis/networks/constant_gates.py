"""Which blocks' gates do not follow the picture."""

from __future__ import annotations

from se_viz.probe.gates.constant import constant
from se_viz.profiles import Profile


def steady(profile: Profile) -> dict[str, float]:
    """`constant` of each block whose gates were the same for every picture of a profile."""
    found = {
        name: constant(*stats.ends, profile.pictures)
        for name, stats in profile.stats.items()
        if stats.count.sum()
    }
    return {name: value for name, value in found.items() if value is not None}
