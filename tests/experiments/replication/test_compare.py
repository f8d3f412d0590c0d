"""Networks held against each other, by hand on a few pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz import quoted
from se_viz.experiments.replication.compare import accuracy_of, read, row_table, seed_table
from se_viz.experiments.replication.record import LIGHTS, Record
from se_viz.experiments.replication.rows import QUESTIONS
from se_viz.nets import builtin

TRUTH = np.arange(10) % 3


def run(right: int) -> Record:
    """A network that is right on the first so many pictures, in every light."""
    guesses = np.where(np.arange(10) < right, TRUTH, 9).astype(np.uint8)
    return Record(np.tile(guesses, (len(LIGHTS), 1)), np.zeros(len(LIGHTS)), {})


def records(**rights):
    return {row: dict(enumerate(map(run, counts))) for row, counts in rights.items()}


def test_differences_are_paired_by_seed_and_have_students_interval():
    seeds = seed_table(records(r16=[5, 6, 7, 9], plain=[4, 4, 4]), TRUTH)
    assert list(seeds["row"]) == ["plain"] * 3
    np.testing.assert_allclose(seeds["difference"], [-0.1, -0.2, -0.3])
    (row,) = row_table(seeds).to_dict("records")
    half = 4.302653 * 0.1 / 3**0.5
    assert row["difference"] == pytest.approx(-0.2)
    assert (row["low"], row["high"]) == pytest.approx((-0.2 - half, -0.2 + half), abs=1e-6)
    assert row["smallest"] == pytest.approx(half, abs=1e-6)
    assert not row["sure"]
    assert (row["seeds"], row["accuracy"]) == (3, pytest.approx(0.4))
    assert row["base"] == pytest.approx(0.6)  # of the three that have a partner
    assert row["paper"] == pytest.approx((22.28 - 23.30) / 100)


def test_what_never_varies_is_sure_and_one_seed_is_never():
    (row,) = row_table(seed_table(records(r16=[5, 6], r2=[6, 7]), TRUTH)).to_dict("records")
    assert (row["low"], row["high"], row["sure"]) == (pytest.approx(0.1), pytest.approx(0.1), True)
    (row,) = row_table(seed_table(records(r16=[5], r2=[9]), TRUTH)).to_dict("records")
    assert np.isnan(row["low"])
    assert not row["sure"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=8))
def test_a_row_held_against_itself_differs_by_nothing_and_the_interval_holds_the_mean(pairs):
    own, base = (list(each) for each in zip(*pairs, strict=True))
    (row,) = row_table(seed_table(records(r16=base, static=own), TRUTH)).to_dict("records")
    assert row["low"] <= row["difference"] <= row["high"]
    assert row["difference"] == pytest.approx(row["accuracy"] - row["base"])
    (same,) = row_table(seed_table(records(r16=base, static=base), TRUTH)).to_dict("records")
    assert (same["difference"], same["smallest"]) == (0, 0)


def test_gates_that_start_elsewhere_are_held_against_what_starts_there():
    against = {one.row: one.against for group in QUESTIONS.values() for one in group}
    assert against.pop("relu-ones") == against.pop("tanh-ones") == "ones"
    assert set(against.values()) == {"r16"}


def test_the_papers_differences_are_of_its_errors():
    found = {one.row: one.paper for group in QUESTIONS.values() for one in group}
    assert quoted.ABLATED == 22.28
    assert found["r32"] == pytest.approx(-0.0044)
    assert found["tanh-ones"] == pytest.approx(-0.0072)
    assert found["identity"] == pytest.approx(0.0008)
    assert found["static"] is None


def test_what_ships_has_a_partner_for_every_seed():
    shipped = read(builtin.REPLICATION)
    for group in QUESTIONS.values():
        for one in group:
            assert set(shipped[one.row]) <= set(shipped[one.against]), one.row
            assert len(shipped[one.row]) >= 3
    truth = np.zeros(3925, int)
    assert 0 < accuracy_of(shipped, truth, "plain") < 1
