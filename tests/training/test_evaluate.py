"""Counting guesses."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("keras")

from se_viz.training.data import Split
from se_viz.training.evaluate import BATCH, Result, describe, evaluate


class Brightest:
    """Stands for a network: guesses the colour channel that is brightest."""

    def __init__(self):
        self.shapes = set()

    def predict_on_batch(self, x):
        self.shapes.add(x.shape)
        return x.mean((1, 2))


def test_accuracy_per_class_and_overall():
    result = Result(("cat", "dog"), np.array([[3, 1], [2, 4]]))
    assert result.count == 10
    assert result.top1 == pytest.approx(70)
    assert result.per_class == pytest.approx({"cat": 75, "dog": 100 * 4 / 6})
    assert "70.00% right of 10 pictures" in describe(result)


def test_every_picture_is_counted_once_and_the_batch_shape_stays():
    count = BATCH + 5
    labels = np.arange(count, dtype="int32") % 3
    pictures = np.full((count, 4, 4, 3), 120, "uint8")
    guesses = labels.copy()
    guesses[:7] = (labels[:7] + 1) % 3
    pictures[np.arange(count), :, :, guesses] = 250
    network = Brightest()
    result = evaluate(network, Split(pictures, labels, ("",) * count), ("r", "g", "b"))
    assert result.count == count
    assert np.trace(result.confusion) == count - 7
    assert network.shapes == {(BATCH, 4, 4, 3)}
