"""The class profile of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from se_viz import profiles
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe


def profile_of(
    probe: Probe, readings: Iterable[Reading], title: str, classes: Sequence[str] = ()
) -> Profile:
    """The profile of all pictures of some readings, of which one at a time is held.

    Args:
        probe: that made the readings.
        title: of the pictures, in words.
        classes: that come first, with or without pictures.
    """
    from se_viz.engines.origins import origin_of

    origin = origin_of(probe, title)
    made = profiles.empty(classes, probe.blocks, origin)
    for reading in readings:
        made = profiles.merge(made, profiles.of_reading(reading, probe.blocks, origin))
    return made
