"""Are the gates of a network all right, on these pictures and on uniform noise?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from se_viz.analysis.health import noise
from se_viz.analysis.health.base import Evidence
from se_viz.analysis.health.table import health_table, yardsticks_of
from se_viz.analysis.health.units import together, units_of
from se_viz.experiments.predict import Progress
from se_viz.experiments.profile import profile_of
from se_viz.nets import builtin
from se_viz.probe.reading import Reading, join

if TYPE_CHECKING:
    import pandas as pd

    from se_viz.analysis.health.base import Units
    from se_viz.probe.probe import Probe

SEED = 0
"""Of the noise."""
SOME = "pictures that are looked at"


def noise_of(probe: Probe, progress: Progress | None = None) -> Reading:
    """What the network reads of `noise.COUNT` model inputs of uniform noise, the same each time.

    Raises:
        ValueError: where the network cannot be run here.
    """
    size = probe.network.preprocessing.size
    shape = (noise.COUNT, size, size, 3)
    drawn = np.random.default_rng(SEED).integers(0, 256, shape, np.uint8)
    parts = []
    for first in range(0, len(drawn), probe.batch):
        parts.append(probe.read(drawn[first : first + probe.batch]))
        if progress:
            progress(min(first + probe.batch, len(drawn)), len(drawn))
    return join(parts)


def health_of(
    probe: Probe, readings: Iterable[Reading], noisy: Reading | None = None
) -> pd.DataFrame:
    """The `health_table` of a network on pictures, with the shipped yardsticks.

    Args:
        probe: that made the readings, of one picture or more; one at a time is held.
        readings: of the pictures, whatever their classes.
        noisy: `noise_of` the probe; None for passing the noise through now.

    Raises:
        ValueError: where the network cannot be run here.
    """
    return health_table(evidence_of(probe, readings, noisy), shipped_yardsticks())


def evidence_of(
    probe: Probe, readings: Iterable[Reading], noisy: Reading | None = None
) -> list[Evidence]:
    """What is known of each block, in order of depth; see `health_of`."""
    units: dict[str, Units] = {}
    with np.errstate(invalid="ignore"):  # gates may be no numbers, which a check says
        seen = profile_of(probe, _watched(probe, readings, units), SOME)
        noisy = noise_of(probe) if noisy is None else noisy
        beside = profile_of(probe, [_as_one(noisy)], SOME)
    sites = {site.block.name: site for site in probe.sites}
    return [
        Evidence(site, seen.stats[name], beside.stats[name], units[name])
        for name, site in sites.items()
    ]


def shipped_yardsticks() -> Mapping[str, Mapping[str, float]]:
    """`yardsticks_of` the built-in network; none where they are of other weights."""
    record = builtin.health()
    same = record["weights_sha256"] == builtin.provenance()["weights_sha256"]
    return yardsticks_of(record) if same else {}


def _watched(
    probe: Probe, readings: Iterable[Reading], units: dict[str, Units]
) -> Iterator[Reading]:
    """The readings, each of one class; what their bottleneck units do is added to `units`."""
    for reading in readings:
        for site in probe.sites:
            name = site.block.name
            new = units_of(site, reading.squeezes[name])
            units[name] = together(units[name], new) if name in units else new
        yield _as_one(reading)


def _as_one(reading: Reading) -> Reading:
    return reading.relabel([""] * len(reading), ())
