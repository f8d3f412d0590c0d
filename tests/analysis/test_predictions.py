"""From logits to probabilities and the likeliest classes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from se_viz.analysis.predictions import probabilities, top, top_table

LOGITS = np.log(np.array([[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]], np.float32))


def test_probabilities_by_hand():
    np.testing.assert_allclose(
        probabilities(LOGITS), [[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]], atol=1e-7
    )


@settings(max_examples=30, deadline=None)
@given(arrays(np.float32, (2, 4), elements=st.floats(-1e4, 1e4, width=32)))
def test_rows_add_up_to_1_and_a_shift_changes_nothing(logits):
    shares = probabilities(logits)
    np.testing.assert_allclose(shares.sum(1), 1, atol=1e-12)
    np.testing.assert_allclose(probabilities(logits + 64), shares, atol=1e-3)


def test_the_likeliest_come_first_and_equals_in_the_order_of_the_classes():
    first, second = top(LOGITS, ["cat", "dog", "cow"], 2)
    assert [name for name, _ in first] == ["dog", "cow"]
    assert [share for _, share in first] == pytest.approx([0.5, 0.3])
    assert [name for name, _ in second] == ["cow", "cat"]


def test_there_are_no_more_guesses_than_classes():
    assert [len(guesses) for guesses in top(LOGITS, ["cat", "dog", "cow"])] == [3, 3]


def test_the_table_has_a_row_for_each_rank():
    table = top_table(["a.png", "b.png"], ["cat", "dog"], LOGITS, ["cat", "dog", "cow"])
    assert table["picture"].tolist() == ["a.png"] * 3 + ["b.png"] * 3
    assert table["class"].tolist() == ["cat"] * 3 + ["dog"] * 3
    assert table["rank"].tolist() == [1, 2, 3] * 2
    assert table["prediction"].tolist() == ["dog", "cow", "cat", "cow", "cat", "dog"]
    assert table["probability"].tolist() == pytest.approx([0.5, 0.3, 0.2, 0.5, 0.25, 0.25])


def test_no_pictures_are_a_table_without_rows():
    table = top_table([], [], np.zeros((0, 3), np.float32), ["cat", "dog", "cow"])
    assert list(table.columns) == ["picture", "class", "rank", "prediction", "probability"]
    assert len(table) == 0
