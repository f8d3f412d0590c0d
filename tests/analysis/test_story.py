"""What one block did to one picture, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.story import tell

Z = np.array([0.5, -2.0, 1.0, 0.0], np.float32)
HIDDEN = np.array([0.0, 3.0])
S = np.array([0.95, 0.5, 0.25, 0.01], np.float32)


def test_its_numbers_by_hand():
    story = tell("SE_3_1", Z, HIDDEN, S, 7)
    assert (story.block, story.channels, story.hidden, story.side) == ("SE_3_1", 4, 2, 7)
    assert (story.loudest, story.squeeze, story.gate) == (2, 1.0, 0.25)
    assert story.active == 1
    assert (story.low, story.high) == pytest.approx((0.01, 0.95))
    assert story.mean == pytest.approx(1.71 / 4)
    assert (story.open, story.shut) == (1, 1)
    assert (story.before, story.after) == pytest.approx((3.5 / 4, (0.475 + 1 + 0.25) / 4))


def test_its_sentences_carry_the_numbers():
    squeeze, excite, scale = tell("SE_3_1", Z, HIDDEN, S, 7).sentences()
    assert "from 7 x 7 positions" in squeeze
    assert "Channel **2** came out largest, with **1.000**" in squeeze
    assert "**1** answered" in excite
    assert "from **0.01** to **0.95**" in excite
    assert "from a mean of 1.000 to **0.250**" in scale


def test_an_unknown_size_is_left_out():
    assert "positions" not in tell("SE_3_1", Z, HIDDEN, S, 0).sentences()[0]


def test_a_hidden_layer_that_is_not_known_is_not_told_of():
    story = tell("SE_3_1", Z, None, S, 7)
    assert (story.hidden, story.active) == (0, 0)
    excite = story.sentences()[1]
    assert excite.startswith("a small network took the 4 numbers and gave every channel a gate")
    assert "hidden" not in excite
