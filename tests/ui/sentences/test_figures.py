"""What figures show, in words."""

from __future__ import annotations

import math

import pytest

from se_viz.ui.sentences.figures import gates_by_class


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0, 1), "1 lets it through. "),
        ((0, math.inf), "1 lets it through, more strengthens it. "),
        ((-1, 1), "1 lets it through, below 0 its sign turns. "),
    ],
)
def test_what_a_gate_does_is_said_as_far_as_it_goes(ends, said):
    assert said in gates_by_class({}, *ends)
