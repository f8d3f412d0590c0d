"""What an intervention changes: logits and predictions of a picture, accuracy over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from se_viz.analysis.groups import ALL, shown
from se_viz.analysis.predictions import probabilities

Z = 1.959964
"""Of 95 %."""
COUNTS = ("pictures", "before", "after", "broken", "mended", "loss_before", "loss_after")


def change_table(
    before: np.ndarray, after: np.ndarray, classes: Sequence[str], count: int = 5
) -> pd.DataFrame:
    """One picture's likeliest classes with and without an intervention.

    Args:
        before, after: logits (K,).
        classes: names of the K classes.
        count: of the likeliest with, and of the likeliest without, to show.

    Returns:
        Columns class, logit_before, logit_after, logit_change, before, after, change
        (probabilities, in [0, 1]), rank_before, rank_after (from 1). Likeliest before first.
    """
    shares = probabilities(np.stack([before, after]))
    ranks = np.argsort(np.argsort(-shares, axis=1, kind="stable"), axis=1) + 1
    chosen = np.flatnonzero((ranks <= count).any(0))
    rows = [int(row) for row in chosen[np.argsort(ranks[0][chosen])]]
    return pd.DataFrame(
        {
            "class": [classes[row] for row in rows],
            "logit_before": before[rows],
            "logit_after": after[rows],
            "logit_change": after[rows] - before[rows],
            "before": shares[0][rows],
            "after": shares[1][rows],
            "change": shares[1][rows] - shares[0][rows],
            "rank_before": ranks[0][rows],
            "rank_after": ranks[1][rows],
        }
    )


@dataclass(frozen=True, eq=False)
class Scores:
    """How N pictures of known classes came out.

    Attributes:
        right: bool (..., N), whether the likeliest class is the true one.
        loss: float (..., N), cross-entropy, in nats.
    """

    right: np.ndarray
    loss: np.ndarray


def score(logits: np.ndarray, truth: np.ndarray) -> Scores:
    """Scores of logits (..., N, K) for true classes, int (N,)."""
    logits = logits.astype(np.float64)
    highest = logits.max(-1)
    total = highest + np.log(np.exp(logits - highest[..., None]).sum(-1))
    own = np.take_along_axis(logits, np.broadcast_to(truth, logits.shape[:-1])[..., None], -1)
    return Scores(logits.argmax(-1) == truth, total - own[..., 0])


def outcomes(
    before: Scores, after: Scores, truth: np.ndarray, classes: Sequence[str]
) -> pd.DataFrame:
    """Right and wrong predictions with and without an intervention, counted by class.

    Args:
        before, after: scores of the same N pictures.
        truth: int (N,), their classes.
        classes: names of the K classes.

    Returns:
        Columns class, pictures, before, after (right without and with), broken (right to wrong),
        mended (wrong to right), loss_before, loss_after (summed over the pictures, in nats). One
        row per class with pictures.
    """
    columns = {
        "pictures": np.ones(len(truth), int),
        "before": before.right,
        "after": after.right,
        "broken": before.right & ~after.right,
        "mended": ~before.right & after.right,
        "loss_before": before.loss,
        "loss_after": after.loss,
    }
    rows = np.unique(truth)
    table = pd.DataFrame({"class": [shown(classes[row]) for row in rows]})
    for name, values in columns.items():
        table[name] = [values[truth == row].sum() for row in rows]
    return table


def accuracy_table(counted: pd.DataFrame) -> pd.DataFrame:
    """Change of accuracy by class with a 95 % interval, and over all pictures.

    The same pictures are seen with and without, so only those that change sides tell anything:
    A. Agresti and Y. Min, Statistics in Medicine 24 (2005), add half a picture to each of the four
    outcomes, then change +- 1.96 sqrt(b + m - (b - m)^2 / n) / n for b broken and m mended of n.

    Args:
        counted: of `outcomes`.

    Returns:
        Its columns, "all" last, and accuracy_before, accuracy_after, change, low, high (shares of
        the pictures, in [-1, 1]), and loss_change (mean per picture, in nats).
    """
    whole = counted[list(COUNTS)].sum().to_frame().T.assign(**{"class": ALL})
    table = pd.concat([counted, whole], ignore_index=True) if len(counted) else counted.copy()
    n = table["pictures"].astype(float)
    table["accuracy_before"], table["accuracy_after"] = table["before"] / n, table["after"] / n
    table["change"] = (table["mended"] - table["broken"]) / n
    table["low"], table["high"] = _interval(n, table["broken"], table["mended"])
    table["loss_change"] = (table["loss_after"] - table["loss_before"]) / n
    return table


def _interval(n, broken, mended):
    n, broken, mended = n + 2, broken + 0.5, mended + 0.5
    middle = (mended - broken) / n
    half = Z * np.sqrt(broken + mended - (mended - broken) ** 2 / n) / n
    return np.maximum(middle - half, -1), np.minimum(middle + half, 1)
