"""What one block did to one picture, counted by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.analysis.one_picture.summary import tell

Z = np.array([0.5, -2.0, 1.0, 0.0], np.float32)
BOTTLENECK = np.array([0.0, 3.0])
S = np.array([0.95, 0.5, 0.25, 0.01], np.float32)


def test_its_numbers_by_hand():
    story = tell("SE_3_1", Z, BOTTLENECK, S, (7, 5), range(4))
    assert (story.block, story.channels, story.bottleneck, story.size) == ("SE_3_1", 4, 2, (7, 5))
    assert (story.loudest, story.squeeze, story.gate, story.of_all) == (2, 1.0, 0.25, True)
    assert story.active == 1
    assert (story.low, story.high) == pytest.approx((0.01, 0.95))
    assert story.mean == pytest.approx(1.71 / 4)
    assert (story.open, story.shut) == (1, 1)
    assert (story.before, story.after) == pytest.approx((3.5 / 4, (0.475 + 1 + 0.25) / 4))


def test_its_sentences_carry_the_numbers():
    squeeze, excite, scale = tell("SE_3_1", Z, BOTTLENECK, S, (7, 5), range(4)).sentences()
    assert "from 7 x 5 positions" in squeeze
    assert "Channel **2** came out largest of all, with **1.000**" in squeeze
    assert "**1** are above 0" in excite
    assert "from **0.01** to **0.95**" in excite
    assert "Channel 2, with a gate of **0.250**, went from a mean of 1.000 to **0.250**" in scale


def test_another_squeeze_and_other_makers_are_called_what_they_are():
    maxima = tell("SE_1", Z, None, S, (7, 5), range(4), largest=True, maker="one full matrix")
    squeeze, excite, scale = maxima.sentences()
    assert "gave its largest number from 7 x 5 positions. Channel" in squeeze
    assert excite.startswith("what makes gates here (one full matrix) gave every channel one: from")
    assert "network" not in excite
    assert "mean of" not in scale


def test_an_unknown_size_is_left_out():
    assert "positions" not in tell("SE_3_1", Z, BOTTLENECK, S, (0, 0), range(4)).sentences()[0]


def test_a_bottleneck_that_is_not_known_is_not_told_of():
    story = tell("SE_3_1", Z, None, S, (7, 7), range(4))
    assert (story.bottleneck, story.active) == (0, 0)
    excite = story.sentences()[1]
    assert excite.startswith("a small network took the 4 numbers and gave every channel a gate")
    assert "bottleneck" not in excite


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 3)))
def test_only_channels_that_are_shown_are_named_and_what_is_said_of_them_holds(shown):
    said = " ".join(tell("SE_3_1", Z, BOTTLENECK, S, (7, 7), sorted(shown)).sentences())
    named = {int(number) for number in re.findall(r"[Cc]hannel \**(\d+)", said)}
    assert named <= shown
    assert bool(named) == bool(shown)
    for channel in named:
        assert Z[channel] == max(Z[sorted(shown)])
        assert ("largest of all" in said) == (Z[channel] == Z.max())
        assert f"with a gate of **{S[channel]:.3f}**" in said
