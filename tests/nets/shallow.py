"""Our networks with fewer blocks than any that is published, since compiling takes most of the time
of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from se_viz.nets.se_resnet.layout import LAYOUTS


@contextmanager
def blocks_a_stage(*counts: int) -> Iterator[None]:
    """Within, an SE-ResNet-18 has so many blocks in stages 2 to 5, and an SE-ResNet-26 as many
    bottlenecks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(LAYOUTS, 18, ("basic", counts))
        patch.setitem(LAYOUTS, 26, ("bottleneck", counts))
        yield
