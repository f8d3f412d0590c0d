"""What bfloat16 costs: the same pictures in float32 beside it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import numpy as np

from se_viz.analysis.networks.precision import Change, change
from se_viz.pictures import Picture, Remark, Skipped, Source, load
from se_viz.probe.probe import Probe
from se_viz.probe.stored.folder import program_of

MOST = 16
"""Pictures on which it is measured."""


def measured(probe: Probe, sources: Iterable[Source | Skipped | Remark]) -> Change | None:
    """How far the first 16 sound pictures come out otherwise than in float32; None without any.

    Args:
        probe: in a coarser precision, run by OpenVINO.
        sources: pictures.
    """
    preprocessing = probe.network.preprocessing
    loaded = load(sources, preprocessing, thumbnails=False)
    pictures = (item for item in loaded if isinstance(item, Picture))
    seen = [picture.model_input for picture in islice(pictures, MOST)]
    program = program_of(probe)
    if not seen or program is None:
        return None
    exact, model_inputs = Probe(probe.network, probe.batch, settled=program), np.stack(seen)
    return change(exact.read(model_inputs), probe.read(model_inputs))
