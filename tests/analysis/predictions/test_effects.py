"""What an intervention changes, by hand and against direct computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import log_softmax, softmax

from se_viz.analysis.predictions.effects import accuracy_table, change_table, outcomes, score
from se_viz.analysis.predictions.tables import flips_table
from tests.make import single

CLASSES = ("a", "b", "c")
OUTPUT = single(CLASSES)


def one_hot(guesses) -> np.ndarray:
    return np.eye(3, dtype=np.float32)[np.array(guesses, int)] * 5


def counted(before, after, truth):
    truth = np.array(truth, int)
    was, now = (score(one_hot(guesses), truth, OUTPUT) for guesses in (before, after))
    return outcomes(was, now, truth, CLASSES)


def test_outcomes_by_hand():
    # a: right twice, then once; b: wrong, then right; c has no picture
    table = counted([0, 0, 0], [0, 1, 1], [0, 0, 1])
    assert list(table["class"]) == ["a", "b"]
    assert table[["pictures", "before", "after", "broken", "mended"]].values.tolist() == [
        [2, 2, 1, 1, 0],
        [1, 0, 1, 0, 1],
    ]


def test_losses_are_cross_entropies():
    rng = np.random.default_rng(0)
    logits, truth = rng.normal(size=(2, 50, 3)) * 4, rng.integers(0, 3, 50)
    direct = -log_softmax(logits, axis=-1)[:, np.arange(50), truth]
    np.testing.assert_allclose(score(logits, truth, OUTPUT).loss, direct, rtol=1e-9)


def test_the_interval_is_agrestis_and_mins():
    table = accuracy_table(counted([0] * 40, [0] * 30 + [1] * 10, [0] * 40))
    row = table.iloc[-1]
    assert row["class"] == "all"
    assert row["change"] == -0.25
    n, broken, mended = 42, 10.5, 0.5
    middle = (mended - broken) / n
    half = 1.959964 * (((broken + mended) - (mended - broken) ** 2 / n) ** 0.5) / n
    assert row["low"] == pytest.approx(middle - half)
    assert row["high"] == pytest.approx(middle + half)


def test_the_interval_holds_the_true_change_in_about_95_of_100_cases():
    rng = np.random.default_rng(1)
    for n, broken, mended in ((40, 0.15, 0.05), (200, 0.04, 0.02), (400, 0.3, 0.1)):
        draws = rng.multinomial(n, [broken, mended, 1 - broken - mended], 4000)
        m = draws[:, 1] + 0.5, draws[:, 0] + 0.5
        middle = (m[0] - m[1]) / (n + 2)
        half = 1.96 * np.sqrt(m[0] + m[1] - (m[0] - m[1]) ** 2 / (n + 2)) / (n + 2)
        held = np.mean(np.abs(middle - (mended - broken)) <= half)
        assert 0.93 < held < 0.985


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=40))
@settings(max_examples=50, deadline=None)
def test_changes_add_up_and_lie_in_their_intervals(rows):
    before, after, truth = zip(*rows, strict=True)
    table = accuracy_table(counted(before, after, truth))
    whole, parts = table.iloc[-1], table.iloc[:-1]
    assert whole["broken"] == parts["broken"].sum()
    direct = np.mean(np.array(after) == truth) - np.mean(np.array(before) == truth)
    assert whole["change"] == pytest.approx(direct)
    assert ((table["low"] >= -1) & (table["high"] <= 1) & (table["low"] <= table["high"])).all()


def test_without_a_picture_there_is_no_row():
    assert accuracy_table(counted([], [], [])).empty


def test_a_change_keeps_the_likeliest_of_both():
    before, after = np.array([3.0, 1.0, 0.0, -4.0]), np.array([0.0, 1.0, 0.0, 4.0])
    table = change_table(before, after, single("abcd"), count=1)
    assert list(table["class"]) == ["a", "d"]
    np.testing.assert_allclose(table["before"], softmax(before)[[0, 3]])
    np.testing.assert_allclose(table["change"], (softmax(after) - softmax(before))[[0, 3]])
    assert list(table["rank_before"]) == [1, 4]
    assert list(table["rank_after"]) == [3, 1]
    assert list(table["logit_change"]) == [-3, 8]


def test_changed_predictions_come_first():
    table = flips_table(["x", "y"], ["a", ""], one_hot([0, 1]), one_hot([0, 2]), OUTPUT)
    assert list(table["picture"]) == ["y", "x"]
    assert list(table["after"]) == ["c", "a"]
    assert list(table["changed"]) == [True, False]
