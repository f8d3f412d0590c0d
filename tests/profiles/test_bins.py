"""Bins: even over a range with ends, by g / (1 + |g|) where it has none."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.probe.gates.blocks import Block
from se_viz.profiles import BINS
from se_viz.profiles.bins import bin_of, edges, rebinned

SIGMOID = Block("SE_1", 0, 1, 4, 2.0)
TANH, RELU = replace(SIGMOID, low=-1.0), replace(SIGMOID, high=inf)
LINEAR = replace(SIGMOID, low=-inf, high=inf)
ALL = (SIGMOID, TANH, RELU, LINEAR)


def test_edges_by_hand():
    assert edges(SIGMOID).tolist() == [round(0.01 * i, 6) for i in range(BINS + 1)]
    assert edges(TANH)[[0, 50, 100]].tolist() == [-1, 0, 1]
    assert edges(RELU)[[0, 50, 75, 100]].tolist() == pytest.approx([0, 1, 3, inf])
    assert edges(LINEAR)[[0, 25, 50, 75, 100]].tolist() == pytest.approx([-inf, -1, 0, 1, inf])


@pytest.mark.parametrize("block", ALL)
@given(gate=st.floats(-50, 50, width=32))
def test_a_gate_lies_between_the_edges_of_its_bin(block, gate):
    gate = min(max(gate, block.low), block.high)
    place, ends = bin_of(np.array(gate), block), edges(block)
    slack = 1e-6 * (1 + gate**2)
    assert ends[place] - slack <= gate <= ends[place + 1] + slack


def test_gates_beyond_the_range_count_at_its_end():
    assert bin_of(np.array([-0.1, 1.1]), SIGMOID).tolist() == [0, BINS - 1]


def test_the_same_bins_again_change_nothing():
    counts = np.arange(BINS)[None]
    assert rebinned(counts, edges(RELU), edges(RELU)).tolist() == counts.tolist()


def test_bins_of_a_sigmoid_in_those_of_a_tanh_by_hand():
    counts = np.zeros(BINS)
    counts[[0, 99]] = 4, 6
    found = rebinned(counts, edges(SIGMOID), edges(TANH))
    assert (found[50], found[99], found.sum()) == pytest.approx((4, 6, 10))


@given(st.lists(st.integers(0, 9), min_size=BINS, max_size=BINS))
def test_other_bins_hold_as_many_gates(counts):
    for new in (TANH, RELU, LINEAR):
        found = rebinned(np.array(counts), edges(SIGMOID), edges(new))
        assert found.sum() == pytest.approx(sum(counts))
        assert (found >= 0).all()
