"""What a coarser precision changes: the largest differences, and where."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.networks.precision import change
from se_viz.probe.reading import Reading


def reading(outputs, **gates) -> Reading:
    arrays = {name: np.array(values, np.float32) for name, values in gates.items()}
    return Reading((), (), np.array(outputs, np.float32), arrays, arrays)


EXACT = reading([[1, 0], [0, 1]], SE_1=[[0.5], [0.5]], SE_2=[[0.1, 0.2], [0.3, 0.4]])


def test_the_largest_differences_and_where_they_are():
    coarse = reading([[1, 0.5], [2, 1]], SE_1=[[0.51], [0.5]], SE_2=[[0.1, 0.2], [0.33, 0.4]])
    found = change(EXACT, coarse)
    assert (found.pictures, found.block, found.guesses) == (2, "SE_2", 1)
    assert found.gate == pytest.approx(0.03, abs=1e-6)
    assert found.output == 2
    assert found.describe("bfloat16", "drawn ") == (
        "Measured on these 2 drawn pictures: bfloat16 instead of float32 changes a gate by at most "
        "0.03 (SE_2), an output by at most 2, and the guess on 1 of them."
    )


def test_the_same_changes_nothing():
    found = change(EXACT, EXACT)
    assert (found.gate, found.output, found.guesses) == (0, 0, 0)
    assert "no guess." in found.describe("bfloat16")


def test_other_pictures_are_refused():
    with pytest.raises(ValueError, match="gates of the same pictures"):
        change(EXACT, reading([[1, 0]], SE_1=[[0.5]], SE_2=[[0.1, 0.2]]))
