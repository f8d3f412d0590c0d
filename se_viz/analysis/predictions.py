"""From logits to what a network thinks it sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Softmax over the classes: (N, K) -> float64 (N, K), rows add up to 1."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def top(
    logits: np.ndarray, classes: Sequence[str], count: int = 5
) -> list[list[tuple[str, float]]]:
    """For each picture, its `count` likeliest classes with their probability, likeliest first."""
    shares = probabilities(logits)
    best = np.argsort(-shares, axis=1, kind="stable")[:, :count]
    return [
        [(classes[k], float(row[k])) for k in picked]
        for row, picked in zip(shares, best, strict=True)
    ]


def top_table(
    names: Sequence[str], labels: Sequence[str], logits: np.ndarray, classes: Sequence[str]
) -> pd.DataFrame:
    """Columns picture, class (its label), rank (from 1), prediction, probability (in [0, 1])."""
    rows = [
        (name, label, rank, guess, share)
        for name, label, guesses in zip(names, labels, top(logits, classes), strict=True)
        for rank, (guess, share) in enumerate(guesses, 1)
    ]
    return pd.DataFrame(rows, columns=["picture", "class", "rank", "prediction", "probability"])


def flips_table(
    names: Sequence[str],
    labels: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    classes: Sequence[str],
) -> pd.DataFrame:
    """What each picture is taken for without and with an intervention, changed ones first.

    Args:
        names, labels: of the N pictures.
        before, after: logits (N, K).
        classes: names of the K classes.

    Returns:
        Columns picture, class (its label), before, after (likeliest classes), probability_before,
        probability_after (of the likeliest before, in [0, 1]), changed.
    """
    best, now = before.argmax(1), after.argmax(1)
    rows = np.arange(len(best))
    table = pd.DataFrame(
        {
            "picture": list(names),
            "class": list(labels),
            "before": [classes[k] for k in best],
            "after": [classes[k] for k in now],
            "probability_before": probabilities(before)[rows, best],
            "probability_after": probabilities(after)[rows, best],
            "changed": best != now,
        }
    )
    return table.sort_values("changed", ascending=False, kind="stable", ignore_index=True)
