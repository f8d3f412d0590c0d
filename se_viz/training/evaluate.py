"""How good a network is: accuracy overall and per class, and who was taken for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np

from se_viz.nets.builtin import PREPROCESSING
from se_viz.pictures import normalise
from se_viz.training.data import Split

BATCH = 64


@dataclass(frozen=True)
class Result:
    """Predictions counted: `confusion` is int64 (K, K), rows the true class, columns the guess."""

    classes: tuple[str, ...]
    confusion: np.ndarray

    @property
    def count(self) -> int:
        return int(self.confusion.sum())

    @property
    def top1(self) -> float:
        """Percent of the pictures whose class was guessed."""
        return float(100 * np.trace(self.confusion) / self.count)

    @property
    def per_class(self) -> dict[str, float]:
        """Percent guessed of each class's pictures; a class without pictures is left out."""
        rows = zip(self.classes, self.confusion, strict=True)
        return {
            name: float(100 * row[i] / row.sum()) for i, (name, row) in enumerate(rows) if row.sum()
        }


def predict(network: keras.Model, model_inputs: np.ndarray) -> np.ndarray:
    """Index of the largest logit for each uint8 model input, int64 (N,); pads the last batch."""
    guesses = []
    for first in range(0, len(model_inputs), BATCH):
        part = model_inputs[first : first + BATCH]
        padding = [(0, BATCH - len(part)), (0, 0), (0, 0), (0, 0)]
        logits = network.predict_on_batch(normalise(np.pad(part, padding), PREPROCESSING))
        guesses.append(np.argmax(logits[: len(part)], -1))
    return np.concatenate(guesses)


def evaluate(network: keras.Model, split: Split, classes: Sequence[str]) -> Result:
    """Count a network's guesses on a split, one centre crop of each picture."""
    confusion = np.zeros((len(classes), len(classes)), np.int64)
    np.add.at(confusion, (split.labels, predict(network, split.pictures)), 1)
    return Result(tuple(classes), confusion)


def describe(result: Result) -> str:
    """The result as text: overall, per class, and the confusion matrix."""
    width = max(len(name) for name in result.classes)
    lines = [
        f"{result.top1:.2f}% right of {result.count:,} pictures, one centre crop each.",
        "",
    ]
    lines.append("Rows: true class, with its accuracy in percent. Columns: guesses, same order.")
    for name, row in zip(result.classes, result.confusion, strict=True):
        share = result.per_class.get(name)
        share_text = "     -" if share is None else f"{share:6.2f}"
        lines.append(f"{name:<{width}} {share_text}  " + " ".join(f"{n:4d}" for n in row))
    return "\n".join(lines)
